//! What calls of URLs go through: no more of them a second than [`MAX_A_SECOND`],
//! and one kitchen at a time makes any, from whatever stage they come.

use std::cell::{Cell, RefCell};

use crate::asked::consent::MAX_A_SECOND;
use crate::millis::Millis;

/// How far back attempts count.
const WINDOW: Millis = Millis::new(1_000.0);

/// How long who waits for a turn does so before asking again.
pub const TURN: Millis = Millis::new(50.0);

/// The gate of a thread; on a page one for all stages.
#[derive(Debug)]
pub struct Gate {
    /// How many attempts a second it lets through.
    most: Cell<usize>,
    /// When those of the last second were.
    recent: RefCell<Vec<Millis>>,
    /// Whether a kitchen has the turn.
    is_taken: Cell<bool>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            most: Cell::new(MAX_A_SECOND),
            recent: RefCell::default(),
            is_taken: Cell::new(false),
        }
    }
}

/// The turn of a kitchen, until it is dropped.
#[derive(Debug)]
pub struct Turn<'a>(&'a Gate);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.is_taken.set(false);
    }
}

impl Gate {
    /// From now on it is one of so many gates, which let through together what one
    /// does alone.
    pub fn share(&self, gates: usize) {
        self.most.set((MAX_A_SECOND / gates.max(1)).max(1));
    }

    /// The turn of a kitchen that makes so many calls, unless another has it, or
    /// has had it so lately that these would have to wait at the gate.
    pub fn turn(&self, calls: usize, now: Millis) -> Option<Turn<'_>> {
        let recent = self.recent(now);
        let has_room = recent == 0 || recent + calls <= self.most.get();
        if !has_room || self.is_taken.replace(true) {
            return None;
        }
        Some(Turn(self))
    }

    /// Lets an attempt through now, and counts it.
    ///
    /// # Errors
    /// If there were as many within the last second as there may be: how long it is
    /// until there is room.
    pub fn pass(&self, now: Millis) -> Result<(), Millis> {
        if self.recent(now) < self.most.get() {
            self.recent.borrow_mut().push(now);
            return Ok(());
        }
        let first = self.recent.borrow().first().copied();
        Err(first.map_or(WINDOW, |at| at + WINDOW - now))
    }

    /// How many attempts there were within the last second.
    fn recent(&self, now: Millis) -> usize {
        let mut recent = self.recent.borrow_mut();
        recent.retain(|at| now - *at < WINDOW);
        recent.len()
    }
}
