//! How a task ends: what theory says, a run records, and every picture shows.

use std::fmt;

use crate::markup::Text;

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With the whole of a good answer.
    Ok,
    /// Without one.
    Failed(Failure),
    /// It was no longer wanted: its request was aborted, or never sent.
    Cancelled,
}

/// Why a call gave no good answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// An HTTP status other than success.
    Status(u16),
    /// The service said JSON and sent something else.
    Malformed,
    /// No answer: browsers do not tell pages whether the host was down, the
    /// name unknown, the connection dropped or the answer refused by CORS.
    Network,
    /// It took longer than an attempt may; its request was aborted.
    TimedOut,
    /// The embedded service worker did not answer the call that it should have.
    Unserved,
    /// No worker could be started.
    NoWorker,
    /// The worker that had it came to an end in the middle of it.
    WorkerDied,
    /// The work was done and its result is wrong.
    Miscomputed,
}

impl Outcome {
    /// Its word in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed(Failure::TimedOut) => "timed-out",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Failure {
    /// Whether trying again may help. The server's "no" will stay "no".
    #[must_use]
    pub fn is_transient(self) -> bool {
        match self {
            Self::Status(status) => matches!(status, 408 | 429 | 500..),
            Self::Malformed | Self::Network | Self::TimedOut => true,
            Self::Unserved | Self::NoWorker | Self::WorkerDied | Self::Miscomputed => false,
        }
    }
}

impl Failure {
    /// Two words at the most, for where there is little room.
    #[must_use]
    pub fn short(self) -> Text {
        match self {
            Self::Status(_) => self.to_string().into(),
            Self::Malformed => "malformed".into(),
            Self::Network => "no answer".into(),
            Self::TimedOut => "timed out".into(),
            Self::Unserved => "unserved".into(),
            Self::NoWorker => "no worker".into(),
            Self::WorkerDied => "worker died".into(),
            Self::Miscomputed => "miscomputed".into(),
        }
    }
}

/// A few words that follow "failed:".
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "HTTP {status}"),
            Self::Malformed => f.write_str("malformed JSON"),
            Self::Network => f.write_str("no answer (network error)"),
            Self::TimedOut => f.write_str("timed out"),
            Self::Unserved => f.write_str("not answered by the service worker"),
            Self::NoWorker => f.write_str("no worker could be started"),
            Self::WorkerDied => f.write_str("its worker died"),
            Self::Miscomputed => f.write_str("the result is wrong"),
        }
    }
}
