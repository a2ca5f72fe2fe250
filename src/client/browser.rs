//! The page's client: each task goes to whoever can perform it here.

use super::FetchClient;
use crate::clock::BrowserClock;
use expert_chef_core::asked::backing::Backing;
use expert_chef_core::asked::scenario::Call;
use expert_chef_core::outcome::Failure;
use expert_chef_core::recorded::phases::ResourceTiming;
use expert_chef_core::run::client::{Client, SimulatedClient};

/// Calls endpoints over the network, and the embedded services through the
/// service worker or, where there is none, through timers.
#[derive(Clone, Debug)]
pub struct BrowserClient {
    fetch: FetchClient,
    simulated: Option<SimulatedClient<BrowserClock>>,
}

impl BrowserClient {
    /// A client whose embedded services are answered by the service worker,
    /// unless timers have to stand in for it.
    #[must_use]
    pub fn new(fetch: FetchClient, simulated: Option<SimulatedClient<BrowserClock>>) -> Self {
        Self { fetch, simulated }
    }

    /// From now on keeps what the embedded services tell of their answers.
    pub fn listen(&mut self) {
        self.fetch.listen();
    }

    /// What they have told since this was asked.
    #[must_use]
    pub fn take_told(&self) -> Vec<ResourceTiming> {
        self.fetch.take_told()
    }

    /// Who stands behind the embedded services.
    #[must_use]
    pub fn backing(&self) -> Backing {
        match self.simulated {
            Some(_) => Backing::Timers,
            None => Backing::Worker(self.fetch.services()),
        }
    }
}

impl Client for BrowserClient {
    async fn call(&self, call: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
        match (call.url, &self.simulated) {
            (None, Some(simulated)) => simulated.call(call, first_byte).await,
            _ => self.fetch.call(call, first_byte).await,
        }
    }
}
