//! Draws the stage: with each frame of the screen while anything moves, as far
//! as a run's calls leave time for it.

use std::rc::Rc;

use gloo_render::request_animation_frame;
use gloo_timers::callback::Timeout;
use web_sys::{Element, MediaQueryList};

use super::Inner;
use crate::dom::Checked;
use crate::view;
use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::shown::pace::Pace;
use expert_chef_core::shown::stage::State;

impl Inner {
    /// Draws the stage as it is now, and says its state.
    pub(super) fn show(&self) {
        let now = self.clock.now();
        {
            let mut stage = self.stage.borrow_mut();
            stage.keep_still(self.still.as_ref().is_some_and(MediaQueryList::matches));
            stage.tick(now);
        }
        let stage = self.stage.borrow();
        let content = view::stage::stage(&stage, now, &mut self.cache.borrow_mut());
        self.root.borrow_mut().render(content);
        let state = stage.state().word();
        for element in std::iter::once(&self.place).chain(&self.document_root) {
            say(element, "data-state", state);
        }
        say(&self.place, "data-playback", stage.playback().mode().word());
    }

    /// Draws again with the screen's next frame and, while anything moves,
    /// with each one after that, as far as a run's calls leave time for it. Who
    /// wants less movement sees a picture for each event instead.
    pub(super) fn animate(self: &Rc<Self>) {
        if self.frame.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(self);
        let frame = request_animation_frame(move |_| {
            let Some(inner) = weak.upgrade() else { return };
            drop(inner.frame.take());
            let is_running = inner.stage.borrow().state() == State::Running;
            let begun = inner.clock.now();
            let is_due = inner.rest.borrow().is_none() && inner.pace.get().is_due(begun);
            if is_running && !is_due {
                return inner.animate();
            }
            inner.show();
            if is_running {
                inner.time(begun);
            }
            let is_moving = inner.stage.borrow().is_moving();
            if is_moving {
                inner.animate();
            }
        });
        *self.frame.borrow_mut() = Some(frame);
    }

    /// Notes what a picture costs: the browser lays it out and paints it before
    /// it comes to anything else.
    fn time(self: &Rc<Self>, begun: Millis) {
        let weak = Rc::downgrade(self);
        let rest = Timeout::new(0, move || {
            if let Some(inner) = weak.upgrade() {
                drop(inner.rest.take());
                inner.paced(|pace| pace.drew(begun, inner.clock.now()));
            }
        });
        *self.rest.borrow_mut() = Some(rest);
    }

    pub(super) fn paced(&self, change: impl FnOnce(&mut Pace)) {
        let mut pace = self.pace.get();
        change(&mut pace);
        self.pace.set(pace);
    }
}

fn say(element: &Element, attribute: &str, value: &str) {
    if element.get_attribute(attribute).as_deref() != Some(value) {
        element
            .set_attribute(attribute, value)
            .checked("say its state");
    }
}
