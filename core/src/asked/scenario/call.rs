//! One attempt at a task: what to call, and what theory says of it.

use super::{EndpointUrl, FaultKind};
use crate::millis::Millis;
use crate::outcome::Failure;

/// Where the embedded services are, below the page's folder: a name that nobody
/// else on a site will have.
pub const SERVICES: &str = "expert-chef-services/";

/// When a service that never answers drops the connection all the same.
pub const HANG: Millis = Millis::new(60_000.0);

/// One attempt at a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call<'a> {
    /// The task's name, and so the embedded service's.
    pub name: &'a str,
    /// What is called instead of the embedded service.
    pub url: Option<&'a EndpointUrl>,
    /// What is asked of the embedded service this time, or expected of the
    /// URL; unknown only of URLs.
    pub drawn: Option<Drawn>,
}

/// How a service answers one call, all chance drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    /// How long it takes.
    pub latency: Millis,
    /// How it misbehaves.
    pub fault: Option<FaultKind>,
}

impl Drawn {
    /// How long the call takes and how it ends.
    pub fn answer(self) -> (Millis, Result<(), Failure>) {
        let latency = self.latency;
        match self.fault {
            None | Some(FaultKind::SlowBody) => (latency, Ok(())),
            Some(FaultKind::Status(status)) => (latency, Err(Failure::Status(status))),
            Some(FaultKind::Malformed) => (latency, Err(Failure::Malformed)),
            Some(FaultKind::Drop) => (latency, Err(Failure::Network)),
            Some(FaultKind::Hang) => (HANG, Err(Failure::Network)),
        }
    }
}
