//! What a stage is told to do: the words of the query string, which are also
//! the permalink's and the embed's, with one parser for all of them.
//!
//! A value that is unknown or bad becomes a [`Problem`], a sentence for the
//! page, and the default takes its place.

mod address;
mod read;
pub(in crate::asked) mod values;
mod words;
mod write;

use std::fmt;

use crate::asked::accent::Accent;
use crate::asked::consent::MAX_CALLS;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::Scenario;
use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::part::Parts;
use crate::text::concat;
use read::Reader;

pub use crate::asked::scenario::{ParseUrl, UrlParts};
pub use address::address;
pub use values::listed;
pub use words::{Ask, Autorun, Ground, Mode, Theme};
pub use write::Pairs;

/// How many strategies can stand side by side.
pub const COMPARED: std::ops::RangeInclusive<usize> = 1..=4;

/// The names of the parameters that are read, which are an embed's attributes
/// too. All others are somebody else's.
pub const PARAMETERS: [&str; 20] = [
    "scenario", "tasks", "endpoint", "compare", "timeout", "retries", "backoff", "seed", "mode",
    "theme", "autorun", "speed", EMBED, "ground", "ask", "show", "caption", "at", "code", "accent",
];

/// The longest query string that is read, in bytes: no browser opens a longer
/// address. A thousand calls of the longest names take up two thirds of it.
pub const MAX_QUERY: usize = 2 * 1024 * 1024;

/// How many problems are told one by one.
pub const FEW: usize = 5;

/// Those that a host says of its embed: the whole page is its own.
const OF_HOSTS: [&str; 6] = [EMBED, "ground", "show", "caption", "at", "accent"];

/// The programs that can stand beside a kitchen: one for each way to run calls
/// and work, and for the interview's two calls.
pub const PROGRAMS: [&str; 11] = [
    "sequential",
    "join",
    "pool",
    "fail-fast",
    "first",
    "threads",
    "plain",
    "answer",
    "cpu-sequential",
    "cpu-join",
    "cpu-workers",
];

/// The one that an embed gives by itself.
pub const EMBED: &str = "embed";

/// Everything that the query string can say. How it is run, and what is done
/// about slow and failing calls, are by default the scenario's own.
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
    /// Whether the reader is asked for a guess: `ask=`.
    pub ask: Ask,
    /// What a stage that is alone shows: `show=`.
    pub show: Parts,
    /// What stands in the place of its title, if anything: `caption=`.
    pub caption: String,
    /// The moment at which it is drawn ahead, until it is run: `at=`.
    pub at: Option<Millis>,
    /// The program that is shown beside the kitchens, where it is not their
    /// strategy's: `code=`.
    pub code: String,
    /// The colour of what is pressed and moved: `accent=`.
    pub accent: Accent,
}

impl Default for Config {
    fn default() -> Self {
        let scenario = Scenario::default();
        Self {
            compare: scenario.usual_kitchens().to_vec(),
            policy: scenario.usual_policy(),
            scenario,
            mode: Mode::default(),
            theme: Theme::default(),
            autorun: Autorun::default(),
            speed: 1.0,
            embed: false,
            ground: Ground::default(),
            ask: Ask::default(),
            show: Parts::EMBEDDED,
            caption: String::new(),
            at: None,
            code: String::new(),
            accent: Accent::default(),
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

impl Problem {
    fn new(parameter: &'static str, sentence: String) -> Self {
        Self {
            parameter,
            sentence,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl Config {
    /// Reads a query string, with or without its question mark. Parameters
    /// that are not ours are left to others; of one given twice the first
    /// counts (`endpoint` may be given for each task). One longer than
    /// [`MAX_QUERY`] is not read at all. Of many problems there are the first
    /// [`FEW`], and how many more.
    #[must_use]
    pub fn parse(query: &str, parse_url: ParseUrl) -> (Config, Vec<Problem>) {
        Self::parse_over(query, "", parse_url)
    }

    /// Reads a query string that goes over a stage's own, in which its defaults
    /// are. What is run is said by one of the two: where the query string has
    /// any of `scenario`, `tasks` and `endpoint`, the stage's own do not count.
    #[must_use]
    pub fn parse_over(query: &str, own: &str, parse_url: ParseUrl) -> (Config, Vec<Problem>) {
        let (mut below, mut above) = (Reader::new(own), Reader::new(query));
        let base = below.config(Config::default(), parse_url);
        let mut config = above.config(base, parse_url);
        // Who says something else need not hear what was wrong.
        let mut problems = below.into_problems();
        problems.retain(|problem| !above.overrides(problem.parameter));
        problems.extend(above.into_problems());
        if config.at.is_some() && !config.is_foreseen() {
            config.at = None;
            problems.push(values::unforeseen());
        }
        if problems.len() > FEW {
            let more = (problems.len() - FEW).to_string();
            problems.truncate(FEW);
            let sentence = concat(&["And ", &more, " more."]);
            problems.push(Problem::new(EMBED, sentence));
        }
        (config, problems)
    }

    /// The same for another scenario, chosen by name: with its own kitchens and
    /// policy. Chance comes from where it came from.
    #[must_use]
    pub fn of_scenario(self, scenario: Scenario) -> Config {
        let seed = self.policy.seed;
        Config {
            compare: scenario.usual_kitchens().to_vec(),
            policy: RetryPolicy {
                seed,
                ..scenario.usual_policy()
            },
            scenario,
            ..self
        }
    }

    /// The same where a query string names another scenario and says no more:
    /// what was as usual for the old one becomes as usual for the new one, and
    /// what was not so has been chosen, and stays.
    fn turned_to(&self, scenario: Scenario) -> Config {
        let mut config = self.clone().of_scenario(scenario);
        let (old, usual) = (&self.policy, self.scenario.usual_policy());
        if self.compare != self.scenario.usual_kitchens() {
            config.compare.clone_from(&self.compare);
        }
        if old.timeout != usual.timeout {
            config.policy.timeout = old.timeout;
        }
        if old.retries != usual.retries {
            config.policy.retries = old.retries;
        }
        if old.backoff != usual.backoff {
            config.policy.backoff = old.backoff;
        }
        config
    }

    /// What it is called: as its host says, or else as its scenario is.
    #[must_use]
    pub fn title(&self) -> &str {
        match &*self.caption {
            "" => &self.scenario.title,
            caption => caption,
        }
    }

    /// Whether theory knows of every kitchen what it will do.
    fn is_foreseen(&self) -> bool {
        let policy = &self.policy_in_effect();
        let mut kitchens = self.compare.iter();
        kitchens.all(|one| one.predict(&self.scenario.tasks, policy).is_some())
    }

    /// What is really done about slow and failing calls: where URLs are called,
    /// none is tried more often than goes into the [`MAX_CALLS`] of a click.
    #[must_use]
    pub fn policy_in_effect(&self) -> RetryPolicy {
        let calls = self.scenario.endpoints().count() * self.compare.len();
        let mut policy = self.policy;
        #[expect(clippy::cast_possible_truncation, reason = "no more than MAX_CALLS")]
        if let Some(attempts) = MAX_CALLS.checked_div(calls) {
            policy.retries = policy.retries.min(attempts.saturating_sub(1) as u32);
        }
        policy
    }

    /// How the kitchens really run: calls of real hosts are made by one kitchen
    /// at a time, and so is work done, or the kitchens would take each other's
    /// connections and processor, or the places of a service that has few.
    #[must_use]
    pub fn mode_in_effect(&self) -> Mode {
        match self.has_to_take_turns() {
            true => Mode::Turns,
            false => self.mode,
        }
    }

    /// Whether the kitchens cannot run together.
    #[must_use]
    pub fn has_to_take_turns(&self) -> bool {
        let scenario = &self.scenario;
        scenario.endpoints().next().is_some() || scenario.computes() || scenario.has_limits()
    }
}
