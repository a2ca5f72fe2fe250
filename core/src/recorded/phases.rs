//! What the network did during a call, as the browser's Resource Timing API
//! has it (W3C, Resource Timing): known only after the call, and only of hosts
//! that allow pages to know (`Timing-Allow-Origin`).
//!
//! Pure: the page hands in the browser's entries, and a recording finds the
//! attempts that they are about, over which it lays them.

use crate::asked::hosts::Hosts;
use crate::asked::scenario::origin;
use crate::millis::Millis;
use crate::text::before;

/// A call may seem to have been made that much earlier or later than the
/// program knows of.
const TOLERANCE: Millis = Millis::new(50.0);

/// A browser's entry about one request. Times are on the page's clock; those
/// that are hidden from the page are zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceTiming {
    /// What was called.
    pub url: String,
    /// When the page asked for it.
    pub start: Millis,
    /// When the host began to be looked up and connected to; with a connection
    /// that was there already, the same as `connect_end`.
    pub connect_start: Millis,
    /// When it was made.
    pub connect_end: Millis,
    /// When the request was sent.
    pub request_start: Millis,
    /// When the first byte of the answer came.
    pub response_start: Millis,
    /// When the last byte of the answer came.
    pub response_end: Millis,
    /// The protocol's ALPN name, like `http/1.1`.
    pub protocol: String,
    /// What the server says that it took by itself (`Server-Timing`).
    pub server: Option<Millis>,
}

/// Into what an attempt's time went, in times since its run began.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phases {
    /// When the browser had a connection for it, or began to make one; until
    /// then it was stalled.
    pub unstalled: Millis,
    /// When the request was sent: the connection was made by then.
    pub sent: Millis,
    /// When the first byte of the answer came.
    pub first_byte: Millis,
    /// When the last byte came.
    pub ended: Millis,
    /// What the server says that it took by itself.
    pub server: Option<Millis>,
}

impl ResourceTiming {
    /// The phases of an attempt, for a run that began at `began`; `None` if the
    /// host hides them.
    #[must_use]
    pub fn phases(&self, began: Millis) -> Option<Phases> {
        if self.request_start <= Millis::ZERO {
            return None;
        }
        let is_new = self.connect_end > self.connect_start;
        let unstalled = if is_new {
            self.connect_start
        } else {
            self.request_start
        };
        // Each is at the one before it or after: a picture of them never turns
        // back, whatever the browser says.
        let sent = self.request_start.max(unstalled);
        let first_byte = self.response_start.max(sent);
        let since = |time: Millis| (time - began).max(Millis::ZERO).settled();
        Some(Phases {
            unstalled: since(unstalled),
            sent: since(sent),
            first_byte: since(first_byte),
            ended: since(self.response_end.max(first_byte)),
            server: self.server,
        })
    }

    /// Whether the host was spoken to over a protocol whose connections carry
    /// one call at a time.
    #[must_use]
    pub fn is_http1(&self) -> bool {
        self.protocol.starts_with("http/1")
    }

    /// How badly it fits an attempt at this URL that was made and ended then;
    /// `None` if it is about another one.
    #[must_use]
    pub fn distance(&self, url: &str, started: Millis, ended: Millis) -> Option<Millis> {
        let (one, other) = (self.url.as_str(), url);
        let is_same = before(one, b'#') == before(other, b'#');
        let gap = |a: Millis, b: Millis| (a - b).max(b - a);
        let late = gap(self.start, started);
        (is_same && late <= TOLERANCE).then(|| late + gap(self.response_end, ended))
    }
}

impl Hosts {
    /// Learns from what the browser told of requests.
    pub fn learn(&mut self, entries: &[ResourceTiming]) {
        for entry in entries.iter().filter(|entry| entry.is_http1()) {
            self.limit(origin(&entry.url));
        }
    }
}
