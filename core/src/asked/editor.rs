//! Changing the calls of a scenario, one small step after another, each of
//! which can be undone.
//!
//! Pure: the page hands in what is pressed and typed as an [`Edit`],
//! its panel draws the [`Editor`]. Whatever is typed, the
//! scenario stays one that can be run: what cannot be used is kept in its
//! field, with what is wrong with it, and goes no further.

mod edit;
mod steps;

use crate::asked::scenario::{EndpointUrl, MAX_TASKS, ParseUrl, Task};
use crate::decimal;
use crate::millis::Millis;

pub use edit::{Direction, Edit, EditError, Field};

/// How many steps can be undone.
pub const MAX_STEPS: usize = 100;

/// How many calls are listed. Each brings some twenty elements with it, and
/// nobody edits a thousand by hand.
pub const LISTED: usize = 30;

/// The latency of a call that is added.
const LATENCY: Millis = Millis::new(500.0);

/// How many times a call is repeated unless another number is given.
const TIMES: &str = "2";

/// The calls of a scenario while they are being changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Editor {
    tasks: Vec<Task>,
    /// What is in fields where that is not simply what the task says.
    drafts: Vec<Draft>,
    /// What takes each step back, the oldest first.
    history: Vec<Step>,
    /// The field or choice that the last step changed, while it may go on
    /// changing in the same step: a word is typed, a slider dragged.
    open: Option<(usize, Part)>,
    focus: Option<(&'static str, usize)>,
}

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    index: usize,
    field: Field,
    text: String,
    error: Option<EditError>,
}

/// How a step is taken back.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Replace(usize, Task),
    Insert(usize, Task),
    Remove {
        first: usize,
        count: usize,
    },
    /// The call there and the one after it.
    Swap(usize),
}

/// What a step can go on changing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Field(Field),
    Fault,
}

impl Editor {
    /// Of these calls; nothing is to be undone.
    #[must_use]
    pub fn new(tasks: &[Task]) -> Self {
        Self {
            tasks: tasks.to_vec(),
            drafts: Vec::new(),
            history: Vec::new(),
            open: None,
            focus: None,
        }
    }

    /// Turns to other calls, unless they are the same.
    pub fn turn_to(&mut self, tasks: &[Task]) {
        if self.tasks != tasks {
            *self = Self::new(tasks);
        }
    }

    /// The calls as they are now.
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// Whether there is a step to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.history.is_empty()
    }

    /// Whether there may be one more call.
    #[must_use]
    pub fn can_add(&self) -> bool {
        self.tasks.len() < MAX_TASKS
    }

    /// Where the reader goes on after the last change, as `data-edit` and
    /// `data-index`; `None`: where they are.
    #[must_use]
    pub fn focus(&self) -> Option<(&'static str, usize)> {
        self.focus
    }

    /// What stands in a call's field; nothing where nothing is known.
    #[must_use]
    pub fn text(&self, index: usize, field: Field) -> String {
        if let Some(draft) = self.draft(index, field) {
            return draft.text.clone();
        }
        let Some(task) = self.tasks.get(index) else {
            return String::new();
        };
        match (field, task.behaviour()) {
            (Field::Name, _) => task.name.clone(),
            (Field::Times, _) => TIMES.into(),
            (Field::Address, _) => task.endpoint().map_or("", EndpointUrl::as_str).into(),
            (Field::Latency, Some(behaviour)) => decimal::short(behaviour.latency.ms()),
            (Field::Jitter, Some(behaviour)) => decimal::short(behaviour.jitter.ms()),
            (Field::Latency | Field::Jitter, None) => String::new(),
            (Field::Compute, _) => {
                let compute = task.work.compute();
                compute.map_or_else(String::new, |takes| decimal::short(takes.ms()))
            }
        }
    }

    /// Whether the call is of a URL of the user's own.
    #[must_use]
    pub fn is_endpoint(&self, index: usize) -> bool {
        let task = self.tasks.get(index);
        task.is_some_and(|task| task.endpoint().is_some())
    }

    /// Whether it calls anything.
    #[must_use]
    pub fn calls(&self, index: usize) -> bool {
        let task = self.tasks.get(index);
        task.is_some_and(|task| task.work.target().is_some())
    }

    /// What is wrong with what stands in a call's field.
    #[must_use]
    pub fn error(&self, index: usize, field: Field) -> Option<EditError> {
        self.draft(index, field)?.error
    }

    fn draft(&self, index: usize, field: Field) -> Option<&Draft> {
        self.drafts
            .iter()
            .find(|draft| draft.index == index && draft.field == field)
    }

    /// Makes the change, if it can be made; whether the calls are others now.
    pub fn apply(&mut self, edit: Edit, parse_url: ParseUrl) -> bool {
        self.focus = None;
        let part = match &edit {
            Edit::Type(index, field, _) => Some((*index, Part::Field(*field))),
            Edit::Fault(index, _) => Some((*index, Part::Fault)),
            _ => None,
        };
        if self.open.is_some() && self.open != part {
            self.settle();
        }
        match edit {
            Edit::Add => self.add(),
            Edit::Remove(index) => self.remove(index),
            Edit::Move(index, Direction::Up) => {
                let is_moved = index > 0 && self.swap(index - 1);
                if is_moved {
                    self.focus = Some(match index {
                        1 => ("down", 0),
                        _ => ("up", index - 1),
                    });
                }
                is_moved
            }
            Edit::Move(index, Direction::Down) => {
                let is_moved = self.swap(index);
                if is_moved {
                    let end = self.tasks.len().min(LISTED);
                    self.focus = Some(match index + 2 {
                        next if next < end => ("down", index + 1),
                        next if next == end => ("up", index + 1),
                        _ => ("down", index),
                    });
                }
                is_moved
            }
            Edit::Type(index, field, text) => self.enter(index, field, text, parse_url),
            Edit::Fault(index, fault) => self.set_fault(index, fault),
            Edit::Repeat(index, times) => self.repeat(index, &times, parse_url),
            Edit::Undo => self.undo(),
        }
    }

    /// Ends the step that is being made: what is typed next is another one, and
    /// what was typed stands in its field as it was understood.
    pub fn settle(&mut self) {
        self.open = None;
        self.drafts
            .retain(|draft| draft.error.is_some() || draft.field == Field::Times);
    }

    fn remember(&mut self, step: Step, part: Option<(usize, Part)>) {
        if part.is_some() && self.open == part {
            // The step goes on; what it began from is known.
            return;
        }
        self.open = part;
        if self.history.len() == MAX_STEPS {
            self.history.remove(0);
        }
        self.history.push(step);
    }
}
