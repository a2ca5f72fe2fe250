//! The run as a table, for whoever would rather read numbers, and for screen
//! readers, to which the chart is one image. It scrolls sideways where it has
//! less room than 40rem.

use crate::view::log::grouped;
use crate::view::phases::breakdown;
use expert_chef_core::markup::{Element, Text, html};
use expert_chef_core::outcome::Outcome;
use expert_chef_core::outside::isolated;
use expert_chef_core::recorded::recording::{Recording, Run};
use expert_chef_core::recorded::timeline::Span;
use expert_chef_core::shown::stage::State;
use expert_chef_core::shown::words;

/// Of more calls than these only the outcomes are counted.
pub const MOST_ROWS: usize = 100;

/// What is said of a call in each kitchen; the last where the browser told
/// into what any call's time went.
const COLUMNS: [&str; 5] = ["Start", "End", "Took", "Outcome", "Network"];

/// Every call's times and outcome in each kitchen, once all runs are over;
/// before that its place.
#[must_use]
pub fn table(recording: &Recording, state: State) -> Element {
    let content = if state.is_over() {
        numbers(recording)
    } else {
        vec![
            html("p")
                .class("calls__rest")
                .text("The times of each call are here once all is over."),
        ]
    };
    html("details")
        .class("calls")
        .attr("data-part", "calls")
        .child(
            html("summary")
                .class("calls__summary")
                .text("The run as a table"),
        )
        .children(content)
}

fn numbers(recording: &Recording) -> Vec<Element> {
    let (runs, tasks) = (recording.runs(), &recording.scenario().tasks);
    let columns = match recording.is_measured() {
        true => &COLUMNS[..],
        false => &COLUMNS[..4],
    };
    let mut body = html("tbody");
    for (index, task) in tasks.iter().take(MOST_ROWS).enumerate() {
        let mut row = html("tr").child(heading("row", isolated(&task.name)));
        for run in runs {
            if let Some(span) = run.timeline().spans().get(index) {
                row = cells(row, span, columns);
            }
        }
        body = body.child(row);
    }
    let table = html("table")
        .class("calls__table")
        .child(
            html("caption")
                .text("When each call started and ended, in milliseconds since its kitchen began"),
        )
        .child(head(runs, columns))
        .child(body)
        .child(html("tfoot").child(totals(runs, columns)));
    let left = tasks.len().saturating_sub(MOST_ROWS);
    let mut numbers = vec![
        // What scrolls must be within the keyboard's reach.
        html("div")
            .class("calls__scroll")
            .attr("role", "region")
            .attr("aria-label", "The run as a table")
            .attr("tabindex", "0")
            .flag("data-scrolls", true)
            .child(table),
    ];
    numbers.extend((left > 0).then(|| rest(runs, left)));
    numbers
}

/// Two rows of headers: the kitchens, and under each what is said of a call.
fn head(runs: &[Run], columns: &[&'static str]) -> Element {
    let mut kitchens = html("tr").child(heading("col", "Call").attr("rowspan", "2"));
    let mut titles = html("tr");
    for run in runs {
        let title = words::title_of(run.provenance());
        kitchens =
            kitchens.child(heading("colgroup", title).attr("colspan", columns.len().to_string()));
        for &column in columns {
            titles = titles.child(heading("col", column));
        }
    }
    html("thead").child(kitchens).child(titles)
}

fn heading(scope: &'static str, title: impl Into<Text>) -> Element {
    html("th").attr("scope", scope).text(title)
}

/// What one kitchen has to say of a call.
fn cells(row: Element, span: &Span, columns: &[&str]) -> Element {
    let end = span.ended.map(|(end, _)| end);
    let mut row = row;
    for time in [span.started(), end, span.duration()] {
        let time = time.map_or_else(String::new, |time| time.to_string());
        row = row.child(html("td").text(time));
    }
    let outcome = match span.ended {
        Some((_, Outcome::Ok)) => "done".into(),
        Some((_, Outcome::Failed(failure))) => format!("failed: {failure}"),
        Some((_, Outcome::Cancelled)) => "cancelled".into(),
        None => String::new(),
    };
    row = row.child(html("td").text(outcome));
    if columns.len() == COLUMNS.len() {
        row = row.child(html("td").text(breakdown(span.attempts.last())));
    }
    row
}

/// What each kitchen took as a whole.
fn totals(runs: &[Run], columns: &[&str]) -> Element {
    let mut row = html("tr").child(heading("row", "The whole run"));
    for run in runs {
        let total = run.total().unwrap_or_default().to_string();
        let said = [
            String::new(),
            String::new(),
            total,
            outcomes(run.timeline().spans()),
            String::new(),
        ];
        for text in said.into_iter().take(columns.len()) {
            row = row.child(html("td").text(text));
        }
    }
    row
}

/// What became of the calls that have no row.
fn rest(runs: &[Run], left: usize) -> Element {
    let mut sentence = format!("… and {} more calls.", grouped(left));
    for run in runs {
        let spans = run.timeline().spans().get(MOST_ROWS..).unwrap_or_default();
        sentence += &format!(
            " {}: {}.",
            words::title_of(run.provenance()),
            outcomes(spans)
        );
    }
    html("p").class("calls__rest").text(sentence)
}

/// `3 done`, `2 done, 1 failed`.
fn outcomes(spans: &[Span]) -> String {
    let (mut done, mut failed, mut cancelled) = (0, 0, 0);
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
