//! Tells of each stage whether it is in view, with one observer for all of them.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use super::Page;
use super::mount::Inner;
use super::stages::Stages;
use crate::dom::{Callback, callback, object};

/// How near a figure comes before it is mounted.
const NEAR: &str = "50%";

/// Watches stages, as long as there are any.
pub struct Sight {
    watch: RefCell<Option<Watch>>,
    /// For figures that are not mounted yet.
    near: RefCell<Option<Watch>>,
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
            near: RefCell::default(),
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

    /// Mounts a figure there once it is about to be seen.
    pub(super) fn expect(page: &Rc<Page>, place: &Element) {
        let sight = &page.sight;
        if sight.near.borrow().is_none() {
            let weak = Rc::downgrade(page);
            let arrive = move |place: Element| {
                let Some(page) = weak.upgrade() else { return };
                if let Some(near) = &*page.sight.near.borrow() {
                    near.observer.unobserve(&place);
                }
                // Lives as long as the page does.
                std::mem::forget(page.mount(place, None));
            };
            let hear = move |entry: IntersectionObserverEntry| {
                if entry.is_intersecting() {
                    arrive(entry.target());
                }
            };
            let watch = watch(NEAR, Box::new(hear));
            sight.near.replace(watch);
        }
        match &*sight.near.borrow() {
            Some(near) => near.observer.observe(place),
            None => std::mem::forget(page.mount(place.clone(), None)),
        }
    }

    fn begin(&self) -> Option<Watch> {
        let stages = Rc::clone(&self.stages);
        let hear = move |entry: IntersectionObserverEntry| {
            for stage in stages.all() {
                if *stage.place() == entry.target() {
                    stage.seen(entry.is_intersecting());
                }
            }
        };
        watch("0px", Box::new(hear))
    }
}

/// Hears of each element that comes so near, or leaves.
fn watch(margin: &str, hear: Box<dyn Fn(IntersectionObserverEntry)>) -> Option<Watch> {
    let callback = callback(move |entries| {
        let entries: Array = entries.unchecked_into();
        for entry in entries.iter() {
            hear(entry.unchecked_into());
        }
    });
    let options = object(&[("rootMargin", &margin.into())]);
    let observer = IntersectionObserver::new_with_options(
        callback.as_ref().unchecked_ref(),
        options.unchecked_ref(),
    );
    Some(Watch {
        observer: observer.ok()?,
        _callback: callback,
    })
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
