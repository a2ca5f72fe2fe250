//! What the page's controls change in a configuration. Pure: a control's name,
//! its place and its value come in, and a [`Setting`] comes out, or a sentence
//! that says why not; a configuration with it is one that can run.

use crate::asked::config::{COMPARED, Config, Mode, Problem, values};
use crate::asked::scenario::Scenario;
use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::text::trim;

/// One thing that a control sets. Where there is one for each kitchen, the
/// first number is the kitchen's place.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// What is run, with the kitchens and the policy in which it shows what it
    /// is named for.
    Scenario(Scenario),
    /// What kind of strategy a kitchen has; a pool that stays one keeps its
    /// limit, and so do workers.
    Kind(usize, Strategy),
    /// A pool's limit.
    Limit(usize, usize),
    /// How many workers; 0: as many as the processor has cores.
    Workers(usize, usize),
    /// One more kitchen.
    AddKitchen,
    /// One kitchen less.
    RemoveKitchen(usize),
    /// How long an attempt may take.
    Timeout(Option<Millis>),
    /// How often a call is tried again.
    Retries(u32),
    /// The first back-off.
    Backoff(Millis),
    /// Whether the kitchens run together or in turn.
    Mode(Mode),
}

impl Setting {
    /// The setting that a control of that name, for the kitchen at `index`,
    /// makes of its value; `None` if there is no such control or choice.
    ///
    /// # Errors
    /// A sentence, if the value cannot be used.
    pub fn from_dom(name: &str, index: usize, value: &str) -> Result<Option<Self>, Problem> {
        let value = trim(value);
        Ok(Some(match name {
            "scenario" => return Ok(Scenario::preset(value).map(Self::Scenario)),
            "strategy" => {
                let kind = Strategy::ALL.into_iter().find(|one| one.kind() == value);
                return Ok(kind.map(|kind| Self::Kind(index, kind)));
            }
            "limit" => Self::Limit(index, values::limit(value)?),
            "workers" => Self::Workers(index, values::workers(value)?),
            "add-kitchen" => Self::AddKitchen,
            "remove-kitchen" => Self::RemoveKitchen(index),
            "timeout" if value.is_empty() => Self::Timeout(None),
            "timeout" => Self::Timeout(values::timeout(value)?),
            "retries" => Self::Retries(values::retries(value)?),
            "backoff" => Self::Backoff(values::backoff(value)?),
            "mode" => Self::Mode(Mode::parse(value)?),
            _ => return Ok(None),
        }))
    }
}

impl Config {
    /// The same with one setting changed. What there is no room for changes
    /// nothing.
    #[must_use]
    pub fn with(&self, setting: Setting) -> Config {
        let mut config = self.clone();
        let compare = &mut config.compare;
        match setting {
            Setting::Scenario(scenario) => return config.of_scenario(scenario),
            Setting::Kind(index, kind) => match (compare.get_mut(index), kind) {
                (Some(Strategy::Pool(_)), Strategy::Pool(_))
                | (Some(Strategy::Workers(_)), Strategy::Workers(_))
                | (None, _) => {}
                (Some(place), kind) => *place = kind,
            },
            Setting::Limit(index, limit) => {
                if let Some(place) = compare.get_mut(index) {
                    *place = Strategy::Pool(limit);
                }
            }
            Setting::Workers(index, count) => {
                if let Some(place) = compare.get_mut(index) {
                    *place = Strategy::Workers(count);
                }
            }
            Setting::AddKitchen if compare.len() < *COMPARED.end() => {
                let mut all = Strategy::ALL.into_iter();
                let unused = all.find(|one| !compare.contains(one));
                compare.push(unused.unwrap_or(Strategy::Join));
            }
            Setting::RemoveKitchen(index)
                if compare.len() > *COMPARED.start() && index < compare.len() =>
            {
                compare.remove(index);
            }
            Setting::AddKitchen | Setting::RemoveKitchen(_) => {}
            Setting::Timeout(limit) => config.policy.timeout = limit,
            Setting::Retries(retries) => config.policy.retries = retries,
            Setting::Backoff(backoff) => config.policy.backoff = backoff,
            Setting::Mode(mode) => config.mode = mode,
        }
        config
    }
}
