//! What is known of the hosts: how many calls of each a browser has under way
//! at a time.
//!
//! Over HTTP/1.1 a connection carries one call, and Chromium, Firefox and
//! Safari open at most six to one host. Over HTTP/2 and 3 one connection
//! carries them all. Which of these a host speaks is known once it was called:
//! it is [learned](Hosts::learn) from what the browser tells, for the next run.

/// The most connections that a browser opens to one host over HTTP/1.1.
pub const PER_HOST: usize = 6;

/// The hosts that are known to speak HTTP/1.1, by origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// Notes that this host speaks HTTP/1.1.
    pub fn limit(&mut self, origin: &str) {
        if !self.is_limited(origin) {
            self.0.push(origin.into());
        }
    }

    /// Whether this host is known to get no more than [`PER_HOST`] connections.
    #[must_use]
    pub fn is_limited(&self, origin: &str) -> bool {
        self.0.iter().any(|known| known == origin)
    }
}
