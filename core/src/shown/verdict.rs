//! What a comparison comes to, in words: a figure with its sentence, and of each
//! kitchen what it gave back or threw away. What is said is found by
//! [`Comparison`]; before a run is over theory says it in the same words.

use crate::asked::scenario::Task;
use crate::asked::strategy::Strategy;
use crate::decimal;
use crate::markup::Text;
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::outside::isolated;
use crate::recorded::comparison::{Comparison, Finding, MOMENT};
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

/// What a recording comes to; until it is over, what theory says of it.
#[must_use]
pub fn headline(recording: &Recording, state: State) -> Headline {
    let comparison = match state.is_over() {
        true => Comparison::measured(recording),
        false => Comparison::foreseen(recording),
    };
    let unknown = || Headline {
        figure: String::new(),
        tone: Tone::Neutral,
        sentence: "How long these calls take is not known before they are made.".into(),
    };
    said(comparison).map_or_else(unknown, |(_, headline)| headline)
}

/// The same of one that is over, for who hears it by itself: with its subject.
/// Empty while it is not over.
#[must_use]
pub fn spoken(recording: &Recording) -> String {
    let mut spoken = String::new();
    if let Some((run, said)) = said(Comparison::measured(recording)) {
        let title = words::title_of(recording.runs()[run].provenance());
        add(
            &mut spoken,
            &[&title, ": ", &said.figure, " ", &said.sentence],
        );
    }
    spoken
}

/// Adds words to a sentence.
#[inline(never)]
fn add(sentence: &mut String, words: &[&str]) {
    for word in words {
        sentence.push_str(word);
    }
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
        return (words::readout(lost) + what).into();
    }
    match comparison.given_back(run) {
        Some(saved) => {
            let mut said = String::new();
            add(
                &mut said,
                &["quickest: ", &words::readout(saved), " given back"],
            );
            said.into()
        }
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
    let total = done(&runs[run], times[run]).filter(|_| runs[run].is_whole())?;
    let (mut reached, mut all_done) = (Millis::ZERO, true);
    for (run, &at) in runs.iter().zip(times) {
        let done = done(run, at);
        all_done &= done.is_some();
        reached = reached.max(done.unwrap_or(at));
    }
    let sooner = reached - total;
    if sooner >= MOMENT {
        return Some(match all_done {
            true => Spare::Free(sooner),
            false => Spare::Counting(sooner),
        });
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
        let mut one = name.to_owned();
        add(&mut one, &[" (", &failure.to_string(), ")"]);
        said.push(one);
    }
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    words::list(&said)
}

/// The headline, and the run that it is said of.
fn said(comparison: Comparison<'_>) -> Option<(usize, Headline)> {
    let recording = comparison.recording();
    let (runs, tasks) = (recording.runs(), &recording.scenario().tasks);
    let is_theory = comparison.is_theory();
    let time = |run: usize| words::readout(comparison.total(run).unwrap_or_default());
    let (finding, mut run) = (comparison.finding(), 0);
    let mut tone = Tone::Neutral;
    let mut more = String::new();
    let (mut figure, mut said) = (time(0), String::new());
    // Of two kitchens it is clear which is meant.
    let which = |said: &mut String, run: usize, is_clear: bool| {
        if !is_clear && runs.len() > 2 {
            add(said, &[" (", &words::within(runs[run].provenance()), ")"]);
        }
    };
    let instead = |said: &mut String, run: usize| {
        add(said, &[&time(run), " instead of ", &time(0)]);
    };
    match finding {
        Finding::Unknown => return None,
        Finding::Gain(quick) => {
            run = quick;
            tone = Tone::Good;
            figure = decimal::fixed(comparison.total(0)? / comparison.total(run)?) + "×";
            said.push_str("as fast");
            which(&mut said, run, false);
            said.push_str(": ");
            instead(&mut said, run);
            if let Some(saved) = comparison.given_back(run).filter(|_| !is_theory) {
                add(&mut said, &[", ", &words::readout(saved), " given back"]);
            }
        }
        Finding::Spared(pool) => {
            run = pool;
            figure = comparison.peak(run).to_string() + " at most";
            let peak = comparison.peak(0).to_string();
            add(&mut said, &["in flight instead of ", &peak, ", for "]);
            instead(&mut said, run);
        }
        Finding::Hedged(first) => {
            run = first;
            figure = time(run);
            said.push_str("to one good answer");
            if let Some(whole) = comparison.whole() {
                let took = time(whole);
                let verb = if is_theory { " take " } else { " took " };
                match comparison.calls() {
                    2 => add(&mut said, &["; both", verb, &took]),
                    many => add(&mut said, &["; all ", &words::count(many), verb, &took]),
                }
            }
            if !is_theory {
                given_up(&mut more, &runs[run]);
            }
        }
        Finding::Stopped(stopped) => {
            run = stopped;
            figure = time(run);
            said.push_str("to the first failure");
            if !is_theory {
                tone = Tone::Bad;
                if let Some((name, failure)) = failures(&runs[run], tasks).first() {
                    add(
                        &mut said,
                        &[" (", &isolated(name), ", ", &failure.to_string(), ")"],
                    );
                }
                given_up(&mut more, &runs[run]);
            }
        }
        Finding::Failed(failed_one) => {
            run = failed_one;
            figure = figure_of_answers(comparison, run);
            said.push_str("good answers");
            let have_all_failed = (0..runs.len()).all(|run| !comparison.is_success(run));
            if !have_all_failed && runs.len() == 2 {
                add(
                    &mut said,
                    &[" (", &words::within(runs[run].provenance()), ")"],
                );
            }
            which(&mut said, run, have_all_failed);
            if !is_theory {
                tone = Tone::Bad;
                add(&mut said, &["; failed: ", &failed(&runs[run], tasks)]);
            }
        }
        Finding::Slower(slow) => {
            run = slow;
            figure = words::readout(comparison.longer(run, 0));
            said.push_str("longer");
            which(&mut said, run, false);
            said.push_str(": ");
            instead(&mut said, run);
        }
        Finding::Even => said.push_str("either way: no difference to speak of"),
        Finding::Alone => said.push_str("in all"),
    }
    said.push_str(if is_theory { ", says theory." } else { "." });
    said.push_str(&more);
    let sentence = said;
    let headline = Headline {
        figure,
        tone,
        sentence,
    };
    Some((run, headline))
}

/// `2 of 3`.
fn figure_of_answers(comparison: Comparison<'_>, run: usize) -> String {
    let (good, calls) = (comparison.good(run), comparison.calls());
    let mut figure = good.to_string();
    add(&mut figure, &[" of ", &calls.to_string()]);
    figure
}

fn answers(comparison: Comparison<'_>, run: usize) -> String {
    figure_of_answers(comparison, run) + " answers"
}

/// Adds what a run gave up, as a sentence with a space before it.
fn given_up(to: &mut String, run: &Run) {
    let (mut flying, mut unsent) = (0, 0);
    for span in run.timeline().spans() {
        if let Some((_, Outcome::Cancelled)) = span.ended {
            match span.attempts.is_empty() {
                true => unsent += 1,
                false => flying += 1,
            }
        }
    }
    let mut joint = " Given up: ";
    for (count, what) in [(flying, " in flight"), (unsent, " never sent")] {
        if count > 0 {
            add(to, &[joint, &words::count(count), what]);
            joint = " and ";
        }
    }
    if flying + unsent > 0 {
        to.push('.');
    }
}
