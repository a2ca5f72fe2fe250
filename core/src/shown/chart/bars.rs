//! The bars: a path for each kind of stretch, over all lanes of a kitchen, so
//! that a thousand lanes cost no more elements than three.
//!
//! They lie in a coordinate system of time ([`Grid`]) that is cut off at the
//! playhead: between two events only the cut moves.

use crate::text::concat;
use std::rc::Rc;

use super::{Row, rem};
use crate::asked::resource::Resource;
use crate::asked::theory::Forecast;
use crate::decimal;
use crate::markup::{Element, Memo, svg};
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::phases::Phases;
use crate::run::event::Event;
use crate::shown::lanes::{Axis, lanes};

/// The bars of one kitchen as last drawn, kept until an event changes them; and
/// the outlines behind them.
#[derive(Debug, Default)]
pub struct LanesCache {
    bars: Memo<(Key, [usize; 2])>,
    outlines: Memo<Key>,
}

/// What both depend on: the stage's [revision](crate::shown::stage::Stage::revision)
/// and where they are drawn.
type Key = (u32, Axis, f64, Grid);

impl LanesCache {
    pub(super) fn bars(&mut self, key: Key, row: &Row<'_>) -> Rc<Element> {
        let (_, axis, _, grid) = key;
        let timeline = row.run.timeline();
        let events = [timeline.events().len(), timeline.seen(row.at)];
        self.bars.get((key, events), || bars(grid, row, axis))
    }

    pub(super) fn outlines(&mut self, key: Key, row: &Row<'_>) -> Option<Rc<Element>> {
        let (_, axis, lane, grid) = key;
        let forecast = row.forecast?;
        let build = || outlines(grid, forecast, axis, lane);
        Some(self.outlines.get(key, build))
    }
}

/// The coordinates that the bars lie in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grid {
    /// Tenths of a millisecond, stretched to the room that there is: nothing
    /// changes with it but the stretching, from which strokes are kept.
    Stretched,
    /// Hundredths of a pixel of an axis that is so many pixels wide. For files,
    /// whose strokes have to grow with them wherever they are shown in another
    /// size.
    Wide(f64),
}

impl Grid {
    /// Where a time is, in its units.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float cast to an integer saturates"
    )]
    fn x(self, axis: Axis, at: Millis) -> i64 {
        let x = match self {
            Self::Stretched => at.ms() * 10.0,
            Self::Wide(pixels) => at / axis.end * pixels * 100.0,
        };
        x.round() as i64
    }

    /// A place of these units, as an attribute has it.
    fn written(self, x: i64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "pictures are small")]
        let x = x as f64;
        match self {
            Self::Stretched => decimal::short(x),
            Self::Wide(_) => decimal::short(x / 100.0),
        }
    }

    /// Gives the window, through which bars are seen up to that time, these
    /// coordinates.
    pub(super) fn cut_off(self, window: Element, at: Millis, height: f64) -> Element {
        let Self::Stretched = self else {
            return window;
        };
        let end = (at.ms() * 10.0).round().max(1.0);
        let view_box = concat(&["0 0 ", &decimal::short(end), " ", &decimal::short(height)]);
        window
            .attr("viewBox", view_box)
            .attr("preserveAspectRatio", "none")
    }
}

/// Lanes lower than this are lines: too low for outlines, and for a ground under a
/// pattern; in pixels.
const LOWEST: f64 = 5.0;

/// How thick a line is that is seen, in pixels.
const FINEST: f64 = 0.25;

/// How thick a moment is of which is only known that it was one.
const HANDS: f64 = 1.5;

/// As many moments can be told apart on the axis.
const MOMENTS: i64 = 300;

/// The kinds of stretch that a lane is made of.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Queued,
    /// Between two attempts.
    BackOff,
    /// A moment of the one thread's.
    Hands,
    InFlight,
    Ok,
    Failed,
    Cancelled,
    // Of work.
    /// Work of the one thread's: its hands are full.
    Full,
    /// With a worker that has not begun.
    Opening,
    Work,
    /// Answered, and nobody has noticed.
    Unnoticed,
    // Into what the time of a good answer went, where that is known.
    Stalled,
    Connecting,
    Waiting,
    Receiving,
    Server,
}

/// The phases in order: their class, their thickness in parts of a bar, and
/// their name.
pub const PHASES: [(&str, f64, &str); 5] = [
    ("chart__stalled", 0.3, "stalled in the browser"),
    ("chart__connecting", 0.6, "connecting"),
    ("chart__waiting", 1.0, "waiting for the answer"),
    ("chart__server", 0.2, "in it, the server’s own time"),
    ("chart__ok", 1.0, "receiving"),
];

/// What there is of work besides.
pub const WORK: [(&str, f64, &str); 3] = [
    ("chart__work", 1.0, "work"),
    ("chart__unnoticed", 0.4, "answered, and not noticed"),
    ("chart__opening", 0.5, "with a worker that has not begun"),
];

/// How each kind is drawn: its class, and how thick it is in parts of a bar; a
/// wait is a fine line always. What differs in colour differs in thickness or
/// pattern too; a pattern comes after its ground, which has the same kind.
const STROKES: &[(Kind, &str, f64)] = &[
    (Kind::Queued, "chart__queued", 1.0),
    (Kind::BackOff, "chart__back-off", 1.0),
    (Kind::Hands, "chart__hands", 1.0),
    (Kind::Full, "chart__work", 1.0),
    (Kind::Opening, WORK[2].0, WORK[2].1),
    (Kind::InFlight, "chart__in-flight-ground", 1.0),
    (Kind::InFlight, "chart__in-flight", 1.0),
    (Kind::Work, WORK[0].0, WORK[0].1),
    (Kind::Ok, "chart__ok", 1.0),
    (Kind::Failed, "chart__failed", 1.0),
    (Kind::Failed, "chart__failed-hatch", 1.0),
    (Kind::Cancelled, "chart__cancelled", 1.0),
    (Kind::Unnoticed, WORK[1].0, WORK[1].1),
    (Kind::Stalled, PHASES[0].0, PHASES[0].1),
    (Kind::Connecting, PHASES[1].0, PHASES[1].1),
    (Kind::Waiting, PHASES[2].0, PHASES[2].1),
    (Kind::Receiving, PHASES[4].0, PHASES[4].1),
    (Kind::Server, PHASES[3].0, PHASES[3].1),
];

/// A path for each kind of stretch.
struct Paths {
    grid: Grid,
    axis: Axis,
    d: [String; Kind::Server as usize + 1],
}

impl Paths {
    /// Adds a stretch; one of no length is not drawn.
    #[inline(never)]
    fn add(&mut self, kind: Kind, y: &str, from: i64, to: i64) {
        if to <= from && !matches!(kind, Kind::Ok | Kind::Failed | Kind::Cancelled) {
            return;
        }
        let (from, to) = (self.grid.written(from), self.grid.written(to));
        for part in ["M", &from, " ", y, "H", &to] {
            self.d[kind as usize].push_str(part);
        }
    }

    /// Adds the moments at which the one thread did something, those of them
    /// that can be told apart.
    fn add_hands(&mut self, events: &[Event], from: f64, to: f64) {
        let (from, to) = (decimal::short(from + 2.0), decimal::short(to - 2.0));
        let apart = self.x(self.axis.end) / MOMENTS;
        let mut last = None;
        for event in events {
            let x = self.x(event.at);
            if last.is_some_and(|last| x - last <= apart) {
                continue;
            }
            last = Some(x);
            let x = self.grid.written(x);
            for part in ["M", &x, " ", &from, "V", &to] {
                self.d[Kind::Hands as usize].push_str(part);
            }
        }
    }

    fn x(&self, at: Millis) -> i64 {
        self.grid.x(self.axis, at)
    }

    /// Adds what the time of a good answer went into.
    fn add_phases(&mut self, y: &str, start: i64, phases: &Phases) {
        let [unstalled, sent, first_byte, ended] = [
            phases.unstalled,
            phases.sent,
            phases.first_byte,
            phases.ended,
        ]
        .map(|at| self.x(at));
        self.add(Kind::Stalled, y, start, unstalled);
        self.add(Kind::Connecting, y, unstalled, sent);
        self.add(Kind::Waiting, y, sent, first_byte);
        // So short that it would not be seen, it ends the bar all the same.
        self.add(Kind::Receiving, y, first_byte, ended.max(first_byte + 1));
        if let Some(server) = phases.server.map(|took| self.x(took)) {
            self.add(Kind::Server, y, (first_byte - server).max(sent), first_byte);
        }
    }
}

/// What theory expects of the calls, as outlines in which their bars will lie;
/// of lanes that are too low for that, as bars of their own.
fn outlines(grid: Grid, forecast: &Forecast, axis: Axis, height: f64) -> Element {
    let is_low = height < LOWEST;
    let half = if is_low {
        0.0
    } else {
        thickness(height) / 2.0 + 1.0
    };
    let mut d = String::new();
    let mut middle = height / 2.0;
    for attempts in &forecast.attempts {
        let (top, bottom) = (decimal::short(middle - half), decimal::short(middle + half));
        for attempt in attempts {
            let [from, to] = [attempt.from, attempt.until].map(|at| grid.written(grid.x(axis, at)));
            let outline = [
                "M", &from, " ", &top, "H", &to, "V", &bottom, "H", &from, "Z",
            ];
            // Half of that is a line.
            let parts = if is_low { &outline[..6] } else { &outline };
            for part in parts {
                d.push_str(part);
            }
        }
        middle += height;
    }
    let keeps = (grid == Grid::Stretched).then_some("non-scaling-stroke");
    let stroke = if is_low { thickness(height) } else { 1.0 };
    svg("path")
        .class(if is_low {
            "chart__expected chart__expected--low"
        } else {
            "chart__expected"
        })
        .attr("d", d)
        .attr("stroke-width", rem(stroke))
        .maybe("vector-effect", keeps)
}

/// How thick the bars of lanes of that height are: of a thousand lanes, thicker
/// than these are high, because a line that is too fine is not drawn at all.
fn thickness(lane: f64) -> f64 {
    if lane > 12.0 {
        (lane * 0.5).min(24.0)
    } else {
        (lane * 0.7).max(FINEST)
    }
}

/// The bars of all lanes, and below them what the hands did.
fn bars(grid: Grid, row: &Row<'_>, axis: Axis) -> Element {
    let (timeline, height) = (row.run.timeline(), row.lane);
    let lanes = lanes(timeline, row.at);
    let d = Default::default();
    let mut paths = Paths { grid, axis, d };
    let end = paths.x(axis.end);
    let mut middle = height / 2.0;
    for lane in lanes {
        let y = decimal::short(middle);
        // It waits from the beginning to its first start, and from one
        // attempt's end to the next one's start.
        let mut waits_from = 0;
        let last = lane.flights.len().saturating_sub(1);
        let mut wait = Kind::Queued;
        if let Some(handed) = lane.handed.map(|at| paths.x(at)) {
            paths.add(wait, &y, waits_from, handed);
            (wait, waits_from) = (Kind::Opening, handed);
        }
        for (index, flight) in lane.flights.iter().enumerate() {
            let (start, until) = (paths.x(flight.start), flight.end.map(|at| paths.x(at)));
            paths.add(wait, &y, waits_from, start);
            wait = match flight.was_answered {
                true => Kind::Queued,
                false => Kind::BackOff,
            };
            if flight.holds == Resource::Hands {
                let middle = decimal::short(row.height - row.hands / 2.0);
                paths.add(Kind::Full, &middle, start, until.unwrap_or(end));
            }
            waits_from = until.unwrap_or(end);
            let ended = lane.ended.filter(|_| index == last);
            let is_good = flight.was_answered || matches!(ended, Some((_, Outcome::Ok)));
            let is_work = flight.holds != Resource::Connection;
            match (until, ended, &flight.phases) {
                (None, ..) if is_work => paths.add(Kind::Work, &y, start, end),
                (None, ..) => paths.add(Kind::InFlight, &y, start, end),
                (Some(until), ..) if is_good && is_work => paths.add(Kind::Work, &y, start, until),
                (Some(until), ..) if is_good => {
                    let answered = flight.answered.map_or(until, |at| paths.x(at));
                    match &flight.phases {
                        Some(phases) => paths.add_phases(&y, start, phases),
                        None => paths.add(Kind::Ok, &y, start, answered),
                    }
                    paths.add(Kind::Unnoticed, &y, answered, until);
                }
                (Some(until), Some((_, Outcome::Cancelled)), _) => {
                    paths.add(Kind::Cancelled, &y, start, until);
                }
                (Some(until), ..) => paths.add(Kind::Failed, &y, start, until),
            }
        }
        if lane.ended.is_none() || lane.flights.is_empty() {
            let until = lane.ended.map_or(end, |(at, _)| paths.x(at));
            paths.add(wait, &y, waits_from, until);
        }
        middle += height;
    }
    paths.add_hands(timeline.events(), row.height - row.hands, row.height);
    let thickness = thickness(height);
    let keeps = (grid == Grid::Stretched).then_some("non-scaling-stroke");
    let mut group = svg("g");
    for (index, &(kind, class, part)) in STROKES.iter().enumerate() {
        let is_ground = matches!(STROKES.get(index + 1), Some(&(next, ..)) if next == kind);
        let mut d = paths.d[kind as usize].as_str();
        // Rarely there: work and phases take no place where they are not.
        if d.is_empty() && kind as usize >= Kind::Full as usize {
            continue;
        }
        // A pattern on such a line is all that can be seen of the two.
        if is_ground && height < LOWEST {
            d = "";
        }
        let width = match kind {
            Kind::Queued | Kind::BackOff => thickness.min(2.0),
            Kind::Full => row.hands - 4.0,
            Kind::Hands => HANDS,
            _ => thickness * part,
        };
        let path = svg("path")
            .class(class)
            .attr("d", d.to_owned())
            .attr("stroke-width", rem(width))
            .maybe("vector-effect", keeps);
        group = group.child(path);
    }
    group
}
