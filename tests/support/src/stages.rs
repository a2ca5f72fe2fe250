//! Stages that are driven by hand: messages in, on a clock of the test's own.

use expert_chef_core::asked::backing::Backing;
use expert_chef_core::asked::config::Config;
use expert_chef_core::millis::Millis;
use expert_chef_core::run::event::Event;
use expert_chef_core::shown::figure::Figure;
use expert_chef_core::shown::stage::{Effect, Msg, Stage};

/// Where its page is.
pub const PAGE: &str = "https://chef.example/";

/// Where its services are.
pub const SERVICES: &str = "https://chef.example/expert-chef-services/";

/// Who answers for them, unless timers have to.
pub const WORKER: Backing = Backing::Worker(SERVICES);

/// A stage with the clock that the test moves.
#[derive(Debug)]
pub struct Staged {
    /// The stage.
    pub stage: Stage,
    /// What its clock shows.
    pub now: Millis,
    /// What it asked for since that was looked at last.
    pub effects: Vec<Effect>,
}

impl Staged {
    /// On the page, waiting for the services.
    pub fn loading(config: Config) -> Self {
        Self {
            stage: Stage::new(Figure::PAGE, config, Vec::new(), PAGE),
            now: Millis::ZERO,
            effects: Vec::new(),
        }
    }

    /// Ready to run.
    pub fn ready(config: Config) -> Self {
        let mut staged = Self::loading(config);
        staged.tell(Msg::Loaded(WORKER));
        staged.effects.clear();
        staged
    }

    /// A comparison has begun.
    pub fn running(config: Config) -> Self {
        let mut staged = Self::ready(config);
        staged.tell(Msg::Started(WORKER));
        staged.effects.clear();
        staged
    }

    /// Says something at the present time.
    pub fn tell(&mut self, msg: Msg) {
        let effects = self.stage.update(msg, self.now);
        self.effects.extend(effects);
    }

    /// Says something when the clock shows that.
    pub fn tell_at(&mut self, ms: f64, msg: Msg) {
        self.now = Millis::new(ms);
        self.tell(msg);
    }

    /// One of its runs begins when the clock shows that, and goes on until it
    /// shows the other.
    pub fn go_on(&mut self, run: usize, events: &[Event], began: f64, until: f64) {
        if self.stage.recording().runs()[run].began().is_none() {
            self.tell_at(began, Msg::Began(run));
        }
        let recorded = self.stage.recording().runs()[run].timeline().events().len();
        for &event in &events[recorded..] {
            let at = began + event.at.ms();
            if at > until {
                break;
            }
            self.tell_at(at, Msg::Happened(run, event));
        }
        self.now = Millis::new(until);
    }

    /// What it asked for since that was looked at last.
    pub fn asked(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}
