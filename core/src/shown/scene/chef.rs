//! What the chef does: the posture that lasts, which tells who waits from who
//! works, and the short gestures in between.

use super::Scene;
use crate::millis::Millis;
use crate::recorded::recording::Run;

/// What the chef does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chef {
    /// Stands ready; nothing has begun.
    Ready,
    /// Sets this burner's pot on.
    Setting(usize),
    /// Stares at this burner's pot, arms folded, until it boils.
    Staring(usize),
    /// Looks at the clock until something may be tried again.
    Watching,
    /// Chops to pass the time, while the pots look after themselves.
    Chopping,
    /// Works on this task, and sees and hears nothing else.
    Working(usize),
    /// Plates a dish that is done.
    Plating,
    /// All served while the hands were free: the counter is wiped, and there
    /// is time for a cup.
    AtEase,
    /// All served, each waited for: worn out.
    Spent,
    /// All over, and it is not what was wanted.
    Dismayed,
}

impl Scene {
    /// Says what the chef does.
    pub(super) fn pose(&mut self, run: &Run) {
        self.lasting = self.lasting(run);
        self.chef = self.gesture().unwrap_or(self.lasting);
    }

    /// Whether a chef stares or chops while the pots boil, and how the chef is
    /// in the end, follows from what has been seen so far: who has never had
    /// two pots on is one who waits.
    fn lasting(&self, run: &Run) -> Chef {
        let timeline = run.timeline();
        let at_once = timeline.peak_in_flight(self.at);
        if let Some(task) = self.in_hand {
            Chef::Working(task)
        } else if let Some(pot) = self.stove.iter().min_by(|a, b| a.age.total_cmp(&b.age)) {
            match at_once {
                1 => Chef::Staring(pot.burner),
                _ => Chef::Chopping,
            }
        } else if self.workers.iter().any(|worker| worker.task.is_some()) {
            Chef::AtEase
        } else if !self.again.is_empty() {
            Chef::Watching
        } else if !self.waiting.is_empty() {
            Chef::Ready
        } else if !run.is_success() {
            Chef::Dismayed
        } else {
            let spans = timeline.spans().iter();
            let calls = spans.filter(|span| span.burner(self.at).is_some());
            match (at_once, calls.count()) {
                (1, 2..) => Chef::Spent,
                _ => Chef::AtEase,
            }
        }
    }

    /// What the hands do for a moment. When all is over they rest at once, and
    /// so they do while there is only waiting.
    fn gesture(&self) -> Option<Chef> {
        if self.stove.is_empty() || self.in_hand.is_some() {
            return None;
        }
        let served = self.pass.last().filter(|dish| dish.is_good);
        if served.is_some_and(|dish| dish.age < dish.plating) {
            return Some(Chef::Plating);
        }
        let mut newest: Option<(Millis, usize)> = None;
        for pot in self.stove.iter().filter(|pot| pot.is_being_set_on()) {
            if newest.is_none_or(|(age, _)| pot.age < age) {
                newest = Some((pot.age, pot.burner));
            }
        }
        newest.map(|(_, burner)| Chef::Setting(burner))
    }
}
