//! Reads the parameters one by one, and says what is wrong with them.

use super::{Config, MAX_QUERY, PARAMETERS, ParseUrl, Problem, values};
use crate::asked::config::{Ask, Autorun, Ground, Mode, Theme};
use crate::asked::escaped;
use crate::asked::scenario::{
    EndpointError, EndpointUrl, MAX_TASKS, Scenario, Target, Task, Work, excerpt, parse_name,
    parse_tasks_at,
};
use crate::millis::Millis;
use crate::part::Parts;
use crate::text::cut;

/// Which of them say what is run. They belong together: one of them is enough
/// to say something else than another query string's.
const SCENARIO: [&str; 3] = ["scenario", "tasks", "endpoint"];

/// Takes the parameters one by one and collects what is wrong with them.
pub(super) struct Reader {
    pairs: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn new(query: &str) -> Self {
        let mut reader = Self {
            pairs: Vec::new(),
            problems: Vec::new(),
        };
        let query = query.strip_prefix('?').unwrap_or(query);
        if query.len() <= MAX_QUERY {
            reader.pairs = escaped::pairs(query);
        } else {
            let sentence = "This link is longer than any that the page makes: it was not read.";
            reader.problem("tasks", sentence.into());
        }
        reader
    }

    /// Everything that the query string says; all else stays as it is in
    /// `base`, but what was usual for its scenario follows another one.
    pub(super) fn config(&mut self, mut config: Config, parse_url: ParseUrl) -> Config {
        if let Some(scenario) = self.scenario(parse_url) {
            config = config.turned_to(scenario);
        }
        let policy = &mut config.policy;
        self.value("timeout", values::timeout, &mut policy.timeout);
        self.value("backoff", values::backoff, &mut policy.backoff);
        self.value("retries", values::retries, &mut policy.retries);
        self.value("seed", values::seed, &mut policy.seed);
        self.value("compare", values::compare, &mut config.compare);
        self.value("mode", Mode::parse, &mut config.mode);
        self.value("theme", Theme::parse, &mut config.theme);
        self.value("autorun", Autorun::parse, &mut config.autorun);
        self.value("speed", values::speed, &mut config.speed);
        self.value("embed", values::embed, &mut config.embed);
        self.value("ground", Ground::parse, &mut config.ground);
        self.value("ask", Ask::parse, &mut config.ask);
        self.show(&mut config.show);
        self.value("caption", values::caption, &mut config.caption);
        self.value("at", values::at, &mut config.at);
        self.value("code", values::code, &mut config.code);
        self.value("accent", values::accent, &mut config.accent.0);
        config
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Whether it says something else instead of another query string's
    /// parameter.
    pub(super) fn overrides(&self, parameter: &str) -> bool {
        let is_given = |one: &str| self.pairs.iter().any(|(name, _)| name == one);
        if SCENARIO.contains(&parameter) {
            SCENARIO.into_iter().any(is_given)
        } else {
            is_given(parameter)
        }
    }

    /// The first value of a parameter.
    fn get(&self, parameter: &str) -> Option<String> {
        debug_assert!(PARAMETERS.contains(&parameter), "{parameter} is not listed");
        let (_, value) = self.pairs.iter().find(|(name, _)| name == parameter)?;
        Some(value.clone())
    }

    /// Puts what a parameter says in the place of what there is.
    fn value<T>(&mut self, parameter: &str, parse: fn(&str) -> Result<T, Problem>, place: &mut T) {
        match self.get(parameter).map(|value| parse(&value)) {
            None => {}
            Some(Ok(value)) => *place = value,
            Some(Err(problem)) => self.problems.push(problem),
        }
    }

    /// What is shown. A word that is unknown is said, and the rest counts.
    fn show(&mut self, place: &mut Parts) {
        if let Some(words) = self.get("show") {
            let (parts, unknown) = Parts::parse(&words);
            self.problems.extend(unknown.map(values::no_part));
            *place = parts;
        }
    }

    fn problem(&mut self, parameter: &'static str, sentence: String) {
        self.problems.push(Problem::new(parameter, sentence));
    }

    /// What is run, if it says anything of that.
    fn scenario(&mut self, parse_url: ParseUrl) -> Option<Scenario> {
        let named = |text: &str| values::scenario(text).map(Some);
        let mut preset = None;
        self.value("scenario", named, &mut preset);
        let mut endpoints = self.endpoints(parse_url);
        let listed = self.get("tasks");
        let listed = listed.and_then(|list| match parse_tasks_at(&list, &endpoints) {
            Ok(tasks) => Some(Scenario::custom(tasks)),
            Err(error) => {
                self.problem("tasks", error.to_string());
                None
            }
        });
        let given = listed.or(preset);
        if endpoints.is_empty() {
            return given;
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
                start: Millis::ZERO,
                work: Work::Call(Target::Endpoint { url, expected }),
            });
        }
        Some(Scenario::custom(tasks))
    }

    fn endpoints(&mut self, parse_url: ParseUrl) -> Vec<(String, EndpointUrl)> {
        let values: Vec<String> = self
            .pairs
            .iter()
            .filter(|(name, _)| name == "endpoint")
            .map(|(_, value)| value.clone())
            .collect();
        if values.len() > MAX_TASKS {
            self.too_many_endpoints();
        }
        let mut endpoints: Vec<(String, EndpointUrl)> = Vec::new();
        for value in values.iter().take(MAX_TASKS) {
            match parse_endpoint(value, parse_url) {
                Ok((name, _)) if endpoints.iter().any(|(other, _)| *other == name) => {
                    let name = excerpt(&name);
                    let sentence = format!(
                        "The endpoint “{name}” is given twice; the first is used. \
                         Each endpoint needs a name of its own."
                    );
                    self.problem("endpoint", sentence);
                }
                Ok(endpoint) => endpoints.push(endpoint),
                Err(sentence) => self.problem("endpoint", sentence),
            }
        }
        endpoints
    }

    fn too_many_endpoints(&mut self) {
        let sentence = "Only the first 1,000 calls are used.".into();
        self.problem("endpoint", sentence);
    }
}

fn parse_endpoint(value: &str, parse_url: ParseUrl) -> Result<(String, EndpointUrl), String> {
    let (name, url) = cut(value, b'@').ok_or_else(|| {
        format!(
            "The endpoint “{}” is not a name and a URL, like user@https://example.com/user.",
            excerpt(value)
        )
    })?;
    let name = parse_name(name).map_err(|error| error.to_string())?;
    let shown = excerpt(url);
    let url = EndpointUrl::parse(url, parse_url).map_err(|error| match error {
        EndpointError::Form => {
            let name = excerpt(&name);
            format!("The URL “{shown}” of endpoint “{name}” cannot be called. {error}")
        }
        EndpointError::Credentials => {
            let name = excerpt(&name);
            format!("The URL of endpoint “{name}” has a user name or a password in it. {error}")
        }
    })?;
    Ok((name, url))
}
