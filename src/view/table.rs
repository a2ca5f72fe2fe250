//! The run as a table, for whoever would rather read numbers, and for screen
//! readers, to which the chart is one image. It scrolls sideways where it has
//! less room than 40rem.

use crate::event::Outcome;
use crate::markup::{Element, html};
use crate::millis::Millis;
use crate::recording::Run;
use crate::scenario::Task;
use crate::timeline::Span;
use crate::view::log::grouped;
use crate::view::words;

/// Of more calls than these only the outcomes are counted.
pub const MOST_ROWS: usize = 100;

/// What is said of a call in each kitchen.
const COLUMNS: [&str; 4] = ["Start", "End", "Took", "Outcome"];

/// Every call's times and outcome in each kitchen, once all runs are over.
#[must_use]
pub fn table(runs: &[Run], tasks: &[Task]) -> Option<Element> {
    if runs.is_empty() || !runs.iter().all(Run::is_finished) {
        return None;
    }
    let rows = tasks
        .iter()
        .take(MOST_ROWS)
        .enumerate()
        .map(|(index, task)| {
            let cells = runs
                .iter()
                .filter_map(|run| run.timeline.spans().get(index))
                .flat_map(cells);
            html("tr")
                .child(heading("row", task.name.clone()))
                .children(cells)
        });
    let table = html("table")
        .class("calls__table")
        .child(
            html("caption")
                .text("When each call started and ended, in milliseconds since its kitchen began"),
        )
        .child(head(runs))
        .child(html("tbody").children(rows))
        .child(html("tfoot").child(totals(runs)));
    let left = tasks.len().saturating_sub(MOST_ROWS);
    Some(
        html("details")
            .class("calls")
            .attr("data-part", "calls")
            .child(
                html("summary")
                    .class("calls__summary")
                    .text("The run as a table"),
            )
            .child(
                // What scrolls must be within the keyboard's reach.
                html("div")
                    .class("calls__scroll")
                    .attr("role", "region")
                    .attr("aria-label", "The run as a table")
                    .attr("tabindex", "0")
                    .child(table),
            )
            .children((left > 0).then(|| rest(runs, left))),
    )
}

/// Two rows of headers: the kitchens, and under each what is said of a call.
fn head(runs: &[Run]) -> Element {
    let kitchens = runs
        .iter()
        .map(|run| heading("colgroup", words::title(run.strategy)).attr("colspan", "4"));
    let columns = runs
        .iter()
        .flat_map(|_| COLUMNS)
        .map(|column| heading("col", column));
    html("thead")
        .child(
            html("tr")
                .child(heading("col", "Call").attr("rowspan", "2"))
                .children(kitchens),
        )
        .child(html("tr").children(columns))
}

fn heading(scope: &'static str, title: impl Into<crate::markup::Text>) -> Element {
    html("th").attr("scope", scope).text(title)
}

fn cells(span: &Span) -> [Element; 4] {
    let outcome = match span.ended {
        Some((_, Outcome::Ok)) => "done".into(),
        Some((_, Outcome::Failed(failure))) => format!("failed: {failure}"),
        Some((_, Outcome::Cancelled)) => "cancelled".into(),
        None => String::new(),
    };
    let time = |time: Option<Millis>| {
        html("td").text(time.map_or_else(String::new, |time| time.to_string()))
    };
    [
        time(span.started()),
        time(span.ended.map(|(end, _)| end)),
        time(span.duration()),
        html("td").text(outcome),
    ]
}

/// What each kitchen took as a whole.
fn totals(runs: &[Run]) -> Element {
    let cells = runs.iter().flat_map(|run| {
        let total = run.total().unwrap_or_default().to_string();
        [
            html("td"),
            html("td"),
            html("td").text(total),
            html("td").text(outcomes(run.timeline.spans())),
        ]
    });
    html("tr")
        .child(heading("row", "The whole run"))
        .children(cells)
}

/// What became of the calls that have no row.
fn rest(runs: &[Run], left: usize) -> Element {
    let mut sentence = format!("… and {} more calls.", grouped(left));
    for run in runs {
        let spans = run.timeline.spans().get(MOST_ROWS..).unwrap_or_default();
        sentence += &format!(" {}: {}.", words::title(run.strategy), outcomes(spans));
    }
    html("p").class("calls__rest").text(sentence)
}

/// `3 done`, `2 done, 1 failed`.
fn outcomes(spans: &[Span]) -> String {
    let mut done = 0;
    let mut failed = 0;
    let mut cancelled = 0;
    for span in spans {
        match span.ended {
            Some((_, Outcome::Ok)) => done += 1,
            Some((_, Outcome::Failed(_))) => failed += 1,
            Some((_, Outcome::Cancelled)) => cancelled += 1,
            None => {}
        }
    }
    let mut said = format!("{} done", grouped(done));
    for (count, word) in [(failed, "failed"), (cancelled, "cancelled")] {
        if count > 0 {
            said += &format!(", {} {word}", grouped(count));
        }
    }
    said
}
