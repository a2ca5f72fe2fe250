//! The places for calls in flight: each attempt takes the lowest that is free
//! when it leaves (a burner, in the kitchen).

use super::Timeline;
use crate::millis::Millis;

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
    /// Hands out the places for calls in flight anew, now that it is known when
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
                match attempt.ended {
                    Some(end) if end <= departed => add(end, Move::Touch, task, number),
                    Some(end) => {
                        add(departed, Move::Depart, task, number);
                        add(end, Move::Arrive, task, number);
                    }
                    None => add(departed, Move::Depart, task, number),
                }
            }
        }
        self.slots.clear();
        for (_, what, task, attempt) in moves {
            let slot = &mut self.spans[task].attempts[attempt].slot;
            if what != Move::Arrive {
                *slot = take_lowest(&mut self.slots);
            }
            if what != Move::Depart {
                self.slots[*slot] = false;
            }
        }
    }
}

/// Takes the lowest place that is free.
pub(super) fn take_lowest(slots: &mut Vec<bool>) -> usize {
    let slot = slots.iter().position(|taken| !taken).unwrap_or_else(|| {
        slots.push(false);
        slots.len() - 1
    });
    slots[slot] = true;
    slot
}
