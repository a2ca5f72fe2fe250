//! Where a host's commands wait for their turn, and how much they can cost.

use super::Command;
use crate::millis::Millis;

/// So long after one batch the next may be taken: a frame of the screen, which
/// is what a slider on the host page makes of it.
const FRAME: Millis = Millis::new(1000.0 / 60.0);

/// Bounds what a flood of commands costs without losing where it leads. What
/// waits is one batch: the last state that was asked for, and the last run if
/// nothing that came after it would have ended it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inbox {
    configure: Option<String>,
    is_reset: bool,
    run: Option<f64>,
    /// When the next batch may be taken.
    next: Millis,
}

impl Inbox {
    /// Puts a command behind those that wait. The number that comes back is that
    /// of a run which this one ends before it has begun: its answer is that it
    /// was aborted.
    #[must_use]
    pub fn put(&mut self, command: Command) -> Option<f64> {
        let replaced = self.run.take();
        match command {
            Command::Run(id) => self.run = Some(id),
            Command::Reset => self.is_reset = true,
            Command::Configure(query) => {
                self.configure = Some(query);
                // Nothing is left of what would have been reset.
                self.is_reset = false;
            }
        }
        replaced
    }

    /// Takes out what waits, in the order in which it is to be done: nothing,
    /// if that is not due.
    pub fn take(&mut self, now: Millis) -> Vec<Command> {
        if self.due(now) != Some(Millis::ZERO) {
            return Vec::new();
        }
        self.next = now + FRAME;
        let mut batch = Vec::new();
        batch.extend(self.configure.take().map(Command::Configure));
        batch.extend(std::mem::take(&mut self.is_reset).then_some(Command::Reset));
        batch.extend(self.run.take().map(Command::Run));
        batch
    }

    /// How long it is until what waits may be taken; `None` if nothing does.
    #[must_use]
    pub fn due(&self, now: Millis) -> Option<Millis> {
        let is_waiting = self.configure.is_some() || self.is_reset || self.run.is_some();
        is_waiting.then(|| (self.next - now).max(Millis::ZERO).min(FRAME))
    }
}
