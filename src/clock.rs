//! `performance.now()` and `setTimeout`.

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use web_sys::{Performance, Window};

use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;

/// The page's own clock: monotonic, with 0.1 ms resolution or better.
#[derive(Clone, Debug)]
pub struct BrowserClock(Performance);

impl BrowserClock {
    /// The clock of this window or worker; `None` where there is none to be had.
    #[must_use]
    pub fn new() -> Option<Self> {
        // A worker's scope has the same.
        let scope: Window = js_sys::global().unchecked_into();
        scope.performance().map(Self)
    }
}

impl Clock for BrowserClock {
    fn now(&self) -> Millis {
        Millis::new(self.0.now())
    }

    async fn sleep(&self, duration: Millis) {
        let end = self.now() + duration;
        // Timers count whole milliseconds and may fire a fraction early.
        loop {
            let left = end - self.now();
            if left <= Millis::ZERO {
                break;
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a float cast to an integer saturates, and left is positive"
            )]
            TimeoutFuture::new(left.ms().ceil() as u32).await;
        }
    }
}
