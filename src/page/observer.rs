//! Tells once when an element has come into view.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// Watches an element until it is seen; stops when dropped.
#[must_use = "it stops watching when dropped"]
pub struct Sight {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Sight {
    /// Calls `seen` whenever a part of the element comes into view; `None`
    /// where the browser cannot tell.
    pub fn of(element: &Element, mut seen: impl FnMut() + 'static) -> Option<Self> {
        let callback = Closure::new(move |entries: Array| {
            let in_view = entries.iter().any(|entry| {
                entry
                    .unchecked_ref::<IntersectionObserverEntry>()
                    .is_intersecting()
            });
            if in_view {
                seen();
            }
        });
        let observer = IntersectionObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
