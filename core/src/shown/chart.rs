//! The chart: one time axis in milliseconds with the predictions marked on it,
//! and under it each kitchen's lanes. All of them share one playhead.
//!
//! A [`Chart`] is what there is to see. The page's picture and the one that is
//! exported are both written from it: its parts draw themselves as SVG, and
//! what stands around them is the page's HTML or the file's text.

mod bars;
mod draw;
mod marks;
mod row;

use crate::decimal;
use crate::millis::Millis;
use crate::shown::lanes::Axis;
use crate::shown::stage::Stage;
use row::has_names;

pub use bars::{Grid, LanesCache, PHASES, WORK};
pub use marks::{Mark, MarkKind, Place};
pub use row::{Gift, HANDS_NAME, Label, Moment, Names, Row};

/// What the axis counts.
pub const UNIT: &str = "ms";

/// What there is to see of all runs, each at its own time.
#[derive(Debug)]
pub struct Chart<'a> {
    /// The stage's [revision](Stage::revision).
    pub revision: u32,
    /// The axis that all of them share.
    pub axis: Axis,
    /// What is marked on it, in the order in which that was said.
    pub marks: Vec<Mark>,
    /// A row for each kitchen.
    pub rows: Vec<Row<'a>>,
    /// The moment that is shown, on the axis; `None` where all of them are.
    pub playhead: Option<Millis>,
    /// Whether there is a recording that one can move through.
    pub is_seekable: bool,
    /// Whether there are more lanes than have room for names.
    pub is_dense: bool,
}

impl<'a> Chart<'a> {
    /// The chart as it looks now, each run at its time.
    #[must_use]
    pub fn at(stage: &'a Stage, now: Millis, times: &[Millis]) -> Self {
        let playhead = stage.playhead(now).min(stage.axis().end);
        Self::of(stage, times, Some(playhead))
    }

    /// The chart with every lane as it is when all is over or, during a run, by
    /// now; without what is of the moment.
    #[must_use]
    pub fn whole(stage: &'a Stage, now: Millis) -> Self {
        let times = vec![stage.duration(now); stage.recording().runs().len()];
        Self::of(stage, &times, None)
    }

    fn of(stage: &'a Stage, times: &[Millis], playhead: Option<Millis>) -> Self {
        let (recording, axis, size) = (stage.drawn(), stage.axis(), stage.figure().size);
        let rows = 0..recording.runs().len();
        let row = |index| {
            let mut row = Row::of(recording, index, axis, times, size);
            row.guess = stage.guess().time(index);
            if stage.is_guessing() {
                row.forecast = None;
            }
            if playhead.is_none() {
                row.moment = None;
            }
            row
        };
        Self {
            revision: stage.revision(),
            axis,
            marks: marks::of(stage),
            rows: rows.map(row).collect(),
            playhead,
            is_seekable: stage.state().has_recording(),
            is_dense: !has_names(size, recording.scenario().tasks.len()),
        }
    }
}

/// So many pixels at the usual size of text, as a length that grows with it.
#[must_use]
pub fn rem(pixels: f64) -> String {
    let mut length = decimal::short(pixels / 16.0);
    length.push_str("rem");
    length
}

#[expect(clippy::cast_precision_loss, reason = "counts of lanes are small")]
fn to_f64(count: usize) -> f64 {
    count as f64
}
