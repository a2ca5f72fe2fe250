//! The recording as the reader plays it: which moment is shown, and what moves.

use super::{Stage, State};
use crate::millis::Millis;
use crate::shown::playback::{PlayState, Playback, Track, Verb};

/// How long a recording goes on after its last event: the last dish reaches
/// its place, and the chef looks up.
pub(super) const CODA: Millis = Millis::new(700.0);

/// What the scrubber tells apart: its value is written in hundredths.
const SCRUBBED: Millis = Millis::new(0.01);

impl Stage {
    /// Whether nothing may move by itself: between two events nothing changes
    /// then, and a run that is over shows its end at once.
    pub fn keep_still(&mut self, is_still: bool) {
        self.is_still = is_still;
    }

    /// Shows the list of keys, or hides it.
    pub fn toggle_keys(&mut self) {
        self.version += 1;
        self.shows_keys = !self.shows_keys;
    }

    /// Whether the list of keys is shown.
    #[must_use]
    pub fn shows_keys(&self) -> bool {
        self.shows_keys
    }

    /// Does what the reader asks of the recording, if there is one.
    pub fn play(&mut self, verb: Verb, now: Millis) {
        self.version += 1;
        if matches!(self.state, State::Loading | State::Ready) {
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
        // The scrubber is as long as the axis; its end is the recording's, even
        // where the last dish is still on its way when the axis ends.
        let verb = match verb {
            Verb::Seek(to) if to + SCRUBBED >= self.axis.end => Verb::End,
            verb => verb,
        };
        let moments = self.recording.moments();
        self.playback.perform(verb, now, self.track(now, &moments));
    }

    pub(super) fn track<'a>(&self, now: Millis, moments: &'a [Millis]) -> Track<'a> {
        Track {
            duration: self.duration(now),
            is_live: self.state == State::Running,
            moments,
        }
    }

    /// How long the recording is by now.
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
        match self.playback.mode() {
            PlayState::Live => {
                !self.is_still && (self.state == State::Running || self.over.is_some())
            }
            PlayState::Playing => true,
            PlayState::Paused => false,
        }
    }

    /// The moment that is shown, on the axis.
    #[must_use]
    pub fn playhead(&self, now: Millis) -> Millis {
        let times = (0..self.recording.runs().len()).map(|run| self.time(run, now));
        times.fold(Millis::ZERO, Millis::max)
    }

    /// The time at which a run is shown: while it is live, now.
    #[must_use]
    pub fn time(&self, run: usize, now: Millis) -> Millis {
        let Some(run) = self.recording.runs().get(run) else {
            return Millis::ZERO;
        };
        match self.playback.time(now, self.duration(now)) {
            Some(at) if self.is_still && self.playback.mode() == PlayState::Playing => {
                let moments = self.recording.moments();
                let reached = moments.into_iter().filter(|&moment| moment <= at);
                reached.fold(Millis::ZERO, Millis::max)
            }
            Some(at) => at,
            None if self.is_still => run.timeline().last_at(),
            None => run.began().map_or(Millis::ZERO, |began| now - began),
        }
    }
}
