//! How a scenario is run, and how long theory says that it takes.

use std::fmt;
use std::str::FromStr;

use crate::asked::hosts::{Hosts, PER_HOST};
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{MAX_TASKS, Task};
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};

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

    /// The makespan that theory gives, retries included and time-outs, of every
    /// attempt that would take as long or longer: the sum of what the tasks take
    /// one after another, the longest of them all at once, and for a pool what
    /// list scheduling gives (Graham 1966): each task in order goes to the place
    /// that is free first. Unknown (`None`) as soon as one task's latency is.
    #[must_use]
    pub fn predict(self, tasks: &[Task], policy: &RetryPolicy) -> Option<Millis> {
        self.predict_over(tasks, policy, &Hosts::default())
    }

    /// The same where some hosts are known to get a limited number of
    /// connections: a task then waits for one of them too. Not known if calls
    /// wait for connections and may time out or be tried again meanwhile.
    #[must_use]
    pub fn predict_over(
        self,
        tasks: &[Task],
        policy: &RetryPolicy,
        hosts: &Hosts,
    ) -> Option<Millis> {
        let mut expected = Vec::with_capacity(tasks.len());
        for (index, task) in tasks.iter().enumerate() {
            expected.push(Expected::of(task, index, policy)?);
        }
        let places = match self {
            Self::Sequential => 1,
            Self::Pool(limit) => limit,
            Self::Join | Self::FailFast | Self::First => tasks.len(),
        };
        let mut crowds = Crowds::of(tasks, hosts);
        if places > PER_HOST && crowds.are_crowded() && !policy.is_plain() {
            return None;
        }
        let mut places = Places::new(places.min(tasks.len()));
        let mut makespan = Millis::ZERO;
        let mut first_ok = None;
        let mut first_failure = None;
        for (task, Expected { total, is_ok }) in tasks.iter().zip(expected) {
            let place = places.soonest();
            let end = match crowds.connections(task) {
                Some(connections) => {
                    let connection = connections.soonest();
                    *connection = place.max(*connection) + total;
                    *connection
                }
                None => *place + total,
            };
            *place = end;
            makespan = makespan.max(end);
            let first = if is_ok {
                &mut first_ok
            } else {
                &mut first_failure
            };
            *first = Some(first.map_or(end, |first| end.min(first)));
        }
        Some(match self {
            Self::FailFast => first_failure.unwrap_or(makespan),
            Self::First => first_ok.unwrap_or(makespan),
            _ => makespan,
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
    fn of(task: &Task, index: usize, policy: &RetryPolicy) -> Option<Self> {
        let mut total = Millis::ZERO;
        for attempt in 0.. {
            let (latency, answer) = task.call(index, attempt, policy).drawn?.answer();
            let (took, answer) = match policy.timeout {
                Some(limit) if limit <= latency => (limit, Err(Failure::TimedOut)),
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

/// Places for calls in flight, by when each is free.
struct Places(Vec<Millis>);

impl Places {
    fn new(count: usize) -> Self {
        Self(vec![Millis::ZERO; count.max(1)])
    }

    /// The place that is free first; of several the first.
    fn soonest(&mut self) -> &mut Millis {
        let mut soonest = 0;
        for (index, free) in self.0.iter().enumerate() {
            if *free < self.0[soonest] {
                soonest = index;
            }
        }
        &mut self.0[soonest]
    }
}

/// The connections of hosts that get a limited number of them.
struct Crowds<'a> {
    known: &'a Hosts,
    limited: Vec<(&'a str, usize, Places)>,
}

impl<'a> Crowds<'a> {
    fn of(tasks: &'a [Task], known: &'a Hosts) -> Self {
        let mut limited: Vec<(&str, usize, Places)> = Vec::new();
        let urls = tasks.iter().filter_map(Task::endpoint);
        for origin in urls.filter_map(|url| known.limiting(url)) {
            match limited.iter_mut().find(|(host, ..)| *host == origin) {
                Some((_, calls, _)) => *calls += 1,
                None => limited.push((origin, 1, Places::new(PER_HOST))),
            }
        }
        Self { known, limited }
    }

    /// Whether a host gets more calls than connections.
    fn are_crowded(&self) -> bool {
        self.limited.iter().any(|(_, calls, _)| *calls > PER_HOST)
    }

    fn connections(&mut self, task: &Task) -> Option<&mut Places> {
        let origin = self.known.limiting(task.endpoint()?)?;
        let host = self.limited.iter_mut().find(|(host, ..)| *host == origin);
        host.map(|(_, _, places)| places)
    }
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
            return parse_limit(limit).map(Self::Pool).ok_or(());
        }
        let known = Self::ALL.into_iter();
        let mut known = known.filter(|strategy| !matches!(strategy, Self::Pool(_)));
        known.find(|strategy| strategy.kind() == word).ok_or(())
    }
}

/// The most calls that a pool has in flight.
#[must_use]
pub fn parse_limit(text: &str) -> Option<usize> {
    let limit = text.parse().ok()?;
    (1..=MAX_TASKS).contains(&limit).then_some(limit)
}
