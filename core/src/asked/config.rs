//! What a stage is told to do: the words of the query string, which are also
//! the permalink's and the embed's, with one parser for all of them.
//!
//! A value that is unknown or bad becomes a [`Problem`], a sentence for the
//! page, and the default takes its place.

mod read;
mod words;
mod write;

use std::fmt;

use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::Scenario;
use crate::asked::strategy::Strategy;
use read::Reader;

pub use crate::asked::scenario::{ParseUrl, UrlParts};
pub use words::{Autorun, Ground, Mode, Theme};
pub use write::Pairs;

/// How many strategies can stand side by side.
pub const COMPARED: std::ops::RangeInclusive<usize> = 2..=4;

/// Everything that the query string can say.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// What to run: `scenario=`, `tasks=` and `endpoint=`.
    pub scenario: Scenario,
    /// What is done about slow and failing calls: `timeout=`, `retries=`,
    /// `backoff=` and `seed=`.
    pub policy: RetryPolicy,
    /// How to run it, a kitchen for each: `compare=`.
    pub compare: Vec<Strategy>,
    /// Whether the kitchens run together or in turn: `mode=`.
    pub mode: Mode,
    /// `theme=`.
    pub theme: Theme,
    /// When to run without being asked: `autorun=`.
    pub autorun: Autorun,
    /// How fast a recording plays, 0.25 to 4: `speed=`.
    pub speed: f64,
    /// Whether to show the stage alone: `embed=1`.
    pub embed: bool,
    /// What is painted behind the stage that is alone: `ground=`.
    pub ground: Ground,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            scenario: Scenario::default(),
            policy: RetryPolicy::default(),
            compare: vec![Strategy::Sequential, Strategy::Join],
            mode: Mode::default(),
            theme: Theme::default(),
            autorun: Autorun::default(),
            speed: 1.0,
            embed: false,
            ground: Ground::default(),
        }
    }
}

/// A value that could not be used, and what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The parameter's name.
    pub parameter: &'static str,
    /// A sentence for the page.
    pub sentence: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl Config {
    /// Reads a query string, with or without its question mark. Parameters
    /// that are not ours are left to others; of one given twice the first
    /// counts (`endpoint` may be given for each task).
    #[must_use]
    pub fn parse(query: &str, parse_url: ParseUrl) -> (Config, Vec<Problem>) {
        let mut reader = Reader::new(query.strip_prefix('?').unwrap_or(query));
        let default = Config::default();
        let config = Config {
            scenario: reader.scenario(parse_url),
            policy: reader.policy(),
            compare: reader.compare().unwrap_or(default.compare),
            mode: reader.word("mode", Mode::ALL, Mode::word),
            theme: reader.word("theme", Theme::ALL, Theme::word),
            autorun: reader.word("autorun", Autorun::ALL, Autorun::word),
            speed: reader.number("speed", 0.25, 4.0).unwrap_or(default.speed),
            embed: reader.embed(),
            ground: reader.word("ground", Ground::ALL, Ground::word),
        };
        (config, reader.into_problems())
    }

    /// How the kitchens really run: calls of real hosts are made by one kitchen
    /// at a time, or the kitchens would take each other's connections.
    #[must_use]
    pub fn mode_in_effect(&self) -> Mode {
        match self.scenario.endpoints().next() {
            Some(_) => Mode::Turns,
            None => self.mode,
        }
    }
}
