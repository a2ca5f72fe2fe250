//! Services with a limit: they serve so many calls at a time, and refuse at once
//! those that come meanwhile. Theory counts by this, and so does the client that
//! stands in for the services, so that both refuse the same calls.

use crate::asked::scenario::{Call, Drawn, EndpointUrl, FaultKind};
use crate::millis::Millis;
use crate::outcome::Failure;

/// How a call is refused: too many requests.
pub const REFUSED: u16 = 429;

/// The calls that services with a limit are serving.
#[derive(Debug, Default)]
pub struct Served {
    calls: Vec<Guest>,
    next: usize,
}

/// A call that is being served.
#[derive(Debug)]
struct Guest {
    ticket: Ticket,
    /// The server's origin; nothing where it is the page's own.
    server: String,
    limit: u8,
    until: Millis,
}

/// By what a call is known that is being served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(usize);

impl Served {
    /// Takes in a call that arrives now, with a ticket if its service has a limit.
    /// One that ends at this very time has made room already.
    ///
    /// # Errors
    /// If as many calls with its limit are being served there as that allows.
    pub fn admit(&mut self, call: &Call<'_>, now: Millis) -> Result<Option<Ticket>, Failure> {
        let Some(Drawn {
            latency,
            fault: Some(FaultKind::Limit(limit)),
        }) = call.drawn
        else {
            return Ok(None);
        };
        let server = call.url.map_or("", EndpointUrl::origin);
        let is_beside =
            |other: &&Guest| other.limit == limit && other.server == server && other.until > now;
        if self.calls.iter().filter(is_beside).count() >= usize::from(limit) {
            return Err(Failure::Status(REFUSED));
        }
        let ticket = Ticket(self.next);
        self.next += 1;
        self.calls.push(Guest {
            ticket,
            server: server.into(),
            limit,
            until: now + latency,
        });
        Ok(Some(ticket))
    }

    /// Forgets a call that has been answered, or was given up.
    pub fn leave(&mut self, ticket: Ticket) {
        self.calls.retain(|guest| guest.ticket != ticket);
    }
}
