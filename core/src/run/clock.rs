//! Where times come from: the browser's clock or, in tests, a virtual one that
//! jumps.

use std::future::Future;

use crate::millis::Millis;

/// A clock that can be read and waited for.
pub trait Clock {
    /// The time now, counted from some fixed moment; it never goes back.
    fn now(&self) -> Millis;

    /// Resolves once that much time has passed. Dropping it stops its timer.
    fn sleep(&self, duration: Millis) -> impl Future<Output = ()>;
}
