//! What it comes to: theory beside measurement, the speed-up, and the time
//! that was thrown away.

use crate::view::phases;
use expert_chef_core::asked::scenario::Task;
use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::recording::{Recording, Run};
use expert_chef_core::shown::stage::Stage;
use expert_chef_core::shown::words;

/// The verdict on what has been recorded, or on what theory says will be.
#[must_use]
pub fn verdict(stage: &Stage) -> Element {
    let recording = stage.recording();
    let over = stage.state().is_over();
    html("div")
        .class("verdict")
        .attr("data-part", "verdict")
        .child(headline(recording, over))
        .child(table(recording))
        .children(
            recording
                .runs()
                .iter()
                .filter_map(|run| losses(run, &recording.scenario().tasks)),
        )
        .children(silence(recording))
        .children(phases::notes(recording))
}

/// What it comes to, in a line.
pub(super) fn headline(recording: &Recording, over: bool) -> Element {
    let figure = recording.speedup().filter(|_| over);
    let (figure, sentence) = match figure {
        Some(speedup) => {
            let sentence = match recording.given_back() {
                Some(saved) => format!("as fast. {} given back.", saved.spoken()),
                None => "as fast.".into(),
            };
            (format!("{}×", decimal::fixed(speedup)), sentence)
        }
        None if over => {
            let total = recording.runs().first().and_then(Run::total);
            (total.unwrap_or_default().spoken(), "in all.".into())
        }
        None => (predicted_figure(recording), predicted_sentence(recording)),
    };
    html("p")
        .class(if over {
            "verdict__headline"
        } else {
            "verdict__headline verdict__headline--theory"
        })
        .child(html("strong").class("verdict__figure").text(figure))
        .text(" ")
        .child(html("span").text(sentence))
}

fn predicted_figure(recording: &Recording) -> String {
    recording
        .predicted_speedup()
        .map_or_else(String::new, |speedup| {
            format!("{}×", decimal::fixed(speedup))
        })
}

fn predicted_sentence(recording: &Recording) -> String {
    match recording.predicted_speedup() {
        Some(_) => "as fast, says theory. Run it and see.".into(),
        None => "How long these calls take is not known before they are made.".into(),
    }
}

/// A row for each kitchen.
fn table(recording: &Recording) -> Element {
    let header = ["Kitchen", "Theory", "Measured", "Thrown away"]
        .into_iter()
        .map(|title| html("th").attr("scope", "col").text(title));
    let dash = || "–".to_owned();
    let is_crowded = recording.foresaw_crowd();
    let rows = recording.runs().iter().map(|run| {
        let theory = run.predicted().zip(run.strategy());
        let theory = theory.map_or_else(dash, |(predicted, strategy)| {
            let why = words::theory(strategy, is_crowded);
            format!("{} ({why})", predicted.spoken())
        });
        let total = run.total();
        let wasted = total.and(run.timeline().wasted_waiting());
        // Less than a hundredth of the total is the browser's own time.
        let wasted = wasted.map_or_else(dash, |wasted| {
            if wasted < total.unwrap_or_default() * 0.02 {
                "nothing".into()
            } else {
                wasted.spoken()
            }
        });
        html("tr")
            .class(format!(
                "verdict__row verdict__row--{}",
                run.provenance().kind()
            ))
            .child(
                html("th")
                    .attr("scope", "row")
                    .text(words::title_of(run.provenance())),
            )
            .child(html("td").text(theory))
            .child(html("td").text(total.map_or_else(dash, |total| total.to_string())))
            .child(html("td").class("verdict__wasted").text(wasted))
    });
    html("table")
        .class("verdict__table")
        .child(
            html("caption")
                .class("visually-hidden")
                .text("Theory and measurement"),
        )
        .child(html("thead").child(html("tr").children(header)))
        .child(html("tbody").children(rows))
}

/// What may be behind a host that gave no answer: the browser does not tell
/// pages, lest they spy out the reader's network.
fn silence(recording: &Recording) -> Option<Element> {
    let tasks = &recording.scenario().tasks;
    for run in recording.runs() {
        for (task, span) in tasks.iter().zip(run.timeline().spans()) {
            let is_silent = matches!(span.ended, Some((_, Outcome::Failed(Failure::Network))));
            if is_silent && task.endpoint().is_some() {
                return Some(html("p").class("verdict__note").text(
                    "No answer from a real address: the host may be down or its name wrong, its \
                     certificate may not be trusted, or it answered without allowing this page \
                     to read the answer (the CORS header Access-Control-Allow-Origin). Browsers \
                     do not tell pages which; the network panel does.",
                ));
            }
        }
    }
    None
}

/// What failed in a run, and what it still has.
fn losses(run: &Run, tasks: &[Task]) -> Option<Element> {
    let mut failed = Vec::new();
    let mut kept = Vec::new();
    let mut pending = false;
    for (task, span) in tasks.iter().zip(run.timeline().spans()) {
        match span.ended {
            Some((_, Outcome::Failed(failure))) => {
                failed.push(format!("{} ({failure})", task.name))
            }
            Some((_, Outcome::Ok)) => kept.push(task.name.as_str()),
            Some((_, Outcome::Cancelled)) => {}
            None => pending = true,
        }
    }
    if failed.is_empty() {
        return None;
    }
    let failed: Vec<&str> = failed.iter().map(String::as_str).collect();
    let kept = match (kept.as_slice(), pending) {
        ([], true) => "Nothing has arrived so far.".into(),
        ([], false) => "Nothing is left to serve.".into(),
        (kept, true) => format!("So far it has {}.", words::list(kept)),
        (kept, false) => format!("It still has {}.", words::list(kept)),
    };
    Some(
        html("p")
            .class("verdict__losses")
            .child(html("strong").text(format!("{}: ", words::title_of(run.provenance()))))
            .text(format!("failed: {}. {kept}", words::list(&failed))),
    )
}
