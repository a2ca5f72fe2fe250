//! What runs side by side come to. Like is compared with like only: how much
//! quicker one was than another is a gain where both brought the same good
//! answers, and no praise where one brought fewer. Theory is compared by the
//! same rules before anything has run.

use crate::asked::hosts::PER_HOST;
use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::recorded::recording::{Recording, Run};

/// Less than this part of a total is the browser's own time, and no difference.
const NOTHING: f64 = 0.02;

/// And so is less than this, which nobody sees.
pub const MOMENT: Millis = Millis::new(20.0);

/// The runs of a recording beside each other; each is known by its place.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    recording: &'a Recording,
    is_theory: bool,
}

/// The one thing that is most worth saying of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is not known what one or more of them take.
    Unknown,
    /// This one stopped at a failure.
    Stopped(usize),
    /// This one did not bring what was wanted of it.
    Failed(usize),
    /// This one was quicker than the first.
    Gain(usize),
    /// This one was not, and had fewer calls in flight: it spared the service.
    Spared(usize),
    /// This one was content with a part of the answers.
    Hedged(usize),
    /// The quickest that is alike took longer than the first.
    Slower(usize),
    /// The quickest that is alike took as long as the first.
    Even,
    /// Nothing is like the first.
    Alone,
}

impl<'a> Comparison<'a> {
    /// By what was measured.
    #[must_use]
    pub fn measured(recording: &'a Recording) -> Self {
        let is_theory = false;
        Self {
            recording,
            is_theory,
        }
    }

    /// By what theory said before the run.
    #[must_use]
    pub fn foreseen(recording: &'a Recording) -> Self {
        let is_theory = true;
        Self {
            recording,
            is_theory,
        }
    }

    /// What is compared.
    #[must_use]
    pub fn recording(self) -> &'a Recording {
        self.recording
    }

    /// Whether it is theory that says so.
    #[must_use]
    pub fn is_theory(self) -> bool {
        self.is_theory
    }

    fn run(self, run: usize) -> &'a Run {
        &self.recording.runs()[run]
    }

    fn count(self) -> usize {
        self.recording.runs().len()
    }

    /// How many calls there are.
    #[must_use]
    pub fn calls(self) -> usize {
        self.recording.scenario().tasks.len()
    }

    /// How long a run takes, if that is known.
    #[must_use]
    pub fn total(self, run: usize) -> Option<Millis> {
        let run = self.run(run);
        if self.is_theory {
            run.predicted()
        } else {
            run.total()
        }
    }

    /// Whether that is known of every run.
    #[must_use]
    pub fn is_known(self) -> bool {
        (0..self.count()).all(|run| self.total(run).is_some())
    }

    /// The most calls that a run has in flight together.
    #[must_use]
    pub fn peak(self, run: usize) -> usize {
        let run = self.run(run);
        if !self.is_theory {
            let timeline = run.timeline();
            return timeline.peak_in_flight(timeline.last_at());
        }
        let calling = run.tasks().iter();
        let calling = calling.filter(|task| task.work.target().is_some()).count();
        let places = run.places().min(calling);
        let crowd = self.recording.crowded();
        match crowd.filter(|_| self.recording.foresaw_crowd()) {
            Some((_, crowd)) => places.min(calling - crowd + PER_HOST),
            None => places,
        }
    }

    /// How many good answers a run brings.
    #[must_use]
    pub fn good(self, run: usize) -> usize {
        let run = self.run(run);
        // How many a service with a limit refuses hangs on how they are run.
        let limited = run.forecast().filter(|_| self.has_limits());
        match (self.is_theory, run.strategy(), limited) {
            (true, _, Some(forecast)) => {
                let outcomes = forecast.outcomes.iter();
                outcomes.filter(|outcome| **outcome == Some(Ok(()))).count()
            }
            (true, Some(Strategy::First), None) => self.recording.foreseen_good().min(1),
            (true, _, None) => self.recording.foreseen_good(),
            (false, ..) => {
                let spans = run.timeline().spans().iter();
                spans.filter(|span| span.is_good()).count()
            }
        }
    }

    fn has_limits(self) -> bool {
        self.recording.scenario().has_limits()
    }

    /// Whether a run brings what is wanted of it.
    #[must_use]
    pub fn is_success(self, run: usize) -> bool {
        if !self.is_theory {
            return self.run(run).is_success();
        }
        self.good(run) == self.calls()
            || self.run(run).strategy() == Some(Strategy::First) && self.good(run) > 0
    }

    /// Whether two runs can be compared: both are over and brought what was
    /// wanted of them, and that the same good answers.
    #[must_use]
    pub fn are_alike(self, one: usize, other: usize) -> bool {
        let is_over = self.total(one).and(self.total(other)).is_some();
        if !is_over || !self.is_success(one) || !self.is_success(other) {
            return false;
        }
        if self.is_theory {
            return self.good(one) == self.good(other);
        }
        let spans = |run: usize| self.run(run).timeline().spans().iter();
        spans(one)
            .zip(spans(other))
            .all(|(one, other)| one.is_good() == other.is_good())
    }

    /// How much longer one takes than another; nothing if nobody would notice.
    #[must_use]
    pub fn longer(self, one: usize, other: usize) -> Millis {
        let (Some(one), Some(other)) = (self.total(one), self.total(other)) else {
            return Millis::ZERO;
        };
        let more = one - other;
        if more < MOMENT.max(one * NOTHING) {
            return Millis::ZERO;
        }
        more
    }

    /// The quickest of the runs like this one, itself among them or not, with no
    /// more than so many calls in flight.
    fn quickest(self, like: usize, is_among: bool, most: usize) -> Option<usize> {
        let mut best: Option<usize> = None;
        for run in 0..self.count() {
            let counts = (is_among || run != like) && self.are_alike(run, like);
            let is_quicker = best.is_none_or(|best| self.total(run) < self.total(best));
            if counts && is_quicker && self.peak(run) <= most {
                best = Some(run);
            }
        }
        best
    }

    /// The quickest of the runs that bring every answer.
    #[must_use]
    pub fn whole(self) -> Option<usize> {
        let mut all = 0..self.count();
        let whole = all.find(|&run| self.good(run) == self.calls())?;
        self.quickest(whole, true, usize::MAX)
    }

    /// Whether there is another run like this one.
    #[must_use]
    pub fn has_like(self, run: usize) -> bool {
        self.quickest(run, false, usize::MAX).is_some()
    }

    /// Whether another run like this one took longer.
    #[must_use]
    pub fn is_quicker_than_one(self, run: usize) -> bool {
        let mut others = 0..self.count();
        others.any(|other| self.are_alike(run, other) && self.longer(other, run) > Millis::ZERO)
    }

    /// How much sooner than the first, and with the same answers, a run was done;
    /// once that is known of all.
    #[must_use]
    pub fn given_back(self, run: usize) -> Option<Millis> {
        let saved = self.longer(0, run);
        let is_gain = self.is_known() && self.are_alike(0, run) && saved > Millis::ZERO;
        is_gain.then_some(saved)
    }

    /// How much longer than the quickest with the same answers a run took; once
    /// that is known of all.
    #[must_use]
    pub fn thrown_away(self, run: usize) -> Option<Millis> {
        let quickest = self.quickest(run, true, usize::MAX);
        let quickest = quickest.filter(|_| self.is_known())?;
        Some(self.longer(run, quickest)).filter(|lost| *lost > Millis::ZERO)
    }

    /// What is most worth saying.
    #[must_use]
    pub fn finding(self) -> Finding {
        if self.count() == 0 || !self.is_known() {
            return Finding::Unknown;
        }
        let mut failed = None;
        let mut hedged = None;
        for run in 0..self.count() {
            if !self.is_success(run) {
                if self.run(run).strategy() == Some(Strategy::FailFast) {
                    return Finding::Stopped(run);
                }
                failed = failed.or(Some(run));
            }
            let is_first = self.run(run).strategy() == Some(Strategy::First);
            if is_first && self.good(run) < self.calls() {
                hedged = hedged.or(Some(run));
            }
        }
        if let Some(run) = failed {
            return Finding::Failed(run);
        }
        let best = self.quickest(0, false, usize::MAX);
        if let Some(run) = best.filter(|&run| self.longer(0, run) > Millis::ZERO) {
            return Finding::Gain(run);
        }
        let fewer = self.peak(0).checked_sub(1);
        if let Some(run) = fewer.and_then(|fewer| self.quickest(0, false, fewer)) {
            return Finding::Spared(run);
        }
        match (hedged, best) {
            (Some(run), _) => Finding::Hedged(run),
            (None, Some(run)) if self.longer(run, 0) > Millis::ZERO => Finding::Slower(run),
            (None, Some(_)) => Finding::Even,
            (None, None) => Finding::Alone,
        }
    }
}
