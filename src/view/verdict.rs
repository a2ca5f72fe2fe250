//! What it comes to: a headline, and a table of theory beside measurement and of
//! what each kitchen gave back or threw away.

use crate::view::phases;
use expert_chef_core::asked::scenario::Task;
use expert_chef_core::asked::strategy::Strategy;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::comparison::Comparison;
use expert_chef_core::recorded::recording::{Recording, Run};
use expert_chef_core::shown::stage::{Stage, State};
use expert_chef_core::shown::verdict::{self, Tone};
use expert_chef_core::shown::words;
use expert_chef_core::text::concat;

/// What the last column is.
const BESIDE: &str = "Beside the quickest";

/// The verdict on what has been recorded; its table is there before.
#[must_use]
pub fn verdict(stage: &Stage) -> Element {
    let recording = stage.recording();
    html("div")
        .class("verdict")
        .attr("data-part", "verdict")
        .child(table(recording, stage.is_guessing()))
        .child(html("p").class("verdict__note").text(
            "Given back is what a kitchen took less than the first, thrown away what it took more \
             than the quickest. Only kitchens with the same answers are compared.",
        ))
}

/// What there is to be said of this run beyond that: below all else, where it
/// takes nobody's place.
#[must_use]
pub fn notes(recording: &Recording) -> Element {
    let tasks = &recording.scenario().tasks;
    html("div")
        .class("verdict verdict__notes")
        .attr("data-part", "notes")
        .children(recording.runs().iter().filter_map(|run| losses(run, tasks)))
        .children(silence(recording))
        .children(hidden(recording))
        .children(phases::notes(recording))
}

/// What it comes to, in a line; until it is over, what theory says.
pub(super) fn headline(recording: &Recording, state: State) -> Element {
    let said = verdict::headline(recording, state);
    html("p")
        .class(match said.tone {
            _ if !state.is_over() => "verdict__headline verdict__headline--theory",
            Tone::Good => "verdict__headline",
            Tone::Neutral | Tone::Bad => "verdict__headline verdict__headline--plain",
        })
        .child(html("strong").class("verdict__figure").text(said.figure))
        .text(" ")
        .child(html("span").text(said.sentence))
}

/// A row for each kitchen; without what would give an answer away.
fn table(recording: &Recording, is_guessing: bool) -> Element {
    let is_pool = |run: &Run| matches!(run.strategy(), Some(Strategy::Pool(_)));
    // What a pool is for: without one it would only make the table wider.
    let has_pool = recording.runs().iter().any(is_pool);
    let mut header = html("tr");
    for title in ["Kitchen", "Theory", "Measured", "Most in flight", BESIDE] {
        if has_pool || title != "Most in flight" {
            header = header.child(html("th").attr("scope", "col").text(title));
        }
    }
    let comparison = Comparison::measured(recording);
    let dash = || "–".to_owned();
    let mut rows = html("tbody");
    for (index, run) in recording.runs().iter().enumerate() {
        let theory = run.predicted().filter(|_| !is_guessing);
        let theory = theory.zip(run.strategy());
        let theory = theory.map_or_else(dash, |(predicted, strategy)| {
            let why = words::theory(strategy, recording);
            format!("{} ({why})", predicted.spoken())
        });
        let total = run.total();
        let mut row = html("tr")
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
            .child(html("td").text(total.map_or_else(dash, |total| total.to_string())));
        if has_pool {
            let peak = total.map(|_| comparison.peak(index).to_string());
            row = row.child(html("td").text(peak.unwrap_or_else(dash)));
        }
        let beside = html("td").text(verdict::beside(recording, index));
        rows = rows.child(row.child(match comparison.thrown_away(index) {
            Some(_) => beside.class("verdict__wasted"),
            None => beside,
        }));
    }
    html("table")
        .class("verdict__table")
        .child(
            html("caption")
                .class("visually-hidden")
                .text("What each kitchen should take, and what it took"),
        )
        .child(html("thead").child(header))
        .child(rows)
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
                     certificate may not be trusted, or the connection broke. Browsers do not \
                     tell pages which; the network panel does.",
                ));
            }
        }
    }
    None
}

/// What it does to the figures that nobody saw the page.
fn hidden(recording: &Recording) -> Option<Element> {
    let hidden = recording.hidden();
    let parts = [
        "This tab was hidden for ",
        &hidden.spoken(),
        " of a run: browsers slow timers down then, so back-offs and time-outs may be longer than asked.",
    ];
    (hidden > Millis::ZERO).then(|| html("p").class("verdict__note").text(concat(&parts)))
}

/// What failed in a run, and what it still has.
fn losses(run: &Run, tasks: &[Task]) -> Option<Element> {
    let mut kept = Vec::new();
    let mut pending = false;
    for (task, span) in tasks.iter().zip(run.timeline().spans()) {
        pending |= span.ended.is_none();
        if span.is_good() {
            kept.push(task.name.as_str());
        }
    }
    let failed = verdict::failed(run, tasks);
    if failed.is_empty() {
        return None;
    }
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
            .text(format!("failed: {failed}. {kept}")),
    )
}
