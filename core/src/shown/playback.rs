//! A run is live; afterwards it is a recording that can be played, paused,
//! scrubbed and stepped through. The verbs are the media element's.
//!
//! Pure: the time on the stage's clock comes in with each verb, and the time
//! that is shown comes out.

use crate::millis::Millis;

/// The rates that a reader can choose.
pub const RATES: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// How far the arrow keys seek.
pub const NUDGE: Millis = Millis::new(100.0);

/// Which moment of a recording is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    position: Position,
    rate: f64,
    is_looping: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Position {
    /// Whatever is now.
    Live,
    /// Stopped at that moment.
    Paused(Millis),
    /// Was at `from` when the stage's clock showed `since`.
    Playing { from: Millis, since: Millis },
}

/// What a playback is doing; the stage's `data-playback`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayState {
    /// Follows the run.
    Live,
    /// Stands still.
    Paused,
    /// Plays the recording.
    Playing,
}

impl PlayState {
    /// Its word in `data-playback`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Paused => "paused",
            Self::Playing => "playing",
        }
    }
}

/// What the reader can do with a recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verb {
    /// Plays, from the beginning if it is at its end; or pauses.
    Toggle,
    /// Goes to that moment.
    Seek(Millis),
    /// Goes that much forward, or back.
    Nudge(Millis),
    /// Goes to the beginning.
    Start,
    /// Goes to the end.
    End,
    /// Goes to the moment of the event before, and pauses.
    Previous,
    /// Goes to the moment of the next event, and pauses.
    Next,
    /// Plays that many times as fast.
    Rate(f64),
    /// Begins anew at the end, or stops there.
    Loop,
    /// Follows the run that is going on.
    Live,
}

impl Verb {
    /// The verb of a key, as media players have them.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Verb> {
        Some(match key {
            " " => Verb::Toggle,
            "ArrowLeft" => Verb::Nudge(Millis::ZERO - NUDGE),
            "ArrowRight" => Verb::Nudge(NUDGE),
            "Home" => Verb::Start,
            "End" => Verb::End,
            "," => Verb::Previous,
            "." => Verb::Next,
            _ => return None,
        })
    }
}

/// What a verb needs to know of the recording.
#[derive(Clone, Copy, Debug)]
pub struct Track<'a> {
    /// How long it is by now.
    pub duration: Millis,
    /// Whether it still grows.
    pub is_live: bool,
    /// The moments of its events, in any order.
    pub moments: &'a [Millis],
}

impl Playback {
    /// Live, to be played at that rate later.
    #[must_use]
    pub fn new(rate: f64) -> Self {
        Self {
            position: Position::Live,
            rate,
            is_looping: false,
        }
    }

    /// The moment that is shown; `None` while it is live.
    #[must_use]
    pub fn time(&self, now: Millis, duration: Millis) -> Option<Millis> {
        match self.position {
            Position::Live => None,
            Position::Paused(at) => Some(at.min(duration)),
            Position::Playing { from, since } => {
                Some((from + (now - since) * self.rate).min(duration))
            }
        }
    }

    /// Lets time pass: what plays stops at the end, begins anew, or has caught
    /// up with the run.
    pub fn tick(&mut self, now: Millis, track: Track) {
        let Position::Playing { .. } = self.position else {
            return;
        };
        if self.at(now, track) < track.duration {
            return;
        }
        self.position = if track.is_live {
            Position::Live
        } else if self.is_looping && track.duration > Millis::ZERO {
            Position::Playing {
                from: Millis::ZERO,
                since: now,
            }
        } else {
            Position::Paused(track.duration)
        };
    }

    /// Does what the reader asks.
    pub fn perform(&mut self, verb: Verb, now: Millis, track: Track) {
        let at = self.at(now, track);
        let playing = matches!(self.position, Position::Playing { .. });
        match verb {
            Verb::Toggle => match self.position {
                Position::Paused(at) => {
                    let from = if at < track.duration {
                        at
                    } else {
                        Millis::ZERO
                    };
                    self.position = Position::Playing { from, since: now };
                }
                Position::Live | Position::Playing { .. } => self.position = Position::Paused(at),
            },
            Verb::Seek(to) => self.seek(to, playing, now, track),
            Verb::Nudge(by) => self.seek(at + by, playing, now, track),
            Verb::Start => self.seek(Millis::ZERO, playing, now, track),
            Verb::End => self.seek(track.duration, playing, now, track),
            Verb::Previous => {
                let before = track.moments.iter().copied().filter(|&moment| moment < at);
                let before = before.reduce(Millis::max).unwrap_or_default();
                self.seek(before, false, now, track);
            }
            Verb::Next => {
                let after = track.moments.iter().copied().filter(|&moment| moment > at);
                let after = after.reduce(Millis::min).unwrap_or(track.duration);
                self.seek(after, false, now, track);
            }
            Verb::Rate(rate) => {
                self.rate = rate;
                if playing {
                    self.position = Position::Playing {
                        from: at,
                        since: now,
                    };
                }
            }
            Verb::Loop => self.is_looping = !self.is_looping,
            Verb::Live => {
                if track.is_live {
                    self.position = Position::Live;
                }
            }
        }
    }

    /// Live again, at its rate.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self::new(self.rate)
    }

    /// Stops at that moment.
    pub fn pause_at(&mut self, at: Millis) {
        self.position = Position::Paused(at);
    }

    /// Goes on from that moment, if it is not live: playing or paused as it was.
    pub fn shift(&mut self, at: Millis, now: Millis) {
        self.position = match self.position {
            Position::Live => Position::Live,
            Position::Paused(_) => Position::Paused(at),
            Position::Playing { .. } => Position::Playing {
                from: at,
                since: now,
            },
        };
    }

    fn at(&self, now: Millis, track: Track) -> Millis {
        self.time(now, track.duration).unwrap_or(track.duration)
    }

    fn seek(&mut self, to: Millis, playing: bool, now: Millis, track: Track) {
        let to = to.max(Millis::ZERO).min(track.duration);
        self.position = if playing {
            Position::Playing {
                from: to,
                since: now,
            }
        } else {
            Position::Paused(to)
        };
    }

    /// What it is doing.
    #[must_use]
    pub fn state(&self) -> PlayState {
        match self.position {
            Position::Live => PlayState::Live,
            Position::Paused(_) => PlayState::Paused,
            Position::Playing { .. } => PlayState::Playing,
        }
    }

    /// How many times as fast as it happened it plays.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// Whether it begins anew at the end.
    #[must_use]
    pub fn is_looping(&self) -> bool {
        self.is_looping
    }
}
