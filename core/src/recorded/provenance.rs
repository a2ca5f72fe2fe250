//! Where a recording came from: a run of ours, a reader's program, or a file.

use std::fmt;

use crate::asked::backing::Backing;
use crate::asked::scenario::{Scenario, Target};
use crate::asked::strategy::Strategy;

/// Where one run of a recording came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// Ours, by this strategy.
    Ran(Strategy),
    /// From elsewhere, under the title that it has there.
    Elsewhere(Origin, String),
}

/// Who made a recording that is not of a run of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A program of the reader's, on this page.
    Program,
    /// Another tool, whose recording was imported.
    Import,
    /// Nobody: what theory makes of the times in a recording beside it.
    Theory,
}

impl Origin {
    /// What is said of the latencies then.
    #[must_use]
    pub fn source(self) -> Source {
        match self {
            Self::Program => Source::Program,
            Self::Import => Source::Imported,
            Self::Theory => Source::Ahead,
        }
    }
}

impl Provenance {
    /// How it ran, if it is one of ours.
    #[must_use]
    pub fn strategy(&self) -> Option<Strategy> {
        match self {
            Self::Ran(strategy) => Some(*strategy),
            Self::Elsewhere(..) => None,
        }
    }

    /// The word for its kind: the strategy's without its limit, or the source's.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ran(strategy) => strategy.kind(),
            Self::Elsewhere(origin, _) => origin.source().word(),
        }
    }
}

/// Its word: the strategy's, or the source's.
impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ran(strategy) => strategy.fmt(f),
            Self::Elsewhere(..) => f.write_str(self.kind()),
        }
    }
}

/// Where the latencies of a recording came from; always shown. The order is by
/// how much of them this page saw happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Theory expects them, and nothing was called.
    Ahead,
    /// They were measured elsewhere.
    Imported,
    /// Timers: nothing was called.
    Simulated,
    /// A program of the reader's made them.
    Program,
    /// Real calls, answered by the page's own service worker.
    ServiceWorker,
    /// Real calls over the network.
    Network,
    /// Nothing is called: real work of this machine's processor.
    Processor,
}

impl Source {
    /// The source of a scenario's latencies with this behind the embedded
    /// services: of the sources of all its tasks the least real.
    #[must_use]
    pub fn of(scenario: &Scenario, backing: Backing) -> Source {
        let services = match backing {
            Backing::Timers => Source::Simulated,
            Backing::Worker(_) => Source::ServiceWorker,
        };
        let sources = scenario.tasks.iter().map(|task| match task.work.target() {
            None => Source::Processor,
            Some(Target::Endpoint { url, .. }) if !backing.answers(url) => Source::Network,
            Some(_) => services,
        });
        sources.min().unwrap_or(services)
    }

    /// Its word in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ahead => "drawn-ahead",
            Self::Imported => "imported",
            Self::Program => "program",
            Self::Simulated => "simulated",
            Self::ServiceWorker => "service-worker",
            Self::Network => "network",
            Self::Processor => "processor",
        }
    }
}
