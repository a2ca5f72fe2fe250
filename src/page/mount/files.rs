//! Passing the stage on. What is nothing but calls of the browser is done by
//! `www/share.js`: it copies lines, and saves the files that it is handed.

use std::rc::Rc;

use js_sys::{Object, Reflect};
use web_sys::Event;

use super::Inner;
use expert_chef_core::asked::link::Line;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::written;

impl Inner {
    /// Shows a line's preview, or hides it.
    pub(super) fn preview(&self, line: &str) {
        if let Some(line) = Line::of(line) {
            self.stage.borrow_mut().share_mut().toggle_preview(line);
            self.show();
        }
    }

    /// Hands a file over; what became of it comes back to [`Self::said`].
    pub(super) fn export(&self, file: &str) {
        let (content, name) = {
            let stage = self.stage.borrow();
            let content = written::content(&stage, self.clock.now(), file);
            (content, written::name(&stage, file))
        };
        let Some(content) = content else { return };
        let detail = Object::new();
        for (field, value) in [("name", name), ("content", content)] {
            // An object of our own takes what it is given.
            let _ = Reflect::set(&detail, &field.into(), &value.into());
        }
        self.fire("expert-chef:save", &detail);
    }

    /// Hears what came of what was asked for, and says it.
    pub(super) fn said(self: &Rc<Self>, event: &Event) {
        let said = Reflect::get(event, &"detail".into()).ok();
        if let Some(said) = said.and_then(|said| said.as_string()) {
            self.stage.borrow_mut().tell(said);
            self.show();
        }
    }
}
