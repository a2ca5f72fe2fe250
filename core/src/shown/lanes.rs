//! The geometry of the lanes: one time axis for all kitchens, and for each
//! task the stretches in which it waited and in which it was in flight.

use crate::asked::resource::Resource;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::phases::Phases;
use crate::recorded::timeline::{Span, Timeline};

/// The time axis that all kitchens of a stage share, from 0 to `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The time at its right end.
    pub end: Millis,
    /// Between one tick and the next.
    pub step: Millis,
}

/// Room to the right of the longest bar, as a part of the axis, for its label.
const MARGIN: f64 = 0.25;

/// The most ticks that find room on a narrow screen.
const MOST_TICKS: f64 = 5.0;

impl Axis {
    /// An axis on which a time of `extent` still fits.
    #[must_use]
    pub fn fitting(extent: Millis) -> Axis {
        let extent = extent.max(Millis::new(10.0));
        let end = extent * (1.0 + MARGIN);
        Axis {
            end,
            step: nice_step(end),
        }
    }

    /// This axis if a time of `extent` fits on it, or else one with room to
    /// grow, so that it need not be redrawn at each step of a run that takes
    /// longer than thought.
    #[must_use]
    pub fn grown(self, extent: Millis) -> Axis {
        if extent <= self.end {
            self
        } else {
            Axis::fitting(extent * 1.5)
        }
    }

    /// An axis for what has gone on for `at`: the same one for a while, whatever it
    /// goes on to.
    #[must_use]
    pub fn roomy(at: Millis) -> Axis {
        let mut extent = Millis::new(1000.0);
        while extent < at {
            extent = extent * 2.0;
        }
        Axis::fitting(extent)
    }

    /// Where a time is on the axis, in percent of its width.
    #[must_use]
    pub fn percent(&self, at: Millis) -> f64 {
        (at / self.end * 100.0).clamp(0.0, 100.0)
    }

    /// The times that have a tick, zero among them.
    pub fn ticks(&self) -> impl Iterator<Item = Millis> + use<> {
        let Axis { end, step } = *self;
        (0..)
            .map(move |n| step * f64::from(n))
            .take_while(move |&tick| tick <= end)
    }
}

/// The smallest of 1, 2, 2.5, 5 × a power of ten with few enough ticks.
fn nice_step(end: Millis) -> Millis {
    let least = end * (1.0 / MOST_TICKS);
    let mut power = Millis::new(1.0);
    loop {
        let steps = [1.0, 2.0, 2.5, 5.0].map(|factor| power * factor);
        if let Some(step) = steps.into_iter().find(|step| *step >= least) {
            return step;
        }
        power = power * 10.0;
    }
}

/// A task's lane as it looks at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The stretches in which it was in flight, one for each attempt; in
    /// between it waited.
    pub flights: Vec<Flight>,
    /// When it was handed to a worker.
    pub handed: Option<Millis>,
    /// When it ended, and how.
    pub ended: Option<(Millis, Outcome)>,
}

/// A stretch in which a task was in flight, or worked on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flight {
    /// From when.
    pub start: Millis,
    /// Until when; `None` while it still is.
    pub end: Option<Millis>,
    /// Into what that time went; known only of a flight that is over.
    pub phases: Option<Phases>,
    /// What it held.
    pub holds: Resource,
    /// Whether it was answered well and work followed.
    pub was_answered: bool,
    /// When its answer was there, if that was noticed later.
    pub answered: Option<Millis>,
}

impl Lane {
    /// The lane of a span at that time. It changes at events only: between
    /// them the playhead alone moves.
    #[must_use]
    pub fn at(span: &Span, at: Millis) -> Lane {
        let begun = span.attempts.iter().filter(|attempt| attempt.started <= at);
        Lane {
            flights: begun
                .map(|attempt| {
                    let end = attempt.ended.filter(|end| *end <= at);
                    Flight {
                        start: attempt.started,
                        end,
                        phases: attempt.phases.filter(|_| end.is_some()),
                        holds: attempt.holds,
                        was_answered: attempt.was_answered,
                        answered: attempt.answered().filter(|_| end.is_some()),
                    }
                })
                .collect(),
            handed: span.handed.map(|(at, _)| at).filter(|handed| *handed <= at),
            ended: span.ended.filter(|(end, _)| *end <= at),
        }
    }
}

/// A lane for each task.
pub fn lanes(timeline: &Timeline, at: Millis) -> impl Iterator<Item = Lane> {
    timeline.spans().iter().map(move |span| Lane::at(span, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        for (extent, step) in [
            (1200.0, 500.0),
            (2500.0, 1000.0),
            (4000.0, 1000.0),
            (30_000.0, 10_000.0),
        ] {
            let axis = Axis::fitting(Millis::new(extent));
            assert_eq!(axis.step, Millis::new(step), "{extent}");
            assert!(axis.ticks().count() <= 7);
        }
    }

    #[test]
    fn grows_in_leaps() {
        let axis = Axis::fitting(Millis::new(1000.0));
        assert_eq!(axis.grown(Millis::new(1200.0)), axis);
        let grown = axis.grown(Millis::new(1300.0));
        assert!(grown.end > Millis::new(1800.0));
    }
}
