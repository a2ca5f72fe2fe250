//! Tells of each stage whether it is in view, with one observer for all of them.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use super::mount::Inner;
use crate::dom::{Callback, callback};

/// The stages that are watched, each as long as it is there.
#[derive(Default)]
pub struct Sight {
    watch: RefCell<Option<Watch>>,
    stages: Rc<RefCell<Vec<Weak<Inner>>>>,
}

struct Watch {
    observer: IntersectionObserver,
    _callback: Callback,
}

impl Sight {
    /// Tells the stage from now on when it comes into view and when it leaves.
    pub(super) fn watch(&self, stage: &Rc<Inner>) {
        if self.watch.borrow().is_none() {
            self.watch.replace(self.begin());
        }
        self.stages.borrow_mut().push(Rc::downgrade(stage));
        match &*self.watch.borrow() {
            Some(watch) => watch.observer.observe(stage.place()),
            // A browser that cannot tell shows all of the page.
            None => stage.seen(true),
        }
    }

    /// Forgets the stage at that place.
    pub(super) fn forget(&self, place: &Element) {
        let is_other = |stage: &Rc<Inner>| stage.place() != place;
        self.stages
            .borrow_mut()
            .retain(|stage| stage.upgrade().is_some_and(|stage| is_other(&stage)));
        if let Some(watch) = &*self.watch.borrow() {
            watch.observer.unobserve(place);
        }
        if self.stages.borrow().is_empty() {
            drop(self.watch.take());
        }
    }

    fn begin(&self) -> Option<Watch> {
        let stages = Rc::clone(&self.stages);
        let callback = callback(move |entries| {
            let entries: Array = entries.unchecked_into();
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let stages = stages.borrow().clone();
                let mut stages = stages.iter().filter_map(Weak::upgrade);
                if let Some(stage) = stages.find(|stage| *stage.place() == entry.target()) {
                    stage.seen(entry.is_intersecting());
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
