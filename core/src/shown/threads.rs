//! The threads of a reader's program on the time axis of its kitchen: when each
//! had the interpreter, was ready for it, and waited. Pure: a picture of a program
//! at a time t.

use crate::decimal;
use crate::markup::{Element, html, svg};
use crate::millis::Millis;
use crate::outside::legible;
use crate::recorded::program::{Program, Thread, ThreadState};
use crate::shown::chart::rem;
use crate::shown::lanes::Axis;
use crate::text::concat;

/// How high a thread's lane is, in pixels.
const LANE: f64 = 22.0;

/// The most threads that get a lane of their own.
pub const MOST: usize = 32;

/// How many colours there are to tell threads apart by; with more they come again.
pub const COLOURS: usize = 6;

/// The thinnest piece that is drawn, in percent of the axis: of more nobody sees more.
const THINNEST: f64 = 0.25;

/// The longest name that is shown, in characters.
const NAME: usize = 40;

/// The lanes as they are at that time, or nothing where there is no thread.
#[must_use]
pub fn threads(program: &Program, axis: Axis, at: Millis) -> Element {
    let threads = program.threads();
    let shown = threads.get(..MOST).unwrap_or(threads);
    let mut names = html("ul").class("chart__names");
    let mut picture = svg("svg")
        .class("chart__lanes")
        .attr("role", "img")
        .attr("aria-label", spoken(program, at))
        .attr("width", "100%")
        .attr("height", rem(height(shown.len())));
    for (place, thread) in shown.iter().enumerate() {
        names = names.child(name(place, thread, at));
        picture = picture.child(lane(place, thread, axis, at));
    }
    let line = svg("line").class("chart__playhead").attr("y2", "100%");
    let playhead = svg("svg").attr("x", percent(axis, at)).child(line);
    let rest = threads.len() - shown.len();
    let more = (rest > 0).then(|| {
        let rest = decimal::short(to_f64(rest));
        html("p")
            .class("threads__more")
            .text(concat(&["and ", &rest, " more"]))
    });
    html("div")
        .class("chart__row threads")
        .attr("data-part", "threads")
        .child(html("h4").class("chart__title").text("Your threads"))
        .child(
            html("div")
                .class("threads__names")
                .child(names)
                .children(more),
        )
        .child(picture.child(playhead))
}

fn height(threads: usize) -> f64 {
    LANE * to_f64(threads)
}

fn name(place: usize, thread: &Thread, at: Millis) -> Element {
    let is_running = thread.state_at(at) == Some(&ThreadState::Running);
    let name = legible(&thread.name, NAME);
    html("li")
        .class(if is_running { "is-now" } else { "" })
        .attr("title", name.clone())
        .child(mark(place))
        .text(name)
}

/// By what a thread is told from others, here and at its line.
#[must_use]
pub fn mark(place: usize) -> Element {
    html("span")
        .class("threads__mark")
        .attr("data-thread", decimal::short(to_f64(place % COLOURS)))
        .attr("aria-hidden", "true")
}

fn lane(place: usize, thread: &Thread, axis: Axis, at: Millis) -> Element {
    let top = LANE * to_f64(place);
    let mut lane = svg("g").attr("data-thread", decimal::short(to_f64(place % COLOURS)));
    let mut drawn = 0.0;
    for stretch in &thread.stretches {
        if stretch.from > at {
            break;
        }
        let until = stretch.until.map_or(at, |until| until.min(at));
        let (from, until) = (axis.percent(stretch.from), axis.percent(until));
        // What is thinner than can be seen goes into the next that is not.
        if until - drawn < THINNEST && until < axis.percent(at) {
            continue;
        }
        let from = from.min(until - THINNEST).max(drawn);
        drawn = until;
        let (class, inset) = match &stretch.state {
            ThreadState::Running => ("threads__running", 4.0),
            ThreadState::Ready => ("threads__ready", 7.0),
            ThreadState::Waiting(_) => ("threads__waiting", 10.0),
        };
        lane = lane.child(
            svg("rect")
                .class(class)
                .attr("x", concat(&[&decimal::short(from), "%"]))
                .attr("y", rem(top + inset))
                .attr("width", concat(&[&decimal::short(until - from), "%"]))
                .attr("height", rem(LANE - 2.0 * inset)),
        );
    }
    lane
}

fn percent(axis: Axis, at: Millis) -> String {
    concat(&[&decimal::short(axis.percent(at)), "%"])
}

/// What a screen reader says of it: of each thread how long it had the interpreter.
fn spoken(program: &Program, at: Millis) -> String {
    let mut said = String::from("Threads.");
    for thread in program.threads().iter().take(MOST) {
        let (mut ran, mut waited) = (Millis::ZERO, Millis::ZERO);
        for stretch in thread.stretches.iter().filter(|one| one.from < at) {
            let until = stretch.until.map_or(at, |until| until.min(at));
            match stretch.state {
                ThreadState::Waiting(_) => waited += until - stretch.from,
                ThreadState::Running => ran += until - stretch.from,
                ThreadState::Ready => {}
            }
        }
        let name = legible(&thread.name, NAME);
        said += &concat(&[
            " ",
            &name,
            ": ran ",
            &ran.spoken(),
            ", waited ",
            &waited.spoken(),
            ".",
        ]);
    }
    said
}

#[expect(clippy::cast_precision_loss, reason = "counts of threads are small")]
fn to_f64(count: usize) -> f64 {
    count as f64
}
