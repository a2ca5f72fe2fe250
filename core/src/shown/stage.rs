//! A stage: what it was told to do, what it has recorded, and what it is at.
//! Pure: it changes only by [`Stage::update`], which answers with what it asks
//! of whoever keeps it, and what to show is asked of it. Many stages can stand
//! beside each other.

mod msg;
mod play;
mod update;
mod voice;

use std::fmt;
use std::rc::Rc;

use crate::asked::backing::Backing;
use crate::asked::config::{Autorun, Config, Problem};
use crate::asked::editor::Editor;
use crate::asked::hosts::Hosts;
use crate::asked::link::Share;
use crate::millis::Millis;
use crate::recorded::provenance::Source;
use crate::recorded::recording::Recording;
use crate::shown::figure::{Figure, Size};
use crate::shown::guess::Guess;
use crate::shown::lanes::Axis;
use crate::shown::playback::Playback;

pub use msg::{Asker, Effect, Msg, Orderer, Place};
use play::Base;

/// Everything that a stage knows. What is shared is never changed in place:
/// who keeps a picture of it can tell by the pointer whether it still holds.
#[derive(Clone, Debug)]
pub struct Stage {
    figure: Figure,
    config: Rc<Config>,
    problems: Rc<[Problem]>,
    state: State,
    /// Who stands behind the embedded services.
    backing: Backing,
    /// What is known of the hosts for the next run.
    hosts: Hosts,
    recording: Recording,
    axis: Axis,
    playback: Playback,
    base: Base,
    guess: Guess,
    editor: Rc<Editor>,
    share: Share,
    /// When the last run was over, on the stage's clock.
    over: Option<Millis>,
    /// Whether a run was permitted that has not begun to be recorded, or waits
    /// for the page to be ready.
    is_due: bool,
    /// When to run without being asked, until that has been done.
    autorun: Autorun,
    is_seen: bool,
    is_still: bool,
    shows_keys: bool,
    /// Whether the user has had the endpoints' URLs before them and pressed Run.
    approved: bool,
    announcement: String,
}

/// What a stage is at; the contract's `data-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for the service worker.
    Loading,
    /// Can run.
    Ready,
    /// Calls are in flight.
    Running,
    /// Every call of every run has ended well.
    Finished,
    /// Every call has ended, and one or more failed.
    Failed,
}

impl State {
    /// Its word in `data-state`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Failed => "failed",
        }
    }

    /// Whether there is something recorded to be seen.
    #[must_use]
    pub fn has_recording(self) -> bool {
        !matches!(self, Self::Loading | Self::Ready)
    }

    /// Whether every run is over.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Finished | Self::Failed)
    }
}

/// Why a run was not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There are URLs to be called that the user has not agreed to.
    NeedsClick,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsClick => {
                f.write_str("These URLs are called only after your own click on Run.")
            }
        }
    }
}

impl Stage {
    /// A stage that has yet to hear where its latencies will come from; `page`
    /// is the URL of the page that it is on.
    #[must_use]
    pub fn new(figure: Figure, config: Config, problems: Vec<Problem>, page: &str) -> Self {
        let backing = Backing::default();
        let hosts = Hosts::default();
        let recording = blank(&config, backing, &hosts);
        let mut guess = Guess::new(config.compare.len());
        if figure.size == Size::Panel {
            // There is no room for a question.
            guess.skip();
        }
        Self {
            figure,
            backing,
            hosts,
            axis: Axis::fitting(recording.extent()),
            recording,
            playback: Playback::new(config.speed),
            base: Base::Run,
            guess,
            editor: Rc::new(Editor::new(&config.scenario.tasks)),
            share: Share::of(page),
            autorun: config.autorun,
            config: Rc::new(config),
            problems: problems.into(),
            state: State::Loading,
            over: None,
            is_due: false,
            is_seen: false,
            is_still: false,
            shows_keys: false,
            approved: false,
            announcement: String::new(),
        }
    }

    /// What it shows, and in how much room.
    #[must_use]
    pub fn figure(&self) -> Figure {
        self.figure
    }

    /// What it was told to do.
    #[must_use]
    pub fn config(&self) -> &Rc<Config> {
        &self.config
    }

    /// What was wrong with what it was told.
    #[must_use]
    pub fn problems(&self) -> &Rc<[Problem]> {
        &self.problems
    }

    /// What it is at.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// What has been recorded.
    #[must_use]
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// The time axis of its kitchens.
    #[must_use]
    pub fn axis(&self) -> Axis {
        self.axis
    }

    /// The calls as they are being edited.
    #[must_use]
    pub fn editor(&self) -> &Rc<Editor> {
        &self.editor
    }

    /// What its lines have been asked for.
    #[must_use]
    pub fn share(&self) -> &Share {
        &self.share
    }

    /// What the reader thinks that the kitchens will take.
    #[must_use]
    pub fn guess(&self) -> &Guess {
        &self.guess
    }

    /// Whether the reader is being asked for a guess, or has made one and not
    /// seen the run yet: nothing on the stage gives the answer away then.
    #[must_use]
    pub fn is_guessing(&self) -> bool {
        let is_asked = self.guess.is_open() || self.guess.is_answered();
        !self.state.has_recording() && is_asked
    }

    /// Why it may not run unless the user themselves asks for it.
    ///
    /// # Errors
    /// If there are URLs that wait for the user's click.
    pub fn permit(&self) -> Result<(), Refusal> {
        let has_urls = self.config.scenario.endpoints().next().is_some();
        if has_urls && !self.approved {
            return Err(Refusal::NeedsClick);
        }
        Ok(())
    }

    /// Whether there are URLs that wait for the user's click.
    #[must_use]
    pub fn needs_click(&self) -> bool {
        self.permit().is_err()
    }

    /// Whether the list of keys is shown.
    #[must_use]
    pub fn shows_keys(&self) -> bool {
        self.shows_keys
    }

    /// The axis on which everything fits: what is recorded, what theory says,
    /// and what was guessed, unless that would push the rest into a corner.
    fn fitting_axis(&self) -> Axis {
        const FARTHEST_GUESS: f64 = 3.0;
        let extent = self.recording.extent();
        let kitchens = 0..self.config.compare.len();
        let guesses = kitchens.filter_map(|kitchen| self.guess.time(kitchen));
        let farthest = guesses.fold(extent, Millis::max);
        Axis::fitting(farthest.min(extent * FARTHEST_GUESS))
    }
}

/// A recording in which nothing has happened yet.
fn blank(config: &Config, backing: Backing, hosts: &Hosts) -> Recording {
    let source = Source::of(&config.scenario, backing);
    let mut hosts = hosts.clone();
    hosts.spare(backing);
    Recording::new(
        config.scenario.clone(),
        &config.compare,
        &config.policy,
        source,
        &hosts,
    )
}
