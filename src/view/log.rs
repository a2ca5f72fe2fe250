//! The log: every event with its time, as a program would have printed it, the
//! kitchens side by side so that their order can be compared. What comes after
//! t is there too, marked as to come: scrubbing moves nothing. A live run is
//! shown at its last event, so that nothing of it is to come.
//!
//! A column has its room before there is a line in it, and scrolls to the line
//! of the moment: the page below keeps its place. Each line needs 30 characters
//! before it wraps.

use std::ops::Range;

use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::scenario::Task;
use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, Memo, Text, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::recorded::recording::{Recording, Run};
use expert_chef_core::recorded::timeline::{Attempt, Span};
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::words;
use expert_chef_core::text::concat;

/// Longer logs than this are shown in part.
pub const MOST_LINES: usize = 60;

/// How much of a longer log is shown.
pub const WINDOW: usize = 30;

/// By how many events that part moves at once: between two moves only the
/// mark of the current line does.
const STEP: usize = 15;

/// How high a line is that does not wrap, in pixels.
const LINE: f64 = 28.0;

/// How many lines are seen above that of the moment.
const ABOVE: f64 = 4.0;

/// One kitchen's column as last drawn, by the stage's
/// [revision](expert_chef_core::shown::stage::Stage::revision), how much was
/// recorded and how much of it has been seen.
pub type LogCache = Memo<(u32, usize, usize)>;

/// The logs of all runs, each at its own time. Where the stage stands still they
/// are scrolled to the line of the moment; while it moves, that would have the
/// browser lay out the page in the middle of a picture.
#[must_use]
pub fn log(
    runs: &[Run],
    tasks: &[Task],
    times: &[Millis],
    (revision, stands): (u32, bool),
    caches: &mut Vec<LogCache>,
) -> Element {
    caches.resize_with(runs.len(), LogCache::default);
    let mut columns = html("div").class("log__runs");
    let kitchens = runs.iter().zip(times).zip(caches).enumerate();
    for (index, ((run, &at), cache)) in kitchens {
        let seen = run.timeline().seen(at);
        let key = (revision, run.timeline().events().len(), seen);
        let column = cache.get(key, || column(index, run, tasks, seen, stands));
        columns = columns.child(column);
    }
    html("section")
        .class("log")
        .attr("data-part", "log")
        .attr("aria-label", "Log")
        .child(
            html("h3")
                .class("log__heading")
                .text("What happened, line by line"),
        )
        .child(
            html("p")
                .class("log__hint")
                .text("Choose a line to see the kitchens at that moment."),
        )
        .child(columns)
}

/// What was sent beside what the lines say.
#[must_use]
pub fn note(recording: &Recording) -> Option<Element> {
    let note = recording.note();
    (!note.is_empty()).then(|| html("p").class("log__hint").text(note.to_owned()))
}

/// Which of `room` lines are shown when `seen` of them have happened; the last
/// of those is always among them.
#[must_use]
pub fn window(seen: usize, room: usize) -> Range<usize> {
    if room <= MOST_LINES {
        return 0..room;
    }
    let now = seen.saturating_sub(1);
    let start = (now / STEP * STEP).saturating_sub((WINDOW - STEP) / 2);
    let start = start.min(room - WINDOW);
    start..start + WINDOW
}

fn column(kitchen: usize, run: &Run, tasks: &[Task], seen: usize, stands: bool) -> Element {
    let events = run.timeline().events();
    let spans = run.timeline().spans();
    let room = events.len();
    let window = window(seen, room);
    let is_part = window.len() < room;
    #[expect(clippy::cast_precision_loss, reason = "at most a window's lines")]
    let now = seen.saturating_sub(window.start + 1) as f64;
    let above = if stands {
        (now - ABOVE).max(0.0) * LINE
    } else {
        0.0
    };
    let mut lines = html("ol")
        .class("log__lines")
        .flag("data-scrolls", true)
        .attr(".scrollTop", decimal::short(above));
    if room == 0 {
        lines = lines.child(html("li").class("log__rest").text("Nothing yet."));
    }
    if is_part {
        lines = lines.child(more(window.start, "before"));
    }
    for index in window.clone() {
        let line = match events.get(index) {
            Some(event) => line(index, event, seen, tasks, spans),
            None => blank(),
        };
        lines = lines.child(line);
    }
    if is_part {
        lines = lines.child(more(events.len().saturating_sub(window.end), "after"));
    }
    html("div")
        .class("log__run")
        .attr("data-kitchen", kitchen.to_string())
        .attr("data-run", run.provenance().to_string())
        .child(
            html("h4")
                .class("log__title")
                .text(words::title_of(run.provenance())),
        )
        .child(lines)
}

/// A line that goes to its moment when it is chosen.
fn line(index: usize, event: &Event, seen: usize, tasks: &[Task], spans: &[Span]) -> Element {
    let name = tasks.get(event.task).map_or("", |task| task.name.as_str());
    // When the answer was there, if that was before the program noticed.
    let noticed = || {
        let attempts = spans
            .get(event.task)
            .into_iter()
            .flat_map(|span| &span.attempts);
        let mut noticed = attempts.filter(|attempt| attempt.ended == Some(event.at));
        let answered = noticed.find_map(Attempt::answered);
        answered.map_or_else(String::new, |at| concat(&[", there at ", &at.to_string()]))
    };
    let (kind, what): (_, Text) = match event.kind {
        EventKind::Queued => ("quiet", "queued".into()),
        EventKind::Handed => ("quiet", "to a worker".into()),
        EventKind::Started(Resource::Connection) => ("start", "start".into()),
        EventKind::Started(_) => ("start", "work begins".into()),
        EventKind::Answered => ("quiet", concat(&["answered", &noticed()]).into()),
        EventKind::FirstByte => ("quiet", "headers".into()),
        EventKind::Ended(Outcome::Ok) => {
            let took = spans.get(event.task).and_then(Span::duration);
            let took = took.unwrap_or_default();
            ("ok", format!("done ({took}{})", noticed()).into())
        }
        EventKind::Retrying(failure) => ("failed", format!("failed: {failure}; again").into()),
        EventKind::Ended(Outcome::Cancelled) => ("quiet", "cancelled".into()),
        EventKind::Ended(Outcome::Failed(failure)) => {
            ("failed", format!("failed: {failure}").into())
        }
    };
    let is_now = index + 1 == seen;
    let state = match index < seen {
        true if is_now => " is-now",
        true => "",
        false => " is-to-come",
    };
    html("li").child(
        html("button")
            .class(format!("log__line log__line--{kind}{state}"))
            .attr("type", "button")
            .attr("data-action", "seek")
            .attr("data-at", decimal::short(upwards(event.at)))
            .maybe("aria-current", is_now.then_some("true"))
            // One stop for Tab: the keys that step through the events move it.
            .attr("tabindex", if is_now { "0" } else { "-1" })
            .child(
                html("span")
                    .class("log__time")
                    .text(format!("{} ", event.at)),
            )
            .child(html("bdi").text(concat(&[name, " "])))
            .child(html("span").class("log__what").text(what)),
    )
}

/// To the next hundredth: at the time that is written, the event has happened.
pub(super) fn upwards(at: Millis) -> f64 {
    let up = (at.ms() * 100.0).ceil() / 100.0;
    if up < at.ms() { up + 0.01 } else { up }
}

/// How many lines are left out; there without any too, so that the others stay
/// where they are.
fn more(count: usize, place: &'static str) -> Element {
    if count == 0 {
        return blank();
    }
    html("li")
        .class("log__rest")
        .text(format!("… {} more {place}", grouped(count)))
}

fn blank() -> Element {
    html("li").attr("aria-hidden", "true")
}

/// `1,960`: there are at most a few thousand of anything here.
pub(super) fn grouped(count: usize) -> String {
    match count {
        0..=999 => count.to_string(),
        _ => format!("{},{:03}", count / 1000, count % 1000),
    }
}
