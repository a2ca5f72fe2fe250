//! The changes that can be asked for, and why one was not made.

use crate::asked::scenario::{EndpointError, Fault};

/// A change; calls are given by their place in the scenario. Text is as it was
/// typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// One more call at the end.
    Add,
    /// The call goes, unless it is the only one.
    Remove(usize),
    /// The call changes places with its neighbour.
    Move(usize, Direction),
    /// What stands in a field.
    Type(usize, Field, String),
    /// The service misbehaves like that, or no longer.
    Fault(usize, Option<Fault>),
    /// The call so many times in all, as the text says; the copies come after it.
    Repeat(usize, String),
    /// The last step is taken back.
    Undo,
}

/// Where a call can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// What can be typed for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its name.
    Name,
    /// How long it takes, in milliseconds.
    Latency,
    /// By how much that varies, in milliseconds.
    Jitter,
    /// How long the processor works then, in milliseconds.
    Compute,
    /// The URL that is called instead of the embedded service.
    Address,
    /// How many times it is to be there, for [`Edit::Repeat`].
    Times,
}

/// Why text in a field was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// It is empty, too long, invisible or dots alone.
    Name,
    /// A link writes an endpoint as `name@URL`.
    At,
    /// It is no URL that may be called.
    Address(EndpointError),
    /// Another call has that name.
    Taken,
    /// It is no time that a service can take.
    Time,
    /// It is no time that the processor may work at a stretch.
    Compute,
    /// There would be nothing to do.
    Nothing,
    /// It is no number of times.
    Times,
    /// There would be more than [`MAX_TASKS`](crate::asked::scenario::MAX_TASKS).
    TooMany,
}

impl EditError {
    /// What to do about it.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Name => "Write 1 to 40 visible characters, not dots alone.",
            Self::At => "The name of an address cannot have an @ in it.",
            Self::Address(error) => error.sentence(),
            Self::Taken => "Another call has this name.",
            Self::Time => "Write 0 to 30000 ms.",
            Self::Compute => "Write 0 to 5000 ms.",
            Self::Nothing => "Give it a call or work.",
            Self::Times => "2 or more.",
            Self::TooMany => "1,000 calls at most.",
        }
    }
}

impl Edit {
    /// The change that an element's `data-edit`, its `data-index` and its value
    /// ask for, if they ask for one.
    #[must_use]
    pub fn from_dom(edit: &str, index: usize, value: &str) -> Option<Edit> {
        let field = match edit {
            "add" => return Some(Edit::Add),
            "undo" => return Some(Edit::Undo),
            "remove" => return Some(Edit::Remove(index)),
            "up" => return Some(Edit::Move(index, Direction::Up)),
            "down" => return Some(Edit::Move(index, Direction::Down)),
            "repeat" => return Some(Edit::Repeat(index, value.into())),
            "fault" if value.is_empty() => return Some(Edit::Fault(index, None)),
            "fault" => return Some(Edit::Fault(index, Some(value.parse().ok()?))),
            "rename" => Field::Name,
            "latency" => Field::Latency,
            "jitter" => Field::Jitter,
            "compute" => Field::Compute,
            "address" => Field::Address,
            "times" => Field::Times,
            _ => return None,
        };
        Some(Edit::Type(index, field, value.into()))
    }
}
