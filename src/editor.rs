//! Changing the calls of a scenario, one small step after another, each of
//! which can be undone.
//!
//! Pure: the page hands in what is pressed and typed as an [`Edit`],
//! [`crate::view::editor`] draws the [`Editor`]. Whatever is typed, the
//! scenario stays one that can be run: what cannot be used is kept in its
//! field, with what is wrong with it, and goes no further.

mod edit;

use crate::decimal;
use crate::millis::Millis;
use crate::scenario::{
    Behaviour, EndpointUrl, Fault, MAX_NAME, MAX_TASKS, ParseUrl, Target, Task, parse_latency,
    parse_name,
};

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
        }
    }

    /// Whether the call is of a URL of the user's own.
    #[must_use]
    pub fn is_endpoint(&self, index: usize) -> bool {
        let task = self.tasks.get(index);
        task.is_some_and(|task| task.endpoint().is_some())
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

    fn enter(&mut self, index: usize, field: Field, text: String, parse_url: ParseUrl) -> bool {
        let Some(task) = self.tasks.get(index) else {
            return false;
        };
        let mut task = task.clone();
        let error = self.read(index, &mut task, field, &text, parse_url).err();
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
        parse_url: ParseUrl,
    ) -> Result<(), EditError> {
        match field {
            Field::Name => {
                let name = parse_name(text).map_err(|_| EditError::Name)?;
                if task.endpoint().is_some() && name.contains('@') {
                    return Err(EditError::At);
                }
                if name != self.tasks[index].name && self.is_taken(&name) {
                    return Err(EditError::Taken);
                }
                task.name = name;
            }
            Field::Times => {
                self.copies(text)?;
            }
            Field::Address if text.trim().is_empty() => {
                let known = task.behaviour().copied();
                task.target = Target::Service(known.unwrap_or(Behaviour::good(LATENCY)));
            }
            Field::Address => {
                if task.name.contains('@') {
                    return Err(EditError::At);
                }
                let url = EndpointUrl::parse(text, parse_url).map_err(EditError::Address)?;
                task.point_at(url);
            }
            Field::Latency | Field::Jitter => read_time(task, field, text)?,
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
        if let Some(behaviour) = task.behaviour_mut() {
            behaviour.fault = fault;
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

    fn repeat(&mut self, index: usize, times: &str, parse_url: ParseUrl) -> bool {
        let Some(task) = self.tasks.get(index) else {
            return false;
        };
        let mut task = task.clone();
        let Ok(copies) = self.copies(times) else {
            // Says beside the field what is wrong with it.
            return self.enter(index, Field::Times, times.into(), parse_url);
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

/// Takes a time into the task. What a URL takes need not be known.
fn read_time(task: &mut Task, field: Field, text: &str) -> Result<(), EditError> {
    if let Target::Endpoint { expected, .. } = &mut task.target {
        if text.trim().is_empty() {
            *expected = None;
            return Ok(());
        }
        expected.get_or_insert(Behaviour::good(LATENCY));
    }
    let time = parse_latency(text).ok_or(EditError::Time)?;
    if let Some(behaviour) = task.behaviour_mut() {
        match field {
            Field::Jitter => behaviour.jitter = time,
            _ => behaviour.latency = time,
        }
    }
    Ok(())
}
