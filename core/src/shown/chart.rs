//! The chart: one time axis in milliseconds with the predictions marked on it,
//! the scrubber, and under them each kitchen's lanes. All of them share one
//! playhead.

mod bars;
pub mod lanes;
pub mod rows;

use crate::asked::strategy::Strategy;
use crate::decimal;
use crate::markup::{Element, html, svg};
use crate::millis::Millis;
use crate::panel;
use crate::shown::chart::lanes::{Grid, Lanes, LanesCache, lanes};
use crate::shown::chart::rows::Rows;
use crate::shown::lanes::Axis;
use crate::shown::stage::{Stage, State};
use crate::shown::words;

/// Where the names of marks can stand, the usual place first.
const LEVELS: [&str; 2] = ["27", "12"];

/// How much of the axis a mark's name takes, in percent: of one on a telephone,
/// and of one on a wide screen.
const WIDTHS: [f64; 2] = [55.0, 17.0];

/// What is marked on the axis.
pub struct Mark {
    /// A class that tells it from the others.
    pub kind: &'static str,
    /// Where it is.
    pub at: Millis,
    /// What it is, in a few words.
    pub label: String,
}

/// The chart of all runs, each at its own time, its bars in these coordinates.
#[must_use]
pub fn chart(
    stage: &Stage,
    now: Millis,
    times: &[Millis],
    grid: Grid,
    mut marks: Vec<Mark>,
    caches: &mut Vec<LanesCache>,
) -> Element {
    let recording = stage.recording();
    let axis = stage.axis();
    caches.resize_with(recording.runs().len(), LanesCache::default);
    let is_crowded = recording.foresaw_crowd();
    for run in recording.runs() {
        let predicted = run.predicted().filter(|_| !stage.is_guessing());
        if let Some((at, strategy)) = predicted.zip(run.strategy()) {
            marks.push(Mark {
                kind: kind(strategy),
                at,
                label: format!("{} {}", words::theory(strategy, is_crowded), at.spoken()),
            });
        }
    }
    let room = Rows::of(stage);
    let mut chart = html("div")
        .class(if recording.scenario().tasks.len() > room.most_labelled() {
            "chart chart--dense"
        } else {
            "chart"
        })
        .attr("data-part", "chart")
        .child(ruler(axis, &marks))
        .child(scrubber(stage, now));
    let drawn = Lanes {
        room,
        grid,
        recording,
        axis,
        times,
        marks: &marks,
    };
    for (index, cache) in caches.iter_mut().enumerate() {
        chart = chart.child(lanes(drawn, index, cache));
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
        .num("height", panel::RULER)
        .attr("aria-hidden", "true");
    let mut labels = Labels::default();
    // What theory says is marked last, and finds its place first.
    for one in marks.iter().rev() {
        let x = axis.percent(one.at);
        let (anchor, part_before) = match x {
            70.0.. => ("end", 1.0),
            20.0.. => ("middle", 0.5),
            _ => ("start", 0.0),
        };
        if let Some((level, class)) = labels.place(x, part_before) {
            ruler = ruler.child(
                svg("text")
                    .class(class)
                    .and_class(one.kind)
                    .attr("x", percent(axis, one.at))
                    .attr("y", LEVELS[level])
                    .attr("text-anchor", anchor)
                    .text(one.label.clone()),
            );
        }
        ruler = ruler.child(mark(one, axis, "31"));
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

/// The names of marks that have found a place: each one's level, and where its
/// middle is.
#[derive(Default)]
struct Labels(Vec<(usize, f64)>);

impl Labels {
    /// Finds a place for a name at `x`, of which such a part stands before it:
    /// its level and its class. `None` if on every screen it would run into
    /// others; its mark has to do without.
    fn place(&mut self, x: f64, part_before: f64) -> Option<(usize, &'static str)> {
        let classes = [
            "chart__mark-label",
            "chart__mark-label chart__mark-label--wide",
        ];
        for (width, class) in WIDTHS.into_iter().zip(classes) {
            let middle = x + width * (0.5 - part_before);
            for level in 0..LEVELS.len() {
                let mut others = self.0.iter().filter(|(at, _)| *at == level);
                if others.all(|(_, other)| (middle - other).abs() >= width) {
                    self.0.push((level, middle));
                    return Some((level, class));
                }
            }
        }
        None
    }
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

/// What was guessed, as marks on the axis.
#[must_use]
pub fn guesses(stage: &Stage) -> Vec<Mark> {
    let mut marks = Vec::new();
    for kitchen in 0..stage.config().compare.len() {
        if let Some(at) = stage.guess().time(kitchen) {
            marks.push(Mark {
                kind: "chart__mark--guess",
                at,
                label: format!("your guess {}", at.spoken()),
            });
        }
    }
    marks
}
