//! The one frame loop of a page. It goes on only while a stage that is in view
//! wants to be drawn, and draws a run no more often than its calls leave time
//! for: they share a thread.

use std::cell::Cell;
use std::rc::Rc;

use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::shown::pace::Pace;
use gloo_timers::callback::Timeout;
use web_sys::Window;

use super::mount::Inner;
use super::stages::Stages;
use crate::clock::BrowserClock;
use crate::dom::Frame;

/// What a stage runs while it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Nothing: it may be played.
    Nothing,
    /// Calls, which leave the processor free.
    Calls,
    /// Work, which does not.
    Work,
}

/// The frame loop, and the stages that are drawn by it.
pub struct Frames {
    window: Window,
    clock: BrowserClock,
    stages: Rc<Stages>,
    frame: Cell<Option<Frame>>,
    pace: Cell<Pace>,
    /// Until the thread is free again after a run's picture, and until the next
    /// one is due: a frame that draws nothing costs the browser most of what one
    /// costs that does.
    pause: Cell<Option<Timeout>>,
    /// When the picture was begun that is on its way to the screen.
    begun: Cell<Option<Millis>>,
}

impl Frames {
    /// Nothing is drawn yet.
    pub fn new(window: Window, clock: BrowserClock, stages: Rc<Stages>) -> Self {
        Self {
            window,
            clock,
            stages,
            frame: Cell::default(),
            pace: Cell::default(),
            pause: Cell::default(),
            begun: Cell::default(),
        }
    }

    /// Has the stages that want it drawn with the screen's next frame; a run's
    /// with the first at which its next picture is due.
    pub(super) fn request(self: &Rc<Self>, runs: Runs) {
        if is_set(&self.frame) {
            return;
        }
        if runs != Runs::Nothing {
            // It ends with asking again.
            if is_set(&self.pause) {
                return;
            }
            let wait = self.pace.get().wait(self.clock.now(), runs == Runs::Work);
            if wait > Millis::ZERO {
                return self.wait(wait);
            }
        }
        let weak = Rc::downgrade(self);
        let frame = Frame::new(&self.window, move || {
            if let Some(frames) = weak.upgrade() {
                drop(frames.frame.take());
                frames.draw();
            }
        });
        self.frame.set(Some(frame));
    }

    /// Ends the loop, unless a stage still wants a frame.
    pub(super) fn settle(&self) {
        if self.waiting().is_empty() {
            self.stop();
        }
    }

    /// Goes on after that time.
    fn wait(self: &Rc<Self>, wait: Millis) {
        let weak = Rc::downgrade(self);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture waits for fractions of a second"
        )]
        let pause = Timeout::new(wait.ms().ceil() as u32, move || {
            let Some(frames) = weak.upgrade() else { return };
            drop(frames.pause.take());
            if let Some(begun) = frames.begun.take() {
                let mut pace = frames.pace.get();
                pace.drew(begun, frames.clock.now());
                frames.pace.set(pace);
            }
            frames.go_on();
        });
        self.pause.set(Some(pause));
    }

    /// Asks for the next frame, for those that still want one.
    fn go_on(self: &Rc<Self>) {
        for stage in self.waiting() {
            self.request(stage.runs());
        }
    }

    /// Ends all that goes on.
    pub fn stop(&self) {
        drop(self.frame.take());
        drop(self.pause.take());
        self.begun.set(None);
    }

    /// Notes that something happened which no picture shows yet.
    pub fn note(&self) {
        let mut pace = self.pace.get();
        pace.note(self.clock.now());
        self.pace.set(pace);
    }

    /// The stages that want the next frame.
    fn waiting(&self) -> Vec<Rc<Inner>> {
        let mut stages = self.stages.all();
        stages.retain(|stage| stage.wants_frame());
        stages
    }

    fn draw(self: &Rc<Self>) {
        let begun = self.clock.now();
        let is_paused = is_set(&self.pause);
        let mut has_run = false;
        for stage in self.waiting() {
            let runs = stage.runs();
            if runs != Runs::Nothing {
                let wait = self.pace.get().wait(begun, runs == Runs::Work);
                if is_paused || wait > Millis::ZERO {
                    continue;
                }
                has_run = true;
            }
            stage.frame();
        }
        if has_run {
            // The browser lays it out and paints it before it comes to anything
            // else: then it is known what it cost.
            self.begun.set(Some(begun));
            self.wait(Millis::ZERO);
        }
        self.go_on();
    }
}

fn is_set<T>(cell: &Cell<Option<T>>) -> bool {
    let held = cell.take();
    let is_set = held.is_some();
    cell.set(held);
    is_set
}
