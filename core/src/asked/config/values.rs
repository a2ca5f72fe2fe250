//! One parser for each value that can be given as text. The query string's
//! reader and the form share them, so that both allow the same and say the
//! same about what they do not.

use super::{COMPARED, PROGRAMS, Problem};
use crate::asked::accent::Accent;
use crate::asked::retry::{MAX_BACKOFF, MAX_RETRIES};
use crate::asked::scenario::{MAX_LATENCY, Scenario, excerpt};
use crate::asked::strategy::{Strategy, parse_limit};
use crate::decimal;
use crate::millis::Millis;
use crate::outside::legible;
use crate::part::Part;
use crate::text::{concat, join, parts, trim};

/// The largest seed: whoever types one wants another, not a long one.
const MAX_SEED: u32 = 999_999;

/// How many characters a caption may have: two lines of a narrow column.
const MAX_CAPTION: usize = 120;

/// The latest moment of a still, in milliseconds: ten minutes.
const LATEST: f64 = 600_000.0;

/// What says that an attempt is never given up, where a time could stand, and
/// that there is no moment and no colour.
pub(super) const NONE: &str = "none";

/// The preset of that name.
pub(super) fn scenario(text: &str) -> Result<Scenario, Problem> {
    Scenario::preset(text).ok_or_else(|| {
        let ids: Vec<&str> = Scenario::PRESETS.iter().map(|preset| preset.id).collect();
        unknown("scenario", text, &ids)
    })
}

/// The strategies to be compared.
pub(super) fn compare(text: &str) -> Result<Vec<Strategy>, Problem> {
    let mut strategies = Vec::new();
    for word in parts(text, b',') {
        let strategy = trim(word).parse();
        strategies.push(strategy.map_err(|()| no_strategy(word))?);
    }
    if COMPARED.contains(&strategies.len()) {
        return Ok(strategies);
    }
    let sentence = format!(
        "{} strategies were asked for; {} to {} can be compared.",
        strategies.len(),
        COMPARED.start(),
        COMPARED.end()
    );
    Err(Problem::new("compare", sentence))
}

/// The limit of a pool.
pub(in crate::asked) fn limit(text: &str) -> Result<usize, Problem> {
    parse_limit(text).ok_or_else(|| no_strategy(&concat(&["pool:", text])))
}

/// How many workers; nothing: one for each core.
pub(in crate::asked) fn workers(text: &str) -> Result<usize, Problem> {
    let word = match text {
        "" => "workers".into(),
        count => concat(&["workers:", count]),
    };
    match word.parse() {
        Ok(Strategy::Workers(count)) => Ok(count),
        _ => Err(no_strategy(&word)),
    }
}

fn no_strategy(word: &str) -> Problem {
    let sentence = format!(
        "“{}” is not a strategy. Allowed are sequential, join, pool:4 (any limit from 1 to \
         1,000), fail-fast, first and workers:2 (1 to 16; workers: one for each core).",
        excerpt(word)
    );
    Problem::new("compare", sentence)
}

/// How long an attempt may take, if there is a limit.
pub(in crate::asked) fn timeout(text: &str) -> Result<Option<Millis>, Problem> {
    optional("timeout", text, 1.0, MAX_LATENCY.ms())
}

/// How often a call is tried again.
pub(in crate::asked) fn retries(text: &str) -> Result<u32, Problem> {
    whole("retries", text, MAX_RETRIES)
}

/// The first back-off.
pub(in crate::asked) fn backoff(text: &str) -> Result<Millis, Problem> {
    number("backoff", text, 0.0, MAX_BACKOFF.ms()).map(Millis::new)
}

/// Where chance comes from.
pub(super) fn seed(text: &str) -> Result<u32, Problem> {
    whole("seed", text, MAX_SEED)
}

/// How fast a recording plays.
pub(super) fn speed(text: &str) -> Result<f64, Problem> {
    number("speed", text, 0.25, 4.0)
}

/// Whether the stage stands alone.
pub(super) fn embed(text: &str) -> Result<bool, Problem> {
    match text {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(unknown("embed", text, &["0", "1"])),
    }
}

/// What stands in the place of the title; nothing but its text, and that legible.
pub(super) fn caption(text: &str) -> Result<String, Problem> {
    let text = legible(trim(text), usize::MAX);
    match text.chars().count() {
        0..=MAX_CAPTION => Ok(text),
        _ => Err(unusable("caption", &text, "a text of up to 120 characters")),
    }
}

/// The moment at which a still stands.
pub(super) fn at(text: &str) -> Result<Option<Millis>, Problem> {
    optional("at", text, 0.0, LATEST)
}

/// A still was asked for, and nobody knows what would be on it.
pub(super) fn unforeseen() -> Problem {
    let sentence = "Nothing can be drawn ahead: how long these calls take is not known before \
                    they are made.";
    Problem::new("at", sentence.into())
}

/// The program beside the kitchens; none: that of each strategy.
pub(super) fn code(text: &str) -> Result<String, Problem> {
    match text {
        NONE => Ok(String::new()),
        name if PROGRAMS.contains(&name) => Ok(name.into()),
        _ => Err(unknown("code", text, &PROGRAMS)),
    }
}

/// The colour of what is pressed and moved.
pub(super) fn accent(text: &str) -> Result<String, Problem> {
    Accent::digits(text).ok_or_else(|| unusable("accent", text, "a colour like #0e6566, or none"))
}

/// There is no such part of a figure.
pub(super) fn no_part(word: &str) -> Problem {
    let mut problem = unknown("part", word, &Part::ALL.map(Part::word));
    problem.parameter = "show";
    problem
}

/// A time between those bounds in milliseconds, or none.
fn optional(
    parameter: &'static str,
    text: &str,
    least: f64,
    most: f64,
) -> Result<Option<Millis>, Problem> {
    if text == NONE {
        return Ok(None);
    }
    match number(parameter, text, least, most) {
        Ok(limit) => Ok(Some(Millis::new(limit))),
        Err(mut problem) => {
            problem.sentence.pop();
            problem.sentence += ", or none.";
            Err(problem)
        }
    }
}

/// A number between those bounds.
fn number(parameter: &'static str, text: &str, least: f64, most: f64) -> Result<f64, Problem> {
    let number = decimal::parse(text).filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| {
        let (least, most) = (decimal::short(least), decimal::short(most));
        let allowed = concat(&["a number from ", &least, " to ", &most]);
        unusable(parameter, text, &allowed)
    })
}

/// A whole number up to that.
fn whole(parameter: &'static str, text: &str, most: u32) -> Result<u32, Problem> {
    let number = decimal::whole(text).filter(|number| *number <= most);
    number.ok_or_else(|| {
        let most = decimal::short(most.into());
        unusable(
            parameter,
            text,
            &concat(&["a whole number from 0 to ", &most]),
        )
    })
}

/// Something else is allowed.
fn unusable(parameter: &'static str, text: &str, allowed: &str) -> Problem {
    let shown = excerpt(text);
    let parts = [
        "The ",
        parameter,
        " “",
        &shown,
        "” cannot be used. Allowed is ",
        allowed,
        ".",
    ];
    Problem::new(parameter, concat(&parts))
}

/// There is no such word.
pub(super) fn unknown(parameter: &'static str, text: &str, allowed: &[&str]) -> Problem {
    let sentence = format!(
        "“{}” is not a {parameter}. Allowed are {}.",
        excerpt(text),
        listed(allowed)
    );
    Problem::new(parameter, sentence)
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).into(),
        [most @ .., last] => format!("{} and {last}", join(most, ", ")),
    }
}
