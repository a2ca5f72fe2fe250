//! A stage: what it was told to do, what it has recorded, and what it is at.
//! Pure: messages come in, and what to show is asked of it; the shell in
//! [`crate::page`] performs the runs. Many stages can stand beside each other.

use std::fmt;

use crate::client::Source;
use crate::config::{Config, Problem};
use crate::decimal;
use crate::event::{Event, EventKind, Outcome};
use crate::lanes::Axis;
use crate::millis::Millis;
use crate::recording::Recording;
use crate::scenario::EndpointUrl;
use crate::timeline::Misordered;

/// Everything that a stage knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    config: Config,
    problems: Vec<Problem>,
    state: State,
    /// Where the embedded services' latencies come from.
    services: Source,
    recording: Recording,
    axis: Axis,
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
        let recording = blank(&config, services);
        Self {
            services,
            axis: Axis::fitting(recording.extent()),
            config,
            problems,
            state: State::Loading,
            recording,
            approved: false,
            announcement: String::new(),
        }
    }

    /// Is ready, the embedded services' latencies coming from `services`.
    pub fn load(&mut self, services: Source) {
        if self.state == State::Loading {
            self.services = services;
            self.recording = blank(&self.config, services);
            self.state = State::Ready;
        }
    }

    /// Takes other orders; what was recorded under the old ones goes.
    pub fn configure(&mut self, config: Config, problems: Vec<Problem>) {
        let old = std::mem::replace(self, Stage::new(config, problems));
        let urls = |stage: &Stage| {
            stage
                .config
                .scenario
                .endpoints()
                .map(own)
                .collect::<Vec<_>>()
        };
        self.approved = old.approved && urls(&old) == urls(self);
        if old.state != State::Loading {
            self.load(old.services);
        }
    }

    /// Whether a run may begin. The user's own asking is their consent to the
    /// URLs that are on show.
    pub fn permit(&mut self, asker: Asker) -> Result<(), Refusal> {
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
        self.services = services;
        self.recording = blank(&self.config, services);
        self.axis = Axis::fitting(self.recording.extent());
        self.state = State::Running;
        self.announcement = "Running.".into();
    }

    /// Notes that one of its runs has begun.
    pub fn begin(&mut self, run: usize, now: Millis) {
        self.recording.begin(run, now);
    }

    /// Notes what happened in one of its runs.
    pub fn record(&mut self, run: usize, event: Event) -> Result<(), Misordered> {
        self.recording.record(run, event)?;
        self.axis = self.axis.grown(event.at);
        if let EventKind::Ended(outcome) = event.kind {
            self.announce(run, event.task, outcome);
        }
        Ok(())
    }

    /// Makes the axis long enough for a run that takes longer than thought.
    pub fn tick(&mut self, now: Millis) {
        for run in &self.recording.runs {
            self.axis = self.axis.grown(run.elapsed(now));
        }
    }

    /// Notes that every run is over.
    pub fn finish(&mut self) {
        self.axis = Axis::fitting(self.recording.extent());
        self.state = if self.recording.has_failures() {
            State::Failed
        } else {
            State::Finished
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
        if self.state != State::Loading {
            self.recording = blank(&self.config, self.services);
            self.axis = Axis::fitting(self.recording.extent());
            self.state = State::Ready;
            self.announcement = "Reset.".into();
        }
    }

    /// A run's result and a call's failure are worth hearing; each event is not.
    fn announce(&mut self, run: usize, task: usize, outcome: Outcome) {
        let said = &self.recording.runs[run];
        let label = crate::view::words::title(said.strategy);
        let mut sentence = String::new();
        if let Outcome::Failed(failure) = outcome {
            let name = &self.recording.scenario.tasks[task].name;
            sentence = format!("{label}: {name} failed, {failure}. ");
        }
        if let Some(total) = said.total() {
            sentence += &format!("{label} took {}.", total.spoken());
        }
        self.say(&sentence);
    }

    fn say(&mut self, sentence: &str) {
        // Sentences that come at the same moment are read together.
        const LONGEST: usize = 400;
        if sentence.is_empty() {
            return;
        }
        if self.announcement.len() + sentence.len() > LONGEST {
            self.announcement.clear();
        }
        if !self.announcement.is_empty() {
            self.announcement.push(' ');
        }
        self.announcement += sentence.trim();
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

    /// What a screen reader should say.
    #[must_use]
    pub fn announcement(&self) -> &str {
        &self.announcement
    }

    /// The time at which a run is shown: as long as it is live, now.
    #[must_use]
    pub fn time(&self, run: usize, now: Millis) -> Millis {
        self.recording
            .runs
            .get(run)
            .map_or(Millis::ZERO, |run| run.elapsed(now))
    }
}

fn blank(config: &Config, services: Source) -> Recording {
    let source = Source::of(&config.scenario, services);
    Recording::new(config.scenario.clone(), &config.compare, source)
}

fn own((name, url): (&str, &EndpointUrl)) -> (String, EndpointUrl) {
    (name.into(), url.clone())
}
