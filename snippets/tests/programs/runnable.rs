//! How much of a program wants a processor at once. On a busy machine that is
//! what can be held to: what it is then given, and so whether it is any
//! quicker, is the scheduler's to say (by session, where sessions share alike).
//!
//! The kernel tells on Linux alone; elsewhere nothing is known.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

const PERIOD: Duration = Duration::from_millis(10);

/// What is counted of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Threads of one process may wait for one lock, and wake up to do so.
    Processes,
    Threads,
}

/// Looks at a program again and again.
#[derive(Debug)]
pub struct Watch {
    unit: Unit,
    looks: Cell<u32>,
    together: Cell<u32>,
}

impl Watch {
    pub fn new(unit: Unit) -> Self {
        Self {
            unit,
            looks: Cell::default(),
            together: Cell::default(),
        }
    }

    /// Never ends by itself.
    pub async fn follow(&self, process: u32) {
        loop {
            let runnable = count(process, self.unit);
            if runnable > 0 {
                self.looks.set(self.looks.get() + 1);
            }
            if runnable > 1 {
                self.together.set(self.together.get() + 1);
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// For which share of the time that it wanted a processor at all it wanted
    /// two or more.
    pub fn together(&self) -> Option<f64> {
        let looks = self.looks.get();
        (looks > 0).then(|| f64::from(self.together.get()) / f64::from(looks))
    }
}

/// Those of a process and of all that it started which run or wait to. What
/// ends meanwhile is passed over.
fn count(process: u32, unit: Unit) -> usize {
    let mut waiting = vec![process];
    let mut runnable = BTreeSet::new();
    while let Some(process) = waiting.pop() {
        for thread in threads(process) {
            let read = |name| fs::read_to_string(thread.join(name)).unwrap_or_default();
            // After the program's name, which may hold anything.
            let stat = read("stat");
            let state = stat.rsplit_once(") ").map(|(_, state)| state);
            if state.is_some_and(|state| state.starts_with('R')) {
                runnable.insert(match unit {
                    Unit::Processes => process.to_string().into(),
                    Unit::Threads => thread.clone(),
                });
            }
            let children = read("children");
            let children = children.split_whitespace().map(str::parse::<u32>);
            waiting.extend(children.filter_map(Result::ok));
        }
    }
    runnable.len()
}

fn threads(process: u32) -> Vec<PathBuf> {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    threads.map(|thread| thread.path()).collect()
}
