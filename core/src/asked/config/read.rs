//! Reads the parameters one by one, and says what is wrong with them.

use std::str::FromStr;

use super::{COMPARED, ParseUrl, Problem};
use crate::asked::retry::{MAX_BACKOFF, MAX_RETRIES, RetryPolicy};
use crate::asked::scenario::{
    EndpointError, EndpointUrl, MAX_LATENCY, MAX_TASKS, Scenario, Target, Task, excerpt,
    parse_name, parse_tasks_at,
};
use crate::asked::strategy::Strategy;
use crate::decimal;
use crate::millis::Millis;

/// The largest seed: whoever types one wants another, not a long one.
const MAX_SEED: u32 = 999_999;

/// Takes the parameters one by one and collects what is wrong with them.
pub(super) struct Reader {
    pairs: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn new(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Self {
            pairs: pairs.collect(),
            problems: Vec::new(),
        }
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

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

    pub(super) fn word<T: FromStr + Copy + Default>(
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

    pub(super) fn scenario(&mut self, parse_url: ParseUrl) -> Scenario {
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

    pub(super) fn policy(&mut self) -> RetryPolicy {
        let usual = RetryPolicy::default();
        let longest = MAX_LATENCY.ms();
        let timeout = self.number("timeout", 1.0, longest);
        let backoff = self.number("backoff", 0.0, MAX_BACKOFF.ms());
        RetryPolicy {
            timeout: timeout.map(Millis::new),
            retries: self.whole("retries", MAX_RETRIES).unwrap_or(usual.retries),
            backoff: backoff.map_or(usual.backoff, Millis::new),
            seed: self.whole("seed", MAX_SEED).unwrap_or(usual.seed),
        }
    }

    /// A number between those bounds.
    pub(super) fn number(&mut self, parameter: &'static str, least: f64, most: f64) -> Option<f64> {
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

    pub(super) fn compare(&mut self) -> Option<Vec<Strategy>> {
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

    pub(super) fn embed(&mut self) -> bool {
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
