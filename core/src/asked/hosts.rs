//! What is known of the hosts: how many calls of each a browser has under way
//! at a time; and of this machine, how many workers it has a core for.
//!
//! Over HTTP/1.1 a connection carries one call, and Chromium, Firefox and
//! Safari open at most six to one host. Over HTTP/2 and 3 one connection
//! carries them all. Which of these a host speaks is known once it was called:
//! it is [learned](Hosts::learn) from what the browser tells, for the next run.

use crate::asked::backing::Backing;
use crate::asked::scenario::{EndpointUrl, Task};
use crate::asked::strategy::MAX_WORKERS;

/// The most connections that a browser opens to one host over HTTP/1.1.
pub const PER_HOST: usize = 6;

/// The hosts that are known to speak HTTP/1.1, by origin, and what is called
/// without a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    limited: Vec<String>,
    spared: Backing,
    cores: usize,
}

impl Hosts {
    /// Notes that this host speaks HTTP/1.1.
    pub fn limit(&mut self, origin: &str) {
        if !self.is_limited(origin) {
            self.limited.push(origin.into());
        }
    }

    /// Whether this host is known to get no more than [`PER_HOST`] connections.
    #[must_use]
    pub fn is_limited(&self, origin: &str) -> bool {
        self.limited.iter().any(|known| known == origin)
    }

    /// Notes who stands behind the embedded services: what is answered within
    /// the page takes no connection of its host's.
    pub fn spare(&mut self, backing: Backing) {
        self.spared = backing;
    }

    /// Where the embedded services are, if they are called at all.
    #[must_use]
    pub fn services(&self) -> Option<&'static str> {
        match self.spared {
            Backing::Timers => None,
            Backing::Worker(base) => Some(base),
        }
    }

    /// Whether a call of this URL takes a connection.
    #[must_use]
    pub fn are_needed(&self, url: &EndpointUrl) -> bool {
        !self.spared.answers(url)
    }

    /// Notes how many cores the processor has.
    pub fn have_cores(&mut self, cores: usize) {
        self.cores = cores;
    }

    /// How many workers there are where so many are asked for: as many as the
    /// processor has cores where nobody says, and two at the least.
    #[must_use]
    pub fn workers(&self, asked: usize) -> usize {
        match asked {
            0 => self.cores.clamp(2, MAX_WORKERS),
            _ => asked,
        }
    }

    /// The host of whose few connections a call of this URL takes one.
    #[must_use]
    pub fn limiting<'a>(&self, url: &'a EndpointUrl) -> Option<&'a str> {
        let origin = url.origin();
        (self.are_needed(url) && self.is_limited(origin)).then_some(origin)
    }

    /// A host that gets more of these calls than connections, by its origin,
    /// and how many calls.
    #[must_use]
    pub fn crowded(&self, tasks: &[Task]) -> Option<(String, usize)> {
        let urls = || tasks.iter().filter_map(Task::endpoint);
        let origins = || urls().filter_map(|url| self.limiting(url));
        for origin in origins() {
            let calls = origins().filter(|other| *other == origin).count();
            if calls > PER_HOST {
                return Some((origin.into(), calls));
            }
        }
        None
    }
}
