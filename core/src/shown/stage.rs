//! A stage: what it was told to do, what it has recorded, and what it is at.
//! Pure: it changes only by [`Stage::update`], which answers with what it asks
//! of whoever keeps it, and what to show is asked of it. Many stages can stand
//! beside each other.

mod msg;
mod play;
mod update;
mod voice;

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use crate::asked::backing::Backing;
use crate::asked::config::{Ask, Autorun, Config, Problem};
use crate::asked::consent::Plan;
use crate::asked::editor::Editor;
use crate::asked::hosts::Hosts;
use crate::asked::link::Share;
use crate::millis::Millis;
use crate::part::Part;
use crate::recorded::provenance::Source;
use crate::recorded::recording::Recording;
use crate::shown::curve::Curve;
use crate::shown::exhibit::{Exhibit, MOST_ON_CURVE, USES};
use crate::shown::figure::Figure;
use crate::shown::guess::{Guess, answers};
use crate::shown::lanes::Axis;
use crate::shown::listing::{self, Code, Language, Listing};
use crate::shown::playback::Playback;

pub use msg::{Asker, Drawer, Effect, Msg, Orderer, Place};
use play::Base;

/// The kitchen that the reader is asked about: the first beside the first.
const ASKED: usize = 1;

/// Everything that a stage knows.
#[derive(Clone, Debug)]
pub struct Stage {
    revision: u32,
    figure: Figure,
    config: Rc<Config>,
    problems: Vec<Problem>,
    state: State,
    /// Who stands behind the embedded services.
    backing: Backing,
    /// What is known of the hosts for the next run.
    hosts: Hosts,
    recording: Recording,
    /// What is drawn ahead in its place, until something is run.
    ahead: Option<Recording>,
    axis: Axis,
    playback: Playback,
    base: Base,
    guess: Guess,
    editor: Editor,
    share: Share,
    /// When the last run was over, on the stage's clock.
    over: Option<Millis>,
    /// The kitchens of a run that was permitted and has not begun to be recorded,
    /// or waits for the page to be ready.
    due: Option<Range<usize>>,
    /// How many of the kitchens have been begun; the reader is asked about the
    /// others.
    begun: usize,
    /// Whether the first kitchen is to begin by itself, until it has been.
    is_invited: bool,
    /// When to run without being asked, until that has been done.
    autorun: Autorun,
    /// Whether the last run began so, and no script has asked for it since.
    is_unasked: bool,
    is_seen: bool,
    is_still: bool,
    /// Whether it shows what others recorded, and runs nothing itself.
    is_screen: bool,
    drawer: Option<Drawer>,
    /// What the user is being shown, to agree to it.
    proposed: Option<Plan>,
    /// What the user has agreed to.
    approved: Plan,
    /// How often scripts may have that run again.
    reruns: u32,
    /// What more workers bring, where that is shown: the runs that were made of
    /// these tasks stay on it.
    curve: Curve,
    /// How often a day what it shows is used, as the reader says.
    uses: u32,
    /// The programs beside its kitchens, and their language.
    language: Language,
    code: Code,
    announcement: String,
    /// When that was said, on the stage's clock.
    said: Millis,
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
    /// The first kitchen has run by itself, and the reader is asked about the
    /// others.
    Asked,
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
            Self::Asked => "asked",
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
    /// There are URLs to be called that the user has not agreed to, or not to as
    /// many calls.
    NeedsClick,
    /// They have, and scripts have had it run as often as they may.
    Spent,
    /// There are more calls of URLs than the page makes.
    TooMuch,
    /// What runs here is the reader's own program.
    Theirs,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NeedsClick => "These URLs are called only after your own click on Run.",
            Self::Spent => "Scripts have run this often enough; your own click on Run goes on.",
            Self::Theirs => "A program runs here only after your own click on Run.",
            Self::TooMuch => {
                "A click calls 300 URLs at the most, 600 times in all. Take fewer of them, fewer \
                 kitchens or fewer retries."
            }
        })
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
        let guess = question(figure, &config);
        let mut stage = Self {
            revision: 0,
            figure,
            backing,
            hosts,
            axis: Axis::fitting(recording.extent()),
            recording,
            ahead: None,
            playback: Playback::new(config.speed),
            base: Base::Run,
            guess,
            editor: Editor::new(&config.scenario.tasks),
            share: Share::of(page),
            autorun: config.autorun,
            is_unasked: false,
            config: Rc::new(config),
            problems,
            state: State::Loading,
            over: None,
            due: None,
            begun: 0,
            is_invited: false,
            is_seen: false,
            is_still: false,
            is_screen: false,
            drawer: None,
            proposed: None,
            approved: Plan::default(),
            reruns: 0,
            curve: Curve::default(),
            uses: USES,
            language: Language::default(),
            code: Code::default(),
            announcement: String::new(),
            said: Millis::ZERO,
        };
        stage.draw_ahead();
        stage.foresee_curve();
        stage
    }

    /// The same for as long as nothing changes but the time, the moment that is
    /// shown, what is announced, and how many calls have ended well: whoever keeps
    /// a picture of all else can tell by it whether it still holds.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.revision
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

    /// What its pictures are of: what has been recorded or, before that, what is
    /// drawn ahead. Nothing but pictures is made of that.
    #[must_use]
    pub fn drawn(&self) -> &Recording {
        self.ahead.as_ref().unwrap_or(&self.recording)
    }

    /// The moment at which it stands, where it is drawn ahead.
    fn stands_at(&self) -> Option<Millis> {
        self.config.at.filter(|_| self.ahead.is_some())
    }

    /// The time axis of its kitchens.
    #[must_use]
    pub fn axis(&self) -> Axis {
        self.axis
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

    /// What the reader thinks that the kitchens will take.
    #[must_use]
    pub fn guess(&self) -> &Guess {
        &self.guess
    }

    /// Whether the reader is being asked for a guess: nothing on the stage gives
    /// the answer away then.
    #[must_use]
    pub fn is_guessing(&self) -> bool {
        self.guess.is_open() && self.begun < self.config.compare.len()
    }

    /// The kitchen that the reader is asked about.
    #[must_use]
    pub fn asked(&self) -> Option<usize> {
        let is_time = matches!(self.state, State::Ready | State::Asked) && !self.is_invited;
        let has_it = self.recording.runs().len() > ASKED;
        (is_time && has_it && self.is_guessing()).then_some(ASKED)
    }

    /// What the reader can answer with a tap, the shortest time first; nothing
    /// if theory does not know, or if there are URLs that want a click of their
    /// own.
    #[must_use]
    pub fn answers(&self) -> Vec<Millis> {
        if self.asked().is_none() || self.config.scenario.endpoints().next().is_some() {
            return Vec::new();
        }
        answers(&self.recording.runs()[0], &self.recording.runs()[ASKED])
    }

    /// Whether the first kitchen runs, or has run, without having been asked for.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.begun == 1 && self.config.compare.len() > 1
    }

    /// Why it may not run unless the user themselves asks for it, or not at all.
    ///
    /// # Errors
    /// If there are URLs that wait for the user's click, or too many; or if it runs
    /// nothing itself.
    pub fn permit(&self) -> Result<(), Refusal> {
        let plan = self.plan();
        if self.is_screen {
            Err(Refusal::Theirs)
        } else if plan.urls.is_empty() {
            Ok(())
        } else if plan.is_too_much() {
            Err(Refusal::TooMuch)
        } else if !self.approved.covers(&plan) {
            Err(Refusal::NeedsClick)
        } else if self.reruns == 0 {
            Err(Refusal::Spent)
        } else {
            Ok(())
        }
    }

    /// What a run would call that is not the page's own.
    #[must_use]
    pub fn plan(&self) -> Plan {
        Plan::of(&self.config)
    }

    /// Whether there are URLs that wait for the user's click.
    #[must_use]
    pub fn needs_click(&self) -> bool {
        !self.approved.covers(&self.plan())
    }

    /// What is unfolded below the bar.
    #[must_use]
    pub fn drawer(&self) -> Option<Drawer> {
        self.drawer
    }

    /// What more workers bring.
    #[must_use]
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// How often a day what it shows is used.
    #[must_use]
    pub fn uses(&self) -> u32 {
        self.uses
    }

    /// The language of the programs beside its kitchens.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The programs of that language, as far as they are known.
    #[must_use]
    pub fn code(&self) -> &Code {
        &self.code
    }

    /// The program that does what a kitchen does; none for what was run elsewhere.
    #[must_use]
    pub fn listing(&self, kitchen: usize) -> Option<&Listing> {
        let strategy = self.drawn().runs().get(kitchen)?.strategy()?;
        let name = match &*self.config.code {
            "" => listing::program(strategy, &self.config.scenario),
            name => name,
        };
        self.code.listing(name)
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

/// The question that is put to the reader before a run, if there is room for it
/// and it is wanted.
fn question(figure: Figure, config: &Config) -> Guess {
    let mut guess = Guess::new(config.compare.len());
    let has_room = figure.shows(Part::Picture) && figure.shows(Part::Controls);
    if !has_room || config.ask == Ask::Off || config.at.is_some() {
        guess.skip();
    }
    guess
}

impl Stage {
    /// Begins a curve of what it is to run, if it shows one.
    fn foresee_curve(&mut self) {
        if self.figure.exhibit == Some(Exhibit::Curve) {
            let (tasks, policy) = (&self.config.scenario.tasks, &self.config.policy);
            self.curve = Curve::of(tasks, policy, MOST_ON_CURVE);
        }
    }

    /// Shows a still of what theory expects, if it is asked for and theory knows.
    fn draw_ahead(&mut self) {
        let config = &self.config;
        let (compare, policy) = (&config.compare, &config.policy_in_effect());
        self.ahead = config.at.and_then(|_| {
            Recording::drawn_ahead(config.scenario.clone(), compare, policy, &self.hosts)
        });
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
        &config.policy_in_effect(),
        source,
        &hosts,
    )
}
