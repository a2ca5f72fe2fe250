//! A reader's program on the page: whether it can run, what it is at, and what
//! became of it. Pure, as a stage is: it changes only by [`Session::update`],
//! which answers with what it asks of whoever keeps it.

mod guest;
mod services;
mod sharing;
mod words;

use crate::asked::exercise::Exercise;
use crate::asked::fragment::Problem;
use crate::asked::language::Language;
use crate::asked::scenario::Drawn;
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::outside::legible;
use crate::recorded::program::Program;
use crate::recorded::recording::Recording;
use crate::run::told::Told;
use crate::shown::judge::{Verdict, judge};
use crate::shown::playback::PlayState;
use crate::shown::stage::Stage;
use crate::text::{concat, join};

pub use guest::{Guest, KITCHEN, LESSON, Origin};
pub use services::{MOST_CALLS, Request};
pub use sharing::Sharing;
pub use words::{MEGABYTE, said};

/// How many interpreters are kept warm: the next, and one in the place of that
/// when it is stopped.
const WARM: usize = 2;

/// The program with which a reader begins.
const START: &str = "start";

/// How much is quoted of what is wrong, in characters.
const MOST_QUOTED: usize = 40;

/// What is known of a reader's program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The language that is on, and what runs programs in each.
    language: Language,
    engines: [Engine; Language::ALL.len()],
    /// Whether the reader is here.
    is_open: bool,
    /// What is to be run as soon as an interpreter can.
    due: Option<String>,
    run: Option<Run>,
    /// The exercises, and the one that is on.
    exercises: Vec<Exercise>,
    chosen: usize,
    /// Those that were passed, by name.
    passed: Vec<String>,
    verdict: Option<Verdict>,
    /// What was wrong with what was asked for, or with the exercises.
    problem: Option<String>,
    /// What was wrong with the language that was asked for.
    unspoken: Option<String>,
    /// A program that is not the reader's own, and why one that was meant is not
    /// there.
    guest: Option<Guest>,
    refused: Option<String>,
    sharing: Sharing,
}

/// What runs programs in a language.
#[derive(Clone, Debug, Default, PartialEq)]
struct Engine {
    parts: Parts,
    /// How many interpreters wait for a program, and how many are being started.
    warm: usize,
    starting: usize,
}

/// What an interpreter is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Parts {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// On its way: so many bytes of so many.
    Coming(f64, f64),
    /// There.
    Here,
    /// Not to be had, for that reason.
    Missing(String),
}

/// A run of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The program.
    pub source: String,
    /// The language that it is in.
    pub language: Language,
    /// When it began, on the page's clock.
    began: Millis,
    /// What has happened.
    pub program: Program,
    /// How it ended, once it has.
    pub end: Option<End>,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// In a word.
    pub how: How,
    /// What is to be said of it: a traceback, or a sentence.
    pub says: String,
    /// The line at which it failed, from 1.
    pub line: Option<u32>,
    /// The threads that it left behind, by name.
    pub left: Vec<String>,
    /// How long it took, by the page's clock.
    pub took: Millis,
}

/// How a program ended, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Well.
    Ok,
    /// By an exception that nobody caught.
    Raised,
    /// By saying so.
    Exit,
    /// The reader has stopped it.
    Stopped,
    /// It reached a limit.
    Limit,
    /// Nothing of it could ever go on.
    Deadlock,
    /// The interpreter itself has failed.
    Broken,
}

impl How {
    /// Its word in the page's elements.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Raised => "raised",
            Self::Exit => "exit",
            Self::Stopped => "stopped",
            Self::Limit => "limit",
            Self::Deadlock => "deadlock",
            Self::Broken => "broken",
        }
    }

    /// That of an interpreter's word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let all = [
            Self::Ok,
            Self::Raised,
            Self::Exit,
            Self::Limit,
            Self::Deadlock,
        ];
        all.into_iter().find(|how| how.word() == word)
    }
}

/// Everything that changes a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The reader is here: what an interpreter is made of is to be fetched.
    Opened,
    /// So many of so many bytes of that language's have come.
    Coming(Language, f64, f64),
    /// All of it is here.
    Came(Language),
    /// It is not to be had, for that reason.
    Missing(Language, String),
    /// An interpreter is ready.
    Started(Language),
    /// One could not be started, for that reason.
    NotStarted(Language, String),
    /// A warm one is gone.
    Lost(Language),
    /// The reader wants to write in the language of that word.
    Speak(String),
    /// The reader wants this program to run.
    Asked(String),
    /// The reader wants it to stop.
    Stop,
    /// The program makes a call.
    Called(u32, Request),
    /// A call was answered, or not.
    Answered(u32, Result<(), Failure>),
    /// The program gave a call up.
    GaveUp(u32),
    /// The interpreter tells of its threads.
    Told(String),
    /// The program is over.
    Ended(End),
    /// These are the exercises, as the build writes them; that one is asked for by
    /// name, if any, and those were passed before.
    Learned(String, Option<String>, Vec<String>),
    /// The reader chooses an exercise.
    Chosen(String),
    /// The reader wants to begin the exercise again.
    Begun,
    /// The address has this fragment, and with it that program, if any.
    Linked(String, Option<Result<String, Problem>>),
    /// The address asks for a program of the lesson, by its name.
    Quoted(String),
    /// The reader turns to the program that is not theirs, or back to their own.
    Turned(bool),
    /// The reader wants this program, which was not theirs, in the place of theirs.
    Adopted(String),
    /// The reader wants a link to this program.
    Shared(String),
    /// The program is compressed, if it could be; the page is at that URL.
    Packed(Option<Vec<u8>>, String),
    /// What came of copying the link.
    Copied(String),
}

/// What a session asks of whoever keeps it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Fetch what an interpreter of that language is made of.
    Fetch(Language),
    /// Start one more.
    Start(Language),
    /// Have a warm one run this program, and take its word from now on.
    Run(Language, String),
    /// Have the reader write in that language.
    Speak(Language),
    /// Have a service answer that call.
    Call(u32, String, Drawn),
    /// No answer to that call is wanted any more.
    Abort(u32),
    /// Refuse that call, with this sentence.
    Refuse(u32, String),
    /// Let the interpreter tell on.
    Acknowledge,
    /// End the interpreter that ran the program.
    Close,
    /// Show what was recorded.
    Show,
    /// Have the reader write the program that is kept under that name: what they had
    /// of it, or else this.
    Open(String, String),
    /// Have the reader's program be this.
    Write(String),
    /// Keep that this exercise was passed.
    Keep(String),
    /// Tell a host page what became of this exercise.
    Tell(String, Verdict),
    /// Compress this program.
    Pack(String),
    /// Have the link on the clipboard, once it is shown.
    Copy,
}

impl Session {
    /// Takes a message in, `now` being the page's clock; what is to be done about
    /// it, in this order.
    pub fn update(&mut self, msg: Msg, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        match msg {
            Msg::Opened => {
                self.is_open = true;
                self.want(&mut effects);
            }
            Msg::Coming(language, loaded, total) => {
                self.of(language).parts = Parts::Coming(loaded, total);
            }
            Msg::Came(language) => {
                self.of(language).parts = Parts::Here;
                self.warm_up(&mut effects);
            }
            Msg::Missing(language, why) => self.miss(language, why),
            Msg::Started(language) => {
                let engine = self.of(language);
                engine.starting = engine.starting.saturating_sub(1);
                engine.warm += 1;
                self.begin(now, &mut effects);
                self.warm_up(&mut effects);
            }
            Msg::NotStarted(language, why) => {
                let engine = self.of(language);
                engine.starting = engine.starting.saturating_sub(1);
                if engine.warm + engine.starting == 0 {
                    self.miss(language, why);
                }
            }
            Msg::Lost(language) => {
                let engine = self.of(language);
                engine.warm = engine.warm.saturating_sub(1);
                self.warm_up(&mut effects);
            }
            Msg::Speak(word) => self.speak(&word, now, &mut effects),
            Msg::Asked(source) => {
                if self.is_running() {
                    return effects;
                }
                self.due = Some(source);
                let language = self.language;
                if let Parts::Missing(_) = self.parts() {
                    // Who asks again may have a network by now.
                    self.of(language).parts = Parts::Coming(0.0, 0.0);
                    effects.push(Effect::Fetch(language));
                }
                self.begin(now, &mut effects);
                self.warm_up(&mut effects);
            }
            Msg::Stop => self.leave(now, &mut effects),
            Msg::Called(id, request) => self.call(id, &request, now, &mut effects),
            Msg::Answered(id, answer) => {
                let outcome = answer.map_or_else(Outcome::Failed, |()| Outcome::Ok);
                self.note(now, |program, at| program.answer(id, outcome, at));
            }
            Msg::GaveUp(id) => {
                self.note(now, |program, at| {
                    program.answer(id, Outcome::Cancelled, at)
                });
                effects.push(Effect::Abort(id));
            }
            Msg::Told(batch) => {
                self.set_zero(&batch, now);
                self.note(now, |program, at| program.tell(&batch, at));
                effects.push(Effect::Acknowledge);
            }
            Msg::Ended(end) => self.end(end, now, &mut effects),
            Msg::Learned(text, wanted, passed) => {
                match Exercise::read(&text) {
                    Ok(exercises) => self.exercises = exercises,
                    Err(problem) => self.problem = Some(problem),
                }
                self.passed = passed;
                self.choose(wanted.as_deref(), &mut effects);
            }
            Msg::Chosen(name) => {
                self.leave(now, &mut effects);
                // Who goes to an exercise goes to what they wrote there.
                self.turn(false);
                self.refused = None;
                self.choose(Some(&name), &mut effects);
            }
            Msg::Begun => {
                if let Some(Effect::Open(_, start)) = self.opened() {
                    effects.push(Effect::Write(start));
                }
            }
            Msg::Linked(fragment, program) => {
                if self.linked(fragment, program) {
                    self.leave(now, &mut effects);
                    self.open(&mut effects);
                }
            }
            Msg::Quoted(name) => {
                self.quoted(&name);
                if self.guest.is_some() {
                    self.open(&mut effects);
                }
            }
            Msg::Turned(is_on) => {
                self.leave(now, &mut effects);
                self.turn(is_on);
                self.open(&mut effects);
            }
            Msg::Adopted(program) => {
                self.leave(now, &mut effects);
                self.turn(false);
                self.open(&mut effects);
                effects.push(Effect::Write(program));
            }
            Msg::Shared(program) => effects.extend(self.share(program)),
            Msg::Packed(packed, page) => effects.extend(self.packed(packed, &page)),
            Msg::Copied(said) => self.sharing.say(said),
        }
        effects
    }

    fn of(&mut self, language: Language) -> &mut Engine {
        &mut self.engines[language as usize]
    }

    fn engine(&self) -> &Engine {
        &self.engines[self.language as usize]
    }

    /// Has what runs programs in the language that is on, once the reader is here.
    fn want(&mut self, effects: &mut Vec<Effect>) {
        let language = self.language;
        if self.is_open && *self.parts() == Parts::Unasked {
            self.of(language).parts = Parts::Coming(0.0, 0.0);
            effects.push(Effect::Fetch(language));
        }
    }

    fn miss(&mut self, language: Language, why: String) {
        self.of(language).parts = Parts::Missing(why);
        if language == self.language {
            self.due = None;
        }
    }

    /// Turns to that language, if there is such a one.
    fn speak(&mut self, word: &str, now: Millis, effects: &mut Vec<Effect>) {
        let Some(language) = Language::of(word) else {
            let words = Language::ALL.map(Language::word);
            self.unspoken = Some(concat(&[
                "There is no language “",
                &legible(word, MOST_QUOTED),
                "” here. There are: ",
                &join(&words, ", "),
                ".",
            ]));
            return;
        };
        self.unspoken = None;
        if language == self.language {
            return;
        }
        self.leave(now, effects);
        self.language = language;
        effects.push(Effect::Speak(language));
        let name = self.exercise().map(|exercise| exercise.name.clone());
        if let Some(name) = name {
            self.choose(Some(&name), effects);
        }
        self.want(effects);
        self.warm_up(effects);
    }

    /// Turns to that exercise, or to the first.
    fn choose(&mut self, name: Option<&str>, effects: &mut Vec<Effect>) {
        let found = name.map(|name| self.exercises.iter().position(|one| one.name == name));
        if let (Some(name), Some(None)) = (name, found) {
            let names: Vec<&str> = self.exercises.iter().map(|one| &*one.name).collect();
            self.problem = Some(concat(&[
                "There is no exercise “",
                &legible(name, MOST_QUOTED),
                "”. There are: ",
                &join(&names, ", "),
                ".",
            ]));
        } else {
            self.problem = None;
        }
        self.chosen = found.flatten().unwrap_or_default();
        // The reader may know of it, and looks for it in vain.
        if let Some(exercise) = self.exercises.get(self.chosen)
            && exercise.file(&self.language.program(START)).is_none()
        {
            let says = ["“", &*exercise.title, "” is in Python alone."];
            self.problem = Some(concat(&says));
        }
        self.open(effects);
    }

    /// Ends what is of the program that stands where the reader writes.
    fn leave(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        self.due = None;
        let end = End::short(How::Stopped, "You stopped it.");
        self.end(end, now, effects);
    }

    /// Has the reader write what stands in the exercise that is on.
    fn open(&mut self, effects: &mut Vec<Effect>) {
        if self.run.take().is_some() {
            // What is shown is of another program.
            effects.push(Effect::Show);
        }
        effects.extend(self.opened());
        self.verdict = None;
        self.sharing = Sharing::default();
    }

    /// The exercise that is on.
    #[must_use]
    pub fn exercise(&self) -> Option<&Exercise> {
        self.exercises.get(self.chosen)
    }

    /// All of them, each with whether it was passed.
    pub fn exercises(&self) -> impl Iterator<Item = (&Exercise, bool)> {
        let is_passed = |one: &Exercise| self.passed.contains(&one.name);
        self.exercises.iter().map(move |one| (one, is_passed(one)))
    }

    /// What is to be said of the last run.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// What was wrong with what was asked for.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// What was wrong with the language that was asked for.
    #[must_use]
    pub fn unspoken(&self) -> Option<&str> {
        self.unspoken.as_deref()
    }

    /// The language that is on.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Its calls in kitchens: its own while it runs, and once it is over those beside
    /// it.
    #[must_use]
    pub fn recording(&self) -> Option<Recording> {
        let run = self.run.as_ref()?;
        if run.end.is_none() {
            return run.program.underway(run.began, run.language);
        }
        let free = Exercise::default();
        let exercise = self.exercise().filter(|one| !one.all_checks().is_empty());
        let exercise = exercise.unwrap_or(&free);
        run.program.recording(exercise, run.language)
    }

    /// Runs what is due, if an interpreter is warm.
    fn begin(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        if self.engine().warm == 0 || self.is_running() {
            return;
        }
        let Some(source) = self.due.take() else {
            return;
        };
        let language = self.language;
        self.of(language).warm -= 1;
        effects.push(Effect::Run(language, source.clone()));
        self.verdict = None;
        self.run = Some(Run {
            source,
            language,
            began: now,
            program: Program::default(),
            end: None,
        });
    }

    /// Has as many interpreters as are kept warm. One at a time, and none while a
    /// program runs: it would be slower for it.
    fn warm_up(&mut self, effects: &mut Vec<Effect>) {
        let Engine {
            parts,
            warm,
            starting,
        } = self.engine();
        let is_time = *parts == Parts::Here && !self.is_running() && *starting == 0;
        if is_time && *warm < WARM {
            let language = self.language;
            self.of(language).starting += 1;
            effects.push(Effect::Start(language));
        }
    }

    fn call(&mut self, id: u32, request: &Request, now: Millis, effects: &mut Vec<Effect>) {
        if !self.is_running() {
            return;
        }
        let before = self.run.as_ref().map(|run| run.program.calls().iter());
        let before = before.map_or(0, |calls| {
            calls
                .filter(|one| one.is_call() && one.name == request.name)
                .count()
        });
        let from = (&*request.thread, request.line);
        self.note(now, |program, at| program.call(id, &request.name, from, at));
        let made = self.run.as_ref().map_or(0, |run| run.program.calls().len());
        let attempt = u32::try_from(before).unwrap_or(u32::MAX);
        let services = self
            .exercise()
            .map_or(&[][..], |exercise| &exercise.services);
        let drawn = match self
            .exercise()
            .and_then(|exercise| exercise.drawn(&request.name, attempt))
        {
            Some(drawn) => Ok(drawn),
            None if services.is_empty() => request.drawn(),
            None => {
                let names: Vec<&str> = services.iter().map(|task| &*task.name).collect();
                Err(concat(&[
                    "There is no such service here. There are: ",
                    &join(&names, ", "),
                    ".",
                ]))
            }
        };
        match drawn {
            Ok(drawn) if made <= MOST_CALLS => {
                effects.push(Effect::Call(id, request.name.clone(), drawn));
            }
            refused => {
                let why = refused.err().unwrap_or_else(|| services::TOO_MANY.into());
                let failed = Outcome::Failed(Failure::Network);
                self.note(now, |program, at| program.answer(id, failed, at));
                effects.push(Effect::Refuse(id, why));
            }
        }
    }

    /// The program has begun when its interpreter first says so, and not when it was
    /// asked to: both count from the same moment.
    fn set_zero(&mut self, batch: &str, now: Millis) {
        let Some(run) = self.run.as_mut() else { return };
        if run.end.is_none() && run.program == Program::default() {
            let first = Told::read(batch).into_iter().next();
            let since = first.map_or(Millis::ZERO, |told| told.at);
            run.began = run.began.max(now - since);
        }
    }

    /// Notes something of the program that runs, at a time since it began.
    fn note(&mut self, now: Millis, act: impl FnOnce(&mut Program, Millis)) {
        if let Some(run) = self.run.as_mut().filter(|run| run.end.is_none()) {
            act(&mut run.program, now - run.began);
        }
    }

    fn end(&mut self, mut end: End, now: Millis, effects: &mut Vec<Effect>) {
        let Some(run) = self.run.as_mut().filter(|run| run.end.is_none()) else {
            return;
        };
        let took = now - run.began;
        end.took = took.settled();
        run.program.end(took);
        run.end = Some(end);
        effects.push(Effect::Close);
        effects.push(Effect::Show);
        self.judge(effects);
        self.begin(now, effects);
        self.warm_up(effects);
    }

    /// Judges what has ended.
    fn judge(&mut self, effects: &mut Vec<Effect>) {
        let (Some(run), Some(exercise)) = (&self.run, self.exercises.get(self.chosen)) else {
            return;
        };
        let Some(verdict) = judge(exercise, run) else {
            return;
        };
        let name = exercise.name.clone();
        // What others wrote is nothing that the reader has passed by.
        let is_theirs = !self.has_guest() && !verdict.checks.is_empty();
        if verdict.is_passed() && is_theirs && !self.passed.contains(&name) {
            self.passed.push(name.clone());
            effects.push(Effect::Keep(name.clone()));
        }
        effects.push(Effect::Tell(name, verdict.clone()));
        self.verdict = Some(verdict);
    }

    /// The moment of the last run that is shown: the one at which that stage stands,
    /// where the reader plays on it what was recorded.
    #[must_use]
    pub fn moment(&self, stage: &Stage, now: Millis) -> Millis {
        let Some(run) = &self.run else {
            return Millis::ZERO;
        };
        let elapsed = run.elapsed(now);
        let is_shown = stage.state().has_recording();
        if !is_shown || stage.playback().state() == PlayState::Live {
            return elapsed;
        }
        let at = stage.playhead(now);
        // It may go on after its last call.
        match run.end.is_some() && at >= stage.recording().extent() {
            true => elapsed,
            false => at,
        }
    }

    /// What an interpreter is made of, as far as it is here.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.engine().parts
    }

    /// The last run.
    #[must_use]
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// Whether a program runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.end.is_none())
    }

    /// Whether one is wanted that waits for its interpreter.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.due.is_some()
    }

    /// What it is at, in a word of the page's elements.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match (self.parts(), &self.run) {
            _ if self.is_running() => "running",
            (Parts::Missing(_), _) => "failed",
            _ if self.is_due() => "loading",
            (_, Some(_)) => "ended",
            _ if self.engine().warm == 0 => "loading",
            _ => "ready",
        }
    }
}

impl Run {
    /// How long it has run, or took.
    #[must_use]
    pub fn elapsed(&self, now: Millis) -> Millis {
        let end = self.end.as_ref().map(|end| end.took);
        end.unwrap_or_else(|| now - self.began)
    }
}

impl End {
    /// One of which there is no more to say than a sentence.
    #[must_use]
    pub fn short(how: How, says: &str) -> Self {
        Self {
            how,
            says: says.into(),
            line: None,
            left: Vec::new(),
            took: Millis::ZERO,
        }
    }
}
