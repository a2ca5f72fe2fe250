//! The chart's ruler and lanes as SVG. They are as large as whoever places them
//! says, and what lies on the axis is placed in percent.

use super::row::{Gift, Label, Moment};
use super::{Chart, Grid, LanesCache, Mark, MarkKind, Names, Row, rem, to_f64};
use crate::decimal;
use crate::markup::{Element, Text, svg};
use crate::millis::Millis;
use crate::shown::lanes::Axis;

/// Where the ticks' numbers stand in the ruler, in pixels from above.
const TICKS: f64 = 38.0;

const TOP: &str = "0";

impl Chart<'_> {
    /// The axis with its ticks, and the marks' names above it. Is to be
    /// [`RULER`](crate::panel::RULER) high.
    #[must_use]
    pub fn ruler(&self) -> Element {
        let axis = self.axis;
        let mut ruler = svg("svg").class("chart__ruler").attr("aria-hidden", "true");
        for one in self.marks.iter().rev() {
            if let Some(place) = one.place {
                let class = if place.is_wide {
                    "chart__mark-label chart__mark-label--wide"
                } else {
                    "chart__mark-label"
                };
                ruler = ruler.child(
                    svg("text")
                        .class(class)
                        .and_class(one.kind.class())
                        .attr("x", percent(axis, one.at))
                        .attr("y", rem(place.level))
                        .attr("text-anchor", place.anchor)
                        .text(one.label.clone()),
                );
            }
            ruler = ruler.child(notch(one, axis));
        }
        for (number, tick) in axis.ticks().enumerate() {
            // Where there is very little room, one in four is enough.
            let class = match number % 4 {
                0 => "chart__tick",
                _ => "chart__tick chart__tick--more",
            };
            let anchor = match axis.percent(tick) {
                0.0 => "start",
                95.0.. => "end",
                _ => "middle",
            };
            ruler = ruler
                .child(
                    svg("text")
                        .class(class)
                        .attr("x", percent(axis, tick))
                        .attr("y", rem(TICKS))
                        .attr("text-anchor", anchor)
                        .text(decimal::short(tick.ms())),
                )
                .child(upright("chart__grid", axis, tick, rem(TICKS + 3.0)));
        }
        ruler
    }

    /// A row's lanes, their bars in these coordinates. Are to be as high as the
    /// row.
    #[must_use]
    pub fn lanes(&self, row: &Row<'_>, grid: Grid, cache: &mut LanesCache) -> Element {
        let axis = self.axis;
        let mut picture = svg("svg")
            .class("chart__lanes")
            .attr("role", "img")
            .attr("aria-label", spoken(row));
        // What there may be more or less of has a place of its own, so that what
        // comes after it, the bars above all, keeps its.
        picture = picture.child(ground(axis, &self.marks, row));
        if let Some(Moment { lit, .. }) = row.moment {
            picture = picture.child(lit_lane(lit, row.lane));
        }
        let window = |until: Millis| {
            let window = svg("svg")
                .class("chart__past")
                .attr("width", percent(axis, until))
                .attr("height", rem(row.height));
            grid.cut_off(window, until.min(axis.end), row.height)
        };
        picture = picture.child(gift(row, axis));
        // Before the bars and behind them: what is measured lies on what was
        // expected.
        let key = (self.revision, axis, row.lane, grid);
        let mut expected = window(axis.end);
        if let Some(outlines) = cache.outlines(key, row) {
            expected = expected.child(outlines);
        }
        picture = picture.child(expected);
        picture = picture.child(window(row.at).child(cache.bars(key, row)));
        if let Some(Moment { playhead, .. }) = row.moment {
            // It moves with every frame, by one attribute.
            let line = svg("line").class("chart__playhead").attr("y2", "100%");
            let place = svg("svg").attr("x", percent(axis, playhead));
            picture = picture.child(place.child(line));
        }
        for (lane, one) in row.labels.iter().enumerate() {
            picture = picture.child(label(one, axis, middle(row, lane)));
        }
        picture
    }
}

/// What lies under the lanes of a kitchen: when nobody saw the page, the ticks,
/// the marks and the reader's guess.
fn ground(axis: Axis, marks: &[Mark], row: &Row<'_>) -> Element {
    let mut ground = svg("g");
    for (from, until) in row.run.hidden() {
        ground = ground.child(
            svg("rect")
                .class("chart__hidden")
                .attr("x", percent(axis, from))
                .attr("width", percent(axis, until - from))
                .attr("height", "100%"),
        );
    }
    for at in axis.ticks() {
        ground = ground.child(upright("chart__grid", axis, at, TOP));
    }
    for one in marks {
        ground = ground.child(mark(one, axis, TOP));
    }
    if let Some(at) = row.guess {
        ground = ground.child(upright("chart__mark chart__mark--guess", axis, at, TOP));
    }
    ground
}

/// What the lanes come to, for who does not see them.
fn spoken(row: &Row<'_>) -> String {
    let mut said = String::from(&*row.title);
    if let Names::Each(tasks) = row.names {
        for (task, label) in tasks.iter().zip(&row.labels) {
            if !label.text.is_empty() {
                for part in [", ", &task.name, " ", &label.text] {
                    said.push_str(part);
                }
            }
        }
    }
    said
}

impl MarkKind {
    /// The class that tells it from the others.
    fn class(self) -> &'static str {
        match self {
            Self::Waste => "chart__mark--waste",
            Self::Gift => "chart__mark--gift",
        }
    }
}

/// A time's place on the axis, as an attribute.
fn percent(axis: Axis, at: Millis) -> String {
    let mut place = decimal::short(axis.percent(at));
    place.push('%');
    place
}

/// The middle of a lane, from above.
fn middle(row: &Row<'_>, lane: usize) -> f64 {
    (to_f64(lane) + 0.5) * row.lane
}

/// An upright line at a time.
fn upright(class: &'static str, axis: Axis, at: Millis, from: impl Into<Text>) -> Element {
    let x = percent(axis, at);
    svg("line")
        .class(class)
        .attr("x1", x.clone())
        .attr("x2", x)
        .attr("y1", from)
        .attr("y2", "100%")
}

/// An upright line for a mark.
fn mark(mark: &Mark, axis: Axis, from: impl Into<Text>) -> Element {
    upright("chart__mark", axis, mark.at, from).and_class(mark.kind.class())
}

/// A mark's beginning in the ruler: it ends above the ticks' numbers, and goes
/// on below them.
fn notch(one: &Mark, axis: Axis) -> Element {
    let x = percent(axis, one.at);
    svg("line")
        .class("chart__mark chart__mark--notch")
        .and_class(one.kind.class())
        .attr("x1", x.clone())
        .attr("x2", x)
        .attr("y1", rem(TICKS - 13.0))
        .attr("y2", rem(TICKS - 9.0))
}

/// Lights up the lane of the latest event.
fn lit_lane(lit: Option<usize>, height: f64) -> Element {
    svg("rect")
        .class(if lit.is_some() { "chart__lit" } else { "k-off" })
        .attr("x", "0")
        .attr("y", rem(to_f64(lit.unwrap_or(0)) * height))
        .attr("width", "100%")
        .attr("height", rem(height))
}

/// The time that is given back; in its place in the tree before there is any.
fn gift(row: &Row<'_>, axis: Axis) -> Element {
    let group = svg("g").class("chart__gift");
    let Some(Gift {
        from,
        until,
        is_over,
    }) = row.gift
    else {
        return group;
    };
    let end = axis.percent(until);
    let width = end - axis.percent(from);
    // Words in the middle of a stretch that is late and short would stick out.
    let is_late = end - width / 2.0 > 60.0;
    // Nor is there in a stretch that is no longer than a figure.
    let (figure, words) = if is_over && width > 14.0 {
        ((until - from).spoken(), " given back")
    } else {
        (String::new(), "")
    };
    // There is no room for them on a telephone, unless it is a long stretch.
    let class = if width < 48.0 {
        "chart__gift-words"
    } else {
        ""
    };
    group
        .child(
            svg("rect")
                .attr("x", percent(axis, from))
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
                // Nothing else is there by then: the hands are free.
                .attr("y", rem(row.height - row.hands / 2.0))
                .attr("text-anchor", if is_late { "end" } else { "middle" })
                .text(figure)
                .child(svg("tspan").class(class).text(words)),
        )
}

/// What a lane came to.
fn label(label: &Label, axis: Axis, y: f64) -> Element {
    svg("text")
        .class(match (label.is_failure, label.is_late) {
            (false, false) => "chart__label",
            (false, true) => "chart__label chart__label--late",
            (true, false) => "chart__label chart__label--failed",
            (true, true) => "chart__label chart__label--failed chart__label--late",
        })
        .attr("x", percent(axis, label.at))
        .attr("dx", "6")
        .attr("y", rem(y))
        .text(label.text.clone())
}
