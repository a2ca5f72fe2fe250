//! What happens in a worker, as a number that it sends: the same program is at
//! both ends, so nothing but that has to be agreed on.

use crate::asked::resource::Resource;
use crate::outcome::{Failure, NAMED, Outcome};
use crate::run::event::EventKind;

/// Between the number of one kind of event and that of the next: failures come
/// in between, their places where they are named or, from 100 on, HTTP statuses.
const KINDS: u16 = 1_000;

/// The events that are of one kind only.
const PLAIN: [EventKind; 7] = [
    EventKind::Queued,
    EventKind::Handed,
    EventKind::Started(Resource::Connection),
    EventKind::Started(Resource::Hands),
    EventKind::Started(Resource::Worker),
    EventKind::FirstByte,
    EventKind::Answered,
];

/// The last of the numbers below [`KINDS`] that are events' and not failures'.
const OK: u16 = 100;
const CANCELLED: u16 = 101;

/// The number of an event.
#[must_use]
pub fn encode(kind: EventKind) -> u16 {
    match kind {
        EventKind::Ended(Outcome::Ok) => OK,
        EventKind::Ended(Outcome::Cancelled) => CANCELLED,
        EventKind::Retrying(failure) => KINDS + number(failure),
        EventKind::Ended(Outcome::Failed(failure)) => 2 * KINDS + number(failure),
        plain => place(PLAIN.iter().position(|one| *one == plain)),
    }
}

/// The event of a number; `None` if it is no event's.
#[must_use]
pub fn decode(code: u16) -> Option<EventKind> {
    let failure = match code % KINDS {
        status @ 100.. => Failure::Status(status),
        other => NAMED.get(usize::from(other)).unwrap_or(&NAMED[0]).0,
    };
    match (code / KINDS, code) {
        (_, OK) => Some(EventKind::Ended(Outcome::Ok)),
        (_, CANCELLED) => Some(EventKind::Ended(Outcome::Cancelled)),
        (0, plain) => PLAIN.get(usize::from(plain)).copied(),
        (1, _) => Some(EventKind::Retrying(failure)),
        (2, _) => Some(EventKind::Ended(Outcome::Failed(failure))),
        _ => None,
    }
}

fn number(failure: Failure) -> u16 {
    match failure {
        Failure::Status(status) => status,
        other => place(NAMED.iter().position(|(one, ..)| *one == other)),
    }
}

fn place(place: Option<usize>) -> u16 {
    place.and_then(|place| place.try_into().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_arrives_as_it_was_sent() {
        let mut failures = NAMED.map(|(failure, ..)| failure).to_vec();
        failures.extend([100, 404, 503, 599].map(Failure::Status));
        let mut events = PLAIN.to_vec();
        events.extend([Outcome::Ok, Outcome::Cancelled].map(EventKind::Ended));
        for failure in failures {
            events.push(EventKind::Retrying(failure));
            events.push(EventKind::Ended(Outcome::Failed(failure)));
        }
        for event in events {
            assert_eq!(decode(encode(event)), Some(event));
        }
        assert_eq!(decode(99), None);
        assert_eq!(decode(9_000), None);
    }
}
