//! The page's heartbeat: when it drew a frame. A picture that is moved by the
//! browser's compositor goes on while the thread is busy; this does not.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;
use web_sys::Window;

use crate::clock::BrowserClock;
use crate::dom::Frame;

/// Notes each of the page's frames, until it is dropped.
#[must_use = "it stops when dropped"]
pub struct Pulse(Rc<Beats>);

struct Beats {
    window: Window,
    clock: BrowserClock,
    frame: Cell<Option<Frame>>,
    frames: RefCell<Vec<Millis>>,
    /// Nobody draws what nobody sees.
    was_hidden: Cell<bool>,
}

impl Pulse {
    /// Begins to look.
    pub fn new(window: Window, clock: BrowserClock) -> Self {
        let beats = Rc::new(Beats {
            window,
            clock,
            frame: Cell::default(),
            frames: RefCell::default(),
            was_hidden: Cell::default(),
        });
        beats.beat();
        Self(beats)
    }

    /// When there was a frame, on the page's clock; nothing if the page was hidden.
    #[must_use]
    pub fn take(&self) -> Vec<Millis> {
        match self.0.was_hidden.get() {
            true => Vec::new(),
            false => self.0.frames.take(),
        }
    }
}

impl Beats {
    fn beat(self: &Rc<Self>) {
        let document = self.window.document();
        let is_hidden = document.is_none_or(|document| document.hidden());
        self.was_hidden.set(self.was_hidden.get() || is_hidden);
        self.frames.borrow_mut().push(self.clock.now());
        let weak = Rc::downgrade(self);
        self.frame.set(Some(Frame::new(&self.window, move || {
            if let Some(beats) = weak.upgrade() {
                beats.beat();
            }
        })));
    }
}
