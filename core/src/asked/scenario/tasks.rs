//! A list of tasks as text: the grammar of `tasks=`, and what is wrong with
//! what does not keep to it.

use std::borrow::Cow;
use std::fmt;

use super::{
    Behaviour, EndpointUrl, MAX_COMPUTE, MAX_LATENCY, MAX_NAME, MAX_START, MAX_TASKS, Target, Task,
    Work,
};
use crate::asked::escaped::{escape, unescaped};
use crate::decimal;
use crate::millis::Millis;
use crate::outside::{is_control, is_seen, isolated, legible};
use crate::text::{concat, cut, parts, trim};

/// Why a list of tasks was not understood.
#[derive(Clone, Debug, PartialEq)]
pub enum TasksError {
    /// There was not one task in it.
    Empty,
    /// More than [`MAX_TASKS`].
    TooMany(usize),
    /// Not of the form `name:latency` or `name:latency:fault`.
    Form(String),
    /// The name is too long, has a control in it, or nothing but dots and what
    /// cannot be seen.
    Name(String),
    /// The latency is no number between 0 and [`MAX_LATENCY`].
    Latency(String, String),
    /// The work is no number between 0 and [`MAX_COMPUTE`].
    Compute(String, String),
    /// The start is no number between 0 and [`MAX_START`].
    Start(String, String),
    /// There is no such fault.
    Fault(String, String),
    /// Two tasks have this name.
    Duplicate(String),
}

impl fmt::Display for TasksError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let allowed = "Allowed are 1 to 1,000 tasks like user:500, 0 to 30,000 ms each";
        match self {
            Self::Empty => write!(f, "The list of tasks is empty. {allowed}."),
            Self::TooMany(n) => write!(f, "{n} tasks are too many. {allowed}."),
            Self::Form(task) => write!(
                f,
                "The task “{}” is not a name and a latency. {allowed}.",
                excerpt(task)
            ),
            Self::Name(name) => write!(
                f,
                "The task name “{}” cannot be used. A name has 1 to {MAX_NAME} characters \
                 that can be seen, not dots alone.",
                excerpt(name)
            ),
            Self::Latency(name, latency) => write!(
                f,
                "The latency “{}” of task “{}” cannot be used. {allowed}.",
                excerpt(latency),
                excerpt(name)
            ),
            Self::Compute(name, compute) => write!(
                f,
                "The work “{}cpu” of task “{}” cannot be used. Allowed are 0 to 5,000 ms at a \
                 stretch, like onions:600cpu or, after a call, report:300+200cpu.",
                excerpt(compute),
                excerpt(name)
            ),
            Self::Start(name, start) => write!(
                f,
                "The start “{}” of task “{}” cannot be used. Allowed are 0 to 30,000 ms after the \
                 run begins, like user:500@300.",
                excerpt(start),
                excerpt(name)
            ),
            Self::Fault(name, fault) => write!(
                f,
                "The fault “{}” of task “{}” is unknown. Allowed are a status from 400 to 599, \
                 malformed, drop, hang, slow-body, and limit-8 (429 while 8 such calls are being \
                 served, 1 to 99), and *2 after it for the first two calls only.",
                excerpt(fault),
                excerpt(name)
            ),
            Self::Duplicate(name) => write!(
                f,
                "Two tasks are called “{}”. Each task needs a name of its own.",
                excerpt(name)
            ),
        }
    }
}

/// Outside text as a sentence can quote it: cut to a length that fits, every
/// control shown as such, and with a direction of its own.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    isolated(&legible(text, LONGEST))
}

/// Reads `user:500,billing:800:503`; see [`TasksError`] for what it refuses.
pub fn parse_tasks(list: &str) -> Result<Vec<Task>, TasksError> {
    parse_tasks_at(list, &[])
}

/// Reads a list in which the tasks of these names call these URLs. What stands
/// behind such a name is what is expected of the URL, or `?`.
pub fn parse_tasks_at(
    list: &str,
    endpoints: &[(String, EndpointUrl)],
) -> Result<Vec<Task>, TasksError> {
    if trim(list).is_empty() {
        return Err(TasksError::Empty);
    }
    let items = parts(list, b',');
    let count = items.len();
    if count > MAX_TASKS {
        return Err(TasksError::TooMany(count));
    }
    let mut tasks: Vec<Task> = Vec::with_capacity(count);
    for item in items {
        let task = parse_task(trim(item), endpoints)?;
        if tasks.iter().any(|other| other.name == task.name) {
            return Err(TasksError::Duplicate(task.name));
        }
        tasks.push(task);
    }
    Ok(tasks)
}

fn parse_task(text: &str, endpoints: &[(String, EndpointUrl)]) -> Result<Task, TasksError> {
    let form = || TasksError::Form(text.into());
    let (name, work) = cut(text, b':').ok_or_else(form)?;
    let name = parse_name(&unescaped(name, b'+'))?;
    let (work, start) = start_of(work);
    let start = match start.map(|text| (text, parse_time(text, MAX_START))) {
        Some((text, None)) => return Err(TasksError::Start(name, text.into())),
        start => start.and_then(|(_, at)| at).unwrap_or_default(),
    };
    let (behaviour, compute) = work_of(&work);
    let compute = match compute.map(|text| (text, parse_compute(text))) {
        Some((text, None)) => return Err(TasksError::Compute(name, text.into())),
        compute => compute.and_then(|(_, takes)| takes),
    };
    let url = endpoints.iter().find(|(of, _)| *of == name);
    let target = match (url, behaviour) {
        (None, None) => None,
        (None, Some(text)) => Some(Target::Service(parse_behaviour(&name, text)?)),
        (Some((_, url)), text) => Some(Target::Endpoint {
            url: url.clone(),
            expected: match text.filter(|text| *text != UNKNOWN) {
                None => None,
                Some(known) => Some(parse_behaviour(&name, known)?),
            },
        }),
    };
    let work = Work::of(target, compute).ok_or_else(form)?;
    Ok(Task { name, start, work })
}

/// What is said of the work without its start, and that start if there is one:
/// it stands behind a time, before or after what else is said.
fn start_of(text: &str) -> (Cow<'_, str>, Option<&str>) {
    let Some((before, after)) = cut(text, b'@') else {
        return (text.into(), None);
    };
    let goes_on = |byte| matches!(byte, b':' | b'+' | b' ');
    let end = after.bytes().position(goes_on).unwrap_or(after.len());
    // Unchecked it brings along the words for a panic, which weigh 3 KB.
    let (start, after) = after.split_at_checked(end).unwrap_or((after, ""));
    (concat(&[before, after]).into(), Some(start))
}

/// What is said of the call and of the work after it, each if there is any:
/// `300:503+200cpu`. In a query a plus sign is a blank.
fn work_of(text: &str) -> (Option<&str>, Option<&str>) {
    let Some(text) = text.strip_suffix(CPU) else {
        return (Some(text), None);
    };
    let plus = text
        .as_bytes()
        .iter()
        .rposition(|&byte| byte == b'+' || byte == b' ');
    match plus.and_then(|at| text.get(..at).zip(text.get(at + 1..))) {
        Some((call, compute)) => (Some(call), Some(compute)),
        None => (None, Some(text)),
    }
}

/// `500`, `500~100`, `500:503*2`.
fn parse_behaviour(name: &str, text: &str) -> Result<Behaviour, TasksError> {
    let (latency, fault) = match cut(text, b':') {
        Some((latency, fault)) => (latency, Some(fault)),
        None => (text, None),
    };
    let (base, jitter) = cut(latency, b'~').unwrap_or((latency, "0"));
    let (Some(base), Some(jitter)) = (parse_latency(base), parse_latency(jitter)) else {
        return Err(TasksError::Latency(name.into(), latency.into()));
    };
    let fault = match fault.map(str::parse) {
        None => None,
        Some(Ok(fault)) => Some(fault),
        Some(Err(())) => {
            let fault = fault.unwrap_or_default();
            return Err(TasksError::Fault(name.into(), fault.into()));
        }
    };
    Ok(Behaviour {
        latency: base,
        jitter,
        fault,
    })
}

/// The reverse of [`parse_tasks_at`].
#[must_use]
pub fn tasks_to_string(tasks: &[Task]) -> String {
    let mut written = String::new();
    for task in tasks {
        if !written.is_empty() {
            written.push(',');
        }
        // What has a meaning in a list of tasks is escaped.
        escape(&mut written, &task.name, |byte| {
            matches!(byte, b' '..=b'~') && !matches!(byte, b'%' | b',' | b':')
        });
        written.push(':');
        let calls = task.work.target().is_some();
        let compute = task.work.compute();
        let write_start = |written: &mut String| {
            if task.start > Millis::ZERO {
                written.push('@');
                decimal::push(written, task.start.ms());
            }
        };
        if let Some(behaviour) = task.behaviour() {
            written += &decimal::short(behaviour.latency.ms());
            if behaviour.jitter > Millis::ZERO {
                written.push('~');
                written += &decimal::short(behaviour.jitter.ms());
            }
            if compute.is_none() {
                write_start(&mut written);
            }
            if let Some(fault) = behaviour.fault {
                written.push(':');
                written += &fault.to_string();
            }
        } else if calls {
            written += UNKNOWN;
            if compute.is_none() {
                write_start(&mut written);
            }
        }
        if let Some(compute) = compute {
            if calls {
                written.push('+');
            }
            written += &decimal::short(compute.ms());
            written += CPU;
            write_start(&mut written);
        }
    }
    written
}

/// What stands behind a time that the processor is to work.
const CPU: &str = "cpu";

/// What stands for the behaviour of a URL that nothing is known of.
const UNKNOWN: &str = "?";

/// A name that is safe to show and to put into a path, where dots alone would
/// mean another folder: something of it can be seen, and no control is in it.
pub fn parse_name(name: &str) -> Result<String, TasksError> {
    let name = trim(name);
    let fits = name.chars().count() <= MAX_NAME
        && name.chars().any(|c| c != '.' && is_seen(c))
        && !name.chars().any(is_control);
    if fits {
        Ok(name.into())
    } else {
        Err(TasksError::Name(name.into()))
    }
}

/// A time that a service may be asked to take, in milliseconds.
pub(crate) fn parse_latency(text: &str) -> Option<Millis> {
    parse_time(text, MAX_LATENCY)
}

/// A time that the processor may be asked to work, in milliseconds.
pub(crate) fn parse_compute(text: &str) -> Option<Millis> {
    parse_time(text, MAX_COMPUTE)
}

fn parse_time(text: &str, most: Millis) -> Option<Millis> {
    let time = Millis::new(decimal::parse(trim(text))?);
    (time <= most).then_some(time)
}
