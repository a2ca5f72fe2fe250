//! Timers that stand in for the embedded services where service workers are
//! not to be had. The page says "simulated" whenever this was used.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::join;

use super::Client;
use crate::asked::scenario::{Call, FaultKind};
use crate::asked::served::{Served, Ticket};
use crate::outcome::Failure;
use crate::run::clock::Clock;

/// Waits for the asked latency on a clock and answers as the service would.
/// Clones stand in for the same services.
#[derive(Clone, Debug)]
pub struct SimulatedClient<C> {
    clock: C,
    served: Rc<RefCell<Served>>,
}

impl<C> SimulatedClient<C> {
    /// Services that go by that clock, and serve nobody yet.
    pub fn new(clock: C) -> Self {
        Self {
            clock,
            served: Rc::default(),
        }
    }
}

/// A call's place where there are few, which is free once this is dropped.
struct Place<'a> {
    served: &'a RefCell<Served>,
    ticket: Option<Ticket>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.served.borrow_mut().leave(ticket);
        }
    }
}

impl<C: Clock> Client for SimulatedClient<C> {
    async fn call(&self, call: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
        let Some(drawn) = call.drawn else {
            // A URL of which nothing is known: there is nothing to wait for.
            return Ok(());
        };
        let admitted = self.served.borrow_mut().admit(call, self.clock.now());
        let ticket = match admitted {
            Ok(ticket) => ticket,
            Err(refusal) => {
                first_byte();
                return Err(refusal);
            }
        };
        let served = &self.served;
        let _place = Place { served, ticket };
        let (latency, answer) = drawn.answer();
        let before_headers = match drawn.fault {
            Some(FaultKind::SlowBody) => latency * 0.5,
            _ => latency,
        };
        let headers = async {
            self.clock.sleep(before_headers).await;
            if answer != Err(Failure::Network) {
                first_byte();
            }
        };
        // A body goes on coming while nobody looks.
        if before_headers < latency {
            join(self.clock.sleep(latency), headers).await;
        } else {
            headers.await;
        }
        answer
    }
}
