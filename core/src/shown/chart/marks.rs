//! What is marked on the axis, and where its name finds room.

use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::shown::lanes::Axis;
use crate::shown::stage::Stage;
use crate::shown::words;
use crate::text::concat;

/// Where names stand that are above each other, in pixels of the ruler.
const LEVELS: [f64; 2] = [22.0, 10.0];

/// How much of the axis a mark's name takes on a telephone, in percent.
const NARROW: f64 = 55.0;

/// The same on a wide screen.
const WIDE: f64 = 17.0;

/// A time that is marked on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What kind of time it is.
    pub kind: MarkKind,
    /// Where it is.
    pub at: Millis,
    /// What it is, in a few words.
    pub label: String,
    /// Where these stand; `None` if on every screen they would run into others:
    /// the mark has to do without.
    pub place: Option<Place>,
}

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// What theory says of waiting for each call.
    Waste,
    /// What it says of any other way.
    Gift,
}

/// Where a mark's name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// How far down its line is, in pixels.
    pub level: f64,
    /// Whether there is room for it on a wide screen alone.
    pub is_wide: bool,
    /// Which of its ends is at the mark, as SVG's `text-anchor`.
    pub anchor: &'static str,
}

/// What theory says.
pub(super) fn of(stage: &Stage) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |kind, at: Millis, what: &str| {
        let label = concat(&[what, " ", &at.spoken()]);
        let place = None;
        marks.push(Mark {
            kind,
            at,
            label,
            place,
        });
    };
    let recording = stage.recording();
    for run in recording.runs() {
        let predicted = run.predicted().filter(|_| !stage.is_guessing());
        if let Some((at, strategy)) = predicted.zip(run.strategy()) {
            let kind = match strategy {
                Strategy::Sequential => MarkKind::Waste,
                _ => MarkKind::Gift,
            };
            mark(kind, at, words::theory(strategy, recording));
        }
    }
    find_places(&mut marks, stage.axis());
    marks
}

fn find_places(marks: &mut [Mark], axis: Axis) {
    let mut taken = Vec::new();
    // What theory says is marked last, and finds its place first.
    for mark in marks.iter_mut().rev() {
        let x = axis.percent(mark.at);
        mark.place = find_place(x, &taken);
        taken.extend(mark.place.map(|place| (x, place)));
    }
}

/// A place for a name at `x` beside those that have one.
fn find_place(x: f64, taken: &[(f64, Place)]) -> Option<Place> {
    let anchor = match x {
        70.0.. => "end",
        20.0.. => "middle",
        _ => "start",
    };
    let is_free = |place: Place| {
        taken.iter().all(|&(at, other)| {
            let is_apart =
                |width| (middle(x, place, width) - middle(at, other, width)).abs() >= width;
            let are_on_telephones = !place.is_wide && !other.is_wide;
            let are_apart = is_apart(WIDE) && (!are_on_telephones || is_apart(NARROW));
            other.level < place.level || place.level < other.level || are_apart
        })
    };
    for is_wide in [false, true] {
        for level in LEVELS {
            let place = Place {
                level,
                is_wide,
                anchor,
            };
            if is_free(place) {
                return Some(place);
            }
        }
    }
    None
}

/// Where a name of that width at `x` has its middle.
fn middle(x: f64, place: Place, width: f64) -> f64 {
    match place.anchor {
        "start" => x + width / 2.0,
        "end" => x - width / 2.0,
        _ => x,
    }
}
