//! The chart: one time axis in milliseconds, and under it each kitchen's
//! lanes. A lane shows when its call waited for its turn (dotted), was in
//! flight (hatched), and how it ended (solid with a tick, or crossed out).
//!
//! Bars lie in a coordinate system of time, in tenths of a millisecond, that
//! is cut off at the playhead: between two events only the cut moves. All bars
//! of a kind are one path, so a thousand lanes cost no more elements than three.

use std::fmt::Write;
use std::rc::Rc;

use crate::decimal;
use crate::event::Outcome;
use crate::lanes::{Axis, Lane, lanes};
use crate::markup::{Element, html, svg};
use crate::millis::Millis;
use crate::recording::Run;
use crate::scenario::Task;
use crate::strategy::Strategy;
use crate::view::words;

/// Up to this many lanes have room for a name and a label.
const MOST_LABELLED: usize = 20;

/// A chart of at most this height scrolls no page.
const TALLEST: f64 = 320.0;

/// Labels closer than this, in percent of the axis, would run into each other
/// on a narrow screen.
const CROWDED: f64 = 50.0;

/// The bars of one kitchen as last drawn, kept until an event changes them.
#[derive(Debug, Default)]
pub struct LanesCache(Option<(Key, Rc<Element>)>);

/// What the bars depend on.
#[derive(Debug, PartialEq)]
struct Key {
    events_seen: usize,
    events: usize,
    axis: Axis,
    lanes: usize,
}

/// What is marked on the axis: a prediction.
struct Mark {
    strategy: Strategy,
    at: Millis,
}

/// The chart of all runs, each at its own time.
#[must_use]
pub fn chart(
    runs: &[Run],
    tasks: &[Task],
    axis: Axis,
    times: &[Millis],
    caches: &mut Vec<LanesCache>,
) -> Element {
    caches.resize_with(runs.len(), LanesCache::default);
    let marks: Vec<Mark> = runs
        .iter()
        .filter_map(|run| {
            Some(Mark {
                strategy: run.strategy,
                at: run.predicted?,
            })
        })
        .collect();
    let groups = runs
        .iter()
        .zip(times)
        .zip(caches)
        .map(|((run, &at), cache)| group(run, tasks, axis, at, &marks, cache));
    html("div")
        .class(if tasks.len() > MOST_LABELLED {
            "chart chart--dense"
        } else {
            "chart"
        })
        .attr("data-part", "chart")
        .child(ruler(axis, &marks))
        .children(groups)
}

/// The axis with its ticks, and the predictions' names above it.
fn ruler(axis: Axis, marks: &[Mark]) -> Element {
    let percent = |at| format!("{}%", decimal::short(axis.percent(at)));
    let ticks = axis.ticks().map(|tick| {
        svg("text")
            .class("chart__tick")
            .attr("x", percent(tick))
            .attr("y", "46")
            .attr(
                "text-anchor",
                if tick == Millis::ZERO {
                    "start"
                } else {
                    "middle"
                },
            )
            .text(decimal::short(tick.ms()))
    });
    let lines = axis.ticks().map(|tick| {
        svg("line")
            .class("chart__grid")
            .attr("x1", percent(tick))
            .attr("x2", percent(tick))
            .attr("y1", "50")
            .attr("y2", "56")
    });
    let labels: Vec<Element> = marks
        .iter()
        .map(|mark| {
            let x = axis.percent(mark.at);
            // A label that would run into others stands above them.
            let crowded = marks.iter().filter(|other| {
                let to_the_left = x - axis.percent(other.at);
                to_the_left > 0.0 && to_the_left < CROWDED
            });
            let level = crowded.count() % 2;
            let anchor = match x {
                x if x > 70.0 => "end",
                x if x < 15.0 => "start",
                _ => "middle",
            };
            svg("text")
                .class(mark_class(mark.strategy, "chart__mark-label"))
                .attr("x", percent(mark.at))
                .attr("y", if level == 0 { "27" } else { "12" })
                .attr("text-anchor", anchor)
                .text(format!(
                    "{}: {}",
                    words::theory(mark.strategy),
                    mark.at.spoken()
                ))
        })
        .collect();
    let arrows = marks.iter().map(|mark| {
        svg("line")
            .class(mark_class(mark.strategy, "chart__mark"))
            .attr("x1", percent(mark.at))
            .attr("x2", percent(mark.at))
            .attr("y1", "31")
            .attr("y2", "56")
    });
    html("div")
        .class("chart__row chart__row--ruler")
        .child(html("span").class("chart__unit").text("ms"))
        .child(
            svg("svg")
                .class("chart__ruler")
                .attr("width", "100%")
                .attr("height", "56")
                .attr("aria-hidden", "true")
                .children(labels)
                .children(arrows)
                .children(ticks)
                .children(lines),
        )
}

fn mark_class(strategy: Strategy, class: &'static str) -> String {
    format!("{class} {class}--{strategy}")
}

/// One kitchen's lanes.
fn group(
    run: &Run,
    tasks: &[Task],
    axis: Axis,
    at: Millis,
    marks: &[Mark],
    cache: &mut LanesCache,
) -> Element {
    let height = row_height(tasks.len());
    let total = height * to_f64(tasks.len());
    let percent = |at| format!("{}%", decimal::short(axis.percent(at)));
    let bars = cache.bars(run, axis, at, height);

    let vertical = |class: String, at: Millis| {
        svg("line")
            .class(class)
            .attr("x1", percent(at))
            .attr("x2", percent(at))
            .attr("y1", "0")
            .attr("y2", "100%")
    };
    let grid = axis
        .ticks()
        .map(|tick| vertical("chart__grid".into(), tick));
    let marks = marks
        .iter()
        .map(|mark| vertical(mark_class(mark.strategy, "chart__mark"), mark.at));
    // The part of the time axis that has been: it is cut off at the playhead.
    let past = svg("svg")
        .class("chart__past")
        .attr("width", percent(at))
        .num("height", total)
        .attr(
            "viewBox",
            format!(
                "0 0 {} {}",
                tenths(at.min(axis.end)).max(1),
                decimal::short(total)
            ),
        )
        .attr("preserveAspectRatio", "none")
        .child(bars);
    let names: Vec<Element> = if tasks.len() <= MOST_LABELLED {
        tasks
            .iter()
            .map(|task| {
                html("li")
                    .attr("title", task.name.clone())
                    .text(task.name.clone())
            })
            .collect()
    } else {
        vec![html("li").text(format!("{} calls", tasks.len()))]
    };
    html("div")
        .class(format!("chart__row chart__row--{}", run.strategy))
        .child(
            html("h4")
                .class("chart__title")
                .text(words::title(run.strategy)),
        )
        .child(html("ul").class("chart__names").children(names))
        .child(
            svg("svg")
                .class("chart__lanes")
                .attr("width", "100%")
                .num("height", total)
                .attr("role", "img")
                .attr(
                    "aria-label",
                    format!("Time line of {}", words::title(run.strategy)),
                )
                .children(grid)
                .children(marks)
                .child(past)
                .child(vertical("chart__playhead".into(), at))
                .child(labels(run, axis, at, height)),
        )
}

impl LanesCache {
    fn bars(&mut self, run: &Run, axis: Axis, at: Millis, height: f64) -> Rc<Element> {
        let events = run.timeline.events();
        let key = Key {
            events_seen: events.partition_point(|event| event.at <= at),
            events: events.len(),
            axis,
            lanes: run.timeline.spans().len(),
        };
        match &self.0 {
            Some((known, bars)) if *known == key => Rc::clone(bars),
            _ => {
                let bars = Rc::new(bars(lanes(&run.timeline, at), axis, height));
                self.0 = Some((key, Rc::clone(&bars)));
                bars
            }
        }
    }
}

/// A path for each kind of stretch.
fn bars(lanes: impl Iterator<Item = Lane>, axis: Axis, height: f64) -> Element {
    let mut queued = String::new();
    let mut in_flight = String::new();
    let mut ok = String::new();
    let mut failed = String::new();
    let end = tenths(axis.end);
    let mut row = height / 2.0;
    for lane in lanes {
        let stretch = |path: &mut String, from: i64, to: i64| {
            // A string takes whatever is written into it.
            let _ = write!(path, "M{from} {}H{to}", decimal::short(row));
        };
        let start = lane.queued_until.map(tenths);
        stretch(&mut queued, 0, start.unwrap_or(end));
        match (start, lane.ended) {
            (None, _) => {}
            (Some(start), None) => stretch(&mut in_flight, start, end),
            (Some(start), Some((end, Outcome::Ok))) => stretch(&mut ok, start, tenths(end)),
            (Some(start), Some((end, Outcome::Failed(_)))) => {
                stretch(&mut failed, start, tenths(end));
            }
        }
        row += height;
    }
    let thickness = if height > 12.0 {
        height * 0.5
    } else {
        height * 0.7
    };
    let path = |class: &'static str, d: String, width: f64| {
        svg("path")
            .class(class)
            .attr("d", d)
            .num("stroke-width", width)
            .attr("vector-effect", "non-scaling-stroke")
    };
    svg("g")
        .child(path("chart__queued", queued, thickness.min(2.0)))
        .child(path(
            "chart__in-flight-ground",
            in_flight.clone(),
            thickness,
        ))
        .child(path("chart__in-flight", in_flight, thickness))
        .child(path("chart__ok", ok, thickness))
        .child(path("chart__failed", failed.clone(), thickness))
        .child(path("chart__failed-hatch", failed, thickness))
}

/// What each lane came to, written at the end of its bar.
fn labels(run: &Run, axis: Axis, at: Millis, height: f64) -> Element {
    let group = svg("g").class("chart__labels");
    if run.timeline.spans().len() > MOST_LABELLED {
        return group;
    }
    let labels = run.timeline.spans().iter().enumerate().map(|(row, span)| {
        let lane = Lane::at(span, at);
        let (end, class, label) = match (lane.queued_until, lane.ended) {
            (None, _) => (Millis::ZERO, "chart__label", String::new()),
            (Some(start), None) => (start, "chart__label", String::new()),
            (Some(start), Some((end, Outcome::Ok))) => {
                let took = end - start;
                (end, "chart__label chart__label--ok", format!("✓ {took}"))
            }
            (Some(_), Some((end, Outcome::Failed(failure)))) => (
                end,
                "chart__label chart__label--failed",
                format!("✗ {failure}"),
            ),
        };
        // Where the bar ends too far to the right, the label stands before it.
        let x = axis.percent(end);
        let flipped =
            x + 0.5 * to_f64(label.chars().count()) > 88.0 && x > 50.0 && label.len() > 14;
        svg("text")
            .class(class)
            .attr("x", format!("{}%", decimal::short(x)))
            .attr("dx", if flipped { "-6" } else { "6" })
            .num("y", (to_f64(row) + 0.5) * height)
            .attr("text-anchor", if flipped { "end" } else { "start" })
            .text(label)
    });
    group.children(labels)
}

/// Lanes get lower as they get more, down to a hair's breadth.
fn row_height(lanes: usize) -> f64 {
    match lanes {
        0..=8 => 28.0,
        9..=MOST_LABELLED => 20.0,
        _ => (TALLEST / to_f64(lanes)).clamp(1.0, 12.0),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast to an integer saturates"
)]
fn tenths(at: Millis) -> i64 {
    (at.ms() * 10.0).round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "counts of lanes are small")]
fn to_f64(count: usize) -> f64 {
    count as f64
}
