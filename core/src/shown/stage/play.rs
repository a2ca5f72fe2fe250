//! The recording as the reader plays it: which moment is shown, and what moves.

use super::{Stage, State};
use crate::millis::Millis;
use crate::shown::playback::{PlayState, Playback, Track, Verb};
use crate::shown::scene::Scene;
use crate::shown::verdict;

/// How long a recording goes on after its last event: the last dish reaches
/// its place, and the chef looks up.
const CODA: Millis = Millis::new(700.0);

/// What the scrubber tells apart: its value is written in hundredths.
const SCRUBBED: Millis = Millis::new(0.01);

/// A time at which a run has not begun.
const BEFORE: Millis = Millis::new(-1.0);

/// From where the moments of a playback are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// From the beginning of the comparison, as it really went: what a reader
    /// sees while it goes on, and stops at. Runs that take turns are seen there
    /// one after the other.
    Comparison,
    /// From each run's own beginning, which is how runs are compared.
    Run,
}

impl Stage {
    /// Lets time pass: the axis grows with a run that takes longer than thought,
    /// and what is played comes to its end.
    pub(super) fn tick(&mut self, now: Millis) {
        if self.state == State::Running {
            for run in self.recording.runs() {
                self.axis = self.axis.grown(run.elapsed(now));
            }
        }
        let is_live = self.playback.state() == PlayState::Live;
        let has_settled = |over| self.is_still || now >= over + CODA;
        if is_live && self.over.is_some_and(has_settled) {
            self.base = Base::Run;
            self.playback.pause_at(self.length(now));
        }
        let shown = self.playback.time(now, self.length(now));
        if self.over.is_some() && shown.is_some_and(|at| at >= self.length(now)) {
            // Played to the end as it went: from here on runs are compared.
            self.base = Base::Run;
            self.playback.shift(self.length(now), now);
        }
        self.playback.tick(now, self.track(now, &[]));
    }

    /// Does what the reader asks of the recording, if there is one.
    pub(super) fn play(&mut self, verb: Verb, now: Millis) {
        if !self.state.has_recording() {
            if let Verb::Rate(_) | Verb::Loop = verb {
                let nothing = Track {
                    duration: Millis::ZERO,
                    is_live: false,
                    moments: &[],
                };
                self.playback.perform(verb, now, nothing);
            }
            return;
        }
        // Who stopped a run in its course and lets it go on sees it go on so;
        // all else is asked of runs that are compared.
        let goes_on = matches!(verb, Verb::Toggle | Verb::Rate(_) | Verb::Loop);
        if self.state != State::Running && !goes_on {
            self.turn_to(Base::Run, now);
        }
        let verb = match verb {
            // The scrubber is as long as the axis; its end is the recording's,
            // even where the last dish is still on its way when the axis ends.
            Verb::Seek(to) if to + SCRUBBED >= self.axis.end => Verb::End,
            Verb::Seek(to) => Verb::Seek(to + self.offset(self.latest(None))),
            verb => verb,
        };
        self.perform(verb, now);
    }

    /// Goes to the moment at which one of the runs had gone on for that long.
    pub(super) fn choose(&mut self, run: usize, at: Millis, now: Millis) {
        if !self.state.has_recording() {
            return;
        }
        if self.state != State::Running {
            self.turn_to(Base::Run, now);
        }
        self.perform(Verb::Seek(at + self.offset(Some(run))), now);
    }

    fn perform(&mut self, verb: Verb, now: Millis) {
        let moments = self.moments();
        let mut playback = self.playback;
        playback.perform(verb, now, self.track(now, &moments));
        self.playback = playback;
    }

    fn track<'a>(&self, now: Millis, moments: &'a [Millis]) -> Track<'a> {
        Track {
            duration: self.length(now),
            is_live: self.state == State::Running,
            moments,
        }
    }

    /// Counts from there on, and shows what is shown, of the run that was going
    /// on.
    fn turn_to(&mut self, base: Base, now: Millis) {
        if self.base == base {
            return;
        }
        let at = self.playback.time(now, self.length(now));
        let at = at.map(|at| at - self.offset(self.latest(Some(at))));
        self.base = base;
        if let Some(at) = at {
            let duration = self.length(now);
            self.playback.shift(at.min(duration), now);
        }
    }

    /// How much later than the comparison a run began, in the moments' base.
    fn offset(&self, run: Option<usize>) -> Millis {
        let began = |run: usize| self.recording.runs().get(run)?.began();
        match (self.base, run.and_then(began)) {
            (Base::Comparison, Some(began)) => began - self.beginning(),
            _ => Millis::ZERO,
        }
    }

    /// When the comparison began, on the stage's clock.
    fn beginning(&self) -> Millis {
        let began = self.recording.runs().iter().filter_map(|run| run.began());
        began.reduce(Millis::min).unwrap_or_default()
    }

    /// The run that began last, up to that moment of the comparison.
    fn latest(&self, at: Option<Millis>) -> Option<usize> {
        let runs = 0..self.recording.runs().len();
        let begun = runs.filter(|&run| {
            let has_begun = self.recording.runs()[run].began().is_some();
            has_begun && at.is_none_or(|at| self.offset(Some(run)) <= at)
        });
        begun.max_by(|&a, &b| self.offset(Some(a)).total_cmp(&self.offset(Some(b))))
    }

    /// The moments at which anything happened, in their base.
    fn moments(&self) -> Vec<Millis> {
        let mut moments = Vec::new();
        for (index, run) in self.recording.runs().iter().enumerate() {
            let offset = self.offset(Some(index));
            let events = run.timeline().events().iter();
            moments.extend(events.map(|event| event.at + offset));
        }
        moments
    }

    /// How long the recording is by now, in the moments' base.
    fn length(&self, now: Millis) -> Millis {
        match (self.base, self.over) {
            (Base::Run, _) => self.duration(now),
            (Base::Comparison, Some(over)) => over - self.beginning() + CODA,
            (Base::Comparison, None) => {
                let has_begun = self.latest(None).is_some();
                let since = if has_begun { self.beginning() } else { now };
                now - since
            }
        }
    }

    /// How long the longest run is by now, with what is seen after its end.
    #[must_use]
    pub fn duration(&self, now: Millis) -> Millis {
        let runs = self.recording.runs().iter();
        let longest = runs.map(|run| run.elapsed(now));
        let longest = longest.fold(Millis::ZERO, Millis::max);
        match self.over {
            Some(_) => longest + CODA,
            None => longest,
        }
    }

    /// What its recording is being played at.
    #[must_use]
    pub fn playback(&self) -> &Playback {
        &self.playback
    }

    /// Whether its picture changes with every frame.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        match self.playback.state() {
            PlayState::Live => {
                !self.is_still && (self.state == State::Running || self.over.is_some())
            }
            PlayState::Playing => true,
            PlayState::Paused => false,
        }
    }

    /// The moment that is shown, on the axis: of the run that goes on or, where
    /// runs are compared, of the one that is longest.
    #[must_use]
    pub fn playhead(&self, now: Millis) -> Millis {
        if self.base == Base::Comparison {
            let shown = self.playback.time(now, self.length(now));
            if let Some(run) = self.latest(shown) {
                return self.time(run, now).max(Millis::ZERO);
            }
        }
        let times = (0..self.recording.runs().len()).map(|run| self.time(run, now));
        times.fold(Millis::ZERO, Millis::max)
    }

    /// The times at which its runs are shown.
    #[must_use]
    pub fn times(&self, now: Millis) -> Vec<Millis> {
        let runs = 0..self.recording.runs().len();
        runs.map(|run| self.time(run, now)).collect()
    }

    /// What a kitchen looks like, its run and the others being at those times.
    /// Who wants less movement sees nothing in between.
    #[must_use]
    pub fn scene(&self, run: usize, times: &[Millis]) -> Scene {
        let recording = self.drawn();
        let scene = Scene::at(&recording.runs()[run], times[run]);
        let scene = scene.with_spare(verdict::spare(recording, run, times));
        match self.is_still {
            true => scene.settled(),
            false => scene,
        }
    }

    /// The time at which a run is shown, counted from its beginning and below
    /// zero before that: while it is live, now.
    #[must_use]
    pub fn time(&self, run: usize, now: Millis) -> Millis {
        if let Some(at) = self.stands_at() {
            return at;
        }
        let Some(shown) = self.recording.runs().get(run) else {
            return Millis::ZERO;
        };
        if shown.began().is_none() {
            return BEFORE;
        }
        let offset = self.offset(Some(run));
        match self.playback.time(now, self.length(now)) {
            Some(at) if self.is_still && self.playback.state() == PlayState::Playing => {
                let moments = self.moments();
                let reached = moments.into_iter().filter(|&moment| moment <= at);
                reached.fold(Millis::ZERO, Millis::max) - offset
            }
            Some(at) if at < offset => BEFORE,
            Some(at) => at - offset,
            None if self.is_still => shown.timeline().last_at(),
            None => shown.began().map_or(Millis::ZERO, |began| now - began),
        }
    }
}
