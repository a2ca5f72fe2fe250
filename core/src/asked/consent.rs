//! What a run would call that is not the page's own: consent is to such a plan,
//! which the reader has seen, and to nothing beyond it.

use crate::asked::config::Config;
use crate::asked::scenario::EndpointUrl;

/// The most URLs that a scenario may call: so many calls are in flight at once,
/// because kitchens with URLs take turns.
pub const MAX_URLS: usize = 300;

/// The most calls of URLs that a click may bring, of all kitchens and attempts.
pub const MAX_CALLS: usize = 600;

/// The most attempts a second, at all URLs together.
pub const MAX_A_SECOND: usize = 300;

/// How often scripts may have run what the reader has agreed to once.
pub const MAX_RERUNS: u32 = 10;

/// The URLs that a run calls, and how often each at the most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One for each task that calls a URL.
    pub urls: Vec<EndpointUrl>,
    /// How often each of these tasks calls at the most: for each kitchen as often
    /// as it is tried.
    pub most: usize,
}

impl Plan {
    /// What these orders come to.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let attempts = config.policy_in_effect().retries as usize + 1;
        let mut urls = Vec::new();
        for (_, url) in config.scenario.endpoints() {
            urls.push(url.clone());
        }
        let most = config.compare.len() * attempts;
        Self { urls, most }
    }

    /// How many calls there are at the most.
    #[must_use]
    pub fn total(&self) -> usize {
        self.urls.len() * self.most
    }

    /// Whether that is more than a click may bring.
    #[must_use]
    pub fn is_too_much(&self) -> bool {
        self.urls.len() > MAX_URLS || self.total() > MAX_CALLS
    }

    /// How often it calls that URL at the most.
    fn calls(&self, url: &EndpointUrl) -> usize {
        self.urls.iter().filter(|one| *one == url).count() * self.most
    }

    /// Whether everything that the other one calls is called by this one too, and
    /// as often at the least.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let mut urls = other.urls.iter();
        urls.all(|url| other.calls(url) <= self.calls(url))
    }
}
