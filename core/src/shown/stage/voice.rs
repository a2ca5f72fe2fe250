//! What a screen reader is told: a stage has one voice.

use super::Stage;
use crate::outcome::Outcome;

impl Stage {
    /// A run's result and a call's failure are worth hearing; each event is not.
    pub(super) fn announce(&mut self, run: usize, task: usize, outcome: Outcome) {
        let said = &self.recording.runs()[run];
        let label = crate::shown::words::title_of(said.provenance());
        let mut sentence = String::new();
        if let Outcome::Failed(failure) = outcome {
            let name = &self.recording.scenario().tasks[task].name;
            sentence = format!("{label}: {name} failed, {failure}. ");
        }
        if let Some(total) = said.total() {
            sentence += &format!("{label} took {}.", total.spoken());
        }
        self.say(&sentence);
    }

    pub(super) fn say(&mut self, sentence: &str) {
        // Sentences that come at the same moment are read together.
        const LONGEST: usize = 400;
        if sentence.is_empty() {
            return;
        }
        if self.announcement.len() + sentence.len() > LONGEST {
            self.announcement.clear();
        }
        if !self.announcement.is_empty() {
            self.announcement.push(' ');
        }
        self.announcement += sentence.trim();
    }

    /// What a screen reader should say.
    #[must_use]
    pub fn announcement(&self) -> &str {
        &self.announcement
    }
}
