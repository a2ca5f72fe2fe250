//! Drives a strategy over a client and says what happens.
//!
//! This is the subject of the page in thirty lines: the same calls, awaited
//! one after another or joined.

use std::cell::RefCell;

use futures::future::{FutureExt, join_all};

use crate::client::Client;
use crate::clock::Clock;
use crate::event::{Event, EventKind, Outcome};
use crate::scenario::Task;
use crate::strategy::Strategy;

/// Runs the tasks, telling `record` each event as it happens, with times
/// counted from the moment of the first poll. Every task ends in exactly one
/// outcome, and a failure stops no other task. Dropping the future cancels
/// the calls in flight; no event comes after that.
pub async fn run(
    tasks: &[Task],
    strategy: Strategy,
    client: &impl Client,
    clock: &impl Clock,
    record: impl FnMut(Event),
) {
    let zero = clock.now();
    let record = RefCell::new(record);
    let record = |task, kind| {
        let at = clock.now() - zero;
        record.borrow_mut()(Event { at, task, kind });
    };
    let call = async |index: usize, task: &Task| {
        record(index, EventKind::Started);
        let answer = client.call(task, || record(index, EventKind::FirstByte));
        let outcome = match answer.await {
            Ok(()) => Outcome::Ok,
            Err(failure) => Outcome::Failed(failure),
        };
        record(index, EventKind::Ended(outcome));
    };

    for index in 0..tasks.len() {
        record(index, EventKind::Queued);
    }
    // Boxed, so that all lists of futures in the program share one `join_all`.
    let calls = tasks.iter().enumerate();
    let calls = calls.map(|(index, task)| call(index, task).boxed_local());
    match strategy {
        Strategy::Sequential => {
            for call in calls {
                call.await;
            }
        }
        Strategy::Join => {
            join_all(calls).await;
        }
    }
}
