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
    /// name unknown, the connection dropped or the answer refused by CORS. Once
    /// a run is over, some of that is found out: the last four of these.
    Network,
    /// The headers of an answer arrived, and then the connection broke.
    BrokeOff,
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
    /// It answered with a redirect, which could lead to a host that nobody has
    /// agreed to call.
    Redirected,
    /// Its body is longer than is read of any.
    TooLarge,
    /// The browser knew of no network.
    Offline,
    /// An `http:` address was called by a page that came over `https:`.
    MixedContent,
    /// The policy of the site that the page is on forbids the call.
    Blocked,
    /// It answered, and does not let this page read what: CORS.
    Unreadable,
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
    /// What can be found out of calls that were not answered.
    pub const EXPLAINED: [Self; 6] = [
        Self::Network,
        Self::Offline,
        Self::Blocked,
        Self::Redirected,
        Self::Unreadable,
        Self::MixedContent,
    ];

    /// Whether trying again may help. The server's "no" will stay "no".
    #[must_use]
    pub fn is_transient(self) -> bool {
        match self {
            Self::Status(status) => matches!(status, 408 | 429 | 500..),
            Self::Malformed | Self::Network | Self::BrokeOff | Self::TimedOut => true,
            _ => false,
        }
    }
}

/// What failures are called that are no HTTP status: in two words at the most,
/// and in a few words that follow "failed:".
pub(crate) const NAMED: [(Failure, &str, &str); 14] = [
    (Failure::Malformed, "malformed", "malformed JSON"),
    (Failure::Network, "no answer", "no answer (network error)"),
    (Failure::BrokeOff, "broke off", "broke off: network error"),
    (Failure::TimedOut, "timed out", "timed out"),
    (
        Failure::Unserved,
        "unserved",
        "not answered by the service worker",
    ),
    (Failure::NoWorker, "no worker", "no worker could be started"),
    (Failure::WorkerDied, "worker died", "its worker died"),
    (Failure::Miscomputed, "miscomputed", "the result is wrong"),
    (
        Failure::Redirected,
        "redirect",
        "a redirect, which is not followed",
    ),
    (Failure::TooLarge, "too large", "more than 16 MiB"),
    (Failure::Offline, "offline", "the browser is offline"),
    (
        Failure::MixedContent,
        "mixed content",
        "mixed content: http on an https page",
    ),
    (
        Failure::Blocked,
        "blocked",
        "forbidden by this site’s connect-src",
    ),
    (
        Failure::Unreadable,
        "unreadable",
        "unreadable: no Access-Control-Allow-Origin",
    ),
];

impl Failure {
    fn named(self) -> Option<&'static (Self, &'static str, &'static str)> {
        NAMED.iter().find(|(failure, ..)| *failure == self)
    }

    /// Two words at the most, for where there is little room.
    #[must_use]
    pub fn short(self) -> Text {
        match self.named() {
            Some(&(_, short, _)) => short.into(),
            None => self.to_string().into(),
        }
    }
}

/// A few words that follow "failed:".
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.named()) {
            (Self::Status(status), _) => write!(f, "HTTP {status}"),
            (_, named) => f.write_str(named.map_or("", |(.., words)| words)),
        }
    }
}
