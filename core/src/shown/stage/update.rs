//! The one way in which a stage changes.

use std::ops::Range;
use std::rc::Rc;

use super::{
    ASKED, Asker, Drawer, Effect, Msg, Orderer, Place, Refusal, Stage, State, blank, question,
};
use crate::asked::backing::Backing;
use crate::asked::config::{Autorun, Config, Problem};
use crate::asked::consent::MAX_RERUNS;
use crate::asked::editor::Edit;
use crate::asked::embed::Told;
use crate::asked::form::Setting;
use crate::asked::scenario::{MAX_COMPUTE, ParseUrl, Scenario};
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::part::Part;
use crate::recorded::provenance::Source;
use crate::recorded::recording::{Recording, Run};
use crate::run::event::{Event, EventKind};
use crate::shown::exhibit::{Exhibit, MOST_USES};
use crate::shown::listing::Code;
use crate::shown::playback::{PlayState, Playback};
use crate::shown::stage::play::Base;
use crate::shown::{verdict, words};

impl Stage {
    /// Takes a message in, `now` being the stage's clock; what is to be done
    /// about it, in this order, once the stage has been drawn.
    pub fn update(&mut self, msg: Msg, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        let can_wait = msg.can_wait();
        let stood = (msg.is_moment(), self.playback.state());
        match msg {
            Msg::Loaded(backing) => self.load(backing, &mut effects),
            Msg::Invited => self.is_invited = true,
            Msg::Seen(is_seen) => {
                self.is_seen = is_seen;
                if is_seen && self.figure.shows(Part::Code) {
                    self.read_code(&mut effects);
                }
                self.run_by_itself(&mut effects);
            }
            Msg::Stilled(is_still) => self.is_still = is_still,
            Msg::Lent => self.is_screen = true,
            Msg::Configured(config, problems, orderer) => {
                let sentences = problems.iter().map(|problem| problem.sentence.clone());
                let complaints: Vec<_> = sentences.map(Effect::TellError).collect();
                self.configure(*config, problems, &mut effects);
                if orderer == Orderer::Program {
                    effects.push(Effect::Remember);
                    effects.extend(complaints);
                }
            }
            Msg::Set(setting) => self.set(setting, &mut effects),
            Msg::Complained(problem) => self.problems = vec![problem],
            Msg::Edited(edit, parse_url) => self.edit(edit, parse_url, &mut effects),
            Msg::Settled => {
                self.editor.settle();
                effects.push(Effect::Remember);
            }
            Msg::Learned(hosts) => {
                self.hosts = hosts;
                if !self.state.has_recording() {
                    self.clear();
                    self.draw_ahead();
                }
            }
            Msg::Asked(asker) => self.ask(asker, &mut effects),
            Msg::Consented(agrees) => self.consent(agrees, &mut effects),
            Msg::Started(backing) => {
                // A comparison that goes on has been told of.
                let is_new = self.due.as_ref().is_none_or(|due| due.start == 0);
                self.start(backing);
                if is_new {
                    effects.push(Effect::Tell(Told::Run));
                }
            }
            Msg::Began(run) => self.recording.begin(run, now),
            Msg::Hidden(is_hidden) => self.recording.hide(is_hidden, now),
            Msg::Happened(run, event) => self.happen(run, event, now),
            Msg::Measured(run, entries, frames) => self.recording.measure(run, &entries, frames),
            Msg::Explained(found) => self.recording.explain(&found),
            Msg::Finished => {
                self.finish(now);
                if self.state.is_over() {
                    effects.push(Effect::Tell(Told::Finished));
                }
            }
            Msg::Opened(recording) => self.open(*recording, now, &mut effects),
            Msg::Reset => {
                self.cancel(&mut effects);
                if self.state != State::Loading {
                    self.clear();
                    self.draw_ahead();
                    self.state = State::Ready;
                    self.announcement = "Reset.".into();
                }
            }
            Msg::Ticked => {}
            Msg::Played(verb) => self.play(verb, now),
            Msg::Chosen(run, at) => self.choose(run, at, now),
            Msg::Toggled(drawer) if self.drawer == Some(drawer) => self.drawer = None,
            Msg::Toggled(drawer) => {
                self.drawer = Some(drawer);
                if drawer == Drawer::Code {
                    self.read_code(&mut effects);
                }
                effects.push(Effect::Focus(Place::Drawer));
            }
            Msg::Closed => {
                let handle = self.drawer.take().map(Place::Handle);
                effects.extend(handle.map(Effect::Focus));
            }
            Msg::Guessing(kitchen, text) => self.guess.enter(kitchen, &text),
            Msg::Guessed => {
                let next = match self.guess.answer() {
                    Ok(()) => {
                        self.axis = self.fitting_axis();
                        self.drawer = None;
                        Place::Run
                    }
                    // What cannot be read is said beside its field.
                    Err(kitchen) => Place::Guess(kitchen),
                };
                effects.push(Effect::Focus(next));
            }
            Msg::GuessTapped(kitchen, text) => {
                if self.asked() == Some(kitchen) {
                    self.guess.enter(kitchen, &text);
                    if self.guess.answer().is_ok() {
                        self.axis = self.fitting_axis();
                        // A guess is no consent to anything.
                        self.ask_for(self.unasked(), Asker::Program, &mut effects);
                        effects.push(Effect::Focus(Place::Player));
                    }
                }
            }
            Msg::PreviewToggled(line) => self.share.toggle_preview(line),
            Msg::Said(said) => {
                self.announcement.clone_from(&said);
                self.share.say(said);
            }
            Msg::Used(uses) => self.uses = uses.min(MOST_USES),
            Msg::Spoke(language) => effects.push(Effect::Speak(Some(language))),
            Msg::Coded(language, code) => {
                self.language = language;
                self.code = code;
            }
        }
        if !can_wait {
            self.tick(now);
        }
        if stood != (true, self.playback.state()) {
            self.revision += 1;
        }
        effects
    }

    /// Asks for the programs, unless they are there.
    fn read_code(&self, effects: &mut Vec<Effect>) {
        if !matches!(self.code, Code::Here(_)) {
            effects.push(Effect::Speak(None));
        }
    }

    fn load(&mut self, backing: Backing, effects: &mut Vec<Effect>) {
        if self.state != State::Loading {
            return;
        }
        self.backing = backing;
        self.clear();
        self.draw_ahead();
        self.state = State::Ready;
        effects.push(Effect::Tell(Told::Ready));
        for problem in &self.problems {
            effects.push(Effect::TellError(problem.sentence.clone()));
        }
        if self.due.take().is_some() {
            // Who asked meanwhile, and `autorun`, get one run.
            self.autorun = Autorun::None;
            self.ask(Asker::Program, effects);
        } else {
            self.run_by_itself(effects);
        }
    }

    /// Runs once without being asked, if it is to, as soon as it can.
    fn run_by_itself(&mut self, effects: &mut Vec<Effect>) {
        let is_time = match self.autorun {
            Autorun::None => false,
            Autorun::Load => true,
            Autorun::Visible => self.is_seen,
        };
        if self.state == State::Loading {
            return;
        }
        // URLs from outside wait for a click, whatever autorun says; and who
        // has run it already has seen it.
        // So does work that would have the page stand still for long, before
        // anybody could have read that it will.
        let is_short = self.config.scenario.work() <= MAX_COMPUTE;
        let is_free = self.state == State::Ready && self.due.is_none();
        let may_run = is_free && is_short && self.permit().is_ok();
        if is_time {
            self.autorun = Autorun::None;
            if may_run {
                self.ask(Asker::Program, effects);
                self.is_unasked = true;
            }
        } else if self.is_invited && self.is_seen {
            self.is_invited = false;
            let has_foresight = self
                .recording
                .runs()
                .iter()
                .all(|run| run.predicted().is_some());
            if may_run && has_foresight && !self.is_still && self.asked().is_some() {
                self.ask_for(0..1, Asker::Program, effects);
            }
        }
    }

    /// Those that have not been begun, where the reader is asked about them;
    /// otherwise all.
    fn unasked(&self) -> Range<usize> {
        let first = match self.state {
            State::Asked => self.begun,
            _ => 0,
        };
        first..self.config.compare.len()
    }

    /// Whoever asks, all kitchens run; a reader who has seen the first one and
    /// is asked about the others sees these.
    fn ask(&mut self, asker: Asker, effects: &mut Vec<Effect>) {
        let kitchens = match asker {
            Asker::User => self.unasked(),
            Asker::Program => 0..self.config.compare.len(),
        };
        self.ask_for(kitchens, asker, effects);
    }

    /// Who asks for calls that they have not agreed to is shown these first.
    fn ask_for(&mut self, kitchens: Range<usize>, asker: Asker, effects: &mut Vec<Effect>) {
        let is_user = asker == Asker::User;
        match self.permit() {
            Err(Refusal::NeedsClick) if is_user && self.state != State::Loading => {
                self.proposed = Some(self.plan());
                effects.push(Effect::Ask);
                return;
            }
            Err(Refusal::Spent) if is_user => {}
            Err(refusal) => {
                effects.push(Effect::TellError(refusal.to_string()));
                return;
            }
            Ok(()) if is_user || self.plan().urls.is_empty() => {}
            Ok(()) => self.reruns -= 1,
        }
        // The first script that asks for what goes on by itself gets that run,
        // whichever of the two came first.
        let goes_on = self.state == State::Running && kitchens == (0..self.begun);
        let is_there = std::mem::take(&mut self.is_unasked) && goes_on && !is_user;
        if !is_there && self.due.as_ref() != Some(&kitchens) {
            self.cancel(effects);
            self.due = Some(kitchens.clone());
            if self.state != State::Loading {
                effects.push(Effect::Perform(kitchens));
            }
        }
        if is_user {
            effects.push(Effect::Focus(Place::Player));
        }
    }

    /// Consent is to what was shown: if that is no longer what would be called, it
    /// is to nothing.
    fn consent(&mut self, agrees: bool, effects: &mut Vec<Effect>) {
        match self.proposed.take() {
            Some(plan) if agrees => {
                self.approved = plan;
                self.reruns = MAX_RERUNS;
                self.ask(Asker::User, effects);
            }
            _ => effects.push(Effect::Focus(Place::Run)),
        }
    }

    /// Ends a run that is under way.
    fn cancel(&mut self, effects: &mut Vec<Effect>) {
        if self.due.is_some() || self.state == State::Running {
            effects.push(Effect::Cancel);
        }
        self.due = None;
    }

    /// Begins the kitchens that are due; what the others have recorded stays
    /// where it goes on from there.
    fn start(&mut self, backing: Backing) {
        let all = self.config.compare.len();
        let kitchens = self.due.take().unwrap_or(0..all);
        self.backing = backing;
        if kitchens.start == 0 {
            self.clear();
        }
        self.begun = kitchens.end;
        self.is_invited = false;
        if self.guess.is_open() && self.begun == all {
            self.guess.skip();
        }
        self.over = None;
        self.playback = self.playback.afresh();
        self.base = Base::Comparison;
        self.state = State::Running;
        self.announcement = "Running.".into();
    }

    /// Shows a recording from elsewhere. One that goes on is shown as it does, and
    /// taken by who stops at one of its moments for what it is when it comes again.
    fn open(&mut self, recording: Recording, now: Millis, effects: &mut Vec<Effect>) {
        let goes_on = !recording.runs().iter().all(Run::is_finished);
        let is_same = self.state == State::Running && self.recording.source() == Source::Program;
        let is_live = self.playback.state() == PlayState::Live;
        if !is_same {
            self.cancel(effects);
            self.guess.skip();
            self.clear();
        }
        self.recording = recording;
        if !goes_on {
            self.base = Base::Run;
            self.finish(now);
            if is_live || !is_same {
                self.playback.pause_at(self.duration(now));
            }
        } else if !is_same {
            self.base = Base::Comparison;
            self.state = State::Running;
        }
    }

    fn happen(&mut self, run: usize, event: Event, now: Millis) {
        let recorded = self.recording.record(run, event);
        debug_assert!(recorded.is_ok(), "{recorded:?}");
        self.axis = self.axis.grown(event.at);
        if let EventKind::Ended(outcome) = event.kind {
            self.announce(run, event.task, outcome, now);
            let is_over = self.recording.runs()[run].total().is_some();
            if is_over || outcome != Outcome::Ok {
                self.revision += 1;
            }
        }
    }

    fn finish(&mut self, now: Millis) {
        self.over = Some(now);
        if self.is_opening() {
            self.state = State::Asked;
            let asks =
                words::question(self.config.compare[ASKED], self.config.scenario.tasks.len());
            self.say(&asks, now);
            return;
        }
        if self.figure.exhibit == Some(Exhibit::Curve) {
            for run in self.recording.runs() {
                self.curve.add(run);
            }
        }
        self.axis = self.fitting_axis();
        self.state = if self.recording.is_success() {
            State::Finished
        } else {
            State::Failed
        };
        self.say(&verdict::spoken(&self.recording), now);
    }

    /// Nothing has happened yet.
    fn clear(&mut self) {
        self.recording = blank(&self.config, self.backing, &self.hosts);
        self.ahead = None;
        self.axis = self.fitting_axis();
        self.playback = self.playback.afresh();
        self.base = Base::Run;
        self.over = None;
        self.begun = 0;
    }

    fn configure(&mut self, mut config: Config, problems: Vec<Problem>, effects: &mut Vec<Effect>) {
        self.cancel(effects);
        // What the page is, it is for as long as it is open.
        config.embed = self.config.embed;
        if config.embed && config.show != self.config.show {
            self.figure.parts = config.show;
        }
        if self.proposed.take().is_some() {
            effects.push(Effect::Withdraw);
        }
        // Who has been asked is not asked again.
        let is_asked = self.guess.is_open();
        self.guess = question(self.figure, &config);
        if !is_asked {
            self.guess.skip();
        }
        self.is_invited = false;
        // The editor keeps its history through its own changes.
        if self.editor.tasks() != config.scenario.tasks {
            self.editor.turn_to(&config.scenario.tasks);
        }
        self.playback = Playback::new(config.speed);
        self.share.clear();
        self.announcement.clear();
        let known = (&self.config.scenario.tasks, &self.config.policy);
        let is_other = known != (&config.scenario.tasks, &config.policy);
        self.config = Rc::new(config);
        self.problems = problems;
        if is_other {
            self.foresee_curve();
        }
        if self.state != State::Loading {
            self.state = State::Ready;
        }
        self.clear();
        self.draw_ahead();
        effects.push(Effect::Dress);
    }

    fn set(&mut self, setting: Setting, effects: &mut Vec<Effect>) {
        let config = self.config.with(setting);
        if config != *self.config {
            self.configure(config, Vec::new(), effects);
            effects.push(Effect::Remember);
        }
    }

    fn edit(&mut self, edit: Edit, parse_url: ParseUrl, effects: &mut Vec<Effect>) {
        let has_changed = self.editor.apply(edit, parse_url);
        let focus = self.editor.focus();
        if has_changed {
            let scenario = Scenario::of(self.editor.tasks().to_vec());
            let config = Config::clone(&self.config);
            self.configure(Config { scenario, ..config }, Vec::new(), effects);
        }
        // The button that was pressed may be gone, or belong to another call.
        effects.extend(focus.map(|(edit, index)| Effect::Focus(Place::Edit(edit, index))));
    }
}
