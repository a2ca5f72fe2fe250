//! How long theory says that a strategy takes: what would happen if every call
//! took as long as it is asked to, and all work as long as it is sized for, is
//! gone through from one moment to the next.
//!
//! A task has a time before which nobody begins it, whoever's turn it is. And
//! three things are waited for. Of a host's connections there are a few, and who
//! calls first gets one first. The page's thread does one thing at a time: while
//! it works it hears of nothing, and what was answered meanwhile is noticed
//! before it goes on to the next in line. A worker has a thread of its own, and
//! does one task at a time from beginning to end. And a service with a limit
//! refuses at once what comes while it has its hands full. Without work, and with all tasks
//! there from the beginning, that is list scheduling (Graham 1966).

use crate::asked::consent::MAX_A_SECOND;
use crate::asked::hosts::{Hosts, PER_HOST};
use crate::asked::resource::Resource;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Call, Task};
use crate::asked::served::{Served, Ticket};
use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::outcome::Failure;

/// What theory says of a run: how long it takes, and for each task from when
/// until when its attempts are under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The makespan.
    pub makespan: Millis,
    /// The attempts of each task, in order, calls and work; none of what is over
    /// before it was begun.
    pub attempts: Vec<Vec<Expected>>,
    /// What comes of each task; `None` of those that are cancelled.
    pub outcomes: Vec<Option<Result<(), Failure>>>,
}

/// An attempt that is expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// From when it is under way.
    pub from: Millis,
    /// When its answer is there.
    pub answered: Millis,
    /// When that is noticed, or it is cut short.
    pub until: Millis,
    /// What it holds.
    pub holds: Resource,
    /// What comes of it; `None` if it is cut short.
    pub answer: Option<Result<(), Failure>>,
    /// Where its beginning and its end come among all that happens: of what
    /// happens at one moment there is a first and a last.
    pub order: (u32, u32),
}

impl Strategy {
    /// How many tasks of so many it has under way together, at the most;
    /// `workers` says how many there are where so many are asked for.
    #[must_use]
    pub fn places(self, tasks: usize, workers: impl FnOnce(usize) -> usize) -> usize {
        match self {
            Self::Sequential => 1,
            Self::Pool(limit) => limit,
            Self::Workers(asked) => workers(asked),
            Self::Join | Self::FailFast | Self::First => tasks,
        }
    }

    /// Whether a run is over with that answer, whatever the others would be.
    #[must_use]
    pub fn is_over_with(self, answer: Result<(), Failure>) -> bool {
        match self {
            Self::FailFast => answer.is_err(),
            Self::First => answer.is_ok(),
            _ => false,
        }
    }

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
    /// calls wait for connections and may time out, be refused or be tried again
    /// meanwhile, nor of more attempts at URLs than the page makes in a second.
    #[must_use]
    pub fn forecast(self, tasks: &[Task], policy: &RetryPolicy, hosts: &Hosts) -> Option<Forecast> {
        let places = self.places(tasks.len(), |asked| hosts.workers(asked));
        let is_crowded = places > PER_HOST && hosts.crowded(tasks).is_some();
        if is_crowded && (!policy.is_plain() || tasks.iter().any(Task::has_limit)) {
            return None;
        }
        let urls = tasks.iter().filter(|task| task.endpoint().is_some());
        if urls.count() * (policy.retries as usize + 1) > MAX_A_SECOND {
            return None;
        }
        let course = Course {
            tasks,
            policy,
            hosts,
            strategy: self,
            now: Millis::ZERO,
            free_places: places,
            begun: 0,
            due: Vec::new(),
            in_line: Vec::new(),
            connections: Vec::new(),
            served: Served::default(),
            tickets: vec![None; tasks.len()],
            tried: vec![0; tasks.len()],
            attempts: vec![Vec::new(); tasks.len()],
            outcomes: vec![None; tasks.len()],
            happened: 0,
            makespan: Millis::ZERO,
        };
        course.run()
    }
}

/// What happens, from one moment to the next.
struct Course<'a> {
    tasks: &'a [Task],
    policy: &'a RetryPolicy,
    hosts: &'a Hosts,
    strategy: Strategy,
    now: Millis,
    free_places: usize,
    /// How many tasks have been begun, in order.
    begun: usize,
    /// What will happen and when, to which task; the soonest first, and of
    /// several at one moment the one that was set going first.
    due: Vec<(Millis, usize, Next)>,
    /// Tasks that wait for the page's hands.
    in_line: Vec<usize>,
    /// Of each host that has few, when each connection is free.
    connections: Vec<(&'a str, [Millis; PER_HOST])>,
    /// The calls that services with a limit are serving, and the tickets of their
    /// tasks.
    served: Served,
    tickets: Vec<Option<Ticket>>,
    /// How often each task was tried again.
    tried: Vec<u32>,
    attempts: Vec<Vec<Expected>>,
    outcomes: Vec<Option<Result<(), Failure>>>,
    /// How much has happened.
    happened: u32,
    makespan: Millis,
}

/// What can happen to a task.
#[derive(Clone, Copy)]
enum Next {
    /// The time has come from which on it may be begun.
    Begin,
    /// Its call is answered like that, or given up.
    Answer(Result<(), Failure>),
    /// It has waited long enough to be tried again.
    Again,
    /// A worker has done its work.
    Done,
}

/// Whether it is all over.
type IsOver = bool;

impl Course<'_> {
    fn run(mut self) -> Option<Forecast> {
        let mut is_over = false;
        while !is_over {
            let soonest = self.due.first().map(|&(at, ..)| at);
            if self.free_places > 0 && self.begun < self.tasks.len() {
                self.free_places -= 1;
                self.begun += 1;
                is_over = self.begin(self.begun - 1)?;
            } else if soonest.is_some_and(|at| at <= self.now) || self.in_line.is_empty() {
                let Some(soonest) = soonest else { break };
                self.now = self.now.max(soonest);
                let (_, task, next) = self.due.remove(0);
                is_over = self.happen(task, next)?;
            } else {
                let task = self.in_line.remove(0);
                let takes = self.tasks[task].work.compute().unwrap_or_default();
                self.attempt(task, self.now, takes, Resource::Hands);
                self.now += takes;
                is_over = self.end(task, Ok(()));
            }
        }
        for attempts in &mut self.attempts {
            attempts.retain(|one| one.answer.is_some() || one.from <= self.makespan);
            for cut_short in attempts.iter_mut().filter(|one| one.answer.is_none()) {
                cut_short.until = self.makespan;
            }
        }
        Some(Forecast {
            makespan: self.makespan,
            attempts: self.attempts,
            outcomes: self.outcomes,
        })
    }

    /// Begins a task, or keeps its place until that may be done.
    fn begin(&mut self, task: usize) -> Option<IsOver> {
        let start = self.tasks[task].start;
        if start > self.now {
            self.set_going(start, task, Next::Begin);
            return Some(false);
        }
        self.send(task)
    }

    /// Begins an attempt at a task: its call, or else its work.
    fn send(&mut self, task: usize) -> Option<IsOver> {
        let tasks = self.tasks;
        let Some(call) = call(tasks, task, self.tried[task], self.policy) else {
            self.work(task);
            return Some(false);
        };
        let (takes, answer) = foreseen(&call, self.policy)?;
        match self.served.admit(&call, self.now) {
            Ok(ticket) => {
                self.tickets[task] = ticket;
                let from = self.connect(task, takes);
                self.attempt(task, from, takes, Resource::Connection);
                self.set_going(from + takes, task, Next::Answer(answer));
                Some(false)
            }
            Err(refusal) => {
                self.attempt(task, self.now, Millis::ZERO, Resource::Connection);
                self.hear(task, Err(refusal))
            }
        }
    }

    /// When a call goes out that takes so long: now, or when its host has a
    /// connection free.
    fn connect(&mut self, task: usize, takes: Millis) -> Millis {
        let url = self.tasks[task].endpoint();
        let Some(host) = url.and_then(|url| self.hosts.limiting(url)) else {
            return self.now;
        };
        let known = self
            .connections
            .iter()
            .position(|(known, _)| *known == host);
        let known = known.unwrap_or_else(|| {
            self.connections.push((host, [Millis::ZERO; PER_HOST]));
            self.connections.len() - 1
        });
        let free = self.connections[known].1.iter_mut();
        let Some(soonest) = free.reduce(|a, b| if *b < *a { b } else { a }) else {
            return self.now;
        };
        let from = self.now.max(*soonest);
        *soonest = from + takes;
        from
    }

    /// Has a task's work done: by the page's hands in their turn, or by the
    /// worker that has the task.
    fn work(&mut self, task: usize) {
        if self.strategy.is_on_page() {
            return self.in_line.push(task);
        }
        let takes = self.tasks[task].work.compute().unwrap_or_default();
        self.attempt(task, self.now, takes, Resource::Worker);
        self.set_going(self.now + takes, task, Next::Done);
    }

    fn happen(&mut self, task: usize, next: Next) -> Option<IsOver> {
        match next {
            Next::Begin => self.send(task),
            Next::Answer(answer) => self.hear(task, answer),
            Next::Again => {
                self.tried[task] += 1;
                self.send(task)
            }
            Next::Done => Some(self.end(task, Ok(()))),
        }
    }

    /// What came of a call is noticed.
    fn hear(&mut self, task: usize, answer: Result<(), Failure>) -> Option<IsOver> {
        self.happened += 1;
        if let Some(ticket) = self.tickets[task].take() {
            self.served.leave(ticket);
        }
        let attempt = self.attempts[task].last_mut()?;
        attempt.until = self.now;
        attempt.order.1 = self.happened;
        // Noticed too late, it is too late.
        let limit = self.policy.timeout;
        let is_late = limit.is_some_and(|limit| self.now - attempt.from >= limit);
        let answer = if is_late {
            Err(Failure::TimedOut)
        } else {
            answer
        };
        attempt.answer = Some(answer);
        match answer {
            Err(failure) if self.policy.is_retried(self.tried[task], failure) => {
                let target = self.tasks[task].work.target()?;
                let wait = target.wait(task, self.tried[task], self.policy);
                self.set_going(self.now + wait, task, Next::Again);
                Some(false)
            }
            Ok(()) if self.tasks[task].work.compute().is_some() => {
                self.work(task);
                Some(false)
            }
            answer => Some(self.end(task, answer)),
        }
    }

    fn end(&mut self, task: usize, answer: Result<(), Failure>) -> IsOver {
        self.happened += 1;
        if let Some(attempt) = self.attempts[task].last_mut() {
            attempt.until = self.now;
            attempt.answer = Some(answer);
            attempt.order.1 = self.happened;
        }
        self.outcomes[task] = Some(answer);
        self.makespan = self.now;
        self.free_places += 1;
        self.strategy.is_over_with(answer)
    }

    fn attempt(&mut self, task: usize, from: Millis, takes: Millis, holds: Resource) {
        self.happened += 1;
        self.attempts[task].push(Expected {
            from,
            answered: from + takes,
            until: from + takes,
            holds,
            answer: None,
            order: (self.happened, self.happened),
        });
    }

    fn set_going(&mut self, at: Millis, task: usize, next: Next) {
        let place = self.due.partition_point(|&(other, ..)| other <= at);
        self.due.insert(place, (at, task, next));
    }
}

/// How many of these tasks come to a good end, as far as that is known before
/// they are begun: of what is unknown, or hangs on how they are run, nothing bad
/// is thought.
#[must_use]
pub fn good_answers(tasks: &[Task], policy: &RetryPolicy) -> usize {
    let mut good = 0;
    for task in 0..tasks.len() {
        let mut attempt = 0;
        let is_good = loop {
            let call = call(tasks, task, attempt, policy);
            match call.and_then(|call| foreseen(&call, policy)) {
                Some((_, Err(failure))) if policy.is_retried(attempt, failure) => attempt += 1,
                answer => break answer.is_none_or(|(_, answer)| answer.is_ok()),
            }
        };
        good += usize::from(is_good);
    }
    good
}

/// What comes of a call, and after how long.
type Answer = (Millis, Result<(), Failure>);

/// An attempt at a task's call, if it has one.
fn call<'a>(
    tasks: &'a [Task],
    index: usize,
    attempt: u32,
    policy: &RetryPolicy,
) -> Option<Call<'a>> {
    let task = &tasks[index];
    let target = task.work.target()?;
    Some(target.call(&task.name, index, attempt, policy))
}

/// What comes of a call that is served; unknown only of URLs.
fn foreseen(call: &Call<'_>, policy: &RetryPolicy) -> Option<Answer> {
    let (takes, answer) = call.drawn?.answer();
    Some(match policy.timeout {
        Some(limit) if limit <= takes => (limit, Err(Failure::TimedOut)),
        _ => (takes, answer),
    })
}
