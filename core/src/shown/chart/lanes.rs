//! One kitchen's lanes. A lane shows when its call waited for its turn
//! (dotted), was in flight (hatched), and how it ended (solid with a tick, or
//! broken up with a cross).
//!
//! Bars lie in a coordinate system of time ([`Grid`]) that is cut off at the
//! playhead: between two events only the cut moves. All bars of a kind are one
//! path, so a thousand lanes cost no more elements than three.

use std::rc::Rc;

use super::bars::bars;
use crate::asked::scenario::Task;
use crate::decimal;
use crate::markup::{Element, Memo, html, svg};
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::recording::{Recording, Run};
use crate::shown::chart::rows::Rows;
use crate::shown::chart::{Mark, mark, percent, upright};
use crate::shown::lanes::{Axis, Lane, lanes as lanes_at};
use crate::shown::words;

pub use super::bars::Grid;

/// The bars of one kitchen as last drawn, kept until an event changes them.
#[derive(Debug, Default)]
pub struct LanesCache(Memo<Key>);

/// What the bars depend on.
#[derive(Debug, PartialEq)]
struct Key {
    events_seen: usize,
    events: usize,
    axis: Axis,
    lanes: usize,
    grid: Grid,
}

/// What the lanes of all kitchens have in common.
#[derive(Clone, Copy)]
pub struct Lanes<'a> {
    /// How much room they have.
    pub room: Rows,
    /// The coordinates of their bars.
    pub grid: Grid,
    /// What was run.
    pub recording: &'a Recording,
    /// The axis.
    pub axis: Axis,
    /// The time of each kitchen.
    pub times: &'a [Millis],
    /// What is marked on the axis.
    pub marks: &'a [Mark],
}

/// The lanes of the run with that index, at its time.
#[must_use]
pub fn lanes(drawn: Lanes<'_>, index: usize, cache: &mut LanesCache) -> Element {
    let Lanes {
        room,
        grid,
        recording,
        axis,
        times,
        marks,
    } = drawn;
    let tasks = &recording.scenario().tasks;
    let run = &recording.runs()[index];
    let at = run
        .total()
        .map_or(times[index], |total| times[index].min(total));
    let height = room.row_height(tasks.len());
    let total = height * to_f64(tasks.len());

    let mut picture = svg("svg")
        .class("chart__lanes")
        .attr("width", "100%")
        .num("height", total)
        .attr("role", "img")
        .attr("aria-label", words::title_of(run.provenance()));
    for tick in axis.ticks() {
        picture = picture.child(upright("chart__grid", axis, tick, "0"));
    }
    for one in marks {
        picture = picture.child(mark(one, axis, "0"));
    }
    let lit = run.timeline().latest(at).map(|event| event.task);
    let past = svg("svg")
        .class("chart__past")
        .attr("width", percent(axis, at))
        .num("height", total);
    let past = grid.cut_off(past, at.min(axis.end), total);
    picture = picture
        .child(lit_row(lit, height))
        .child(gift(recording, index, axis, times, height))
        .child(past.child(cache.bars(grid, run, axis, at, height)))
        .child(upright("chart__playhead", axis, times[index], "0"));
    let is_labelled = tasks.len() <= room.most_labelled();
    if is_labelled {
        for (row, span) in run.timeline().spans().iter().enumerate() {
            let y = (to_f64(row) + 0.5) * height;
            picture = picture.child(label(&Lane::at(span, at), axis, y, room));
        }
    }
    html("div")
        .class("chart__row")
        .child(
            html("h4")
                .class("chart__title")
                .text(words::title_of(run.provenance())),
        )
        .child(names(tasks, lit, is_labelled))
        .child(picture)
}

fn names(tasks: &[Task], lit: Option<usize>, is_labelled: bool) -> Element {
    let mut names = html("ul").class("chart__names");
    if !is_labelled {
        return names.child(html("li").text(format!("{} calls", tasks.len())));
    }
    for (row, task) in tasks.iter().enumerate() {
        let class = if lit == Some(row) { "is-now" } else { "" };
        names = names.child(
            html("li")
                .class(class)
                .attr("title", task.name.clone())
                .text(task.name.clone()),
        );
    }
    names
}

/// Lights up the lane of the latest event.
fn lit_row(lit: Option<usize>, height: f64) -> Element {
    svg("rect")
        .class(if lit.is_some() { "chart__lit" } else { "k-off" })
        .attr("x", "0")
        .num("y", to_f64(lit.unwrap_or(0)) * height)
        .attr("width", "100%")
        .num("height", height)
}

/// The stretch in which this kitchen was done and the first was not.
fn gift(recording: &Recording, index: usize, axis: Axis, times: &[Millis], height: f64) -> Element {
    let group = svg("g").class("chart__gift");
    let first = &recording.runs()[0];
    let Some(done) = recording.runs()[index].total().filter(|_| index > 0) else {
        return group;
    };
    let reached = times[0].min(first.total().unwrap_or(times[0]));
    let saved = reached - done;
    if saved <= Millis::ZERO || times[index] < done {
        return group;
    }
    let end = axis.percent(reached);
    let width = end - axis.percent(done);
    // Words in the middle of a stretch that is late and short would stick out.
    let is_late = end - width / 2.0 > 60.0;
    let is_over = first.total() == Some(reached);
    let (figure, words) = if is_over {
        (saved.spoken(), " given back")
    } else {
        (String::new(), "")
    };
    group
        .child(
            svg("rect")
                .attr("x", percent(axis, done))
                .attr("y", "0")
                .attr("width", decimal::short(width) + "%")
                .attr("height", "100%"),
        )
        .child(
            svg("text")
                .attr(
                    "x",
                    decimal::short(if is_late { end } else { end - width / 2.0 }) + "%",
                )
                .num(
                    "y",
                    (to_f64(roomiest(&recording.runs()[index])) + 0.5) * height,
                )
                .attr("text-anchor", if is_late { "end" } else { "middle" })
                .text(figure)
                // There is no room for them on a telephone.
                .child(svg("tspan").class("chart__gift-words").text(words)),
        )
}

/// The lane whose bar ends first: behind it there is room for words.
fn roomiest(run: &Run) -> usize {
    let mut first = (0, None);
    for (row, span) in run.timeline().spans().iter().enumerate() {
        let end = span.ended.map(|(end, _)| end);
        if first.1.is_none() || end < first.1 {
            first = (row, end);
        }
    }
    first.0
}

impl LanesCache {
    fn bars(&mut self, grid: Grid, run: &Run, axis: Axis, at: Millis, height: f64) -> Rc<Element> {
        let events = run.timeline().events();
        let key = Key {
            events_seen: run.timeline().seen(at),
            events: events.len(),
            axis,
            lanes: run.timeline().spans().len(),
            grid,
        };
        self.0.get(key, || {
            bars(grid, lanes_at(&run.timeline(), at), axis, height)
        })
    }
}

/// What a lane came to, written at the end of its bar.
fn label(lane: &Lane, axis: Axis, y: f64, room: Rows) -> Element {
    let start = lane.flights.first().map(|flight| flight.start);
    let (end, class, label) = match (start, lane.ended) {
        (Some(start), Some((end, Outcome::Ok))) => {
            let took = decimal::short((end - start).ms().round());
            let tries = match lane.flights.len() {
                1 => String::new(),
                tries => format!(", {tries} tries"),
            };
            (end, "chart__label", format!("✓ {took}{tries}"))
        }
        (_, Some((end, Outcome::Failed(failure)))) => {
            let class = "chart__label chart__label--failed";
            (end, class, format!("✗ {}", failure.short()))
        }
        (_, Some((end, Outcome::Cancelled))) => (end, "chart__label", "– cancelled".into()),
        _ => (Millis::ZERO, "chart__label", String::new()),
    };
    // One that has no room behind its bar stands on it.
    let at = axis.percent(end);
    let is_flipped = label.len() > 9 && at > 55.0 || room == Rows::Panel && at > 72.0;
    svg("text")
        .class(class)
        .attr("x", percent(axis, end))
        .attr("dx", if is_flipped { "-6" } else { "6" })
        .num("y", y)
        .attr("text-anchor", if is_flipped { "end" } else { "start" })
        .text(label)
}

#[expect(clippy::cast_precision_loss, reason = "counts of lanes are small")]
pub(super) fn to_f64(count: usize) -> f64 {
    count as f64
}
