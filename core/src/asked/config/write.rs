//! A configuration as a query string, or word by word.

use form_urlencoded::Serializer;

use super::Config;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Scenario, tasks_to_string};
use crate::asked::strategy::Strategy;
use crate::decimal;

impl Config {
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
        let (policy, usual) = (&self.policy, RetryPolicy::default());
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
