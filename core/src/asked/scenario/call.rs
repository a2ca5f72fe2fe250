//! One attempt at a task: what to call, and what theory says of it.

use super::{EndpointUrl, FaultKind};
use crate::asked::escaped::escape;
use crate::decimal;
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

impl Call<'_> {
    /// What is called: the URL, or that of the embedded service below
    /// `services`, which says how it is to answer.
    #[must_use]
    pub fn address(&self, services: &str) -> String {
        let (Some(drawn), None) = (self.drawn, self.url) else {
            return self.url.map_or("", EndpointUrl::as_str).into();
        };
        let mut address = String::from(services);
        // As `encodeURIComponent` does it, which the service worker undoes.
        escape(&mut address, self.name, |byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\''..=b')')
        });
        address += "?ms=";
        address += &decimal::short(drawn.latency.ms());
        if let Some(fault) = drawn.fault {
            let (asks, value) = match fault {
                FaultKind::Status(_) => ("&status=", fault.to_string()),
                FaultKind::Limit(limit) => ("&limit=", limit.to_string()),
                _ => ("&fault=", fault.to_string()),
            };
            address += asks;
            address += &value;
        }
        address
    }
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
    /// How long the call takes and how it ends, if it is served at all.
    pub fn answer(self) -> (Millis, Result<(), Failure>) {
        let latency = self.latency;
        match self.fault {
            None | Some(FaultKind::SlowBody | FaultKind::Limit(_)) => (latency, Ok(())),
            Some(FaultKind::Status(status)) => (latency, Err(Failure::Status(status))),
            Some(FaultKind::Malformed) => (latency, Err(Failure::Malformed)),
            Some(FaultKind::Drop) => (latency, Err(Failure::Network)),
            Some(FaultKind::Hang) => (HANG, Err(Failure::Network)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_who_answers_and_how() {
        let address = |name, fault| {
            let latency = Millis::new(1200.5);
            let drawn = Some(Drawn { latency, fault });
            let url = None;
            Call { name, url, drawn }.address("https://a/services/")
        };
        assert_eq!(address("user", None), "https://a/services/user?ms=1200.5");
        assert_eq!(
            address("a/b ?#%é'", Some(FaultKind::Status(503))),
            "https://a/services/a%2Fb%20%3F%23%25%C3%A9'?ms=1200.5&status=503"
        );
        assert_eq!(
            address("..", Some(FaultKind::SlowBody)),
            "https://a/services/..?ms=1200.5&fault=slow-body"
        );
        assert_eq!(
            address("order 1", Some(FaultKind::Limit(8))),
            "https://a/services/order%201?ms=1200.5&limit=8"
        );
    }
}
