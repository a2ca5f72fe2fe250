//! How a scenario is run, and how long theory says that it takes.

use std::fmt;
use std::str::FromStr;

use crate::millis::Millis;
use crate::scenario::Task;

/// How a scenario's tasks are set going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// One after another: each call starts when the one before has ended.
    Sequential,
    /// All at once, every outcome kept.
    Join,
}

impl Strategy {
    /// Every strategy, as the query string lists them.
    pub const ALL: [Strategy; 2] = [Self::Sequential, Self::Join];

    /// Its word in the query string and in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sequential => "sequential",
            Self::Join => "join",
        }
    }

    /// The makespan that theory gives: the sum of the latencies one after
    /// another, the longest of them all at once. Unknown (`None`) as soon as
    /// one task's latency is.
    #[must_use]
    pub fn predict(self, tasks: &[Task]) -> Option<Millis> {
        tasks
            .iter()
            .map(Task::expected)
            .try_fold(Millis::ZERO, |total, latency| {
                Some(match self {
                    Self::Sequential => total + latency?,
                    Self::Join => total.max(latency?),
                })
            })
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Strategy {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|strategy| strategy.word() == word)
            .ok_or(())
    }
}
