//! What a comparison comes to, in words: a figure with its sentence, and of each
//! kitchen what it gave back or threw away. What is said is found by
//! [`Comparison`]; before a run is over theory says it in the same words.

use crate::asked::scenario::Task;
use crate::asked::strategy::Strategy;
use crate::decimal;
use crate::markup::Text;
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::recorded::comparison::{Comparison, Finding};
use crate::recorded::recording::{Recording, Run};
use crate::shown::scene::Spare;
use crate::shown::stage::State;
use crate::shown::words;

/// What a comparison comes to, in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// Like `2.08×`; empty where nothing is known.
    pub figure: String,
    /// What kind of news it is.
    pub tone: Tone,
    /// What follows the figure, to its full stop.
    pub sentence: String,
}

/// What kind of news something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A gain, between runs that brought the same.
    Good,
    /// Neither gain nor loss.
    Neutral,
    /// Something failed.
    Bad,
}

/// As much sooner than another is seen to be.
const MOMENT: Millis = Millis::new(20.0);

/// What is said of a comparison, in parts.
struct Said {
    /// The run that it is said of.
    of: usize,
    /// What it did, between its name and the figure.
    verb: &'static str,
    figure: String,
    /// Behind the figure, without a full stop.
    rest: String,
    /// More sentences.
    more: String,
    tone: Tone,
}

/// What a recording comes to; until it is over, what theory says of it.
#[must_use]
pub fn headline(recording: &Recording, state: State) -> Headline {
    let comparison = match state.is_over() {
        true => Comparison::measured(recording),
        false => Comparison::foreseen(recording),
    };
    let Some(said) = said(comparison, false) else {
        return Headline {
            figure: String::new(),
            tone: Tone::Neutral,
            sentence: "How long these calls take is not known before they are made.".into(),
        };
    };
    let end = match comparison.is_theory() {
        true => ", says theory.",
        false => ".",
    };
    Headline {
        figure: said.figure,
        tone: said.tone,
        sentence: [&said.rest, end, &said.more].concat(),
    }
}

/// The same of one that is over, for who hears it by itself: with its subject.
/// Empty while it is not over.
#[must_use]
pub fn spoken(recording: &Recording) -> String {
    let Some(said) = said(Comparison::measured(recording), true) else {
        return String::new();
    };
    let title = words::title_of(recording.runs()[said.of].provenance());
    let (figure, rest) = (&said.figure, &said.rest);
    [&title, said.verb, figure, " ", rest, ".", &said.more].concat()
}

/// What a kitchen gave back or threw away, once all are done.
#[must_use]
pub fn beside(recording: &Recording, run: usize) -> Text {
    let comparison = Comparison::measured(recording);
    if !comparison.is_known() {
        return "–".into();
    }
    let good = comparison.good(run);
    if good < comparison.calls() {
        return answers(comparison, run).into();
    }
    if let Some(lost) = comparison.thrown_away(run) {
        // What spares the service is not wasted.
        let what = match recording.runs()[run].strategy() {
            Some(Strategy::Pool(_)) => " longer",
            _ => " thrown away",
        };
        return [&words::readout(lost), what].concat().into();
    }
    match comparison.given_back(run) {
        Some(saved) => ["quickest: ", &words::readout(saved), " given back"]
            .concat()
            .into(),
        None if comparison.is_quicker_than_one(run) => "quickest".into(),
        None if comparison.has_like(run) => "no difference".into(),
        None => "–".into(),
    }
}

/// What a kitchen's way of working has come to by those times, one for each: it
/// is done and another is not, or all are and it was the slower way.
#[must_use]
pub fn spare(recording: &Recording, run: usize, times: &[Millis]) -> Option<Spare> {
    let done = |run: &Run, at: Millis| run.total().filter(|total| at >= *total);
    let runs = recording.runs();
    let total = done(&runs[run], times[run]).filter(|_| runs[run].is_success())?;
    let mut reached = Millis::ZERO;
    for (run, &at) in runs.iter().zip(times) {
        reached = reached.max(done(run, at).unwrap_or(at));
    }
    if reached - total >= MOMENT {
        return Some(Spare::Free(reached - total));
    }
    // What spares the service is not wasted.
    let is_pool = matches!(runs[run].strategy(), Some(Strategy::Pool(_)));
    let lost = Comparison::measured(recording).thrown_away(run);
    lost.filter(|_| !is_pool).map(Spare::Lost)
}

/// What failed in a run, and why.
#[must_use]
pub fn failures<'a>(run: &Run, tasks: &'a [Task]) -> Vec<(&'a str, Failure)> {
    let mut failed = Vec::new();
    for (task, span) in tasks.iter().zip(run.timeline().spans()) {
        if let Some((_, Outcome::Failed(failure))) = span.ended {
            failed.push((task.name.as_str(), failure));
        }
    }
    failed
}

/// The same in a line: `billing (HTTP 503) and user (timed out)`.
#[must_use]
pub fn failed(run: &Run, tasks: &[Task]) -> String {
    let mut said = Vec::new();
    for (name, failure) in failures(run, tasks) {
        said.push([name, " (", &failure.to_string(), ")"].concat());
    }
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    words::list(&said)
}

fn said(comparison: Comparison<'_>, is_spoken: bool) -> Option<Said> {
    let recording = comparison.recording();
    let (runs, tasks) = (recording.runs(), &recording.scenario().tasks);
    let is_theory = comparison.is_theory();
    let time = |run: usize| words::readout(comparison.total(run).unwrap_or_default());
    let instead = |run: usize| [&*time(run), " instead of ", &time(0)].concat();
    let which = |run: usize, is_clear: bool| match is_clear || is_spoken {
        true => String::new(),
        false => [" (", &*words::within(runs[run].provenance()), ")"].concat(),
    };
    // Of two kitchens it is clear which is quicker or slower.
    let are_two = runs.len() <= 2;
    let mut said = Said {
        of: 0,
        verb: " took ",
        figure: String::new(),
        rest: String::new(),
        more: String::new(),
        tone: Tone::Neutral,
    };
    match comparison.finding() {
        Finding::Unknown => return None,
        Finding::Gain(run) => {
            let (first, quick) = (comparison.total(0)?, comparison.total(run)?);
            said.of = run;
            said.verb = " was ";
            said.figure = decimal::fixed(first / quick) + if is_spoken { " times" } else { "×" };
            said.tone = Tone::Good;
            said.rest = match is_spoken {
                true => ["as fast as ", &*words::within(runs[0].provenance()), ": "].concat(),
                false => ["as fast", &*which(run, are_two), ": "].concat(),
            };
            said.rest += &instead(run);
            if let Some(saved) = comparison.given_back(run).filter(|_| !is_theory) {
                said.rest += ", ";
                said.rest += &words::readout(saved);
                said.rest += " given back";
            }
        }
        Finding::Spared(run) => {
            said.of = run;
            said.verb = " had ";
            said.figure = comparison.peak(run).to_string() + " at most";
            let peak = comparison.peak(0).to_string();
            said.rest = ["in flight instead of ", &peak, ", for ", &instead(run)].concat();
        }
        Finding::Hedged(run) => {
            said.of = run;
            said.figure = time(run);
            said.rest = "to one good answer".into();
            if let Some(whole) = comparison.whole() {
                let all = match comparison.calls() {
                    2 => "both".into(),
                    many => ["all ", &*words::count(many)].concat(),
                };
                let verb = if is_theory { " take " } else { " took " };
                said.rest += &["; ", &*all, verb, &time(whole)].concat();
            }
            if !is_theory {
                said.more = given_up(&runs[run]);
            }
        }
        Finding::Stopped(run) => {
            said.of = run;
            said.figure = time(run);
            said.rest = "to the first failure".into();
            if !is_theory {
                said.tone = Tone::Bad;
                if let Some((name, failure)) = failures(&runs[run], tasks).first() {
                    said.rest += &[" (", *name, ", ", &failure.to_string(), ")"].concat();
                }
                said.more = given_up(&runs[run]);
                said.more += &kept(comparison, run);
            }
        }
        Finding::Failed(run) => {
            said.of = run;
            said.verb = " got ";
            said.figure = figure_of_answers(comparison, run);
            let have_all_failed = (0..runs.len()).all(|run| !comparison.is_success(run));
            said.rest = ["good answers", &*which(run, have_all_failed)].concat();
            if !is_theory {
                said.tone = Tone::Bad;
                said.rest += "; failed: ";
                said.rest += &failed(&runs[run], tasks);
            }
        }
        Finding::Slower(run) => {
            said.of = run;
            said.figure = words::readout(comparison.longer(run, 0));
            said.rest = ["longer", &*which(run, are_two), ": ", &instead(run)].concat();
        }
        Finding::Even => {
            said.figure = time(0);
            said.rest = "either way: no difference to speak of".into();
        }
        Finding::Alone => {
            said.figure = time(0);
            said.rest = "in all".into();
        }
    }
    Some(said)
}

/// `2 of 3`.
fn figure_of_answers(comparison: Comparison<'_>, run: usize) -> String {
    let (good, calls) = (comparison.good(run), comparison.calls());
    [&*good.to_string(), " of ", &*calls.to_string()].concat()
}

fn answers(comparison: Comparison<'_>, run: usize) -> String {
    figure_of_answers(comparison, run) + " answers"
}

/// What a run gave up, as a sentence with a space before it.
fn given_up(run: &Run) -> String {
    let (mut flying, mut unsent) = (0, 0);
    for span in run.timeline().spans() {
        if let Some((_, Outcome::Cancelled)) = span.ended {
            match span.attempts.is_empty() {
                true => unsent += 1,
                false => flying += 1,
            }
        }
    }
    let mut parts = Vec::new();
    if flying > 0 {
        let calls = if flying == 1 { " call" } else { " calls" };
        parts.push([&*words::count(flying), calls, " in flight"].concat());
    }
    if unsent > 0 {
        parts.push([&*words::count(unsent), " never sent"].concat());
    }
    if parts.is_empty() {
        return String::new();
    }
    [" Given up: ", &parts.join(" and "), "."].concat()
}

/// What another run has beside one that stopped, as a sentence with a space
/// before it.
fn kept(comparison: Comparison<'_>, stopped: usize) -> String {
    let recording = comparison.recording();
    for (run, one) in recording.runs().iter().enumerate() {
        if comparison.good(run) > comparison.good(stopped) {
            let title = words::title_of(one.provenance());
            let time = words::readout(comparison.total(run).unwrap_or_default());
            let answers = answers(comparison, run);
            return [" ", &*title, " has ", &answers, ", after ", &time, "."].concat();
        }
    }
    String::new()
}
