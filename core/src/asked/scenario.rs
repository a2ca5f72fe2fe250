//! What to run: tasks, the presets, and the limits that input must keep.
//!
//! Called by [`crate::asked::config`], which reads scenarios from query strings, and
//! by everything that runs or draws one.

mod call;
mod endpoint;
mod fault;
mod preset;
mod tasks;

use crate::asked::retry::RetryPolicy;
use crate::millis::Millis;

pub use call::{Call, Drawn, HANG, SERVICES};
pub(crate) use endpoint::origin;
pub use endpoint::{EndpointError, EndpointUrl, ParseUrl, UrlParts};
pub use fault::{Fault, FaultKind, LIMITS, STATUSES};
pub use preset::Preset;
pub use tasks::{TasksError, excerpt, parse_name, parse_tasks, parse_tasks_at, tasks_to_string};
pub(crate) use tasks::{parse_compute, parse_latency};

/// The most tasks a scenario may have.
pub const MAX_TASKS: usize = 1_000;

/// The longest latency a task may ask for.
pub const MAX_LATENCY: Millis = Millis::new(30_000.0);

/// The latest that a task may have to wait for, whoever's turn it is.
pub const MAX_START: Millis = Millis::new(30_000.0);

/// The most work that a task may do at a stretch: nothing else happens meanwhile
/// on the thread that does it.
pub const MAX_COMPUTE: Millis = Millis::new(5_000.0);

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

/// One unit of work, with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Unique within its scenario; 1 to [`MAX_NAME`] characters.
    pub name: String,
    /// From when on it may be begun, counted from the beginning of the run; at
    /// most [`MAX_START`]. In scheduling that is a release date.
    pub start: Millis,
    /// What there is to do.
    pub work: Work,
}

/// What a task does.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    /// A call: its time goes by without anybody's hands.
    Call(Target),
    /// Work for the processor, of about so long: it takes somebody's hands.
    Compute(Millis),
    /// A call, and then work on what came.
    Both(Target, Millis),
}

impl Work {
    /// A call, work, or both, if it is any of them.
    #[must_use]
    pub fn of(target: Option<Target>, compute: Option<Millis>) -> Option<Self> {
        match (target, compute) {
            (Some(target), None) => Some(Self::Call(target)),
            (Some(target), Some(compute)) => Some(Self::Both(target, compute)),
            (None, compute) => compute.map(Self::Compute),
        }
    }

    /// What it calls first, if anything.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Call(target) | Self::Both(target, _) => Some(target),
            Self::Compute(_) => None,
        }
    }

    /// The same, to be changed.
    pub fn target_mut(&mut self) -> Option<&mut Target> {
        match self {
            Self::Call(target) | Self::Both(target, _) => Some(target),
            Self::Compute(_) => None,
        }
    }

    /// About how long the processor is to work on it in the end, if at all.
    #[must_use]
    pub fn compute(&self) -> Option<Millis> {
        match self {
            Self::Call(_) => None,
            Self::Compute(takes) | Self::Both(_, takes) => Some(*takes),
        }
    }
}

/// What a task calls.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// One of the embedded services, which behaves as it is asked to.
    Service(Behaviour),
    /// A URL of the user's own.
    Endpoint {
        /// Where it is.
        url: EndpointUrl,
        /// How the user says that it behaves; unknown before it is called.
        expected: Option<Behaviour>,
    },
}

/// How a service answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Behaviour {
    /// How long it takes; at most [`MAX_LATENCY`].
    pub latency: Millis,
    /// By how much that varies to either side.
    pub jitter: Millis,
    /// How it misbehaves, if it does.
    pub fault: Option<Fault>,
}

impl Scenario {
    /// The presets, the default first.
    pub const PRESETS: &[Preset] = &preset::PRESETS;

    /// What the presets run, the default first.
    pub fn presets() -> impl Iterator<Item = Scenario> {
        Self::PRESETS.iter().map(Preset::scenario)
    }

    /// What the preset of that name runs.
    #[must_use]
    pub fn preset(id: &str) -> Option<Scenario> {
        let preset = Self::PRESETS.iter().find(|preset| preset.id == id)?;
        Some(preset.scenario())
    }

    /// The preset with these tasks, or else the user's own.
    #[must_use]
    pub fn of(tasks: Vec<Task>) -> Scenario {
        let preset = Self::presets().find(|preset| preset.tasks == tasks);
        preset.unwrap_or_else(|| Self::custom(tasks))
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

    /// How long the processor is to work on its tasks in all.
    #[must_use]
    pub fn work(&self) -> Millis {
        let tasks = self.tasks.iter();
        tasks.filter_map(|task| task.work.compute()).sum()
    }

    /// Whether any of its tasks is work for the processor.
    #[must_use]
    pub fn computes(&self) -> bool {
        let mut tasks = self.tasks.iter();
        tasks.any(|task| task.work.compute().is_some())
    }

    /// Whether any of its tasks may not be begun at once.
    #[must_use]
    pub fn is_timed(&self) -> bool {
        self.tasks.iter().any(|task| task.start > Millis::ZERO)
    }

    /// Whether any of its tasks calls a service that serves so many at a time.
    #[must_use]
    pub fn has_limits(&self) -> bool {
        self.tasks.iter().any(Task::has_limit)
    }

    /// The URLs that it would call, with the names of their tasks.
    pub fn endpoints(&self) -> impl Iterator<Item = (&str, &EndpointUrl)> {
        let tasks = self.tasks.iter();
        tasks.filter_map(|task| Some((task.name.as_str(), task.endpoint()?)))
    }
}

impl Default for Scenario {
    fn default() -> Self {
        let first = Self::presets().next();
        first.unwrap_or_else(|| Self::custom(Vec::new()))
    }
}

impl Task {
    /// A call of an embedded service that answers well.
    #[must_use]
    pub fn service(name: &str, latency: Millis) -> Task {
        Task {
            name: name.into(),
            start: Millis::ZERO,
            work: Work::Call(Target::Service(Behaviour::good(latency))),
        }
    }

    /// How it answers, as far as that is known before it is called.
    #[must_use]
    pub fn behaviour(&self) -> Option<&Behaviour> {
        self.work.target()?.behaviour()
    }

    /// Whether the service that it calls serves so many at a time, and refuses the
    /// rest.
    #[must_use]
    pub fn has_limit(&self) -> bool {
        let fault = self.behaviour().and_then(|behaviour| behaviour.fault);
        fault.is_some_and(|fault| matches!(fault.kind, FaultKind::Limit(_)))
    }

    /// How it answers, to be changed.
    pub fn behaviour_mut(&mut self) -> Option<&mut Behaviour> {
        match self.work.target_mut()? {
            Target::Service(behaviour) => Some(behaviour),
            Target::Endpoint { expected, .. } => expected.as_mut(),
        }
    }

    /// The URL that it calls, if it is one of the user's own.
    #[must_use]
    pub fn endpoint(&self) -> Option<&EndpointUrl> {
        self.work.target()?.url()
    }

    /// Calls that URL from now on, and expects of it what was known so far.
    pub fn point_at(&mut self, url: EndpointUrl) {
        let expected = self.behaviour().copied();
        self.call(Some(Target::Endpoint { url, expected }));
    }

    /// Calls that from now on, or nothing, and does what work it did; without
    /// any it goes on calling what it called.
    pub fn call(&mut self, target: Option<Target>) {
        if let Some(work) = Work::of(target, self.work.compute()) {
            self.work = work;
        }
    }
}

impl Target {
    /// The URL that it is, if it is one of the user's own.
    #[must_use]
    pub fn url(&self) -> Option<&EndpointUrl> {
        match self {
            Self::Service(_) => None,
            Self::Endpoint { url, .. } => Some(url),
        }
    }

    /// How long the task of that index waits after its attempt of that number, from
    /// 0, before the next.
    #[must_use]
    pub fn wait(&self, index: usize, attempt: u32, policy: &RetryPolicy) -> Millis {
        match self {
            Self::Service(_) => policy.wait(index, attempt),
            Self::Endpoint { .. } => policy.wait_at_url(index, attempt),
        }
    }

    /// How it answers, as far as that is known before it is called.
    fn behaviour(&self) -> Option<&Behaviour> {
        match self {
            Self::Service(behaviour) => Some(behaviour),
            Self::Endpoint { expected, .. } => expected.as_ref(),
        }
    }

    /// What the attempt of that number, from 0, at the task of that name calls,
    /// all chance drawn. `index` is the task's place in the scenario.
    #[must_use]
    pub fn call<'a>(
        &'a self,
        name: &'a str,
        index: usize,
        attempt: u32,
        policy: &RetryPolicy,
    ) -> Call<'a> {
        let drawn = self.behaviour().map(|behaviour| Drawn {
            latency: policy.latency(index, attempt, behaviour.latency, behaviour.jitter),
            fault: behaviour
                .fault
                .filter(|fault| fault.times.is_none_or(|times| attempt < times))
                .map(|fault| fault.kind),
        });
        let url = self.url();
        Call { name, url, drawn }
    }
}

impl Behaviour {
    /// Answers well after that time, always.
    #[must_use]
    pub fn good(latency: Millis) -> Self {
        Self {
            latency,
            jitter: Millis::ZERO,
            fault: None,
        }
    }
}
