//! Taking the stage away. What is nothing but calls of the browser is done by
//! `www/share.js`: it copies lines, and saves the files that it is handed.

use expert_chef_core::run::clock::Clock;
use expert_chef_core::written;

use super::Inner;
use crate::dom::object;

impl Inner {
    /// Hands a file over; what became of it comes back as an event.
    pub(super) fn export(&self, file: &str) {
        let (content, name) = {
            let stage = self.stage.borrow();
            let content = written::content(&stage, self.page.clock.now(), file);
            (content, written::name(&stage, file))
        };
        let Some(content) = content else { return };
        let detail = object(&[("name", &name.into()), ("content", &content.into())]);
        self.fire("expert-chef:save", &detail);
    }
}
