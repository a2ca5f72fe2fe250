//! The curve as SVG, and in words. Its style sheet has classes that begin with
//! `curve__`; nothing is told by colour alone.

use super::{Curve, Point};
use crate::decimal;
use crate::markup::{Element, Text, svg};
use crate::millis::Millis;
use crate::shown::lanes::Axis;
use crate::shown::words;
use crate::text::concat;

/// Where the axes are, in the picture's own units: 480 by 200.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 464.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 160.0;

/// Of a measured point, from its middle.
const RADIUS: f64 = 3.5;

/// The most numbers of workers that find room below their axis, besides the one.
const MOST_TICKS: usize = 10;

impl Curve {
    /// The picture, with what it says in words for who does not see it.
    #[must_use]
    pub fn draw(&self) -> Element {
        let plot = Plot::of(self);
        let mut picture = svg("svg")
            .class("curve")
            .attr("viewBox", "0 0 480 200")
            .attr("role", "img")
            .attr("aria-label", self.spoken())
            .child(plot.axes());
        // In stretches, each with the point before it: so there is no gap between two.
        let mut from = 0;
        for (at, point) in self.theory.iter().enumerate() {
            let next = self.theory.get(at + 1);
            if next.is_none_or(|next| is_whole(next) != is_whole(point)) {
                let stretch = self.theory.get(from..=at).unwrap_or_default();
                picture = picture.child(plot.line(stretch, is_whole(point)));
                from = at;
            }
        }
        if let Some(knee) = self.knee() {
            picture = picture.child(plot.knee(knee));
        }
        for point in &self.measured {
            picture = picture.child(plot.measured(point));
        }
        picture
    }

    /// What it says.
    fn spoken(&self) -> String {
        let mut sentences = String::from("Total time against the number of workers.");
        let knee = self.knee();
        let mut theory = Vec::new();
        for (index, point) in self.theory.iter().enumerate() {
            let is_end = index == 0 || index + 1 == self.theory.len();
            if is_end || knee == Some(point.workers) {
                theory.push(said(point));
            }
        }
        let measured: Vec<String> = self.measured.iter().map(said).collect();
        for (what, points) in [(" Theory: ", theory), (" Measured: ", measured)] {
            if !points.is_empty() {
                let points: Vec<&str> = points.iter().map(String::as_str).collect();
                sentences += &concat(&[what, &words::list(&points), "."]);
            }
        }
        if let Some(knee) = knee {
            sentences += &concat(&[" Enough: ", &workers(knee), "."]);
        }
        sentences
    }
}

/// What is said of a point.
#[inline(never)]
fn said(point: &Point) -> String {
    let failed = match point.refused {
        0 => String::new(),
        1 => " (1 task failed)".into(),
        many => concat(&[" (", &many.to_string(), " tasks failed)"]),
    };
    let total = point.total.spoken();
    concat(&[&total, " with ", &workers(point.workers), &failed])
}

/// `1 worker`, `8 workers`.
fn workers(count: usize) -> String {
    let noun = if count == 1 { " worker" } else { " workers" };
    concat(&[&count.to_string(), noun])
}

/// Whether all tasks end well.
fn is_whole(point: &Point) -> bool {
    point.refused == 0
}

/// Where on the picture something is.
struct Plot {
    /// The most workers that any point has.
    most: usize,
    axis: Axis,
}

impl Plot {
    fn of(curve: &Curve) -> Self {
        let (mut most, mut longest) = (1, Millis::ZERO);
        for points in [&curve.theory, &curve.measured] {
            for point in points {
                most = most.max(point.workers);
                longest = longest.max(point.total);
            }
        }
        Self {
            most,
            axis: Axis::fitting(longest),
        }
    }

    fn x(&self, workers: usize) -> f64 {
        let part = match self.most {
            ..=1 => 0.5,
            most => to_f64(workers.saturating_sub(1)) / to_f64(most - 1),
        };
        LEFT + (RIGHT - LEFT) * part
    }

    fn y(&self, total: Millis) -> f64 {
        BOTTOM - (BOTTOM - TOP) * self.axis.percent(total) / 100.0
    }

    /// Both axes, with their numbers and what those are of.
    fn axes(&self) -> Element {
        let mut axes = svg("g").class("curve__axes");
        for tick in self.axis.ticks() {
            let y = self.y(tick);
            axes = axes
                .child(line("curve__grid", (LEFT, y), (RIGHT, y)))
                .child(label(
                    "curve__tick",
                    "end",
                    (LEFT - 6.0, y + 4.0),
                    decimal::short(tick.ms() / 1000.0).into(),
                ));
        }
        let step = step(self.most);
        let mut tick = 1;
        while tick <= self.most {
            let number = tick.to_string();
            let place = (self.x(tick), BOTTOM + 15.0);
            axes = axes.child(label("curve__tick", "middle", place, number.into()));
            tick = tick / step * step + step;
        }
        let corner = (LEFT, BOTTOM);
        axes.child(line("curve__axis", (LEFT, TOP), corner))
            .child(line("curve__axis", corner, (RIGHT, BOTTOM)))
            .child(label("curve__unit", "start", (4.0, TOP), "s".into()))
            .child(label(
                "curve__unit",
                "end",
                (RIGHT, 194.0),
                "workers".into(),
            ))
    }

    /// Theory's line, or a stretch of it.
    fn line(&self, points: &[Point], is_whole: bool) -> Element {
        let mut path = String::new();
        for point in points {
            if !path.is_empty() {
                path.push(' ');
            }
            decimal::push(&mut path, self.x(point.workers));
            path.push(',');
            decimal::push(&mut path, self.y(point.total));
        }
        svg("polyline")
            .class(match is_whole {
                true => "curve__theory",
                false => "curve__theory curve__theory--refused",
            })
            .attr("fill", "none")
            .attr("points", path)
    }

    /// A measured point: a cross where some tasks did not end well.
    fn measured(&self, point: &Point) -> Element {
        let (x, y) = (self.x(point.workers), self.y(point.total));
        if is_whole(point) {
            return svg("circle")
                .class("curve__measured")
                .num("cx", x)
                .num("cy", y)
                .num("r", RADIUS);
        }
        let (from, to) = (-RADIUS, RADIUS);
        svg("g")
            .class("curve__measured curve__measured--refused")
            .child(line(
                "curve__stroke",
                (x + from, y + from),
                (x + to, y + to),
            ))
            .child(line(
                "curve__stroke",
                (x + from, y + to),
                (x + to, y + from),
            ))
    }

    /// An upright line where more workers bring no more, with how many those are.
    fn knee(&self, knee: usize) -> Element {
        let x = self.x(knee);
        let (anchor, beside) = match x > (LEFT + RIGHT) / 2.0 {
            true => ("end", x - 5.0),
            false => ("start", x + 5.0),
        };
        let words = concat(&["enough: ", &workers(knee)]);
        svg("g")
            .class("curve__knee")
            .child(line("curve__stroke", (x, TOP), (x, BOTTOM)))
            .child(label(
                "curve__label",
                anchor,
                (beside, TOP + 8.0),
                words.into(),
            ))
    }
}

/// How many workers apart the numbers below their axis are.
fn step(most: usize) -> usize {
    let mut power = 1;
    loop {
        for step in [power, 2 * power, 5 * power] {
            if most / step <= MOST_TICKS {
                return step;
            }
        }
        power *= 10;
    }
}

fn line(class: &'static str, from: (f64, f64), to: (f64, f64)) -> Element {
    svg("line")
        .class(class)
        .num("x1", from.0)
        .num("y1", from.1)
        .num("x2", to.0)
        .num("y2", to.1)
}

fn label(class: &'static str, anchor: &'static str, (x, y): (f64, f64), words: Text) -> Element {
    svg("text")
        .class(class)
        .num("x", x)
        .num("y", y)
        .attr("text-anchor", anchor)
        .text(words)
}

fn to_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
