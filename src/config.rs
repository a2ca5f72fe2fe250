//! What a stage is told to do: the words of the query string, which are also
//! the permalink's and the embed's, with one parser for all of them.
//!
//! A value that is unknown or bad becomes a [`Problem`], a sentence for the
//! page, and the default takes its place.

use std::fmt;
use std::str::FromStr;

use form_urlencoded::Serializer;

use crate::decimal;
use crate::millis::Millis;
use crate::policy::{MAX_BACKOFF, MAX_RETRIES, Policy};
use crate::scenario::{
    EndpointError, EndpointUrl, MAX_LATENCY, MAX_TASKS, Scenario, Target, Task, excerpt,
    parse_name, parse_tasks_at, tasks_to_string,
};
use crate::strategy::Strategy;

pub use crate::scenario::{ParseUrl, UrlParts};

/// How many strategies can stand side by side.
pub const COMPARED: std::ops::RangeInclusive<usize> = 2..=4;

/// The largest seed: whoever types one wants another, not a long one.
const MAX_SEED: u32 = 999_999;

/// Everything that the query string can say.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// What to run: `scenario=`, `tasks=` and `endpoint=`.
    pub scenario: Scenario,
    /// What is done about slow and failing calls: `timeout=`, `retries=`,
    /// `backoff=` and `seed=`.
    pub policy: Policy,
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
            policy: Policy::default(),
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

/// An enum whose values are words of the query string.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name { $($(#[$case_doc])* $case),+ }

        impl $name {
            /// Every value, the default first.
            pub const ALL: &[$name] = &[$($name::$case),+];

            /// Its word in the query string.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($name::$case => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok($name::$case),)+ _ => Err(()) }
            }
        }
    };
}

words! {
    /// How the kitchens of a stage run.
    Mode {
        /// All at the same time, on the same event loop.
        #[default]
        Race = "race",
        /// One kitchen after the other.
        Turns = "turns",
    }
}

words! {
    /// The colours.
    Theme {
        /// As the reader's system says.
        #[default]
        Auto = "auto",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
}

words! {
    /// When a run begins without being asked for.
    Autorun {
        /// Never.
        #[default]
        None = "none",
        /// As soon as the page is ready.
        Load = "load",
        /// As soon as the stage comes into view.
        Visible = "visible",
    }
}

words! {
    /// What an embedded stage stands on.
    Ground {
        /// Whatever the host page has there.
        #[default]
        None = "none",
        /// The page's own background.
        Page = "page",
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
        let query = query.strip_prefix('?').unwrap_or(query);
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let mut reader = Reader {
            pairs,
            problems: Vec::new(),
        };
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
        (config, reader.problems)
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

    /// The query string that gives this configuration, without a question
    /// mark and without what is the default anyway.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in &self.to_pairs().0 {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// The same, word by word and not encoded.
    #[must_use]
    pub fn to_pairs(&self) -> Pairs {
        let default = Config::default();
        let mut query = Pairs::default();
        if Scenario::preset(&self.scenario.id).as_ref() == Some(&self.scenario) {
            if self.scenario != default.scenario {
                query.append_pair("scenario", &self.scenario.id);
            }
        } else {
            // Endpoints by themselves are tasks in their own order.
            let tasks = &self.scenario.tasks;
            if tasks.iter().any(|task| task.behaviour().is_some()) {
                query.append_pair("tasks", &tasks_to_string(tasks));
            }
            for (name, url) in self.scenario.endpoints() {
                query.append_pair("endpoint", &format!("{name}@{}", url.as_str()));
            }
        }
        if self.compare != default.compare {
            let words: Vec<String> = self.compare.iter().map(Strategy::to_string).collect();
            query.append_pair("compare", &words.join(","));
        }
        let (policy, usual) = (&self.policy, Policy::default());
        if let Some(timeout) = policy.timeout {
            query.append_pair("timeout", &decimal::short(timeout.ms()));
        }
        if policy.retries != usual.retries {
            query.append_pair("retries", &policy.retries.to_string());
        }
        if policy.backoff != usual.backoff {
            query.append_pair("backoff", &decimal::short(policy.backoff.ms()));
        }
        if policy.seed != usual.seed {
            query.append_pair("seed", &policy.seed.to_string());
        }
        if self.mode != default.mode {
            query.append_pair("mode", self.mode.word());
        }
        if self.theme != default.theme {
            query.append_pair("theme", self.theme.word());
        }
        if self.autorun != default.autorun {
            query.append_pair("autorun", self.autorun.word());
        }
        #[expect(clippy::float_cmp, reason = "copied, not computed")]
        if self.speed != default.speed {
            query.append_pair("speed", &decimal::short(self.speed));
        }
        if self.embed {
            query.append_pair("embed", "1");
        }
        if self.ground != default.ground {
            query.append_pair("ground", self.ground.word());
        }
        query
    }
}

/// The query string's words with their values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs(pub Vec<(&'static str, String)>);

impl Pairs {
    fn append_pair(&mut self, name: &'static str, value: &str) {
        self.0.push((name, value.to_owned()));
    }
}

/// Takes the parameters one by one and collects what is wrong with them.
struct Reader {
    pairs: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl Reader {
    fn get(&self, parameter: &str) -> Option<String> {
        let (_, value) = self.pairs.iter().find(|(name, _)| name == parameter)?;
        Some(value.clone())
    }

    fn problem(&mut self, parameter: &'static str, sentence: String) {
        self.problems.push(Problem {
            parameter,
            sentence,
        });
    }

    fn word<T: FromStr + Copy + Default>(
        &mut self,
        parameter: &'static str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> T {
        let Some(value) = self.get(parameter) else {
            return T::default();
        };
        value.parse().unwrap_or_else(|_| {
            let allowed: Vec<&str> = all.iter().map(|&value| word(value)).collect();
            self.unknown(parameter, &value, &allowed);
            T::default()
        })
    }

    fn unknown(&mut self, parameter: &'static str, value: &str, allowed: &[&str]) {
        self.problem(
            parameter,
            format!(
                "“{}” is not a {parameter}. Allowed are {}.",
                excerpt(value),
                listed(allowed)
            ),
        );
    }

    fn scenario(&mut self, parse_url: ParseUrl) -> Scenario {
        let named = self.get("scenario").and_then(|id| {
            let preset = Scenario::preset(&id);
            if preset.is_none() {
                let presets = Scenario::presets();
                let ids: Vec<&str> = presets.iter().map(|preset| preset.id.as_str()).collect();
                self.unknown("scenario", &id, &ids);
            }
            preset
        });
        let mut endpoints = self.endpoints(parse_url);
        let listed = self.get("tasks");
        let listed = listed.and_then(|list| match parse_tasks_at(&list, &endpoints) {
            Ok(tasks) => Some(Scenario::custom(tasks)),
            Err(error) => {
                self.problem("tasks", error.to_string());
                None
            }
        });
        let given = listed.or(named);
        if endpoints.is_empty() {
            return given.unwrap_or_default();
        }
        let mut tasks = given.map(|scenario| scenario.tasks).unwrap_or_default();
        for task in &mut tasks {
            let own = endpoints.iter().position(|(name, _)| *name == task.name);
            if let Some(own) = own {
                task.point_at(endpoints.remove(own).1);
            }
        }
        if tasks.len() + endpoints.len() > MAX_TASKS {
            self.too_many_endpoints();
        }
        for (name, url) in endpoints.into_iter().take(MAX_TASKS - tasks.len()) {
            let expected = None;
            tasks.push(Task {
                name,
                target: Target::Endpoint { url, expected },
            });
        }
        Scenario::custom(tasks)
    }

    fn endpoints(&mut self, parse_url: ParseUrl) -> Vec<(String, EndpointUrl)> {
        let values: Vec<String> = self
            .pairs
            .iter()
            .filter(|(name, _)| name == "endpoint")
            .map(|(_, value)| value.clone())
            .collect();
        let mut endpoints: Vec<(String, EndpointUrl)> = Vec::new();
        for value in values {
            match parse_endpoint(&value, parse_url) {
                Ok((name, _)) if endpoints.iter().any(|(other, _)| *other == name) => {
                    let name = excerpt(&name);
                    let sentence = format!(
                        "The endpoint “{name}” is given twice; the first is used. \
                         Each endpoint needs a name of its own."
                    );
                    self.problem("endpoint", sentence);
                }
                Ok(endpoint) if endpoints.len() < MAX_TASKS => endpoints.push(endpoint),
                Ok(_) => {
                    self.too_many_endpoints();
                    break;
                }
                Err(sentence) => self.problem("endpoint", sentence),
            }
        }
        endpoints
    }

    fn too_many_endpoints(&mut self) {
        let sentence = "Only the first 1,000 calls are used.".into();
        self.problem("endpoint", sentence);
    }

    fn policy(&mut self) -> Policy {
        let usual = Policy::default();
        let longest = MAX_LATENCY.ms();
        let timeout = self.number("timeout", 1.0, longest);
        let backoff = self.number("backoff", 0.0, MAX_BACKOFF.ms());
        Policy {
            timeout: timeout.map(Millis::new),
            retries: self.whole("retries", MAX_RETRIES).unwrap_or(usual.retries),
            backoff: backoff.map_or(usual.backoff, Millis::new),
            seed: self.whole("seed", MAX_SEED).unwrap_or(usual.seed),
        }
    }

    /// A number between those bounds.
    fn number(&mut self, parameter: &'static str, least: f64, most: f64) -> Option<f64> {
        let value = self.get(parameter)?;
        let number = decimal::parse(&value).filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let sentence = format!(
                "The {parameter} “{}” cannot be used. Allowed is a number from {} to {}.",
                excerpt(&value),
                decimal::short(least),
                decimal::short(most)
            );
            self.problem(parameter, sentence);
        }
        number
    }

    /// A whole number up to that.
    fn whole(&mut self, parameter: &'static str, most: u32) -> Option<u32> {
        let value = self.get(parameter)?;
        let number = value.parse().ok().filter(|number| *number <= most);
        if number.is_none() {
            let sentence = format!(
                "The {parameter} “{}” cannot be used. Allowed is a whole number from 0 to {most}.",
                excerpt(&value)
            );
            self.problem(parameter, sentence);
        }
        number
    }

    fn compare(&mut self) -> Option<Vec<Strategy>> {
        let value = self.get("compare")?;
        let strategies: Result<Vec<Strategy>, &str> = value
            .split(',')
            .map(|word| word.trim().parse().map_err(|()| word))
            .collect();
        match strategies {
            Ok(strategies) if COMPARED.contains(&strategies.len()) => Some(strategies),
            Ok(strategies) => {
                let sentence = format!(
                    "{} strategies were asked for; {} to {} can be compared.",
                    strategies.len(),
                    COMPARED.start(),
                    COMPARED.end()
                );
                self.problem("compare", sentence);
                None
            }
            Err(word) => {
                let word = word.to_owned();
                let sentence = format!(
                    "“{}” is not a strategy. Allowed are sequential, join, pool:4 (any limit \
                     from 1 to 1,000), fail-fast and first.",
                    excerpt(&word)
                );
                self.problem("compare", sentence);
                None
            }
        }
    }

    fn embed(&mut self) -> bool {
        match self.get("embed").as_deref() {
            None | Some("0") => false,
            Some("1") => true,
            Some(value) => {
                self.unknown("embed", value, &["0", "1"]);
                false
            }
        }
    }
}

fn parse_endpoint(value: &str, parse_url: ParseUrl) -> Result<(String, EndpointUrl), String> {
    let (name, url) = value.split_once('@').ok_or_else(|| {
        format!(
            "The endpoint “{}” is not a name and a URL, like user@https://example.com/user.",
            excerpt(value)
        )
    })?;
    let name = parse_name(name).map_err(|error| error.to_string())?;
    let shown = excerpt(url);
    let url = EndpointUrl::parse(url, parse_url).map_err(|error| match error {
        EndpointError::Form => {
            format!("The URL “{shown}” of endpoint “{name}” cannot be called. {error}")
        }
        EndpointError::Credentials => {
            format!("The URL of endpoint “{name}” has a user name or a password in it. {error}")
        }
    })?;
    Ok((name, url))
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).into(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
