//! What the browser calls: callbacks, and listeners and frames that end when they
//! are dropped.

use std::cell::Cell;

use futures::channel::oneshot;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, Window};

use super::Checked;

/// What the browser calls, with one value and for one. There is one kind of
/// these, because each kind has glue of its own.
pub type Callback = Closure<dyn Fn(JsValue) -> JsValue>;

/// A callback of which nothing is wanted back.
pub fn callback(act: impl Fn(JsValue) + 'static) -> Callback {
    Closure::new(move |given| {
        act(given);
        JsValue::UNDEFINED
    })
}

/// Hears a kind of event at a target, until this is dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    heard: Callback,
}

impl Listener {
    /// Does that whenever such an event comes.
    #[must_use]
    pub fn new(target: &EventTarget, kind: &'static str, act: impl Fn(JsValue) + 'static) -> Self {
        Self::of(target, kind, callback(act))
    }

    /// One copy for all that is done.
    #[inline(never)]
    fn of(target: &EventTarget, kind: &'static str, heard: Callback) -> Self {
        let function = heard.as_ref().unchecked_ref();
        let listens = target.add_event_listener_with_callback(kind, function);
        listens.checked("listen");
        let target = target.clone();
        Self {
            target,
            kind,
            heard,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.heard.as_ref().unchecked_ref();
        let listened = self
            .target
            .remove_event_listener_with_callback(self.kind, function);
        listened.checked("listen no longer");
    }
}

/// Tells when the next such event has come, for as long as the listener is kept.
pub fn heard(target: &EventTarget, kind: &'static str) -> (Listener, oneshot::Receiver<()>) {
    let (sender, receiver) = oneshot::channel();
    let sender = Cell::new(Some(sender));
    let listener = Listener::new(target, kind, move |_| {
        if let Some(sender) = sender.take() {
            // Nobody waits any more: nothing to tell.
            let _ = sender.send(());
        }
    });
    (listener, receiver)
}

/// The screen's next frame, unless this is dropped before it comes.
pub struct Frame {
    window: Window,
    id: i32,
    _comes: Callback,
}

impl Frame {
    /// Does that when it comes.
    #[must_use]
    pub fn new(window: &Window, act: impl Fn() + 'static) -> Self {
        let comes = callback(move |_| act());
        let id = window.request_animation_frame(comes.as_ref().unchecked_ref());
        let window = window.clone();
        Self {
            window,
            id: id.checked("tell of its next frame"),
            _comes: comes,
        }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        // One that has come cannot be given up, and need not be.
        let _ = self.window.cancel_animation_frame(self.id);
    }
}
