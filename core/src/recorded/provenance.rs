//! Where a recording came from.

use crate::asked::backing::Backing;
use crate::asked::scenario::{Scenario, Target};

/// Where the latencies of a run came from; always shown. The order is by how
/// much is real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Timers: nothing was called.
    Simulated,
    /// Real calls, answered by the page's own service worker.
    ServiceWorker,
    /// Real calls over the network.
    Network,
}

impl Source {
    /// The source of a scenario's latencies with this behind the embedded
    /// services: of the sources of all its tasks the least real.
    #[must_use]
    pub fn of(scenario: &Scenario, backing: Backing) -> Source {
        let services = match backing {
            Backing::Timers => Source::Simulated,
            Backing::Worker(_) => Source::ServiceWorker,
        };
        let sources = scenario.tasks.iter().map(|task| match &task.target {
            Target::Endpoint { url, .. } if !backing.answers(url) => Source::Network,
            Target::Endpoint { .. } | Target::Service(_) => services,
        });
        sources.min().unwrap_or(services)
    }

    /// Its word in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Simulated => "simulated",
            Self::ServiceWorker => "service-worker",
            Self::Network => "network",
        }
    }
}
