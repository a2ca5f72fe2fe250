//! The chart's ruler and lanes as SVG. They are as large as whoever places them
//! says, and what lies on the axis is placed in percent.

use super::row::{Gift, Label, Moment};
use super::{Chart, Grid, LanesCache, Mark, MarkKind, Row, to_f64};
use crate::decimal;
use crate::markup::{Element, svg};
use crate::millis::Millis;
use crate::shown::lanes::Axis;

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
                        .attr("y", place.level)
                        .attr("text-anchor", place.anchor)
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
            .attr("aria-label", row.title.clone());
        for tick in axis.ticks() {
            picture = picture.child(upright("chart__grid", axis, tick, "0"));
        }
        for one in &self.marks {
            picture = picture.child(mark(one, axis, "0"));
        }
        if let Some(Moment { lit, .. }) = row.moment {
            picture = picture.child(lit_lane(lit, row.lane));
        }
        let past = svg("svg")
            .class("chart__past")
            .attr("width", percent(axis, row.at))
            .num("height", row.height);
        let past = grid.cut_off(past, row.at.min(axis.end), row.height);
        picture = picture
            .child(gift(row, axis))
            .child(past.child(cache.bars(grid, row, axis)));
        if let Some(Moment { playhead, .. }) = row.moment {
            picture = picture.child(upright("chart__playhead", axis, playhead, "0"));
        }
        for (lane, one) in row.labels.iter().enumerate() {
            picture = picture.child(label(one, axis, middle(row, lane)));
        }
        picture
    }
}

impl MarkKind {
    /// The class that tells it from the others.
    fn class(self) -> &'static str {
        match self {
            Self::Guess => "chart__mark--guess",
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
fn upright(class: &'static str, axis: Axis, at: Millis, from: &'static str) -> Element {
    let x = percent(axis, at);
    svg("line")
        .class(class)
        .attr("x1", x.clone())
        .attr("x2", x)
        .attr("y1", from)
        .attr("y2", "100%")
}

/// An upright line for a mark.
fn mark(mark: &Mark, axis: Axis, from: &'static str) -> Element {
    upright("chart__mark", axis, mark.at, from).and_class(mark.kind.class())
}

/// Lights up the lane of the latest event.
fn lit_lane(lit: Option<usize>, height: f64) -> Element {
    svg("rect")
        .class(if lit.is_some() { "chart__lit" } else { "k-off" })
        .attr("x", "0")
        .num("y", to_f64(lit.unwrap_or(0)) * height)
        .attr("width", "100%")
        .num("height", height)
}

/// The time that is given back; in its place in the tree before there is any.
fn gift(row: &Row<'_>, axis: Axis) -> Element {
    let group = svg("g").class("chart__gift");
    let Some(Gift {
        from,
        until,
        is_over,
        lane,
    }) = row.gift
    else {
        return group;
    };
    let end = axis.percent(until);
    let width = end - axis.percent(from);
    // Words in the middle of a stretch that is late and short would stick out.
    let is_late = end - width / 2.0 > 60.0;
    let (figure, words) = if is_over {
        ((until - from).spoken(), " given back")
    } else {
        (String::new(), "")
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
                .num("y", middle(row, lane))
                .attr("text-anchor", if is_late { "end" } else { "middle" })
                .text(figure)
                // There is no room for them on a telephone.
                .child(svg("tspan").class("chart__gift-words").text(words)),
        )
}

/// What a lane came to.
fn label(label: &Label, axis: Axis, y: f64) -> Element {
    svg("text")
        .class(if label.is_failure {
            "chart__label chart__label--failed"
        } else {
            "chart__label"
        })
        .attr("x", percent(axis, label.at))
        .attr("dx", if label.is_flipped { "-6" } else { "6" })
        .num("y", y)
        .attr(
            "text-anchor",
            if label.is_flipped { "end" } else { "start" },
        )
        .text(label.text.clone())
}
