//! Who performs a call: real `fetch()` calls, or timers that stand in.

mod simulated;

use std::future::Future;

use crate::asked::scenario::Call;
use crate::outcome::Failure;

pub use simulated::SimulatedClient;

/// Performs calls. A run cannot tell one client from another.
pub trait Client {
    /// Performs the call; calls `first_byte` when the headers of its answer
    /// are there. Dropping the future cancels the call for real.
    fn call(
        &self,
        call: &Call<'_>,
        first_byte: impl FnOnce(),
    ) -> impl Future<Output = Result<(), Failure>>;
}
