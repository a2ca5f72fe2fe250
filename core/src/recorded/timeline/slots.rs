//! The places for what is under way: each attempt takes the lowest that is free
//! of those for the resource that it holds, when it leaves (of a call: a burner,
//! in the kitchen).

use super::Timeline;
use crate::asked::resource::Resource;
use crate::millis::Millis;

/// Which places are taken, by resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slots([Vec<bool>; Resource::ALL.len()]);

impl Slots {
    /// Takes the lowest place that is free.
    pub fn take(&mut self, of: Resource) -> usize {
        let slots = &mut self.0[of as usize];
        let slot = slots.iter().position(|taken| !taken).unwrap_or_else(|| {
            slots.push(false);
            slots.len() - 1
        });
        slots[slot] = true;
        slot
    }

    /// Gives it back.
    pub fn give(&mut self, of: Resource, slot: usize) {
        self.0[of as usize][slot] = false;
    }
}

/// What an attempt does to its place; at the same moment in this order, so
/// that a place which gets free can be taken.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Move {
    /// Leaves it.
    Arrive,
    /// Takes it for no time: it was over as soon as it was on its way, or before.
    Touch,
    /// Takes it.
    Depart,
}

impl Timeline {
    /// Hands out all places anew, now that it is known when
    /// each left.
    pub(super) fn settle_slots(&mut self) {
        let mut moves: Vec<(Millis, Move, usize, usize)> = Vec::new();
        let mut add = |at: Millis, what: Move, task: usize, attempt: usize| {
            let is_before = |other: &(Millis, Move, usize, usize)| {
                other.0 < at || (other.0 <= at && other.1 <= what)
            };
            moves.insert(moves.partition_point(is_before), (at, what, task, attempt));
        };
        for (task, span) in self.spans.iter().enumerate() {
            for (number, attempt) in span.attempts.iter().enumerate() {
                let departed = attempt.departed();
                // The browser gives a connection to the next before the program
                // has heard of the answer.
                let left = attempt.phases.map(|phases| phases.ended);
                let ended = attempt.ended;
                match ended.map(|end| left.map_or(end, |left| left.min(end))) {
                    Some(end) if end <= departed => add(end, Move::Touch, task, number),
                    Some(end) => {
                        add(departed, Move::Depart, task, number);
                        add(end, Move::Arrive, task, number);
                    }
                    None => add(departed, Move::Depart, task, number),
                }
            }
        }
        self.slots = Slots::default();
        for (_, what, task, number) in moves {
            let attempt = &mut self.spans[task].attempts[number];
            if what != Move::Arrive {
                attempt.slot = self.slots.take(attempt.holds);
            }
            if what != Move::Depart {
                self.slots.give(attempt.holds, attempt.slot);
            }
        }
    }
}
