//! Taking the stage away. What is nothing but calls of the browser is done by
//! `www/share.js`: it copies lines, and saves the files that it is handed.

use expert_chef_core::run::clock::Clock;
use expert_chef_core::written;
use js_sys::{Object, Reflect};

use super::Inner;

impl Inner {
    /// Hands a file over; what became of it comes back as an event.
    pub(super) fn export(&self, file: &str) {
        let (content, name) = {
            let stage = self.stage.borrow();
            let content = written::content(&stage, self.page.clock.now(), file);
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
}
