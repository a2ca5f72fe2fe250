//! Tells of each stage whether it is in view, with one observer for all of them.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use super::mount::Inner;
use super::stages::Stages;
use crate::dom::{Callback, callback};

/// Watches stages, as long as there are any.
pub struct Sight {
    watch: RefCell<Option<Watch>>,
    stages: Rc<Stages>,
}

struct Watch {
    observer: IntersectionObserver,
    _callback: Callback,
}

impl Sight {
    /// Nothing is watched yet.
    pub fn new(stages: Rc<Stages>) -> Self {
        Self {
            watch: RefCell::default(),
            stages,
        }
    }

    /// Tells the stage from now on when it comes into view and when it leaves.
    pub(super) fn watch(&self, stage: &Rc<Inner>) {
        if self.watch.borrow().is_none() {
            self.watch.replace(self.begin());
        }
        match &*self.watch.borrow() {
            Some(watch) => watch.observer.observe(stage.place()),
            // A browser that cannot tell shows all of the page.
            None => stage.seen(true),
        }
    }

    /// Forgets the place of a stage that is not there any more.
    pub(super) fn forget(&self, place: &Element) {
        if let Some(watch) = &*self.watch.borrow() {
            watch.observer.unobserve(place);
        }
        if self.stages.all().is_empty() {
            drop(self.watch.take());
        }
    }

    fn begin(&self) -> Option<Watch> {
        let stages = Rc::clone(&self.stages);
        let callback = callback(move |entries| {
            let entries: Array = entries.unchecked_into();
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                for stage in stages.all() {
                    if *stage.place() == entry.target() {
                        stage.seen(entry.is_intersecting());
                    }
                }
            }
        });
        let observer = IntersectionObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        Some(Watch {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
