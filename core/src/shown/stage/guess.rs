//! What the reader thinks, before the first run, that the kitchens will take.

use super::{Stage, State};
use crate::shown::guess::Guess;

impl Stage {
    /// What the reader thinks that the kitchens will take.
    #[must_use]
    pub fn guess(&self) -> &Guess {
        &self.guess
    }

    /// Whether the reader is being asked for a guess, or has made one and not
    /// seen the run yet: nothing on the stage gives the answer away then.
    #[must_use]
    pub fn is_guessing(&self) -> bool {
        let is_asked = self.guess.is_open() || self.guess.is_answered();
        matches!(self.state, State::Loading | State::Ready) && is_asked
    }

    /// Notes what stands in a kitchen's field.
    pub fn enter_guess(&mut self, kitchen: usize, text: &str) {
        self.version += 1;
        self.guess.enter(kitchen, text);
    }

    /// Hands the guess in and marks it on the axis.
    ///
    /// # Errors
    /// The kitchen whose field cannot be read.
    pub fn answer_guess(&mut self) -> Result<(), usize> {
        self.version += 1;
        self.guess.answer()?;
        self.axis = self.fitting_axis();
        Ok(())
    }

    /// The reader would rather not guess.
    pub fn skip_guess(&mut self) {
        self.version += 1;
        self.guess.skip();
    }
}
