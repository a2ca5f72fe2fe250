//! What the page's controls change in a configuration. Pure: a control's name,
//! its place and its value come in, and the next configuration comes out, or a
//! sentence that says why not.

use crate::asked::config::{COMPARED, Config, Problem};
use crate::asked::scenario::Scenario;
use crate::asked::strategy::Strategy;

/// The limit of a pool before the reader has chosen one.
const USUAL_LIMIT: usize = 4;

/// Changes one setting as a control asks. `index` is the kitchen's place,
/// where there is one for each. What a control does not know changes nothing.
///
/// # Errors
/// A sentence, if the value cannot be used.
pub fn change(
    config: &mut Config,
    setting: &str,
    index: usize,
    value: &str,
) -> Result<(), Problem> {
    match setting {
        "scenario" => {
            if let Some(scenario) = Scenario::preset(value) {
                config.scenario = scenario;
            }
        }
        "strategy" => {
            if let Some(place) = config.compare.get_mut(index) {
                let limit = match place {
                    Strategy::Pool(limit) => *limit,
                    _ => USUAL_LIMIT,
                };
                let chosen = if value == "pool" {
                    Ok(Strategy::Pool(limit))
                } else {
                    value.parse()
                };
                *place = chosen.unwrap_or(*place);
            }
        }
        "limit" => {
            let strategy = parsed(&format!("compare=join,pool:{}", value.trim()))?;
            if let (Some(place), Some(pool)) =
                (config.compare.get_mut(index), strategy.compare.get(1))
            {
                *place = *pool;
            }
        }
        "add-kitchen" if config.compare.len() < *COMPARED.end() => {
            let used = &config.compare;
            let mut unused = Strategy::ALL.into_iter().filter(|one| !used.contains(one));
            let next = unused.next().unwrap_or(Strategy::Join);
            config.compare.push(next);
        }
        "remove-kitchen"
            if config.compare.len() > *COMPARED.start() && index < config.compare.len() =>
        {
            config.compare.remove(index);
        }
        "timeout" if value.trim().is_empty() => config.policy.timeout = None,
        "timeout" => config.policy.timeout = given(setting, value)?.policy.timeout,
        "retries" => config.policy.retries = given(setting, value)?.policy.retries,
        "backoff" => config.policy.backoff = given(setting, value)?.policy.backoff,
        "mode" => config.mode = given(setting, value)?.mode,
        _ => {}
    }
    Ok(())
}

/// Reads a value as the query string's parser does: there is one parser.
fn given(parameter: &str, value: &str) -> Result<Config, Problem> {
    let mut query = String::from(parameter);
    query.push('=');
    query.extend(form_urlencoded::byte_serialize(value.trim().as_bytes()));
    parsed(&query)
}

fn parsed(query: &str) -> Result<Config, Problem> {
    let (config, problems) = Config::parse(query, |_| None);
    match problems.into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(config),
    }
}
