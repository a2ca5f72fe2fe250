//! Which tool is for which work, where there is work for the processor: what was
//! run here, with its numbers, and what is said by theory alone.

use expert_chef_core::asked::strategy::Strategy;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::recording::{Recording, Run};
use expert_chef_core::shown::words;
use expert_chef_core::text::{concat, join};

/// A tool, what it does for calls and for work, and what is known of it here.
const THEORY: &str = "By theory";
const TOOLS: [(&str, &str, &str, &str); 4] = [
    (
        "asyncio",
        "waits overlap",
        "one after another, and all else stands still",
        "the same event loop in Python.",
    ),
    (
        "Threads under the GIL",
        "waits overlap: who waits lets go of the GIL",
        "no gain: one thread at a time runs bytecode",
        "they take turns every few milliseconds; extensions in C may let go of the GIL.",
    ),
    (
        "Processes",
        "waits overlap, at a high price",
        "as many at a time as cores",
        "an interpreter, a GIL and memory each; starting one and copying arguments and results \
         costs more than here.",
    ),
    (
        "Threads without the GIL",
        "waits overlap",
        "as many at a time as cores",
        "free-threaded CPython (PEP 703, supported by PEP 779 from 3.14 on): one memory, nothing \
         is copied, and each thread is a little slower.",
    ),
];

/// The tools, once all is over.
#[must_use]
pub fn processor(recording: &Recording) -> Element {
    let mut rows = html("tbody").child(row(
        "The event loop",
        "waits overlap",
        "one after another, and all else stands still",
        ran(recording, true),
    ));
    rows = rows.child(row(
        "Web Workers",
        "waits overlap",
        "as many at a time as cores",
        ran(recording, false),
    ));
    for (tool, calls, work, why) in TOOLS {
        let why = html("span")
            .child(html("em").text(THEORY))
            .text(": ")
            .text(why);
        rows = rows.child(row(tool, calls, work, why));
    }
    let mut head = html("tr");
    for title in ["Tool", "Slow calls", "Slow work", "Here"] {
        head = head.child(html("th").attr("scope", "col").text(title));
    }
    html("section")
        .class("verdict processor")
        .attr("data-part", "processor")
        .child(
            html("h3")
                .class("log__heading")
                .text("Which tool for which work?"),
        )
        .child(
            html("div")
                .class("calls__scroll")
                .attr("role", "region")
                .attr("aria-label", "Which tool for which work?")
                .attr("tabindex", "0")
                .flag("data-scrolls", true)
                .child(
                    html("table")
                        .class("verdict__table processor__table")
                        .child(html("thead").child(head))
                        .child(rows),
                ),
        )
}

fn row(tool: &'static str, calls: &'static str, work: &'static str, here: Element) -> Element {
    html("tr")
        .child(html("th").attr("scope", "row").text(tool))
        .child(html("td").text(calls))
        .child(html("td").text(work))
        .child(html("td").child(here))
}

/// What was run here by the page's own thread, or by workers.
fn ran(recording: &Recording, on_page: bool) -> Element {
    let is_it = |run: &&Run| run.strategy().map(Strategy::is_on_page) == Some(on_page);
    let mut runs = Vec::new();
    let mut opened = None;
    for run in recording.runs().iter().filter(is_it) {
        if let Some(total) = run.total() {
            let title = words::within(run.provenance());
            runs.push(concat(&[&title, " ", &total.spoken()]));
            opened = opened.or(price(run));
        }
    }
    if runs.is_empty() {
        return html("span").text("Was not run.");
    }
    let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
    let mut said = concat(&["Ran here: ", &join(&runs, ", "), "."]);
    if let Some(opened) = opened {
        said += &concat(&[
            " A worker began ",
            &opened.spoken(),
            " after it was handed its first task.",
        ]);
    }
    html("span").text(said)
}

/// How long the first task that was handed to a worker waited there.
fn price(run: &Run) -> Option<Millis> {
    let span = run.timeline().spans().first()?;
    Some(span.started()? - span.handed?.0)
}
