//! What a program did in an exercise, and whether that is what was asked: by what
//! was recorded of it, never by its own word. Times are compared with each other
//! and never with a clock, so that a slow machine passes a right answer.

mod checks;

use crate::asked::exercise::{Check, Exercise};
use crate::asked::language::Language;
use crate::millis::Millis;
use crate::recorded::program::Called;
use crate::shown::session::{End, Run};
use crate::text::concat;

/// What is to be said of a program in an exercise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The language of the program.
    pub language: Language,
    /// What was checked, in order.
    pub checks: Vec<Checked>,
    /// What was seen besides.
    pub notes: Vec<String>,
    /// What an interviewer would ask next.
    pub next: String,
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// What.
    pub check: Check,
    /// Whether it is as it should be.
    pub is_passed: bool,
    /// What happened, in a sentence.
    pub says: String,
}

impl Verdict {
    /// Whether all of it is as it should be.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.checks.iter().all(|checked| checked.is_passed)
    }
}

/// What became of a program that is over, with what was asked of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'a> {
    exercise: &'a Exercise,
    run: &'a Run,
    end: &'a End,
}

impl<'a> Case<'a> {
    /// The calls of services, in the order in which they began.
    fn calls(self) -> Vec<&'a Called> {
        let mut calls: Vec<&Called> = Vec::new();
        for call in self.run.program.calls() {
            if call.is_call() {
                let place = calls.partition_point(|other| other.begun <= call.begun);
                calls.insert(place, call);
            }
        }
        calls
    }

    /// Whether one of the exercise's services can only be asked after another.
    fn needs(self, later: &str, first: &str) -> bool {
        let mut needs = self.exercise.needs.iter();
        needs.any(|(one, other)| one == later && other == first)
    }
}

/// Judges a program; nothing before it is over, and of a free kitchen only what was
/// seen.
#[must_use]
pub fn judge(exercise: &Exercise, run: &Run) -> Option<Verdict> {
    let end = run.end.as_ref()?;
    let case = Case { exercise, run, end };
    let asked = exercise.all_checks().into_iter();
    let mut verdict = Verdict {
        language: run.language,
        checks: asked.map(|check| checks::check(case, check)).collect(),
        notes: Vec::new(),
        next: String::new(),
    };
    verdict.notes.extend(idle(case));
    let failed = verdict.checks.iter().find(|checked| !checked.is_passed);
    let key = failed.map_or("passed", |checked| checked.check.word());
    verdict.next = next(exercise, run.language, key);
    Some(verdict)
}

/// What an interviewer asks next, of a program with that result.
fn next(exercise: &Exercise, language: Language, key: &str) -> String {
    let of = |language: Language| {
        let file = exercise.file(&language.text("next")).unwrap_or_default();
        let mut lines = file.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(known, _)| known.trim() == key);
        found.map(|(_, question)| question.trim().to_owned())
    };
    // Most questions are the same in any language.
    of(language)
        .or_else(|| of(Language::Python))
        .unwrap_or_default()
}

/// The line that waited longest for no reason: a thread made a call, and then another
/// that needs nothing of the first.
fn idle(case: Case<'_>) -> Option<String> {
    let calls = case.calls();
    let mut longest: Option<(&Called, &Called)> = None;
    for (place, call) in calls.iter().enumerate() {
        let before = calls[..place].iter().rev();
        let mut before = before.filter(|other| other.from.0 == call.from.0);
        let Some(before) = before.next() else {
            continue;
        };
        let has_room = case.exercise.limit.is_none_or(|limit| {
            let in_flight = calls
                .iter()
                .filter(|one| one.begun < before.until() && one.until() > before.begun);
            in_flight.count() < limit
        });
        let waited = before.until() <= call.begun && before.name != call.name;
        if waited && has_room && !case.needs(&call.name, &before.name) {
            let known = longest.map_or(Millis::ZERO, |(known, _)| known.takes());
            if before.takes() > known {
                longest = Some((before, call));
            }
        }
    }
    let (waited_for, then) = longest?;
    let line = waited_for.from.1.map_or_else(String::new, |line| {
        concat(&["Line ", &line.to_string(), " "])
    });
    let line = if line.is_empty() {
        "A line ".to_owned()
    } else {
        line
    };
    Some(concat(&[
        &line,
        "waited ",
        &waited_for.takes().spoken(),
        " for ",
        &waited_for.name,
        " before ",
        &then.name,
        " was asked, which needs nothing of it.",
    ]))
}
