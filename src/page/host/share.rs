//! Passing the stage on: lines go to the clipboard, files to `www/save.js`.

use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Clipboard, Event};

use super::Inner;
use crate::clock::Clock;
use crate::export;
use crate::markup::Text;
use crate::share::Line;

impl Inner {
    /// Copies a line, shows its preview, or saves a file.
    pub(super) fn take(self: &Rc<Self>, action: &str, what: &str) {
        match (action, Line::of(what)) {
            ("copy", Some(line)) => self.copy(line),
            ("preview", Some(line)) => {
                self.stage.borrow_mut().share_mut().toggle_preview(line);
                self.show();
            }
            _ => self.export(what),
        }
    }

    fn say(&self, said: impl Into<Text>) {
        self.stage.borrow_mut().share_mut().say(said);
        self.show();
    }

    fn copy(self: &Rc<Self>, line: Line) {
        let text = {
            let stage = self.stage.borrow();
            line.text(stage.config(), stage.share().page())
        };
        // Only pages that came over a safe connection have one.
        let clipboard = Reflect::get(&self.window.navigator(), &"clipboard".into()).ok();
        let copied = clipboard.filter(JsValue::is_object).map(|clipboard| {
            let clipboard: Clipboard = clipboard.unchecked_into();
            JsFuture::from(clipboard.write_text(&text))
        });
        let inner = Rc::clone(self);
        spawn_local(async move {
            let is_copied = match copied {
                Some(copied) => copied.await.is_ok(),
                None => false,
            };
            if is_copied {
                inner.say(["Copied the ", line.word(), "."].concat());
            } else {
                inner.select(line);
            }
        });
    }

    /// Selects a line, so that the reader has only to copy it.
    fn select(&self, line: Line) {
        let at = ["[data-line=", line.word(), "]"].concat();
        let found = self.place.query_selector(&at).ok().flatten();
        if let (Some(found), Ok(Some(selection))) = (found, self.window.get_selection())
            && selection.select_all_children(&found).is_ok()
        {
            self.say("Selected: copy it with Ctrl+C, or ⌘C on a Mac.");
        }
    }

    /// Hands a file over; whether it was saved comes back to [`Self::saved`].
    fn export(&self, file: &str) {
        let (content, name) = {
            let stage = self.stage.borrow();
            let content = export::content(&stage, self.clock.now(), file);
            (content, export::name(&stage, file))
        };
        let Some(content) = content else { return };
        let detail = Object::new();
        for (field, value) in [("name", name), ("content", content)] {
            // An object of our own takes what it is given.
            let _ = Reflect::set(&detail, &field.into(), &value.into());
        }
        self.fire("expert-chef:save", &detail);
    }

    /// Hears the name of the file that was saved, or that none was.
    pub(super) fn saved(self: &Rc<Self>, event: &Event) {
        let name = Reflect::get(event, &"detail".into()).ok();
        self.say(match name.and_then(|name| name.as_string()) {
            Some(name) => ["Saved ", &name, "."].concat(),
            None => "This browser would not make the file.".to_owned(),
        });
    }
}
