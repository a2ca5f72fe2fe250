//! Drives a strategy over a client, hands and workers and says what happens.
//!
//! This is the subject of the page: the same tasks, awaited one after another,
//! joined, pooled, raced, or handed to workers.

use std::cell::{Cell, RefCell};
use std::pin::pin;

use futures::StreamExt;
use futures::future::{Either, FutureExt, select};
use futures::stream::FuturesUnordered;

use crate::asked::resource::Resource;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Call, Target, Task};
use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::run::client::Client;
use crate::run::clock::Clock;
use crate::run::event::{Event, EventKind};
use crate::run::gate::Gate;
use crate::run::hands::{Hands, Processor};
use crate::run::workers::Workers;

/// What a thread performs tasks with: the page's, or a worker's.
#[derive(Debug)]
pub struct Thread<'a, L, C, P> {
    /// Who performs its calls.
    pub client: &'a L,
    /// Its clock.
    pub clock: &'a C,
    /// Its hands.
    pub hands: &'a Hands<P>,
    /// What its calls of URLs go through.
    pub gate: &'a Gate,
}

/// Runs the tasks, telling `record` each event as it happens, with times
/// counted from the moment of the first poll. Every task ends in exactly one
/// outcome. Dropping the future cancels the calls in flight and the workers'
/// work; no event comes after that.
pub async fn execute(
    tasks: &[Task],
    strategy: Strategy,
    policy: &RetryPolicy,
    thread: &Thread<'_, impl Client, impl Clock, impl Processor>,
    workers: &impl Workers,
    record: impl FnMut(Event),
) {
    let zero = thread.clock.now();
    let record = RefCell::new(record);
    let record = |task, kind| {
        let at = (thread.clock.now() - zero).settled();
        record.borrow_mut()(Event { at, task, kind });
    };
    let has_ended: Vec<Cell<bool>> = vec![Cell::new(false); tasks.len()];
    let end = |task: usize, outcome| {
        has_ended[task].set(true);
        record(task, EventKind::Ended(outcome));
    };
    let perform = async |index: usize, task: &Task| {
        let tell = |kind| record(index, kind);
        // Whoever's turn it is waits for its time, and keeps the place meanwhile.
        let early = task.start - (thread.clock.now() - zero);
        if early > Millis::ZERO {
            thread.clock.sleep(early).await;
        }
        let answer = if strategy.is_on_page() {
            perform(index, task, policy, thread, &tell).await
        } else {
            tell(EventKind::Handed);
            let tell = |kind| match kind {
                // Its hands are not the page's.
                EventKind::Started(Resource::Hands) => tell(EventKind::Started(Resource::Worker)),
                other => {
                    let is_call = other == EventKind::Started(Resource::Connection);
                    if is_call && task.endpoint().is_some() {
                        // It has been let through there; here it is counted.
                        let _ = thread.gate.pass(thread.clock.now());
                    }
                    tell(other);
                }
            };
            let task = (index, task);
            workers.perform(task, policy, &tell).await
        };
        end(index, answer.map_or_else(Outcome::Failed, |()| Outcome::Ok));
        answer
    };

    for index in 0..tasks.len() {
        record(index, EventKind::Queued);
    }
    // Boxed, so that all lists of futures in the program are of one type.
    let all = tasks.iter().enumerate();
    let mut all = all.map(|(index, task)| perform(index, task).boxed_local());
    // How many are under way together, and which answer is the last that counts:
    // what `for`, `buffer_unordered`, `join_all`, `try_join_all` and `select_ok`
    // do. But two of these poll all futures whenever one is woken (`join_all` up
    // to thirty), and `try_join_all` looks at the results of more than thirty in
    // order, and so would hear of a failure only when all before it have ended.
    let together = strategy.places(tasks.len(), |asked| workers.count(asked));
    let mut under_way = FuturesUnordered::new();
    loop {
        while under_way.len() < together
            && let Some(one) = all.next()
        {
            under_way.push(one);
        }
        // What a task came to has been recorded by itself.
        match under_way.next().await {
            Some(answer) if !strategy.is_over_with(answer) => {}
            _ => break,
        }
    }
    // Dropping the others aborts their requests.
    drop(under_way);
    for (index, ended) in has_ended.iter().enumerate() {
        if !ended.get() {
            end(index, Outcome::Cancelled);
        }
    }
}

/// Performs a task on a thread, its call as often as that is tried and then its
/// work, and tells what happens up to its end.
///
/// # Errors
/// If that is a bad one.
pub async fn perform(
    index: usize,
    task: &Task,
    policy: &RetryPolicy,
    thread: &Thread<'_, impl Client, impl Clock, impl Processor>,
    tell: &dyn Fn(EventKind),
) -> Result<(), Failure> {
    if let Some(target) = task.work.target() {
        call(index, (&task.name, target), policy, thread, tell).await?;
    }
    let Some(takes) = task.work.compute() else {
        return Ok(());
    };
    if task.work.target().is_some() {
        tell(EventKind::Answered);
    }
    let begin = || tell(EventKind::Started(Resource::Hands));
    thread.hands.work(takes, begin).await
}

/// A call, as often as it is tried.
async fn call(
    index: usize,
    (name, target): (&str, &Target),
    policy: &RetryPolicy,
    thread: &Thread<'_, impl Client, impl Clock, impl Processor>,
    tell: &dyn Fn(EventKind),
) -> Result<(), Failure> {
    let mut attempt = 0;
    loop {
        while target.url().is_some()
            && let Err(wait) = thread.gate.pass(thread.clock.now())
        {
            thread.clock.sleep(wait).await;
        }
        tell(EventKind::Started(Resource::Connection));
        let call = target.call(name, index, attempt, policy);
        let first_byte = || tell(EventKind::FirstByte);
        let answer = within_limit(&call, policy, thread.client, thread.clock, first_byte).await;
        match answer {
            Err(failure) if policy.is_retried(attempt, failure) => {
                tell(EventKind::Retrying(failure));
            }
            answer => return answer,
        }
        let wait = target.wait(index, attempt, policy);
        thread.clock.sleep(wait).await;
        attempt += 1;
    }
}

/// One attempt, which is aborted when its time is over. An answer that comes
/// just then is too late too, whichever of two timers a browser lets go first:
/// so the clock decides, and theory ([`Strategy::predict`]) says the same.
async fn within_limit(
    call: &Call<'_>,
    policy: &RetryPolicy,
    client: &impl Client,
    clock: &impl Clock,
    first_byte: impl FnOnce(),
) -> Result<(), Failure> {
    let answer = client.call(call, first_byte);
    let Some(limit) = policy.timeout else {
        return answer.await;
    };
    let sent = clock.now();
    match select(pin!(answer), pin!(clock.sleep(limit))).await {
        Either::Left((answer, _)) if clock.now() - sent < limit => answer,
        _ => Err(Failure::TimedOut),
    }
}
