//! What calls of URLs go through: no host gets more attempts a second than
//! [`MAX_A_SECOND`], and one kitchen at a time makes any, from whatever stage they
//! come.

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
    /// How many attempts a second it lets through to a host.
    most: usize,
    /// The attempts of the last second: when, and at which host.
    recent: RefCell<Vec<(Millis, String)>>,
    /// Whether a kitchen has the turn.
    is_taken: Cell<bool>,
}

impl Default for Gate {
    fn default() -> Self {
        Self::shared(1)
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
    /// One of so many gates that share what a host may get.
    #[must_use]
    pub fn shared(gates: usize) -> Self {
        Self {
            most: (MAX_A_SECOND / gates.max(1)).max(1),
            recent: RefCell::default(),
            is_taken: Cell::new(false),
        }
    }

    /// The turn of a kitchen that makes so many calls, unless another has it, or
    /// has had it so lately that these would have to wait at the gate.
    pub fn turn(&self, calls: usize, now: Millis) -> Option<Turn<'_>> {
        let mut recent = self.recent.borrow_mut();
        recent.retain(|(at, _)| now - *at < WINDOW);
        let has_room = recent.is_empty() || recent.len() + calls <= self.most;
        if !has_room || self.is_taken.replace(true) {
            return None;
        }
        Some(Turn(self))
    }

    /// Lets an attempt at that host through now, and counts it.
    ///
    /// # Errors
    /// If there were as many within the last second as there may be: how long it is
    /// until there is room.
    pub fn pass(&self, host: &str, now: Millis) -> Result<(), Millis> {
        let mut recent = self.recent.borrow_mut();
        recent.retain(|(at, _)| now - *at < WINDOW);
        let to_it = recent.iter().filter(|(_, to)| to == host);
        if to_it.clone().count() < self.most {
            recent.push((now, host.into()));
            return Ok(());
        }
        let first = to_it.map(|(at, _)| *at).next();
        Err(first.map_or(WINDOW, |at| at + WINDOW - now))
    }
}
