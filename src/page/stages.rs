//! The stages of a page, each for as long as it is mounted.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::mount::Inner;

/// What happens to the page, its frames and what is in view all come to these.
#[derive(Default)]
pub struct Stages(RefCell<Vec<Weak<Inner>>>);

impl Stages {
    /// One more.
    pub(super) fn add(&self, stage: &Rc<Inner>) {
        self.0.borrow_mut().push(Rc::downgrade(stage));
    }

    /// One less.
    pub(super) fn remove(&self, stage: &Rc<Inner>) {
        let is_other = |other: &Weak<Inner>| other.as_ptr() != Rc::as_ptr(stage);
        self.0.borrow_mut().retain(is_other);
    }

    /// Those that are there now, so that none is borrowed while something is
    /// done with them.
    pub(super) fn all(&self) -> Vec<Rc<Inner>> {
        self.0.borrow().iter().filter_map(Weak::upgrade).collect()
    }
}
