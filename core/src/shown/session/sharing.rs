//! A link to the program that stands where the reader writes. It has the program in
//! its fragment, and is made when it is asked for.

use super::{Effect, Session};
use crate::asked::fragment::{Problem, checked, link};
use crate::text::concat;

/// What the reader has of such a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// The link, once it is made.
    link: Option<String>,
    /// What came of it.
    said: String,
}

impl Sharing {
    /// The link.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref()
    }

    /// What is to be said of it.
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }

    pub(super) fn say(&mut self, said: String) {
        self.said = said;
    }
}

impl Session {
    /// What the reader has of a link to their program.
    #[must_use]
    pub fn sharing(&self) -> &Sharing {
        &self.sharing
    }

    pub(super) fn share(&mut self, program: String) -> Option<Effect> {
        self.sharing = Sharing::default();
        match checked(&program) {
            Ok(()) => Some(Effect::Pack(program)),
            Err(problem) => self.refuse(problem),
        }
    }

    pub(super) fn packed(&mut self, packed: Option<Vec<u8>>, page: &str) -> Option<Effect> {
        let exercise = self.exercise().map_or("", |exercise| &exercise.name);
        let exercise = exercise.to_owned();
        let packed = packed.ok_or(Problem::Lacking);
        self.sharing = Sharing::default();
        let language = self.language().word();
        match packed.and_then(|packed| link(page, &exercise, language, &packed)) {
            Ok(link) => {
                self.sharing.link = Some(link);
                Some(Effect::Copy)
            }
            Err(problem) => self.refuse(problem),
        }
    }

    fn refuse(&mut self, problem: Problem) -> Option<Effect> {
        let why = problem.to_string();
        self.sharing
            .say(concat(&["There is no link to this program: ", &why, "."]));
        None
    }
}
