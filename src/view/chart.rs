//! The chart: one time axis in milliseconds with the predictions marked on it,
//! the scrubber, and under them each kitchen's lanes. All of them share one
//! playhead.

use crate::decimal;
use crate::lanes::Axis;
use crate::markup::{Element, html, svg};
use crate::millis::Millis;
use crate::stage::{Stage, State};
use crate::strategy::Strategy;
use crate::view::lanes::{LanesCache, lanes};
use crate::view::room::Room;
use crate::view::words;

/// Labels closer than this, in percent of the axis, would run into each other
/// on a narrow screen.
const CROWDED: f64 = 50.0;

/// What is marked on the axis.
pub struct Mark {
    /// A class that tells it from the others.
    pub kind: &'static str,
    /// Where it is.
    pub at: Millis,
    /// What it is, in a few words.
    pub label: String,
}

/// The chart of all runs, each at its own time.
#[must_use]
pub fn chart(
    stage: &Stage,
    now: Millis,
    times: &[Millis],
    mut marks: Vec<Mark>,
    caches: &mut Vec<LanesCache>,
) -> Element {
    let recording = stage.recording();
    let axis = stage.axis();
    caches.resize_with(recording.runs.len(), LanesCache::default);
    let is_crowded = recording.crowded().is_some();
    for run in &recording.runs {
        if let Some(at) = run.predicted.filter(|_| !stage.is_guessing()) {
            marks.push(Mark {
                kind: kind(run.strategy),
                at,
                label: format!(
                    "{} {}",
                    words::theory(run.strategy, is_crowded),
                    at.spoken()
                ),
            });
        }
    }
    let room = Room::of(stage);
    let mut chart = html("div")
        .class(if recording.scenario.tasks.len() > room.most_labelled() {
            "chart chart--dense"
        } else {
            "chart"
        })
        .attr("data-part", "chart")
        .child(ruler(axis, &marks))
        .child(scrubber(stage, now));
    for (index, cache) in caches.iter_mut().enumerate() {
        chart = chart.child(lanes(room, recording, index, axis, times, &marks, cache));
    }
    chart
}

/// The class of a strategy's marks: what is promised, or what is thrown away.
fn kind(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Sequential => "chart__mark--waste",
        _ => "chart__mark--gift",
    }
}

/// A time's place on the axis, as an attribute.
pub fn percent(axis: Axis, at: Millis) -> String {
    let mut place = decimal::short(axis.percent(at));
    place.push('%');
    place
}

/// An upright line at a time.
pub fn upright(class: &'static str, axis: Axis, at: Millis, from: &'static str) -> Element {
    let x = percent(axis, at);
    svg("line")
        .class(class)
        .attr("x1", x.clone())
        .attr("x2", x)
        .attr("y1", from)
        .attr("y2", "100%")
}

/// An upright line for a mark.
pub fn mark(mark: &Mark, axis: Axis, from: &'static str) -> Element {
    upright("chart__mark", axis, mark.at, from).and_class(mark.kind)
}

/// The axis with its ticks, and the marks' names above it.
fn ruler(axis: Axis, marks: &[Mark]) -> Element {
    let mut ruler = svg("svg")
        .class("chart__ruler")
        .attr("width", "100%")
        .attr("height", "56")
        .attr("aria-hidden", "true");
    for one in marks {
        let x = axis.percent(one.at);
        // A label that would run into others stands above them.
        let mut crowd = 0;
        for other in marks {
            let to_the_left = x - axis.percent(other.at);
            if to_the_left > 0.0 && to_the_left < CROWDED {
                crowd += 1;
            }
        }
        let anchor = if x > 70.0 {
            "end"
        } else if x < 20.0 {
            "start"
        } else {
            "middle"
        };
        ruler = ruler
            .child(
                svg("text")
                    .class("chart__mark-label")
                    .and_class(one.kind)
                    .attr("x", percent(axis, one.at))
                    .attr("y", if crowd % 2 == 0 { "27" } else { "12" })
                    .attr("text-anchor", anchor)
                    .text(one.label.clone()),
            )
            .child(mark(one, axis, "31"));
    }
    for tick in axis.ticks() {
        let anchor = if tick == Millis::ZERO {
            "start"
        } else {
            "middle"
        };
        ruler = ruler
            .child(
                svg("text")
                    .class("chart__tick")
                    .attr("x", percent(axis, tick))
                    .attr("y", "46")
                    .attr("text-anchor", anchor)
                    .text(decimal::short(tick.ms())),
            )
            .child(upright("chart__grid", axis, tick, "50"));
    }
    html("div")
        .class("chart__row chart__row--ruler")
        .child(html("span").class("chart__unit").text("ms"))
        .child(ruler)
}

/// Where the playhead can be taken hold of.
fn scrubber(stage: &Stage, now: Millis) -> Element {
    let playhead = stage.playhead(now).min(stage.axis().end);
    let has_recording = !matches!(stage.state(), State::Loading | State::Ready);
    html("div")
        .class("chart__row chart__row--scrubber")
        .child(
            html("span")
                .class("chart__time")
                .attr("data-part", "time")
                .text(playhead.to_string()),
        )
        .child(
            html("input")
                .class("scrubber")
                .attr("type", "range")
                .attr("data-input", "seek")
                .attr("aria-label", "Playhead")
                .attr("aria-valuetext", playhead.to_string())
                .attr("min", "0")
                .num("max", stage.axis().end.ms())
                .attr("step", "any")
                .flag("disabled", !has_recording)
                .attr(".value", decimal::short(playhead.ms())),
        )
}
