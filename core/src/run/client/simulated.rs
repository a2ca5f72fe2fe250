//! Timers that stand in for the embedded services where service workers are
//! not to be had. The page says "simulated" whenever this was used.

use futures::future::join;

use super::Client;
use crate::asked::scenario::{Call, FaultKind};
use crate::outcome::Failure;
use crate::run::clock::Clock;

/// Waits for the asked latency on a clock and answers as the service would.
#[derive(Clone, Debug)]
pub struct SimulatedClient<C>(pub C);

impl<C: Clock> Client for SimulatedClient<C> {
    async fn call(&self, call: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
        let Some(drawn) = call.drawn else {
            // A URL of which nothing is known: there is nothing to wait for.
            return Ok(());
        };
        let (latency, answer) = drawn.answer();
        let before_headers = match drawn.fault {
            Some(FaultKind::SlowBody) => latency * 0.5,
            _ => latency,
        };
        let headers = async {
            self.0.sleep(before_headers).await;
            if answer != Err(Failure::Network) {
                first_byte();
            }
        };
        // A body goes on coming while nobody looks.
        if before_headers < latency {
            join(self.0.sleep(latency), headers).await;
        } else {
            headers.await;
        }
        answer
    }
}
