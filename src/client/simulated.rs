//! Timers that stand in for the embedded services where service workers are
//! not to be had. The page says "simulated" whenever this was used.

use super::Client;
use crate::clock::Clock;
use crate::event::Failure;
use crate::millis::Millis;
use crate::scenario::{Fault, Target, Task};

/// Waits for the asked latency on a clock and answers as the service would.
#[derive(Clone, Debug)]
pub struct SimulatedClient<C>(pub C);

impl<C: Clock> Client for SimulatedClient<C> {
    async fn call(&self, task: &Task, first_byte: impl FnOnce()) -> Result<(), Failure> {
        let (latency, fault) = match task.target {
            Target::Service { latency, fault } => (latency, fault),
            Target::Endpoint { expected, .. } => (expected.unwrap_or(Millis::ZERO), None),
        };
        let before_headers = match fault {
            Some(Fault::SlowBody) => latency * 0.5,
            _ => latency,
        };
        self.0.sleep(before_headers).await;
        if fault != Some(Fault::Drop) {
            first_byte();
        }
        match fault {
            None => Ok(()),
            Some(Fault::SlowBody) => {
                self.0.sleep(latency - before_headers).await;
                Ok(())
            }
            Some(Fault::Status(status)) => Err(Failure::Status(status)),
            Some(Fault::Malformed) => Err(Failure::Malformed),
            Some(Fault::Drop) => Err(Failure::Network),
        }
    }
}
