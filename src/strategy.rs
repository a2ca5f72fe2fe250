//! How a scenario is run, and how long theory says that it takes.

use std::fmt;
use std::str::FromStr;

use crate::event::{Failure, Outcome};
use crate::millis::Millis;
use crate::policy::Policy;
use crate::scenario::{MAX_TASKS, Task};

/// How a scenario's tasks are set going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// One after another: each call starts when the one before has ended.
    Sequential,
    /// All at once, every outcome kept.
    Join,
    /// At most that many in flight; the next starts when one has ended.
    Pool(usize),
    /// All at once until one fails; then the others are cancelled.
    FailFast,
    /// All at once until one succeeds; then the others are cancelled.
    First,
}

impl Strategy {
    /// One of each kind, as the query string lists them.
    pub const ALL: [Strategy; 5] = [
        Self::Sequential,
        Self::Join,
        Self::Pool(4),
        Self::FailFast,
        Self::First,
    ];

    /// The makespan that theory gives, time-outs and retries included: the sum
    /// of what the tasks take one after another, the longest of them all at
    /// once, and for a pool what list scheduling gives (Graham 1966): each task
    /// in order goes to the place that is free first. Unknown (`None`) as soon
    /// as one task's latency is.
    #[must_use]
    pub fn predict(self, tasks: &[Task], policy: &Policy) -> Option<Millis> {
        let expected: Option<Vec<Expected>> = tasks
            .iter()
            .enumerate()
            .map(|(index, task)| Expected::of(task, index, policy))
            .collect();
        let expected = expected?;
        let totals = expected.iter().map(|task| task.total);
        let longest = totals.clone().fold(Millis::ZERO, Millis::max);
        let soonest = |ok: bool| {
            let ended = expected.iter().filter(|task| task.is_ok == ok);
            ended.map(|task| task.total).reduce(Millis::min)
        };
        Some(match self {
            Self::Sequential => totals.sum(),
            Self::Join => longest,
            Self::Pool(limit) => list_schedule(totals, limit),
            Self::FailFast => soonest(false).unwrap_or(longest),
            Self::First => soonest(true).unwrap_or(longest),
        })
    }

    /// Its word without its limit.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Sequential => "sequential",
            Self::Join => "join",
            Self::Pool(_) => "pool",
            Self::FailFast => "fail-fast",
            Self::First => "first",
        }
    }

    /// Whether a run that ended like that gave what was wanted of it.
    #[must_use]
    pub fn is_success(self, mut outcomes: impl Iterator<Item = Outcome>) -> bool {
        match self {
            Self::First => outcomes.any(|outcome| outcome == Outcome::Ok),
            _ => outcomes.all(|outcome| outcome == Outcome::Ok),
        }
    }
}

/// What theory says of one task.
struct Expected {
    /// From its first start to its end, waits included.
    total: Millis,
    is_ok: bool,
}

impl Expected {
    fn of(task: &Task, index: usize, policy: &Policy) -> Option<Self> {
        let mut total = Millis::ZERO;
        for attempt in 0.. {
            let (latency, answer) = task.call(index, attempt, policy).drawn?.answer();
            let (took, answer) = match policy.timeout {
                Some(limit) if limit < latency => (limit, Err(Failure::TimedOut)),
                _ => (latency, answer),
            };
            total += took;
            match answer {
                Ok(()) => return Some(Self { total, is_ok: true }),
                Err(failure) if attempt < policy.retries && failure.is_transient() => {
                    total += policy.wait(index, attempt);
                }
                Err(_) => break,
            }
        }
        Some(Self {
            total,
            is_ok: false,
        })
    }
}

/// When the last task ends if each in order goes to the place that is free
/// first.
fn list_schedule(tasks: impl Iterator<Item = Millis>, places: usize) -> Millis {
    let mut free = vec![Millis::ZERO; places.clamp(1, MAX_TASKS)];
    for task in tasks {
        let soonest = free.iter_mut().reduce(|a, b| if *b < *a { b } else { a });
        if let Some(place) = soonest {
            *place += task;
        }
    }
    free.into_iter().fold(Millis::ZERO, Millis::max)
}

/// Its word in the query string and in results.
impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        match self {
            Self::Pool(limit) => write!(f, ":{limit}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Strategy {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        if let Some(limit) = word.strip_prefix("pool:") {
            let limit = limit.parse().map_err(|_| ())?;
            return if (1..=MAX_TASKS).contains(&limit) {
                Ok(Self::Pool(limit))
            } else {
                Err(())
            };
        }
        let known = Self::ALL.into_iter();
        let mut known = known.filter(|strategy| !matches!(strategy, Self::Pool(_)));
        known.find(|strategy| strategy.kind() == word).ok_or(())
    }
}
