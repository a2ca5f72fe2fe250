//! Draws the stage: when it has changed and, while anything moves, with each
//! frame of the screen that the page's loop leaves to it.

use std::rc::Rc;

use expert_chef_core::run::clock::Clock;
use expert_chef_core::shown::stage::{Drawer, Msg, Place};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Inner;
use crate::dom::{Checked, object};
use crate::view::stage::stage;

impl Inner {
    /// Draws the stage as it is now, and says its state.
    pub(super) fn show(self: &Rc<Self>) {
        // It is unmounted, by something that the DOM did meanwhile.
        let Some(mut shown) = self.shown.take() else {
            return;
        };
        let content = {
            let drawn = self.stage.borrow();
            let now = self.page.clock.now();
            let annex = self.annex.borrow().clone();
            let annex = annex.and_then(|annex| annex(&drawn, now));
            stage(&drawn, now, annex, &mut shown.cache)
        };
        shown.root.render(content);
        if !self.is_gone.get() {
            self.shown.set(Some(shown));
        }
        let (state, playback) = {
            let stage = self.stage.borrow();
            (stage.state().word(), stage.playback().state().word())
        };
        for element in std::iter::once(&self.place).chain(&self.document_root) {
            say(element, "data-state", state);
        }
        say(&self.place, "data-playback", playback);
        if self.stage.borrow().is_moving() {
            self.animate();
        }
    }

    /// Has it drawn with the screen's next frame, if it is in view. Who wants
    /// less movement sees a picture for each event.
    pub(super) fn animate(&self) {
        self.wants_frame.set(true);
        if self.is_seen.get() {
            self.page.frames.request(self.runs());
        }
    }

    /// Whether it is in view and wants to be drawn with the next frame.
    pub(in crate::page) fn wants_frame(&self) -> bool {
        self.wants_frame.get() && self.is_seen.get()
    }

    /// The screen's next frame has come.
    pub(in crate::page) fn frame(self: &Rc<Self>) {
        self.wants_frame.set(false);
        self.send(Msg::Ticked);
    }

    /// Moves the reader to where they go on.
    pub(super) fn focus(&self, place: Place) {
        let selector = match place {
            Place::Run => "[data-action=run]".into(),
            Place::Player => "[data-part=player]".into(),
            Place::Guess(kitchen) => format!("[data-input=guess][data-run=\"{kitchen}\"]"),
            Place::Drawer => ".drawer".into(),
            Place::Handle(Drawer::Keys) => "[data-action=help]".into(),
            Place::Handle(drawer) => format!("[data-action=drawer][data-value={}]", drawer.word()),
            Place::Edit(edit, index) => format!("[data-edit={edit}][data-index=\"{index}\"]"),
        };
        if let Ok(Some(at)) = self.place.query_selector(&selector) {
            // Nothing jumps because a button was pressed.
            let options = object(&[("preventScroll", &(place == Place::Player).into())]);
            let _ = at
                .unchecked_into::<HtmlElement>()
                .focus_with_options(options.unchecked_ref());
        }
    }
}

fn say(element: &Element, attribute: &str, value: &str) {
    if element.get_attribute(attribute).as_deref() != Some(value) {
        element
            .set_attribute(attribute, value)
            .checked("say its state");
    }
}
