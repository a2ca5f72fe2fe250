//! What happened to a task, and when: the only thing that a run says.

use crate::asked::resource::Resource;
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};

/// One thing that happened in a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Since the run began.
    pub at: Millis,
    /// Index of the task in its scenario.
    pub task: usize,
    /// What happened.
    pub kind: EventKind,
}

/// The things that happen to a task, in the order in which they can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It waits for its turn.
    Queued,
    /// It was handed to a worker, in which all that follows happens.
    Handed,
    /// An attempt began, which holds that: of a call, its request was sent.
    Started(Resource),
    /// The headers of its answer arrived.
    FirstByte,
    /// Its call was answered well, and that was noticed: there is work to be done
    /// on what came.
    Answered,
    /// An attempt failed; it is started again after a wait.
    Retrying(Failure),
    /// It ended; nothing comes after.
    Ended(Outcome),
}
