//! What a screen reader is told: a stage has one voice.

use super::Stage;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::outside::isolated;
use crate::text::trim;

impl Stage {
    /// A run's result and a call's failure are worth hearing; each event is not.
    pub(super) fn announce(&mut self, run: usize, task: usize, outcome: Outcome, now: Millis) {
        let said = &self.recording.runs()[run];
        let label = crate::shown::words::title_of(said.provenance());
        let mut sentence = String::new();
        if let Outcome::Failed(failure) = outcome {
            let name = isolated(&self.recording.scenario().tasks[task].name);
            sentence = format!("{label}: {name} failed, {failure}. ");
        }
        if let Some(total) = said.total() {
            sentence += &format!("{label} took {}.", total.spoken());
        }
        self.say(&sentence, now);
    }

    /// What is said takes the place of what was said before; sentences that come
    /// at about the same moment are read together.
    pub(super) fn say(&mut self, sentence: &str, now: Millis) {
        const LONGEST: usize = 400;
        const MOMENT: Millis = Millis::new(150.0);
        if sentence.is_empty() {
            return;
        }
        let is_late = now > self.said + MOMENT;
        self.said = now;
        if is_late || self.announcement.len() + sentence.len() > LONGEST {
            self.announcement.clear();
        }
        if !self.announcement.is_empty() {
            self.announcement.push(' ');
        }
        self.announcement += trim(sentence);
    }

    /// What a screen reader should say.
    #[must_use]
    pub fn announcement(&self) -> &str {
        &self.announcement
    }
}
