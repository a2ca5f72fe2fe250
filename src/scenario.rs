//! What to run: tasks, the presets, and the limits that input must keep.
//!
//! Called by [`crate::config`], which reads scenarios from query strings, and
//! by everything that runs or draws one.

use std::fmt;
use std::str::FromStr;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::decimal;
use crate::event::Failure;
use crate::millis::Millis;
use crate::policy::Policy;

/// The most tasks a scenario may have.
pub const MAX_TASKS: usize = 1_000;

/// The longest latency a task may ask for.
pub const MAX_LATENCY: Millis = Millis::new(30_000.0);

/// The longest name, in characters.
pub const MAX_NAME: usize = 40;

/// An ordered set of tasks with a title.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The preset's name in the query string, or `custom`.
    pub id: String,
    /// What people see it called.
    pub title: String,
    /// In the order in which sequential code would call them; names differ.
    pub tasks: Vec<Task>,
}

/// One unit of work: a named call.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Unique within its scenario; 1 to [`MAX_NAME`] characters.
    pub name: String,
    /// What is called.
    pub target: Target,
}

/// What a task calls.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// One of the embedded services, which answers after `latency`.
    Service {
        /// How long the service takes; at most [`MAX_LATENCY`].
        latency: Millis,
        /// By how much its latency varies to either side.
        jitter: Millis,
        /// How the service misbehaves, if it does.
        fault: Option<Fault>,
    },
    /// A URL of the user's own.
    Endpoint {
        /// Where it is.
        url: EndpointUrl,
        /// How long the user says that it takes; unknown before it is called.
        expected: Option<Millis>,
    },
}

/// How an embedded service misbehaves, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How.
    pub kind: FaultKind,
    /// At how many calls, from the first on; `None`: at all of them.
    pub times: Option<u32>,
}

/// How an embedded service misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Answers with this HTTP status, 400 to 599.
    Status(u16),
    /// Answers 200 with JSON that breaks off in the middle.
    Malformed,
    /// Drops the connection instead of answering.
    Drop,
    /// Sends its headers at half the latency and its body bit by bit.
    SlowBody,
    /// Never answers; drops the connection after [`HANG`].
    Hang,
}

/// When a service that never answers drops the connection all the same.
pub const HANG: Millis = Millis::new(60_000.0);

/// One attempt at a task: what to call, all chance drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Call<'a> {
    /// An embedded service.
    Service {
        /// The task's name.
        name: &'a str,
        /// How long the service takes this time.
        latency: Millis,
        /// How it misbehaves this time.
        fault: Option<FaultKind>,
    },
    /// A URL of the user's own.
    Endpoint {
        /// Where it is.
        url: &'a EndpointUrl,
        /// How long the user says that it takes.
        expected: Option<Millis>,
    },
}

impl Call<'_> {
    /// How long it should take and how it should end, where that is known
    /// before it is made.
    #[must_use]
    pub fn expected(&self) -> Option<(Millis, Result<(), Failure>)> {
        Some(match *self {
            Call::Endpoint { expected, .. } => (expected?, Ok(())),
            Call::Service { latency, fault, .. } => match fault {
                None | Some(FaultKind::SlowBody) => (latency, Ok(())),
                Some(FaultKind::Status(status)) => (latency, Err(Failure::Status(status))),
                Some(FaultKind::Malformed) => (latency, Err(Failure::Malformed)),
                Some(FaultKind::Drop) => (latency, Err(Failure::Network)),
                Some(FaultKind::Hang) => (HANG, Err(Failure::Network)),
            },
        })
    }
}

/// An `http(s)` URL without credentials; only [`crate::config`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointUrl(pub(crate) String);

impl EndpointUrl {
    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a list of tasks was not understood.
#[derive(Clone, Debug, PartialEq)]
pub enum TasksError {
    /// There was not one task in it.
    Empty,
    /// More than [`MAX_TASKS`].
    TooMany(usize),
    /// Not of the form `name:latency` or `name:latency:fault`.
    Form(String),
    /// The name is empty, too long, invisible or dots alone.
    Name(String),
    /// The latency is no number between 0 and [`MAX_LATENCY`].
    Latency(String, String),
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
            Self::Fault(name, fault) => write!(
                f,
                "The fault “{}” of task “{}” is unknown. Allowed are a status from 400 to 599, \
                 malformed, drop, hang and slow-body, and *2 after it for the first two calls only.",
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

/// Outside text, cut to a length that fits in a sentence.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if is_printable(c) { c } else { '\u{fffd}' })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// Control characters and those that turn the direction of text can make a
/// sentence lie about what it quotes.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Scenario {
    /// The presets' names in the query string and what people see them called,
    /// the default first.
    pub const PRESETS: &[(&str, &str)] = &[
        ("dashboard", "Dashboard: three services"),
        ("two-calls", "Interview: two slow calls"),
        ("flaky", "Flaky: a service that fails twice"),
        ("fifty-orders", "Pool: fifty orders"),
        ("one-slow", "Straggler: one slow among many"),
        ("twelve-calls", "Browser: twelve calls on one host"),
    ];

    /// The presets, the default first.
    #[must_use]
    pub fn presets() -> Vec<Scenario> {
        Self::PRESETS
            .iter()
            .filter_map(|(id, _)| Self::preset(id))
            .collect()
    }

    /// The preset of that name.
    #[must_use]
    pub fn preset(id: &str) -> Option<Scenario> {
        let &(id, title) = Self::PRESETS.iter().find(|(preset, _)| *preset == id)?;
        let tasks = match id {
            "dashboard" => parse_tasks("user:500,billing:800,orders:1200").ok()?,
            "two-calls" => parse_tasks("first:2000,second:2000").ok()?,
            "flaky" => parse_tasks("user:300,billing:400:503*2,orders:500").ok()?,
            // As uneven as orders are, and the same each time.
            "fifty-orders" => numbered("order", 50, |n| 100 + n * 37 % 11 * 20),
            "one-slow" => numbered("call", 10, |n| if n == 4 { 2000 } else { 200 }),
            _ => numbered("call", 12, |_| 300),
        };
        Some(Scenario {
            id: id.into(),
            title: title.into(),
            tasks,
        })
    }

    /// The preset with these tasks, or else the user's own.
    #[must_use]
    pub fn of(tasks: Vec<Task>) -> Scenario {
        for preset in Self::presets() {
            if preset.tasks == tasks {
                return preset;
            }
        }
        Self::custom(tasks)
    }

    /// The user's own tasks.
    #[must_use]
    pub fn custom(tasks: Vec<Task>) -> Scenario {
        Scenario {
            id: "custom".into(),
            title: "Your own calls".into(),
            tasks,
        }
    }

    /// The URLs that it would call, with the names of their tasks.
    pub fn endpoints(&self) -> impl Iterator<Item = (&str, &EndpointUrl)> {
        self.tasks.iter().filter_map(|task| match &task.target {
            Target::Endpoint { url, .. } => Some((task.name.as_str(), url)),
            Target::Service { .. } => None,
        })
    }
}

/// `name 1`, `name 2` and so on, with the latency that each number gives.
fn numbered(name: &str, count: u16, latency: fn(u16) -> u16) -> Vec<Task> {
    let mut tasks = Vec::new();
    for number in 1..=count {
        let latency = Millis::new(latency(number).into());
        tasks.push(Task::service(&format!("{name} {number}"), latency));
    }
    tasks
}

impl Default for Scenario {
    fn default() -> Self {
        Self::presets().swap_remove(0)
    }
}

impl Task {
    /// A call of an embedded service that answers well.
    #[must_use]
    pub fn service(name: &str, latency: Millis) -> Task {
        Task {
            name: name.into(),
            target: Target::Service {
                latency,
                jitter: Millis::ZERO,
                fault: None,
            },
        }
    }

    /// What its attempt of that number, from 0, calls. `index` is its place in
    /// the scenario.
    #[must_use]
    pub fn call(&self, index: usize, attempt: u32, policy: &Policy) -> Call<'_> {
        match &self.target {
            Target::Endpoint { url, expected } => Call::Endpoint {
                url,
                expected: *expected,
            },
            Target::Service {
                latency,
                jitter,
                fault,
            } => Call::Service {
                name: &self.name,
                latency: policy.latency(index, attempt, *latency, *jitter),
                fault: fault
                    .filter(|fault| fault.times.is_none_or(|times| attempt < times))
                    .map(|fault| fault.kind),
            },
        }
    }

    /// How long it should take, where that is known before it is called.
    #[must_use]
    pub fn expected(&self) -> Option<Millis> {
        match self.target {
            Target::Service { latency, .. } => Some(latency),
            Target::Endpoint { expected, .. } => expected,
        }
    }
}

/// Reads `user:500,billing:800:503`; see [`TasksError`] for what it refuses.
pub fn parse_tasks(list: &str) -> Result<Vec<Task>, TasksError> {
    if list.trim().is_empty() {
        return Err(TasksError::Empty);
    }
    let count = list.split(',').count();
    if count > MAX_TASKS {
        return Err(TasksError::TooMany(count));
    }
    let tasks: Vec<Task> = list
        .split(',')
        .map(Task::from_str)
        .collect::<Result<_, _>>()?;
    let twice = tasks
        .iter()
        .enumerate()
        .find(|(index, task)| tasks[..*index].iter().any(|other| other.name == task.name));
    match twice {
        Some((_, task)) => Err(TasksError::Duplicate(task.name.clone())),
        None => Ok(tasks),
    }
}

/// The reverse of [`parse_tasks`]; a task with an endpoint is written with
/// what is expected of it, and left out where that is unknown.
#[must_use]
pub fn tasks_to_string(tasks: &[Task]) -> String {
    let written: Vec<String> = tasks
        .iter()
        .filter_map(|task| {
            let mut written = utf8_percent_encode(&task.name, RESERVED).to_string();
            written.push(':');
            written += &decimal::short(task.expected()?.ms());
            if let Target::Service { jitter, fault, .. } = task.target {
                if jitter > Millis::ZERO {
                    written.push('~');
                    written += &decimal::short(jitter.ms());
                }
                if let Some(fault) = fault {
                    written.push(':');
                    written += &fault.to_string();
                }
            }
            Some(written)
        })
        .collect();
    written.join(",")
}

/// What has a meaning in a list of tasks, and so is escaped in a name.
const RESERVED: &AsciiSet = &CONTROLS.add(b'%').add(b',').add(b':');

impl FromStr for Task {
    type Err = TasksError;

    fn from_str(text: &str) -> Result<Self, TasksError> {
        let text = text.trim();
        let mut parts = text.splitn(3, ':');
        let (Some(name), Some(latency), fault) = (parts.next(), parts.next(), parts.next()) else {
            return Err(TasksError::Form(text.into()));
        };
        let name = parse_name(&percent_decode_str(name).decode_utf8_lossy())?;
        let (base, jitter) = latency.split_once('~').unwrap_or((latency, "0"));
        let (Some(base), Some(jitter)) = (parse_latency(base), parse_latency(jitter)) else {
            return Err(TasksError::Latency(name, latency.into()));
        };
        let fault = fault
            .map(|fault| {
                fault
                    .parse()
                    .map_err(|()| TasksError::Fault(name.clone(), fault.into()))
            })
            .transpose()?;
        Ok(Task {
            name,
            target: Target::Service {
                latency: base,
                jitter,
                fault,
            },
        })
    }
}

/// A name that is safe to show and to put into a path, where dots alone would
/// mean another folder.
pub fn parse_name(name: &str) -> Result<String, TasksError> {
    let name = name.trim();
    let fits = name.chars().count() <= MAX_NAME
        && name.chars().any(|c| c != '.')
        && name.chars().all(is_printable);
    if fits {
        Ok(name.into())
    } else {
        Err(TasksError::Name(name.into()))
    }
}

/// A time that a service may be asked to take, in milliseconds.
pub(crate) fn parse_latency(text: &str) -> Option<Millis> {
    let latency = Millis::new(decimal::parse(text.trim())?);
    (latency <= MAX_LATENCY).then_some(latency)
}

impl FromStr for Fault {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, times) = match text.trim().split_once('*') {
            Some((kind, times)) => {
                let times = times.parse().ok().filter(|times| (1..=99).contains(times));
                (kind, Some(times.ok_or(())?))
            }
            None => (text.trim(), None),
        };
        let kind = match kind {
            "malformed" => FaultKind::Malformed,
            "drop" => FaultKind::Drop,
            "slow-body" => FaultKind::SlowBody,
            "hang" => FaultKind::Hang,
            status => match status.parse() {
                Ok(status @ 400..=599) => FaultKind::Status(status),
                _ => return Err(()),
            },
        };
        Ok(Fault { kind, times })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        match self.times {
            Some(times) => write!(f, "*{times}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::Malformed => f.write_str("malformed"),
            Self::Drop => f.write_str("drop"),
            Self::SlowBody => f.write_str("slow-body"),
            Self::Hang => f.write_str("hang"),
        }
    }
}
