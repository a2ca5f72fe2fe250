//! How a scenario is run. How long that takes is for [`crate::asked::theory`] to
//! say.

use std::fmt;
use std::str::FromStr;

use crate::asked::scenario::MAX_TASKS;
use crate::decimal::whole;
use crate::outcome::Outcome;

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
    /// Whole tasks by so many workers beside the page's thread, each of which
    /// does one at a time; 0: as many as the processor has cores.
    Workers(usize),
}

/// The most workers that there can be: each has a thread and memory of its own.
pub const MAX_WORKERS: usize = 16;

impl Strategy {
    /// One of each kind, as the query string lists them.
    pub const ALL: [Strategy; 6] = [
        Self::Sequential,
        Self::Join,
        Self::Pool(4),
        Self::FailFast,
        Self::First,
        Self::Workers(0),
    ];

    /// Its word without its limit.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Sequential => "sequential",
            Self::Join => "join",
            Self::Pool(_) => "pool",
            Self::FailFast => "fail-fast",
            Self::First => "first",
            Self::Workers(_) => "workers",
        }
    }

    /// Whether it is the page's own thread that works.
    #[must_use]
    pub fn is_on_page(self) -> bool {
        !matches!(self, Self::Workers(_))
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

/// Its word in the query string and in results.
impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        match self {
            Self::Pool(limit) | Self::Workers(limit @ 1..) => write!(f, ":{limit}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Strategy {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        if let Some(limit) = word.strip_prefix("pool:") {
            return parse_limit(limit).map(Self::Pool).ok_or(());
        }
        if let Some(limit) = word.strip_prefix("workers:") {
            let limit = whole(limit).map(|limit| limit as usize);
            let limit = limit.filter(|limit| (1..=MAX_WORKERS).contains(limit));
            return limit.map(Self::Workers).ok_or(());
        }
        let known = Self::ALL.into_iter();
        let mut known = known.filter(|strategy| !matches!(strategy, Self::Pool(_)));
        known.find(|strategy| strategy.kind() == word).ok_or(())
    }
}

/// The most calls that a pool has in flight.
#[must_use]
pub fn parse_limit(text: &str) -> Option<usize> {
    let limit = whole(text)? as usize;
    (1..=MAX_TASKS).contains(&limit).then_some(limit)
}
