//! The hands of a thread: they do one thing at a time, and nothing else happens
//! on it meanwhile. The page's thread has a pair, and each worker has one.

mod line;

use std::future::Future;

use crate::millis::Millis;
use crate::outcome::Failure;
use line::Line;

/// What works: a real processor or, in tests, a virtual one.
pub trait Processor {
    /// Resolves once the thread has heard of all that has happened so far, as
    /// an event loop does between two of its tasks.
    fn catch_up(&self) -> impl Future<Output = ()>;

    /// Works for about that long, while nothing else happens on the thread;
    /// whether the result is right.
    fn work(&self, takes: Millis) -> bool;
}

/// One pair of hands, and the line of those who want them.
#[derive(Debug, Default)]
pub struct Hands<P> {
    processor: P,
    line: Line,
}

impl<P: Processor> Hands<P> {
    /// The hands of that processor's thread.
    pub fn new(processor: P) -> Self {
        Self {
            processor,
            line: Line::default(),
        }
    }

    /// Whose they are.
    pub fn processor(&self) -> &P {
        &self.processor
    }

    /// Works for about that long, once all who came before are done; calls
    /// `begin` as it begins. Dropping this before it has gives up the place in
    /// line; after that nothing can come between.
    ///
    /// # Errors
    /// If the result is wrong.
    pub async fn work(&self, takes: Millis, begin: impl FnOnce()) -> Result<(), Failure> {
        let _turn = self.line.turn().await;
        self.processor.catch_up().await;
        begin();
        match self.processor.work(takes) {
            true => Ok(()),
            false => Err(Failure::Miscomputed),
        }
    }
}
