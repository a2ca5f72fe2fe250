//! A configuration as a query string, or word by word.

use super::values::NONE;
use super::{Config, OF_HOSTS, PARAMETERS};
use crate::asked::escaped;
use crate::asked::scenario::{Scenario, Task, tasks_to_string};
use crate::decimal;
use crate::millis::Millis;

impl Config {
    /// The query string that gives this configuration, without a question
    /// mark and without what is the default anyway.
    #[must_use]
    pub fn to_query(&self) -> String {
        self.to_query_over(&Config::default())
    }

    /// The query string that makes this configuration of another one: the
    /// reverse of [`Config::parse_over`]. It says what is another value there,
    /// even where this one's is the default.
    #[must_use]
    pub fn to_query_over(&self, base: &Config) -> String {
        serialized(&self.to_pairs_over(base), &[])
    }

    /// [`Config::to_query`] of the whole page with the same calls: without what
    /// is of an embed.
    #[must_use]
    pub fn to_page_query(&self) -> String {
        serialized(&self.to_pairs(), &OF_HOSTS)
    }

    /// [`Config::to_query`] word by word and not encoded.
    #[must_use]
    pub fn to_pairs(&self) -> Pairs {
        self.to_pairs_over(&Config::default())
    }

    fn to_pairs_over(&self, base: &Config) -> Pairs {
        let mut query = Pairs::default();
        if self.scenario != base.scenario {
            query.append_scenario(&self.scenario);
        }
        // What the scenario brings along need not be said.
        let base = &base.turned_to(self.scenario.clone());
        if self.compare != base.compare {
            let mut words = String::new();
            for strategy in &self.compare {
                if !words.is_empty() {
                    words.push(',');
                }
                words += &strategy.to_string();
            }
            query.append_pair("compare", &words);
        }
        let (policy, usual) = (&self.policy, &base.policy);
        if policy.timeout != usual.timeout {
            let timeout = policy.timeout.map(|limit| decimal::short(limit.ms()));
            query.append_pair("timeout", timeout.as_deref().unwrap_or(NONE));
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
        if self.mode != base.mode {
            query.append_pair("mode", self.mode.word());
        }
        if self.theme != base.theme {
            query.append_pair("theme", self.theme.word());
        }
        if self.autorun != base.autorun {
            query.append_pair("autorun", self.autorun.word());
        }
        #[expect(clippy::float_cmp, reason = "copied, not computed")]
        if self.speed != base.speed {
            query.append_pair("speed", &decimal::short(self.speed));
        }
        if self.embed != base.embed {
            query.append_pair("embed", if self.embed { "1" } else { "0" });
        }
        if self.ground != base.ground {
            query.append_pair("ground", self.ground.word());
        }
        if self.ask != base.ask {
            query.append_pair("ask", self.ask.word());
        }
        if self.show != base.show {
            query.append_pair("show", &self.show.words());
        }
        if self.caption != base.caption {
            query.append_pair("caption", &self.caption);
        }
        if self.at != base.at {
            let at = self.at.map(|at| decimal::short(at.ms()));
            query.append_pair("at", at.as_deref().unwrap_or(NONE));
        }
        if self.code != base.code {
            let code = if self.code.is_empty() {
                NONE
            } else {
                &self.code
            };
            query.append_pair("code", code);
        }
        if self.accent != base.accent {
            query.append_pair("accent", self.accent.word());
        }
        query
    }
}

fn serialized(pairs: &Pairs, without: &[&str]) -> String {
    let mut query = String::new();
    for (name, value) in &pairs.0 {
        if !without.contains(name) {
            escaped::add_pair(&mut query, name, value);
        }
    }
    query
}

/// The query string's words with their values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs(pub Vec<(&'static str, String)>);

impl Pairs {
    fn append_scenario(&mut self, scenario: &Scenario) {
        if Scenario::preset(&scenario.id).as_ref() == Some(scenario) {
            return self.append_pair("scenario", &scenario.id);
        }
        // Endpoints by themselves are tasks in their own order.
        let tasks = &scenario.tasks;
        let is_known = |task: &Task| {
            task.behaviour().is_some() || task.work.compute().is_some() || task.start > Millis::ZERO
        };
        if tasks.iter().any(is_known) {
            self.append_pair("tasks", &tasks_to_string(tasks));
        }
        for (name, url) in scenario.endpoints() {
            self.append_pair("endpoint", &format!("{name}@{}", url.as_str()));
        }
    }

    fn append_pair(&mut self, name: &'static str, value: &str) {
        debug_assert!(PARAMETERS.contains(&name), "{name}");
        self.0.push((name, value.to_owned()));
    }
}
