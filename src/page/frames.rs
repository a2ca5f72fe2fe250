//! The one frame loop of a page. It goes on only while a stage that is in view
//! wants to be drawn, and draws a run no more often than its calls leave time
//! for: they share a thread.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::shown::pace::Pace;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;

use super::mount::Inner;
use super::stages::Stages;
use crate::clock::BrowserClock;

/// The frame loop, and the stages that are drawn by it.
pub struct Frames {
    clock: BrowserClock,
    stages: Rc<Stages>,
    frame: RefCell<Option<AnimationFrame>>,
    pace: Cell<Pace>,
    /// Tells when the thread is free again after a picture.
    rest: RefCell<Option<Timeout>>,
}

impl Frames {
    /// Nothing is drawn yet.
    pub fn new(clock: BrowserClock, stages: Rc<Stages>) -> Self {
        Self {
            clock,
            stages,
            frame: RefCell::default(),
            pace: Cell::default(),
            rest: RefCell::default(),
        }
    }

    /// Has the stages that want it drawn with the screen's next frame.
    pub(super) fn request(self: &Rc<Self>) {
        if self.frame.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(self);
        let frame = request_animation_frame(move |_| {
            if let Some(frames) = weak.upgrade() {
                drop(frames.frame.take());
                frames.draw();
            }
        });
        self.frame.replace(Some(frame));
    }

    /// Ends the loop, unless a stage still wants a frame.
    pub(super) fn settle(&self) {
        if self.waiting().is_empty() {
            drop(self.frame.take());
        }
    }

    /// Ends all that goes on.
    pub fn stop(&self) {
        drop(self.frame.take());
        drop(self.rest.take());
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
        let is_due = self.rest.borrow().is_none() && self.pace.get().is_due(begun);
        let mut has_run = false;
        for stage in self.waiting() {
            let is_running = stage.is_running();
            if is_running && !is_due {
                continue;
            }
            has_run |= is_running;
            stage.frame();
        }
        if has_run {
            self.time(begun);
        }
        if !self.waiting().is_empty() {
            self.request();
        }
    }

    /// Notes what pictures cost: the browser lays them out and paints them
    /// before it comes to anything else.
    fn time(self: &Rc<Self>, begun: Millis) {
        let weak = Rc::downgrade(self);
        let rest = Timeout::new(0, move || {
            if let Some(frames) = weak.upgrade() {
                drop(frames.rest.take());
                let mut pace = frames.pace.get();
                pace.drew(begun, frames.clock.now());
                frames.pace.set(pace);
            }
        });
        self.rest.replace(Some(rest));
    }
}
