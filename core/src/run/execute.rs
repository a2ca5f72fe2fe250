//! Drives a strategy over a client and says what happens.
//!
//! This is the subject of the page: the same calls, awaited one after another,
//! joined, pooled, or raced.

use std::cell::{Cell, RefCell};
use std::pin::pin;

use futures::StreamExt;
use futures::future::{Either, FutureExt, select};
use futures::stream::FuturesUnordered;

use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Call, Task, Work};
use crate::asked::strategy::Strategy;
use crate::outcome::{Failure, Outcome};
use crate::run::client::Client;
use crate::run::clock::Clock;
use crate::run::event::{Event, EventKind};

/// Whether a run is over with that answer, whatever the others would be.
type IsLast = fn(Result<(), Failure>) -> bool;

/// Runs the tasks, telling `record` each event as it happens, with times
/// counted from the moment of the first poll. Every task ends in exactly one
/// outcome. Dropping the future cancels the calls in flight; no event comes
/// after that.
pub async fn execute(
    tasks: &[Task],
    strategy: Strategy,
    policy: &RetryPolicy,
    client: &impl Client,
    clock: &impl Clock,
    record: impl FnMut(Event),
) {
    let zero = clock.now();
    let record = RefCell::new(record);
    let record = |task, kind| {
        let at = (clock.now() - zero).settled();
        record.borrow_mut()(Event { at, task, kind });
    };
    let has_ended: Vec<Cell<bool>> = vec![Cell::new(false); tasks.len()];
    let end = |task: usize, outcome| {
        has_ended[task].set(true);
        record(task, EventKind::Ended(outcome));
    };
    let perform = async |index: usize, task: &Task| {
        for attempt in 0.. {
            record(index, EventKind::Started(task.work.resource()));
            let answer = match &task.work {
                Work::Call(target) => {
                    let call = target.call(&task.name, index, attempt, policy);
                    let first_byte = || record(index, EventKind::FirstByte);
                    within_limit(&call, policy, client, clock, first_byte).await
                }
            };
            let Err(failure) = answer else { break };
            if attempt >= policy.retries || !failure.is_transient() {
                end(index, Outcome::Failed(failure));
                return Err(failure);
            }
            record(index, EventKind::Retrying(failure));
            clock.sleep(policy.wait(index, attempt)).await;
        }
        end(index, Outcome::Ok);
        Ok(())
    };

    for index in 0..tasks.len() {
        record(index, EventKind::Queued);
    }
    // Boxed, so that all lists of futures in the program are of one type.
    let calls = tasks.iter().enumerate();
    let mut calls = calls.map(|(index, task)| perform(index, task).boxed_local());
    let all = tasks.len();
    // How many are under way together, and which answer is the last that counts:
    // what `for`, `buffer_unordered`, `join_all`, `try_join_all` and `select_ok`
    // do. But two of these poll all futures whenever one is woken (`join_all` up
    // to thirty), and `try_join_all` looks at the results of more than thirty in
    // order, and so would hear of a failure only when all before it have ended.
    let (together, is_last): (usize, IsLast) = match strategy {
        Strategy::Sequential => (1, |_| false),
        Strategy::Pool(limit) => (limit, |_| false),
        Strategy::Join => (all, |_| false),
        Strategy::FailFast => (all, |answer| answer.is_err()),
        Strategy::First => (all, |answer| answer.is_ok()),
    };
    let mut under_way = FuturesUnordered::new();
    loop {
        while under_way.len() < together
            && let Some(call) = calls.next()
        {
            under_way.push(call);
        }
        // What a call came to has been recorded by itself.
        match under_way.next().await {
            Some(answer) if !is_last(answer) => {}
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
