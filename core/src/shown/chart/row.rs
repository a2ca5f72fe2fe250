//! One kitchen's row. A lane shows when its call waited for its turn (dotted),
//! was in flight (hatched), and how it ended (solid with a tick, or broken up
//! with a cross).

use super::to_f64;
use crate::asked::resource::Resource;
use crate::asked::scenario::Task;
use crate::asked::theory::Forecast;
use crate::decimal;
use crate::markup::Text;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::panel;
use crate::recorded::comparison::MOMENT;
use crate::recorded::recording::{Recording, Run};
use crate::recorded::timeline::Span;
use crate::shown::figure::Size;
use crate::shown::lanes::{Axis, Lane};
use crate::shown::words;

/// Lanes of at most this height together scroll no page.
const TALLEST: f64 = 88.0;

/// How wide a letter of a label is at the most, a bold one of a failure, and how
/// far it stands from its bar, in pixels.
const LETTER: f64 = 7.0;
const BOLD_LETTER: f64 = 8.0;
const GAP: f64 = 6.0;

/// The lane of the one thread, in pixels.
const HANDS: f64 = 16.0;

/// What that lane is called.
pub const HANDS_NAME: &str = "hands";

/// One kitchen's lanes, at its time.
#[derive(Debug)]
pub struct Row<'a> {
    /// Whose they are.
    pub title: Text,
    /// What the lanes are called.
    pub names: Names<'a>,
    /// How high each lane is, in pixels.
    pub lane: f64,
    /// How high all of them are, the hands' among them.
    pub height: f64,
    /// How high the lane of the hands is, below them.
    pub hands: f64,
    /// Up to when its bars are seen: no longer than it took.
    pub at: Millis,
    /// What is of the moment only; `None` where the whole is shown.
    pub moment: Option<Moment>,
    /// What theory expects of its calls; nothing where that would give an answer
    /// away.
    pub forecast: Option<&'a Forecast>,
    /// What the reader guessed that it takes.
    pub guess: Option<Millis>,
    /// The time that it gives back.
    pub gift: Option<Gift>,
    /// What each lane came to; of very many none is said.
    pub labels: Vec<Label>,
    /// What is drawn.
    pub(super) run: &'a Run,
}

/// What a row shows of the moment that it is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Where its playhead is.
    pub playhead: Millis,
    /// The lane of the latest event.
    pub lit: Option<usize>,
}

/// What the lanes are called.
#[derive(Debug)]
pub enum Names<'a> {
    /// Each has its call's name.
    Each(&'a [Task]),
    /// Of very many only their number is said.
    Number(String),
}

/// The stretch in which a kitchen was done and the first was not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gift {
    /// From when.
    pub from: Millis,
    /// Until when, so far.
    pub until: Millis,
    /// Whether the first is done too.
    pub is_over: bool,
}

/// What a lane came to, written at the end of its bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// When it ended.
    pub at: Millis,
    /// What it came to; nothing before that.
    pub text: String,
    /// Whether it failed.
    pub is_failure: bool,
    /// Whether there may be no room for it behind its bar: on a narrow screen it
    /// stands on it.
    pub is_late: bool,
}

impl<'a> Row<'a> {
    /// The row of the run with that index, each run being at its time.
    #[must_use]
    pub fn of(
        recording: &'a Recording,
        index: usize,
        axis: Axis,
        times: &[Millis],
        size: Size,
    ) -> Self {
        let tasks = &recording.scenario().tasks;
        let (run, playhead) = (&recording.runs()[index], times[index]);
        let timeline = run.timeline();
        let at = run.total().map_or(playhead, |total| playhead.min(total));
        let lane = lane_height(size, tasks.len());
        let hands = match size {
            Size::Page => HANDS,
            Size::Panel => panel::HANDS,
        };
        let spans = timeline.spans().iter();
        let (names, labels) = if has_names(size, tasks.len()) {
            let labels = spans.map(|span| Label::of(span, at, axis, size));
            (Names::Each(tasks), labels.collect())
        } else {
            (Names::Number(format!("{} calls", tasks.len())), Vec::new())
        };
        Self {
            title: words::title_of(run.provenance()),
            names,
            lane,
            height: lane * to_f64(tasks.len()) + hands,
            hands,
            forecast: run.forecast(),
            guess: None,
            at,
            moment: Some(Moment {
                playhead,
                lit: timeline.latest(at).map(|event| event.task),
            }),
            gift: Gift::of(run, playhead, &recording.runs()[0], times[0]),
            labels,
            run,
        }
    }
}

/// Whether there is room for the name of each of so many lanes.
pub(super) fn has_names(size: Size, lanes: usize) -> bool {
    let most = match size {
        Size::Page => 20,
        Size::Panel => 4,
    };
    lanes <= most
}

/// Lanes get lower as they get more, until only the shape of all is seen.
fn lane_height(size: Size, lanes: usize) -> f64 {
    match (size, lanes) {
        (Size::Panel, _) => panel::LANES / to_f64(lanes.max(1)),
        (Size::Page, 0..=8) => 20.0,
        (Size::Page, 9..=20) => 17.0,
        (Size::Page, _) => (TALLEST / to_f64(lanes)).min(12.0),
    }
}

impl Gift {
    /// By a run, and by the first one, each at its time. The first ends no
    /// sooner than itself.
    fn of(run: &Run, at: Millis, first: &Run, first_at: Millis) -> Option<Self> {
        // Who brings less gives nothing back.
        let from = run.total().filter(|_| run.is_whole())?;
        if first.total().is_some() && !first.is_whole() {
            return None;
        }
        let until = first_at.min(first.total().unwrap_or(first_at));
        if until < from + MOMENT || at < from {
            return None;
        }
        Some(Self {
            from,
            until,
            is_over: first.total() == Some(until),
        })
    }
}

impl Label {
    fn of(span: &Span, at: Millis, axis: Axis, size: Size) -> Self {
        let lane = Lane::at(span, at);
        let start = lane.flights.first().map(|flight| flight.start);
        let (end, is_failure, text) = match (start, lane.ended) {
            (Some(start), Some((end, Outcome::Ok))) => {
                let took = decimal::short((end - start).ms().round());
                let calls = lane.flights.iter();
                let calls = calls.filter(|flight| flight.holds == Resource::Connection);
                let tries = match calls.count() {
                    0 | 1 => String::new(),
                    tries => format!(", {tries} tries"),
                };
                (end, false, format!("✓ {took}{tries}"))
            }
            (_, Some((end, Outcome::Failed(failure)))) => {
                (end, true, format!("✗ {}", failure.short()))
            }
            (_, Some((end, Outcome::Cancelled))) => (end, false, "– cancelled".into()),
            _ => (Millis::ZERO, false, String::new()),
        };
        let x = axis.percent(end);
        let narrow = match size {
            Size::Page => 2.7,
            Size::Panel => 1.9,
        };
        let letter = match is_failure {
            true => BOLD_LETTER,
            false => LETTER,
        };
        Self {
            at: end,
            is_failure,
            is_late: (100.0 - x) * narrow < to_f64(text.chars().count()) * letter + GAP,
            text,
        }
    }
}
