//! How a service misbehaves, as people ask for it.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::decimal::whole;
use crate::text::{cut, trim};

/// The HTTP statuses that an embedded service can be asked to fail with.
pub const STATUSES: RangeInclusive<u16> = 400..=599;

/// How many calls at a time an embedded service can be asked to serve at the most.
pub const LIMITS: RangeInclusive<u8> = 1..=99;

/// How an embedded service misbehaves, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How.
    pub kind: FaultKind,
    /// At how many calls, from the first on; `None`: at all of them.
    pub times: Option<u32>,
}

/// How an embedded service misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Answers with this HTTP status, one of [`STATUSES`].
    Status(u16),
    /// Refuses the call at once, with status 429, while so many with the same
    /// limit are being served, one of [`LIMITS`]; serves it well otherwise.
    Limit(u8),
    /// Answers 200 with JSON that breaks off in the middle.
    Malformed,
    /// Drops the connection instead of answering.
    Drop,
    /// Sends its headers at half the latency and its body bit by bit.
    SlowBody,
    /// Never answers; drops the connection after a minute.
    Hang,
}

impl FaultKind {
    /// Those that have a word, in the order in which they are told to people.
    pub const NAMED: [(&str, Self); 4] = [
        ("malformed", Self::Malformed),
        ("drop", Self::Drop),
        ("hang", Self::Hang),
        ("slow-body", Self::SlowBody),
    ];
}

/// What stands before a limit.
const LIMIT: &str = "limit-";

impl FromStr for Fault {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, times) = match cut(trim(text), b'*') {
            Some((kind, times)) => {
                let times = whole(times).filter(|times| (1..=99).contains(times));
                (kind, Some(times.ok_or(())?))
            }
            None => (trim(text), None),
        };
        let named = FaultKind::NAMED.iter().find(|(word, _)| *word == kind);
        let kind = match (named, kind.strip_prefix(LIMIT)) {
            (Some((_, kind)), _) => *kind,
            (None, Some(limit)) => match whole(limit).map(u8::try_from) {
                Some(Ok(limit)) if LIMITS.contains(&limit) => FaultKind::Limit(limit),
                _ => return Err(()),
            },
            (None, None) => match whole(kind).map(u16::try_from) {
                Some(Ok(status)) if STATUSES.contains(&status) => FaultKind::Status(status),
                _ => return Err(()),
            },
        };
        Ok(Fault { kind, times })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        match self.times {
            Some(times) => write!(f, "*{times}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::Limit(limit) => write!(f, "{LIMIT}{limit}"),
            named => {
                let named = Self::NAMED.iter().find(|(_, kind)| kind == named);
                f.write_str(named.map_or("", |(word, _)| word))
            }
        }
    }
}
