//! What happened as a reader's program ran: its calls and waits, its threads, and
//! what it wrote. Made by whoever runs it, and added to only.
//!
//! Its calls are stamped by the page, which makes them. What the interpreter tells
//! of its threads has stamps of its own; it is held to the time between one
//! telling and the next, so that nothing can be told of a time that is over or to
//! come.

mod calls;
mod threads;

use crate::asked::exercise::Exercise;
use crate::asked::language::Language;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::recording::Recording;
use crate::run::told::{Stream, Told, What};

pub use calls::Called;
pub use threads::{Stretch, Thread, ThreadState};

use calls::Calls;

/// What a program has done so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// When anything was heard of it last.
    heard: Millis,
    calls: Calls,
    threads: Vec<Thread>,
    wrote: Vec<Written>,
    processes: Vec<Process>,
    /// The timers that it has set: of which thread, by what number, and the call
    /// that it makes by waiting.
    timers: Vec<(usize, String, usize)>,
    ended: Option<Millis>,
}

/// A process that it has started.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// What the interpreter calls it.
    label: String,
    /// From when it was there.
    pub from: Millis,
    /// Until when; none while it is.
    pub until: Option<Millis>,
}

/// A text that it wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// When.
    pub at: Millis,
    /// By which of its threads, by their places.
    pub thread: usize,
    /// Where.
    pub stream: Stream,
    /// What.
    pub text: String,
}

impl Program {
    /// It makes a call of that name, under a number of its own, in a thread and at
    /// a line.
    pub fn call(&mut self, id: u32, name: &str, from: (&str, Option<u32>), now: Millis) {
        let now = self.hear(now);
        self.calls.begin(Some(id), name, from, now);
    }

    /// A call of its is over, as the page has seen.
    pub fn answer(&mut self, id: u32, outcome: Outcome, now: Millis) {
        let now = self.hear(now);
        self.calls.end(id, outcome, now);
    }

    /// The interpreter tells of it.
    pub fn tell(&mut self, batch: &str, now: Millis) {
        let (from, until) = (self.heard, now.max(self.heard));
        let mut last = self.told().max(Millis::ZERO);
        for told in Told::read(batch) {
            // What waited to be told is older than what was heard meanwhile: of
            // that only its order is known for certain.
            let at = told.at.max(last).min(until).settled();
            last = at;
            self.take(told, at);
        }
        self.heard = from.max(until);
    }

    /// When the last of what the interpreter told was.
    fn told(&self) -> Millis {
        let threads = self.threads.iter().map(Thread::last_at);
        threads.fold(Millis::ZERO, Millis::max)
    }

    fn take(&mut self, told: Told, at: Millis) {
        let place = self.thread(&told.thread, at);
        let thread = &mut self.threads[place];
        match told.what {
            What::Begin(name) => thread.name = name,
            What::End => thread.end(at),
            What::Wait(why) => {
                // Who sleeps for no time lets others have a turn, and no more.
                if let Some(seconds) = why.strip_prefix("sleep ").filter(|time| *time != "0") {
                    let name = ["sleep(", seconds, ")"].concat();
                    let from = (&*told.thread, told.line);
                    thread.asleep = Some(self.calls.begin(None, &name, from, at));
                }
                thread.go_on(at, ThreadState::Waiting(why), told.line);
            }
            What::Ready | What::Run => {
                if let Some(asleep) = thread.asleep.take() {
                    self.calls.wake(asleep, Outcome::Ok, at);
                }
                let state = match told.what {
                    What::Run => ThreadState::Running,
                    _ => ThreadState::Ready,
                };
                thread.go_on(at, state, told.line);
            }
            What::Line => thread.execute(at, told.line),
            What::Wrote(stream, text) => self.wrote.push(Written {
                at,
                thread: place,
                stream,
                text,
            }),
            What::Timer(number, ms) => {
                let name = ["setTimeout(", &*ms, ")"].concat();
                let from = (&*told.thread, told.line);
                let call = self.calls.begin(None, &name, from, at);
                self.timers.push((place, number, call));
            }
            What::NoTimer(number) => self.ring(place, &number, Outcome::Ok, at),
            What::Cleared(number) => self.ring(place, &number, Outcome::Cancelled, at),
            What::Process(label) => self.processes.push(Process {
                label,
                from: at,
                until: None,
            }),
            What::NoProcess(label) => {
                let mut processes = self.processes.iter_mut();
                let ends = |one: &&mut Process| one.label == label && one.until.is_none();
                if let Some(process) = processes.find(ends) {
                    process.until = Some(at);
                }
            }
        }
    }

    /// A timer of that thread is over.
    fn ring(&mut self, thread: usize, number: &str, outcome: Outcome, at: Millis) {
        let mut timers = self.timers.iter();
        let known = timers.position(|timer| timer.0 == thread && timer.1 == number);
        if let Some(place) = known {
            let (.., call) = self.timers.swap_remove(place);
            self.calls.wake(call, outcome, at);
        }
    }

    /// The place of the thread with that name of the interpreter's.
    fn thread(&mut self, id: &str, at: Millis) -> usize {
        let known = self.threads.iter().position(|thread| thread.id == id);
        known.unwrap_or_else(|| {
            self.threads.push(Thread::new(id, at));
            self.threads.len() - 1
        })
    }

    /// It is over, or was ended.
    pub fn end(&mut self, now: Millis) {
        let now = self.hear(now);
        self.ended = self.ended.or(Some(now));
        for thread in &mut self.threads {
            thread.end(now);
        }
        for process in &mut self.processes {
            process.until = process.until.or(Some(now));
        }
        self.calls.give_up(now);
    }

    fn hear(&mut self, now: Millis) -> Millis {
        self.heard = now.settled().max(self.heard);
        self.heard
    }

    /// When it was over.
    #[must_use]
    pub fn ended(&self) -> Option<Millis> {
        self.ended
    }

    /// Its threads, in the order in which they were begun.
    #[must_use]
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// The lines at which it is then, each with its thread's place: the one that a
    /// thread executes, and of a thread of which no lines are told those whose calls
    /// are under way.
    #[must_use]
    pub fn lines_at(&self, at: Millis) -> Vec<(u32, usize)> {
        let mut lines = Vec::new();
        for (place, thread) in self.threads.iter().enumerate() {
            lines.extend(thread.line_at(at).map(|line| (line, place)));
            if thread.has_lines() {
                continue;
            }
            for call in self.calls.all() {
                let is_over = call.ended.is_some_and(|(ended, _)| ended <= at);
                let is_its = call.from.0 == thread.id && call.begun <= at && !is_over;
                let line = call.from.1.filter(|_| is_its).map(|line| (line, place));
                lines.extend(line.filter(|line| !lines.contains(line)));
            }
        }
        lines
    }

    /// The processes that it has started, in order.
    #[must_use]
    pub fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// What it has written, in order.
    #[must_use]
    pub fn written(&self) -> &[Written] {
        &self.wrote
    }

    /// The calls that it has made, and the times in which it slept.
    #[must_use]
    pub fn calls(&self) -> &[Called] {
        self.calls.all()
    }

    /// How often one of its calls has begun or has ended.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.calls.steps()
    }

    /// Its calls in a kitchen that has been at work since `began`, on the page's
    /// clock, while it runs. None, if there were none.
    #[must_use]
    pub fn underway(&self, began: Millis, language: Language) -> Option<Recording> {
        match self.ended {
            Some(_) => None,
            None => self.calls.underway(began, language),
        }
    }

    /// Its calls in a kitchen, once it is over: what they took, and beside it what
    /// the same would take in turn and, in that exercise, at the best. None, if there
    /// were none.
    #[must_use]
    pub fn recording(&self, exercise: &Exercise, language: Language) -> Option<Recording> {
        self.ended?;
        self.calls.recording(exercise, language)
    }
}
