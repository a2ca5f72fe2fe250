//! Where a recording came from.

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
    /// The source of a scenario's latencies where the embedded services'
    /// own is `services`: of the sources of all its tasks the least real.
    #[must_use]
    pub fn of(scenario: &Scenario, services: Source) -> Source {
        let sources = scenario.tasks.iter().map(|task| match task.target {
            Target::Service(_) => services,
            Target::Endpoint { .. } => Source::Network,
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
