//! Changing the calls of a scenario, one small step after another, each of
//! which can be undone.
//!
//! Pure: the page hands in what is pressed and typed as an [`Edit`],
//! [`crate::view::editor`] draws the [`Editor`]. Whatever is typed, the
//! scenario stays one that can be run: what cannot be used is kept in its
//! field, with what is wrong with it, and goes no further.

use crate::decimal;
use crate::millis::Millis;
use crate::scenario::{Fault, MAX_NAME, MAX_TASKS, Target, Task, parse_latency, parse_name};

/// How many steps can be undone.
pub const MAX_STEPS: usize = 100;

/// How many calls are listed. Each brings some twenty elements with it, and
/// nobody edits a thousand by hand.
pub const LISTED: usize = 30;

/// The latency of a call that is added.
const LATENCY: Millis = Millis::new(500.0);

/// How many times a call is repeated unless another number is given.
const TIMES: &str = "2";

/// A change; calls are given by their place in the scenario. Text is as it was
/// typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// One more call at the end.
    Add,
    /// The call goes, unless it is the only one.
    Remove(usize),
    /// The call changes places with its neighbour.
    Move(usize, Direction),
    /// What stands in a field.
    Type(usize, Field, String),
    /// The service misbehaves like that, or no longer.
    Fault(usize, Option<Fault>),
    /// The call so many times in all, as the text says; the copies come after it.
    Repeat(usize, String),
    /// The last step is taken back.
    Undo,
}

/// Where a call can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// What can be typed for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its name.
    Name,
    /// How long it takes, in milliseconds.
    Latency,
    /// By how much that varies, in milliseconds.
    Jitter,
    /// How many times it is to be there, for [`Edit::Repeat`].
    Times,
}

/// Why text in a field was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// It is empty, too long, invisible or dots alone.
    Name,
    /// A link writes an endpoint as `name@URL`.
    At,
    /// Another call has that name.
    Taken,
    /// It is no time that a service can take.
    Time,
    /// It is no number of times.
    Times,
    /// There would be more than [`MAX_TASKS`].
    TooMany,
}

impl EditError {
    /// What to do about it.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Name => "Write 1 to 40 visible characters, not dots alone.",
            Self::At => "The name of an address cannot have an @ in it.",
            Self::Taken => "Another call has this name.",
            Self::Time => "Write 0 to 30000 ms.",
            Self::Times => "2 or more.",
            Self::TooMany => "1,000 calls at most.",
        }
    }
}

impl Edit {
    /// The change that an element's `data-edit`, its `data-index` and its value
    /// ask for, if they ask for one.
    #[must_use]
    pub fn from_dom(edit: &str, index: usize, value: &str) -> Option<Edit> {
        let field = match edit {
            "add" => return Some(Edit::Add),
            "undo" => return Some(Edit::Undo),
            "remove" => return Some(Edit::Remove(index)),
            "up" => return Some(Edit::Move(index, Direction::Up)),
            "down" => return Some(Edit::Move(index, Direction::Down)),
            "repeat" => return Some(Edit::Repeat(index, value.into())),
            "fault" if value.is_empty() => return Some(Edit::Fault(index, None)),
            "fault" => return Some(Edit::Fault(index, Some(value.parse().ok()?))),
            "rename" => Field::Name,
            "latency" => Field::Latency,
            "jitter" => Field::Jitter,
            "times" => Field::Times,
            _ => return None,
        };
        Some(Edit::Type(index, field, value.into()))
    }
}

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
    revision: u32,
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
            revision: 0,
        }
    }

    /// Turns to other calls, unless they are the same.
    pub fn turn_to(&mut self, tasks: &[Task]) {
        if self.tasks != tasks {
            let revision = self.revision + 1;
            *self = Self::new(tasks);
            self.revision = revision;
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

    /// A number that changes whenever what there is to see changes.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// Where the reader goes on after the last change, as `data-edit` and
    /// `data-index`; `None`: where they are.
    #[must_use]
    pub fn focus(&self) -> Option<(&'static str, usize)> {
        self.focus
    }

    /// What stands in a call's field. An endpoint has no latency and no jitter
    /// to be typed.
    #[must_use]
    pub fn text(&self, index: usize, field: Field) -> String {
        if let Some(draft) = self.draft(index, field) {
            return draft.text.clone();
        }
        let Some(task) = self.tasks.get(index) else {
            return String::new();
        };
        match (field, &task.target) {
            (Field::Name, _) => task.name.clone(),
            (Field::Times, _) => TIMES.into(),
            (Field::Latency, Target::Service { latency, .. }) => decimal::short(latency.ms()),
            (Field::Jitter, Target::Service { jitter, .. }) => decimal::short(jitter.ms()),
            (_, Target::Endpoint { .. }) => String::new(),
        }
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
    pub fn apply(&mut self, edit: Edit) -> bool {
        self.revision += 1;
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
            Edit::Type(index, field, text) => self.enter(index, field, text),
            Edit::Fault(index, fault) => self.set_fault(index, fault),
            Edit::Repeat(index, times) => self.repeat(index, &times),
            Edit::Undo => self.undo(),
        }
    }

    /// Ends the step that is being made: what is typed next is another one, and
    /// what was typed stands in its field as it was understood.
    pub fn settle(&mut self) {
        self.open = None;
        self.revision += 1;
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

    fn add(&mut self) -> bool {
        if !self.can_add() {
            return false;
        }
        let index = self.tasks.len();
        let name = self.free_name("call", &mut (index + 1));
        self.tasks.push(Task::service(&name, LATENCY));
        self.remember(
            Step::Remove {
                first: index,
                count: 1,
            },
            None,
        );
        if index < LISTED {
            self.focus = Some(("rename", index));
        }
        true
    }

    fn remove(&mut self, index: usize) -> bool {
        if index >= self.tasks.len() || self.tasks.len() == 1 {
            return false;
        }
        let task = self.tasks.remove(index);
        self.drafts.retain(|draft| draft.index != index);
        for draft in &mut self.drafts {
            if draft.index > index {
                draft.index -= 1;
            }
        }
        self.remember(Step::Insert(index, task), None);
        let left = self.tasks.len();
        self.focus = Some(if left == 1 {
            ("rename", 0)
        } else {
            ("remove", index.min(left - 1))
        });
        true
    }

    /// The call there and the one after it change places.
    fn swap(&mut self, index: usize) -> bool {
        if index >= self.tasks.len() || index + 1 == self.tasks.len() {
            return false;
        }
        self.tasks.swap(index, index + 1);
        for draft in &mut self.drafts {
            if draft.index == index {
                draft.index += 1;
            } else if draft.index == index + 1 {
                draft.index -= 1;
            }
        }
        self.remember(Step::Swap(index), None);
        true
    }

    fn enter(&mut self, index: usize, field: Field, text: String) -> bool {
        let Some(task) = self.tasks.get(index) else {
            return false;
        };
        let mut task = task.clone();
        let error = self.read(index, &mut task, field, &text).err();
        self.drafts
            .retain(|draft| draft.index != index || draft.field != field);
        self.drafts.push(Draft {
            index,
            field,
            text,
            error,
        });
        self.replace(index, task, Part::Field(field))
    }

    /// Takes what was typed into the task, which stays as it was if that cannot
    /// be done.
    fn read(
        &self,
        index: usize,
        task: &mut Task,
        field: Field,
        text: &str,
    ) -> Result<(), EditError> {
        if field == Field::Name {
            let name = parse_name(text).map_err(|_| EditError::Name)?;
            if matches!(task.target, Target::Endpoint { .. }) && name.contains('@') {
                return Err(EditError::At);
            }
            if name != self.tasks[index].name && self.is_taken(&name) {
                return Err(EditError::Taken);
            }
            task.name = name;
        } else if field == Field::Times {
            self.copies(text)?;
        } else if let Target::Service {
            latency, jitter, ..
        } = &mut task.target
        {
            let time = parse_latency(text).ok_or(EditError::Time)?;
            if field == Field::Latency {
                *latency = time;
            } else {
                *jitter = time;
            }
        }
        Ok(())
    }

    fn set_fault(&mut self, index: usize, fault: Option<Fault>) -> bool {
        let Some(task) = self.tasks.get(index) else {
            return false;
        };
        // A fault is one that can be written into a link.
        if fault.is_some_and(|fault| fault.to_string().parse() != Ok(fault)) {
            return false;
        }
        let mut task = task.clone();
        if let Target::Service { fault: old, .. } = &mut task.target {
            *old = fault;
        }
        self.replace(index, task, Part::Fault)
    }

    fn replace(&mut self, index: usize, task: Task, part: Part) -> bool {
        if self.tasks[index] == task {
            return false;
        }
        let old = std::mem::replace(&mut self.tasks[index], task);
        self.remember(Step::Replace(index, old), Some((index, part)));
        true
    }

    fn repeat(&mut self, index: usize, times: &str) -> bool {
        let Some(task) = self.tasks.get(index) else {
            return false;
        };
        let mut task = task.clone();
        let Ok(copies) = self.copies(times) else {
            // Says beside the field what is wrong with it.
            return self.enter(index, Field::Times, times.into());
        };
        let base = match task.name.rsplit_once(' ') {
            Some((base, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => base.into(),
            _ => task.name.clone(),
        };
        self.drafts
            .retain(|draft| draft.index != index || draft.field != Field::Times);
        for draft in &mut self.drafts {
            if draft.index > index {
                draft.index += copies;
            }
        }
        let first = index + 1;
        let mut number = 1;
        for copy in 0..copies {
            number += 1;
            task.name = self.free_name(&base, &mut number);
            self.tasks.insert(first + copy, task.clone());
        }
        let step = Step::Remove {
            first,
            count: copies,
        };
        self.remember(step, None);
        true
    }

    /// How many copies make it so many times.
    fn copies(&self, times: &str) -> Result<usize, EditError> {
        let times: usize = times.trim().parse().map_err(|_| EditError::Times)?;
        if times < 2 {
            return Err(EditError::Times);
        }
        if times > MAX_TASKS || self.tasks.len() + times > MAX_TASKS + 1 {
            return Err(EditError::TooMany);
        }
        Ok(times - 1)
    }

    fn undo(&mut self) -> bool {
        let Some(step) = self.history.pop() else {
            return false;
        };
        // What stood in the fields was about other calls.
        self.drafts.clear();
        self.open = None;
        match step {
            Step::Replace(index, task) => self.tasks[index] = task,
            Step::Insert(index, task) => self.tasks.insert(index, task),
            Step::Remove { first, count } => {
                self.tasks.drain(first..first + count);
            }
            Step::Swap(index) => self.tasks.swap(index, index + 1),
        }
        if self.history.is_empty() {
            self.focus = Some(("add", 0));
        }
        true
    }

    fn is_taken(&self, name: &str) -> bool {
        self.tasks.iter().any(|task| task.name == name)
    }

    /// `base`, shortened where it must be, with the first number from there on
    /// that makes it a name of its own.
    fn free_name(&self, base: &str, number: &mut usize) -> String {
        loop {
            let digits = number.to_string();
            let mut name = String::new();
            for c in base.chars().take(MAX_NAME - 1 - digits.len()) {
                name.push(c);
            }
            name.truncate(name.trim_end().len());
            name.push(' ');
            name += &digits;
            if !self.is_taken(&name) {
                return name;
            }
            *number += 1;
        }
    }
}
