//! How a service misbehaves, as people ask for it.

use std::fmt;
use std::str::FromStr;

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
    /// Answers with this HTTP status, 400 to 599.
    Status(u16),
    /// Answers 200 with JSON that breaks off in the middle.
    Malformed,
    /// Drops the connection instead of answering.
    Drop,
    /// Sends its headers at half the latency and its body bit by bit.
    SlowBody,
    /// Never answers; drops the connection after a minute.
    Hang,
}

impl FromStr for Fault {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, times) = match text.trim().split_once('*') {
            Some((kind, times)) => {
                let times = times.parse().ok().filter(|times| (1..=99).contains(times));
                (kind, Some(times.ok_or(())?))
            }
            None => (text.trim(), None),
        };
        let kind = match kind {
            "malformed" => FaultKind::Malformed,
            "drop" => FaultKind::Drop,
            "slow-body" => FaultKind::SlowBody,
            "hang" => FaultKind::Hang,
            status => match status.parse() {
                Ok(status @ 400..=599) => FaultKind::Status(status),
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
            Self::Malformed => f.write_str("malformed"),
            Self::Drop => f.write_str("drop"),
            Self::SlowBody => f.write_str("slow-body"),
            Self::Hang => f.write_str("hang"),
        }
    }
}
