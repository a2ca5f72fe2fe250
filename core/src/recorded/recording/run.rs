//! One run of a recording.

use super::Run;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::Task;
use crate::asked::strategy::Strategy;
use crate::asked::theory::Forecast;
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::recorded::overlay::Overlay;
use crate::recorded::phases::ResourceTiming;
use crate::recorded::provenance::Provenance;
use crate::recorded::timeline::Timeline;

impl Run {
    /// Where it came from.
    #[must_use]
    pub fn provenance(&self) -> &Provenance {
        &self.plan.kitchens[self.index].provenance
    }

    /// How it ran, if it is one of ours.
    #[must_use]
    pub fn strategy(&self) -> Option<Strategy> {
        self.provenance().strategy()
    }

    /// How many tasks it could have under way together.
    #[must_use]
    pub fn places(&self) -> usize {
        let tasks = self.tasks().len();
        let strategy = self.strategy();
        let workers = |asked| self.plan.hosts.workers(asked);
        strategy.map_or(tasks, |strategy| strategy.places(tasks, workers))
    }

    /// The makespan that theory gave before it began.
    #[must_use]
    pub fn predicted(&self) -> Option<Millis> {
        self.forecast().map(|forecast| forecast.makespan)
    }

    /// What theory said before it began.
    #[must_use]
    pub fn forecast(&self) -> Option<&Forecast> {
        self.plan.kitchens[self.index].forecast.as_ref()
    }

    /// What was run.
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        &self.plan.scenario.tasks
    }

    /// Whether any of it is work for the processor.
    #[must_use]
    pub fn computes(&self) -> bool {
        self.plan.scenario.computes()
    }

    /// What was done about calls that are slow or fail; of others' runs nobody
    /// says.
    #[must_use]
    pub fn policy(&self) -> Option<&RetryPolicy> {
        self.plan.policy.as_ref()
    }

    /// When it began, on the stage's clock; `None` before it has.
    #[must_use]
    pub fn began(&self) -> Option<Millis> {
        self.began
    }

    /// What happened, in times since it began, as it was recorded.
    #[must_use]
    pub fn recorded(&self) -> &Timeline {
        &self.recorded
    }

    /// What is to be shown: what was recorded, with what the network told
    /// afterwards laid over it.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        let overlay = self.laid_over.as_ref();
        overlay.map_or(&self.recorded, |overlay| &overlay.timeline)
    }

    pub(super) fn measure(&mut self, entries: &[ResourceTiming]) {
        let Some(began) = self.began.filter(|_| self.is_finished()) else {
            return;
        };
        let before = self.laid_over.as_ref();
        let plan = &self.plan;
        let known = (&plan.scenario, &plan.hosts, plan.policy.as_ref());
        let overlay = Overlay::of(self.timeline(), before, known, began, entries);
        if let Some(overlay) = overlay {
            self.laid_over = Some(overlay);
        }
    }

    /// Notes why a call was not answered.
    pub(super) fn explain(&mut self, task: usize, why: Failure) {
        self.recorded.explain(task, why);
        if let Some(overlay) = &mut self.laid_over {
            overlay.timeline.explain(task, why);
        }
    }

    /// The longest for which the page drew nothing, where that was looked at: its
    /// thread had its hands full.
    #[must_use]
    pub fn stood_still(&self) -> Option<Millis> {
        let gaps = self.frames.windows(2).map(|pair| pair[1] - pair[0]);
        gaps.reduce(Millis::max)
    }

    /// The page's last frame by that time since the run began; that time itself
    /// where nobody looked.
    #[must_use]
    pub fn last_frame(&self, at: Millis) -> Millis {
        let began = self.began.unwrap_or_default();
        let seen = self.frames.partition_point(|frame| *frame - began <= at);
        let last = seen.checked_sub(1).and_then(|last| self.frames.get(last));
        last.map_or(at, |last| *last - began)
    }

    /// From when until when the page was hidden meanwhile, as far as it has gone.
    #[must_use]
    #[inline(never)]
    pub fn hidden(&self) -> Vec<(Millis, Millis)> {
        let end = self.recorded.last_at();
        let mut stretches = Vec::new();
        for pair in self.hidden.chunks(2) {
            let until = pair.get(1).map_or(end, |until| until.min(end));
            if until > pair[0] {
                stretches.push((pair[0], until));
            }
        }
        stretches
    }

    /// For how long in all.
    #[must_use]
    #[inline(never)]
    pub fn hidden_for(&self) -> Millis {
        let mut whole = Millis::ZERO;
        for (from, until) in self.hidden() {
            whole += until - from;
        }
        whole
    }

    /// Whether it gave what was wanted of it. What was wanted of others' runs
    /// nobody says: so it is that nothing failed.
    #[must_use]
    pub fn is_success(&self) -> bool {
        let mut outcomes = self.recorded.outcomes();
        match self.strategy() {
            Some(strategy) => strategy.is_success(outcomes),
            None => !outcomes.any(|outcome| matches!(outcome, Outcome::Failed(_))),
        }
    }

    /// Whether every call that it has ended so far ended well.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.recorded
            .outcomes()
            .all(|outcome| outcome == Outcome::Ok)
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.began.is_some() && !self.goes_on && self.recorded.is_finished()
    }

    /// Its measured makespan, once it is over.
    #[must_use]
    pub fn total(&self) -> Option<Millis> {
        let total = self.recorded.makespan().filter(|_| !self.goes_on);
        self.began.and(total)
    }

    /// How long it has been going at that time on the stage's clock; no longer
    /// than its total.
    #[must_use]
    pub fn elapsed(&self, now: Millis) -> Millis {
        match (self.began, self.total()) {
            (None, _) => Millis::ZERO,
            (Some(began), None) => (now - began).max(self.recorded.last_at()),
            (Some(began), Some(total)) => (now - began).max(Millis::ZERO).min(total),
        }
    }
}
