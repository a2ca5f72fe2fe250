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
        let mut moves: Vec<(Millis, Move, usize, Option<usize>)> = Vec::new();
        let mut add = |at: Millis, what: Move, task: usize, attempt: Option<usize>| {
            let is_before = |other: &(Millis, Move, usize, Option<usize>)| {
                other.0 < at || (other.0 <= at && other.1 <= what)
            };
            moves.insert(moves.partition_point(is_before), (at, what, task, attempt));
        };
        for (task, span) in self.spans.iter().enumerate() {
            if let Some((handed, _)) = span.handed {
                match span.ended {
                    Some((end, _)) if end <= handed => add(end, Move::Touch, task, None),
                    Some((end, _)) => {
                        add(handed, Move::Depart, task, None);
                        add(end, Move::Arrive, task, None);
                    }
                    None => add(handed, Move::Depart, task, None),
                }
            }
            for (number, attempt) in span.attempts.iter().enumerate() {
                // That is the worker's which has the task.
                if span.handed.is_some() && attempt.holds == Resource::Worker {
                    continue;
                }
                let number = Some(number);
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
            let span = &mut self.spans[task];
            let (of, slot) = match (number, &mut span.handed) {
                (Some(number), _) => {
                    let attempt = &mut span.attempts[number];
                    (attempt.holds, &mut attempt.slot)
                }
                (None, Some((_, worker))) => (Resource::Worker, worker),
                (None, None) => continue,
            };
            if what != Move::Arrive {
                *slot = self.slots.take(of);
            }
            if what != Move::Depart {
                self.slots.give(of, *slot);
            }
        }
        for span in &mut self.spans {
            let Some((_, worker)) = span.handed else {
                continue;
            };
            for attempt in &mut span.attempts {
                if attempt.holds == Resource::Worker {
                    attempt.slot = worker;
                }
            }
        }
    }
}
