//! How long theory says that a strategy takes: list scheduling (Graham 1966)
//! over whatever resources the tasks hold. A task in order goes to the place
//! that is free first; each step of it waits for its resource, first come,
//! first served.

use crate::asked::hosts::{Hosts, PER_HOST};
use crate::asked::resource::Resource;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Task, Work};
use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::outcome::Failure;

/// A step of a task: one attempt, or a wait between two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<'a> {
    /// How long it goes on, once it has what it holds.
    pub takes: Millis,
    /// What it holds meanwhile.
    pub holds: Option<Resource>,
    /// Of a connection: the host, if that gets a limited number of them.
    pub host: Option<&'a str>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacities {
    /// Tasks that may be under way together; one at the least.
    pub places: usize,
    /// Workers; one at the least.
    pub workers: usize,
}

impl Capacities {
    /// How many there are of what a step holds; `None` if it need not wait.
    fn of(self, step: &Step<'_>) -> Option<usize> {
        match step.holds? {
            Resource::Connection => step.host.map(|_| PER_HOST),
            Resource::Hands => Some(1),
            Resource::Worker => Some(self.workers.max(1)),
        }
    }
}

/// What theory says of a run: how long it takes, and for each task from when
/// until when its attempts are under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The makespan.
    pub makespan: Millis,
    /// The attempts of each task, in order; none of what is over before it was
    /// begun.
    pub attempts: Vec<Vec<(Millis, Millis)>>,
}

/// When each step of each task ends, and last when the task does, if these are
/// its steps. Of two that want the same at the same moment the earlier in the
/// list goes first.
#[must_use]
pub fn schedule(tasks: &[Vec<Step<'_>>], capacities: Capacities) -> Vec<Vec<Millis>> {
    let mut ends = vec![Vec::new(); tasks.len()];
    let mut units = Units(Vec::new());
    let mut begun = capacities.places.clamp(1, tasks.len().max(1));
    // What has come so far and when, by task and step; the soonest last.
    let ready = (0..begun.min(tasks.len())).map(|task| (Millis::ZERO, task, 0));
    let mut ready: Vec<(Millis, usize, usize)> = ready.rev().collect();
    while let Some((at, task, step)) = ready.pop() {
        let next = match tasks[task].get(step) {
            Some(step_of) => {
                let end = match capacities.of(step_of) {
                    Some(capacity) => {
                        let free = units.soonest(step_of, capacity);
                        *free = at.max(*free) + step_of.takes;
                        *free
                    }
                    None => at + step_of.takes,
                };
                ends[task].push(end);
                (end, task, step + 1)
            }
            None => {
                ends[task].push(at);
                // Its place is free.
                if begun == tasks.len() {
                    continue;
                }
                begun += 1;
                (at, begun - 1, 0)
            }
        };
        ready.insert(ready.partition_point(|other| *other > next), next);
    }
    ends
}

/// The resources that are waited for, each by when its units are free.
struct Units<'a>(Vec<(Resource, Option<&'a str>, Vec<Millis>)>);

impl<'a> Units<'a> {
    /// The unit that is free first; of several the first.
    fn soonest(&mut self, step: &Step<'a>, capacity: usize) -> &mut Millis {
        let holds = step.holds.unwrap_or(Resource::Connection);
        let is_it = |unit: &(Resource, Option<&str>, _)| (unit.0, unit.1) == (holds, step.host);
        let place = self.0.iter().position(is_it);
        let place = place.unwrap_or_else(|| {
            let all = vec![Millis::ZERO; capacity];
            self.0.push((holds, step.host, all));
            self.0.len() - 1
        });
        let units = &mut self.0[place].2;
        let mut soonest = 0;
        for (index, free) in units.iter().enumerate() {
            if *free < units[soonest] {
                soonest = index;
            }
        }
        &mut units[soonest]
    }
}

impl Strategy {
    /// The makespan that theory gives, retries included and time-outs, of every
    /// attempt that would take as long or longer: the sum of what the tasks take
    /// one after another, the longest of them all at once, and for a pool what
    /// list scheduling gives. Unknown (`None`) as soon as one task's latency is.
    #[must_use]
    pub fn predict(self, tasks: &[Task], policy: &RetryPolicy) -> Option<Millis> {
        let forecast = self.forecast(tasks, policy, &Hosts::default());
        forecast.map(|forecast| forecast.makespan)
    }

    /// The same for each attempt, where some hosts are known to get a limited
    /// number of connections: a task then waits for one of them too. Not known if
    /// calls wait for connections and may time out or be tried again meanwhile.
    #[must_use]
    pub fn forecast(self, tasks: &[Task], policy: &RetryPolicy, hosts: &Hosts) -> Option<Forecast> {
        let places = match self {
            Self::Sequential => 1,
            Self::Pool(limit) => limit,
            Self::Join | Self::FailFast | Self::First => tasks.len(),
        };
        if places > PER_HOST && hosts.crowded(tasks).is_some() && !policy.is_plain() {
            return None;
        }
        let mut steps = Vec::with_capacity(tasks.len());
        let mut goods = Vec::with_capacity(tasks.len());
        for (index, task) in tasks.iter().enumerate() {
            let (of_task, is_good) = expected(task, index, policy, hosts)?;
            steps.push(of_task);
            goods.push(is_good);
        }
        let ends = schedule(&steps, Capacities { places, workers: 1 });
        let mut makespan = Millis::ZERO;
        let mut decisive: Option<Millis> = None;
        for (ends, is_good) in ends.iter().zip(goods) {
            let end = ends.last().copied().unwrap_or_default();
            makespan = makespan.max(end);
            let decides = match self {
                Self::FailFast => !is_good,
                Self::First => is_good,
                _ => false,
            };
            if decides {
                decisive = Some(decisive.map_or(end, |first| first.min(end)));
            }
        }
        let is_decided = decisive.is_some_and(|first| first > Millis::ZERO);
        let makespan = decisive.unwrap_or(makespan);
        let mut attempts = Vec::with_capacity(tasks.len());
        for (steps, ends) in steps.iter().zip(ends) {
            let mut of_task = Vec::new();
            for (step, end) in steps.iter().zip(ends) {
                let from = end - step.takes;
                // What decides it ends all that is under way then.
                if step.holds.is_some() && (from < makespan || !is_decided) {
                    of_task.push((from, end.min(makespan)));
                }
            }
            attempts.push(of_task);
        }
        Some(Forecast { makespan, attempts })
    }
}

/// How many of these calls get a good answer in the end, as far as that is known
/// before they are made: of what is unknown nothing bad is thought.
#[must_use]
pub fn good_answers(tasks: &[Task], policy: &RetryPolicy) -> usize {
    let mut good = 0;
    for (index, task) in tasks.iter().enumerate() {
        let expected = expected(task, index, policy, &Hosts::default());
        good += usize::from(expected.is_none_or(|(_, is_good)| is_good));
    }
    good
}

/// How long an attempt at a task goes on, and what comes of it; unknown only of
/// URLs.
#[must_use]
pub fn foreseen(
    task: &Task,
    index: usize,
    attempt: u32,
    policy: &RetryPolicy,
) -> Option<(Millis, Result<(), Failure>)> {
    let (takes, answer) = match &task.work {
        Work::Call(target) => {
            let call = target.call(&task.name, index, attempt, policy);
            call.drawn?.answer()
        }
    };
    Some(match policy.timeout {
        Some(limit) if limit <= takes => (limit, Err(Failure::TimedOut)),
        _ => (takes, answer),
    })
}

/// What theory expects of a task: its steps, and whether it ends well.
fn expected<'a>(
    task: &'a Task,
    index: usize,
    policy: &RetryPolicy,
    hosts: &Hosts,
) -> Option<(Vec<Step<'a>>, bool)> {
    let holds = task.work.resource();
    let host = task.endpoint().and_then(|url| hosts.limiting(url));
    let mut steps = Vec::new();
    let mut attempt = 0;
    loop {
        let (takes, answer) = foreseen(task, index, attempt, policy)?;
        steps.push(Step {
            takes,
            holds: Some(holds),
            host,
        });
        match answer {
            Err(failure) if attempt < policy.retries && failure.is_transient() => {
                steps.push(Step {
                    takes: policy.wait(index, attempt),
                    holds: None,
                    host: None,
                });
                attempt += 1;
            }
            answer => return Some((steps, answer.is_ok())),
        }
    }
}
