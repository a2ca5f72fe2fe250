//! A program that is not the reader's own: a stranger's, by a link, or one of the
//! lesson's. It is shown in the place of theirs and waits for them to press Run;
//! theirs is kept as it was, one press away, whatever is done to this one.

use super::{Effect, Session};
use crate::asked::exercise::Exercise;
use crate::asked::fragment::Problem;
use crate::asked::language::Language;
use crate::outside::legible;
use crate::text::{concat, join};

/// The exercise in which anything goes: the lesson's programs are among its files.
pub const KITCHEN: &str = "free";

/// How their names begin there.
pub const LESSON: &str = "lesson/";

/// How much is quoted of a name, in characters.
const MOST_QUOTED: usize = 40;

/// Such a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Guest {
    /// Where it is from.
    pub origin: Origin,
    /// As it came.
    pub text: String,
    /// The exercise that it came for.
    pub exercise: String,
    /// The language that it is in.
    pub language: Language,
    /// Whether it stands where the reader writes; else the reader's own does.
    pub is_on: bool,
}

/// Where a program is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A link's fragment, which is this.
    Link(String),
    /// The lesson, where it has this name.
    Lesson(String),
}

impl Guest {
    /// By what the browser keeps it, until the tab is closed: no exercise's name has
    /// such a sign in it.
    fn place(&self) -> String {
        let (Origin::Link(name) | Origin::Lesson(name)) = &self.origin;
        concat(&[&self.exercise, "#", name])
    }

    /// Has the reader's program be this.
    fn open(&self) -> Effect {
        Effect::Open(self.place(), self.text.clone())
    }
}

impl Session {
    /// The program that is not the reader's own, of the exercise that is on.
    #[must_use]
    pub fn guest(&self) -> Option<&Guest> {
        let name = &self.exercise()?.name;
        let is_here = |guest: &&Guest| guest.exercise == *name && guest.language == self.language();
        self.guest.as_ref().filter(is_here)
    }

    /// Whether it stands where the reader writes.
    pub(super) fn has_guest(&self) -> bool {
        self.guest().is_some_and(|guest| guest.is_on)
    }

    /// Why there is none, though the address speaks of one.
    #[must_use]
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// What a link's fragment has, or no longer has.
    pub(super) fn linked(
        &mut self,
        fragment: String,
        program: Option<Result<String, Problem>>,
    ) -> bool {
        self.refused = None;
        let had = self.guest.take();
        match program {
            Some(Ok(text)) => self.take_in(Origin::Link(fragment), text),
            Some(Err(problem)) => {
                let why = problem.to_string();
                let said = ["The program in this link is not shown: ", &why, "."];
                self.refused = Some(concat(&said));
            }
            None => {}
        }
        had.is_some() || self.guest.is_some()
    }

    /// A program of the lesson is asked for, by its name.
    pub(super) fn quoted(&mut self, name: &str) {
        let ending = self.language().program("");
        let mut names = Vec::new();
        let mut found = None;
        let kitchen = self.exercises.iter().find(|one| one.name == KITCHEN);
        for (known, text) in kitchen.map(programs).unwrap_or_default() {
            let Some(known) = known.strip_suffix(&*ending) else {
                continue;
            };
            if known == name {
                found = Some(text.to_owned());
            }
            names.push(known);
        }
        match found {
            Some(text) => self.take_in(Origin::Lesson(name.into()), text),
            // Without exercises there are none, and that is said already.
            None if names.is_empty() => {}
            None => {
                self.refused = Some(concat(&[
                    "There is no program “",
                    &legible(name, MOST_QUOTED),
                    "” in the lesson that runs here. There are: ",
                    &join(&names, ", "),
                    ".",
                ]));
            }
        }
    }

    fn take_in(&mut self, origin: Origin, text: String) {
        let Some(exercise) = self.exercise() else {
            return;
        };
        self.guest = Some(Guest {
            origin,
            text,
            exercise: exercise.name.clone(),
            language: self.language(),
            is_on: true,
        });
    }

    /// Turns to the program that is not the reader's, or back to theirs.
    pub(super) fn turn(&mut self, is_on: bool) {
        if let Some(guest) = &mut self.guest {
            guest.is_on = is_on;
        }
    }

    /// What has the reader write what stands in the exercise that is on.
    pub(super) fn opened(&self) -> Option<Effect> {
        let exercise = self.exercise()?;
        Some(match self.guest().filter(|guest| guest.is_on) {
            Some(guest) => guest.open(),
            None => {
                let language = self.language();
                let start = exercise.file(&language.program(super::START));
                let slot = language.slot(&exercise.name);
                Effect::Open(slot, start.unwrap_or_default().into())
            }
        })
    }
}

/// The lesson's programs among an exercise's files.
fn programs(kitchen: &Exercise) -> Vec<(&str, &str)> {
    let files = kitchen.files.iter();
    files
        .filter_map(|(name, text)| Some((name.strip_prefix(LESSON)?, &**text)))
        .collect()
}
