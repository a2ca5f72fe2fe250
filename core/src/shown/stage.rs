//! A stage: what it was told to do, what it has recorded, and what it is at.
//! Pure: messages come in, and what to show is asked of it; the shell in
//! [`crate::page`] performs the runs. Many stages can stand beside each other.

mod guess;
mod play;
mod voice;

use std::fmt;

use crate::asked::config::{Config, Problem};
use crate::asked::editor::{Edit, Editor};
use crate::asked::hosts::Hosts;
use crate::asked::link::Share;
use crate::asked::scenario::{EndpointUrl, ParseUrl, Scenario};
use crate::decimal;
use crate::millis::Millis;
use crate::recorded::phases::ResourceTiming;
use crate::recorded::provenance::Source;
use crate::recorded::recording::Recording;
use crate::recorded::timeline::Misordered;
use crate::run::event::{Event, EventKind};
use crate::shown::guess::Guess;
use crate::shown::lanes::Axis;
use crate::shown::playback::{PlayState, Playback};
use play::CODA;

/// Everything that a stage knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    config: Config,
    problems: Vec<Problem>,
    state: State,
    /// Where the embedded services' latencies come from.
    services: Source,
    /// What is known of the hosts, for the next run.
    hosts: Hosts,
    recording: Recording,
    axis: Axis,
    playback: Playback,
    guess: Guess,
    editor: Editor,
    share: Share,
    /// When the last run was over, on the stage's clock.
    over: Option<Millis>,
    is_still: bool,
    shows_keys: bool,
    /// Whether the user has had the endpoints' URLs before them and pressed Run.
    approved: bool,
    announcement: String,
    /// Grows with whatever changes but the time.
    version: u64,
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
}

/// Who asks for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The user, by a click or a key of their own.
    User,
    /// A script, a host page or `autorun`.
    Program,
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
    /// A stage that has yet to hear where its latencies will come from.
    #[must_use]
    pub fn new(config: Config, problems: Vec<Problem>) -> Self {
        let services = Source::Simulated;
        let speed = config.speed;
        let mut guess = Guess::new(config.compare.len());
        if config.embed {
            // There is no room for a question.
            guess.skip();
        }
        let editor = Editor::new(&config.scenario.tasks);
        let recording = blank(&config, services, &Hosts::default());
        Self {
            services,
            axis: Axis::fitting(recording.extent()),
            config,
            problems,
            state: State::Loading,
            hosts: Hosts::default(),
            recording,
            playback: Playback::new(speed),
            guess,
            editor,
            share: Share::default(),
            over: None,
            is_still: false,
            shows_keys: false,
            approved: false,
            announcement: String::new(),
            version: 0,
        }
    }

    /// Grows with whatever changes but the time: what does not depend on the
    /// time need not be drawn again while this is the same.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Is ready, the embedded services' latencies coming from `services`.
    pub fn load(&mut self, services: Source) {
        self.version += 1;
        if self.state == State::Loading {
            self.services = services;
            self.recording = self.blank();
            self.state = State::Ready;
        }
    }

    /// Takes other orders; what was recorded under the old ones goes.
    pub fn configure(&mut self, config: Config, problems: Vec<Problem>) {
        self.version += 1;
        let old = std::mem::replace(self, Stage::new(config, problems));
        self.version = old.version + 1;
        let urls = |stage: &Stage| {
            stage
                .config
                .scenario
                .endpoints()
                .map(own)
                .collect::<Vec<_>>()
        };
        self.approved = old.approved && urls(&old) == urls(self);
        self.hosts = old.hosts;
        self.recording = self.blank();
        self.axis = Axis::fitting(self.recording.extent());
        // The editor keeps its history through its own changes.
        self.editor = old.editor;
        self.editor.turn_to(&self.config.scenario.tasks);
        self.share = old.share;
        self.share.clear();
        // Who has been asked is not asked again.
        if !old.guess.is_open() {
            self.guess.skip();
        }
        if old.state != State::Loading {
            self.load(old.services);
        }
    }

    /// The calls as they are being edited.
    #[must_use]
    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    /// What its lines have been asked for.
    #[must_use]
    pub fn share(&self) -> &Share {
        &self.share
    }

    /// The same, to ask for more.
    pub fn share_mut(&mut self) -> &mut Share {
        self.version += 1;
        &mut self.share
    }

    /// Changes the calls; the configuration with the change made, if it makes
    /// one that can be run.
    pub fn edit(&mut self, edit: Edit, parse_url: ParseUrl) -> Option<Config> {
        self.version += 1;
        let has_changed = self.editor.apply(edit, parse_url);
        has_changed.then(|| Config {
            scenario: Scenario::of(self.editor.tasks().to_vec()),
            ..self.config.clone()
        })
    }

    /// The reader has left the field that they were changing.
    pub fn settle_edit(&mut self) {
        self.version += 1;
        self.editor.settle();
    }

    /// Says that a value cannot be used; all else stays as it is.
    pub fn complain(&mut self, problem: Problem) {
        self.version += 1;
        self.problems = vec![problem];
    }

    /// Whether a run may begin. The user's own asking is their consent to the
    /// URLs that are on show.
    pub fn permit(&mut self, asker: Asker) -> Result<(), Refusal> {
        self.version += 1;
        if asker == Asker::User {
            self.approved = true;
        }
        if self.needs_click() {
            return Err(Refusal::NeedsClick);
        }
        Ok(())
    }

    /// Whether there are URLs that wait for the user's click.
    #[must_use]
    pub fn needs_click(&self) -> bool {
        !self.approved && self.config.scenario.endpoints().next().is_some()
    }

    /// Begins a comparison anew.
    pub fn start(&mut self, services: Source) {
        self.version += 1;
        self.services = services;
        self.clear();
        if self.guess.is_open() {
            self.guess.skip();
        }
        self.state = State::Running;
        self.announcement = "Running.".into();
    }

    /// Notes that one of its runs has begun.
    pub fn begin(&mut self, run: usize, now: Millis) {
        self.version += 1;
        self.recording.begin(run, now);
    }

    /// Notes what happened in one of its runs.
    pub fn record(&mut self, run: usize, event: Event) -> Result<(), Misordered> {
        self.version += 1;
        self.recording.record(run, event)?;
        self.axis = self.axis.grown(event.at);
        if let EventKind::Ended(outcome) = event.kind {
            self.announce(run, event.task, outcome);
        }
        Ok(())
    }

    /// Takes what the browser says about the requests of a run that is over.
    pub fn measure(&mut self, run: usize, entries: &[ResourceTiming]) {
        self.version += 1;
        self.hosts.learn(entries);
        self.recording.measure(run, entries);
    }

    /// Lets time pass: the axis grows with a run that takes longer than thought,
    /// and what is played comes to its end.
    pub fn tick(&mut self, now: Millis) {
        let before = (self.axis, self.playback.mode());
        if self.state == State::Running {
            for run in self.recording.runs() {
                self.axis = self.axis.grown(run.elapsed(now));
            }
        }
        let is_live = self.playback.mode() == PlayState::Live;
        let has_settled = |over| self.is_still || now >= over + CODA;
        if is_live && self.over.is_some_and(has_settled) {
            self.playback.pause_at(self.duration(now));
        }
        self.playback.tick(now, self.track(now, &[]));
        if before != (self.axis, self.playback.mode()) {
            self.version += 1;
        }
    }

    /// Notes that every run is over.
    pub fn finish(&mut self, now: Millis) {
        self.version += 1;
        self.over = Some(now);
        self.axis = self.fitting_axis();
        self.state = if self.recording.is_success() {
            State::Finished
        } else {
            State::Failed
        };
        if let Some(speedup) = self.recording.speedup() {
            self.say(&format!(
                "Finished: {} times as fast.",
                decimal::short(speedup)
            ));
        }
    }

    /// Is as it was before the first run.
    pub fn reset(&mut self) {
        self.version += 1;
        if self.state != State::Loading {
            self.clear();
            self.state = State::Ready;
            self.announcement = "Reset.".into();
        }
    }

    fn clear(&mut self) {
        self.recording = self.blank();
        self.axis = self.fitting_axis();
        self.playback = Playback::new(self.playback.rate());
        self.over = None;
    }

    /// A recording in which nothing has happened yet. What is known of the
    /// hosts stays known.
    fn blank(&self) -> Recording {
        blank(&self.config, self.services, &self.hosts)
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

    /// What it was told to do.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What was wrong with what it was told.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What it is at.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// Whether every run is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Finished | State::Failed)
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
}

fn blank(config: &Config, services: Source, hosts: &Hosts) -> Recording {
    let source = Source::of(&config.scenario, services);
    Recording::new(
        config.scenario.clone(),
        &config.compare,
        &config.policy,
        source,
        hosts,
    )
}

fn own((name, url): (&str, &EndpointUrl)) -> (String, EndpointUrl) {
    (name.into(), url.clone())
}
