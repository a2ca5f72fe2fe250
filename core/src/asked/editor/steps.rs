//! How each change is made, and how the last is taken back.

use super::{Draft, EditError, Editor, Field, LATENCY, LISTED, Part, Step};
use crate::asked::scenario::{
    Behaviour, EndpointUrl, Fault, MAX_NAME, MAX_TASKS, ParseUrl, Target, Task, Work,
    parse_compute, parse_latency, parse_name,
};
use crate::decimal::whole;
use crate::text::{cut, trim, trim_end};

impl Editor {
    pub(super) fn add(&mut self) -> bool {
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

    pub(super) fn remove(&mut self, index: usize) -> bool {
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
    pub(super) fn swap(&mut self, index: usize) -> bool {
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

    pub(super) fn enter(
        &mut self,
        index: usize,
        field: Field,
        text: String,
        parse_url: ParseUrl,
    ) -> bool {
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
                if task.endpoint().is_some() && cut(&name, b'@').is_some() {
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
            Field::Address if trim(text).is_empty() => {
                let known = task.behaviour().copied();
                let known = known.unwrap_or(Behaviour::good(LATENCY));
                task.call(Some(Target::Service(known)));
            }
            Field::Address => {
                if cut(&task.name, b'@').is_some() {
                    return Err(EditError::At);
                }
                let url = EndpointUrl::parse(text, parse_url).map_err(EditError::Address)?;
                task.point_at(url);
            }
            Field::Latency | Field::Jitter => read_time(task, field, text)?,
            Field::Compute => {
                let takes = match trim(text) {
                    "" => None,
                    text => Some(parse_compute(text).ok_or(EditError::Compute)?),
                };
                let target = task.work.target().cloned();
                task.work = Work::of(target, takes).ok_or(EditError::Nothing)?;
            }
        }
        Ok(())
    }

    pub(super) fn set_fault(&mut self, index: usize, fault: Option<Fault>) -> bool {
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

    pub(super) fn repeat(&mut self, index: usize, times: &str, parse_url: ParseUrl) -> bool {
        let Some(task) = self.tasks.get(index) else {
            return false;
        };
        let mut task = task.clone();
        let Ok(copies) = self.copies(times) else {
            // Says beside the field what is wrong with it.
            return self.enter(index, Field::Times, times.into(), parse_url);
        };
        let digits = task.name.bytes().rev().take_while(u8::is_ascii_digit);
        let base = task.name.get(..task.name.len() - digits.count());
        let base = base.and_then(|base| base.strip_suffix(' '));
        let base = base.unwrap_or(&task.name).to_owned();
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
        let times = whole(trim(times)).ok_or(EditError::Times)? as usize;
        if times < 2 {
            return Err(EditError::Times);
        }
        if times > MAX_TASKS || self.tasks.len() + times > MAX_TASKS + 1 {
            return Err(EditError::TooMany);
        }
        Ok(times - 1)
    }

    pub(super) fn undo(&mut self) -> bool {
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
            name.truncate(trim_end(&name).len());
            name.push(' ');
            name += &digits;
            if !self.is_taken(&name) {
                return name;
            }
            *number += 1;
        }
    }
}

/// Takes a time into the task. What a URL takes need not be known; and what has
/// work to do need not call anything.
fn read_time(task: &mut Task, field: Field, text: &str) -> Result<(), EditError> {
    let is_empty = trim(text).is_empty();
    let works = task.work.compute().is_some();
    match task.work.target_mut() {
        Some(Target::Endpoint { expected, .. }) if is_empty => {
            *expected = None;
            return Ok(());
        }
        Some(Target::Endpoint { expected, .. }) => {
            expected.get_or_insert(Behaviour::good(LATENCY));
        }
        _ if is_empty && field == Field::Latency && works => {
            task.call(None);
            return Ok(());
        }
        None => task.call(Some(Target::Service(Behaviour::good(LATENCY)))),
        Some(Target::Service(_)) => {}
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
