//! Workers: threads beside the page's, each of which performs one whole task at a
//! time, with hands of its own.

use std::future::Future;

use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::Task;
use crate::outcome::Failure;
use crate::run::event::EventKind;

/// Those that there can be.
pub trait Workers {
    /// How many there are where so many are asked for; 0: as many as the
    /// processor has cores.
    fn count(&self, asked: usize) -> usize;

    /// Has a worker that is free perform the task of that index; calls `tell`
    /// with what happens to it there, as it is heard of, from its first
    /// start to before its end. A worker is started when it is first needed.
    /// Dropping this ends at once what the worker does.
    ///
    /// # Errors
    /// What came of the task; and if there is no such worker to be had, or it
    /// comes to an end.
    fn perform(
        &self,
        task: (usize, &Task),
        policy: &RetryPolicy,
        tell: &dyn Fn(EventKind),
    ) -> impl Future<Output = Result<(), Failure>>;
}
