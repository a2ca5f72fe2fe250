//! A scenario's runs, side by side: what a stage records and shows, and what
//! the contract's result is made of. Events are added at the end, and what the
//! network told afterwards is laid over them. Nothing is ever rewritten, but for
//! one thing: why a call was not answered is found out after the run.

mod ahead;
mod burners;
mod run;

use std::fmt;
use std::rc::Rc;

use crate::asked::hosts::Hosts;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::Scenario;
use crate::asked::strategy::Strategy;
use crate::asked::theory::Forecast;
use crate::asked::theory::good_answers;
use crate::millis::Millis;
use crate::outcome::Failure;
use crate::recorded::overlay::Overlay;
use crate::recorded::phases::ResourceTiming;
use crate::recorded::provenance::{Origin, Provenance, Source};
use crate::recorded::timeline::{Misordered, Timeline};
use crate::run::event::Event;
use crate::text::cut;

pub(in crate::recorded) use burners::connections;

/// The runs of one comparison, in the order in which they are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    plan: Rc<Plan>,
    runs: Vec<Run>,
    /// What was sent beside the calls.
    note: String,
}

/// What was clear before anything happened.
#[derive(Debug, PartialEq)]
struct Plan {
    scenario: Scenario,
    source: Source,
    kitchens: Vec<Kitchen>,
    /// How many calls theory says get a good answer.
    good: usize,
    /// What was known of the hosts.
    hosts: Hosts,
    /// A host that was known to get more calls than connections, and how many.
    crowded: Option<(String, usize)>,
    /// How many of the calls get a connection at a time, by what was known.
    connections: usize,
    /// What was done about calls that are slow or fail, where that is known.
    policy: Option<RetryPolicy>,
}

impl Plan {
    /// That of what others do, of which theory says nothing.
    fn elsewhere(scenario: Scenario, source: Source, kitchens: Vec<Kitchen>) -> Rc<Self> {
        Rc::new(Self {
            kitchens,
            hosts: Hosts::default(),
            crowded: None,
            good: scenario.tasks.len(),
            connections: scenario.tasks.len(),
            policy: None,
            scenario,
            source,
        })
    }
}

/// What was clear of one run.
#[derive(Debug, PartialEq)]
struct Kitchen {
    provenance: Provenance,
    forecast: Option<Forecast>,
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    plan: Rc<Plan>,
    index: usize,
    began: Option<Millis>,
    /// Whether calls may come of which nothing is known yet.
    goes_on: bool,
    recorded: Timeline,
    laid_over: Option<Overlay>,
    /// When the page drew a frame, on the stage's clock; where that is looked at.
    frames: Vec<Millis>,
    /// When the page was hidden and when it was seen again, in turn, in times
    /// since the run began.
    hidden: Vec<Millis>,
}

/// Why timelines are no recording of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// There is none.
    Empty,
    /// One is of another number of tasks.
    OtherTasks,
    /// One is of a run that is not over.
    Unfinished,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "There is no run in it.",
            Self::OtherTasks => "Its runs are not of the same calls.",
            Self::Unfinished => "A run in it is not over.",
        })
    }
}

impl Recording {
    /// A recording in which nothing has happened yet, with what theory says of
    /// it by what is known of the hosts now.
    #[must_use]
    pub fn new(
        scenario: Scenario,
        compare: &[Strategy],
        policy: &RetryPolicy,
        source: Source,
        hosts: &Hosts,
    ) -> Self {
        let kitchens = compare.iter().map(|&strategy| Kitchen {
            provenance: Provenance::Ran(strategy),
            forecast: strategy.forecast(&scenario.tasks, policy, hosts),
        });
        let plan = Rc::new(Plan {
            kitchens: kitchens.collect(),
            crowded: hosts.crowded(&scenario.tasks),
            good: good_answers(&scenario.tasks, policy),
            connections: connections(hosts, &scenario.tasks),
            policy: Some(*policy),
            hosts: hosts.clone(),
            scenario,
            source,
        });
        let runs = Self::blank(&plan);
        Self::of(plan, runs)
    }

    fn of(plan: Rc<Plan>, runs: Vec<Run>) -> Self {
        Self {
            plan,
            runs,
            note: String::new(),
        }
    }

    /// A recording of what others have done, each run under its title. All of
    /// it is over, and there is no strategy to it that theory knows.
    ///
    /// # Errors
    /// What makes these timelines no recording of that scenario.
    pub fn from_elsewhere(
        scenario: Scenario,
        origin: Origin,
        runs: Vec<(String, Timeline)>,
    ) -> Result<Self, Unusable> {
        let of = |(title, timeline)| (origin, title, timeline);
        Self::from_others(
            scenario,
            origin.source(),
            runs.into_iter().map(of).collect(),
        )
    }

    /// The same of one run that has gone on since `began`, on the page's clock, and is
    /// not over. None, if nothing has been done in it.
    #[must_use]
    pub fn underway(
        scenario: Scenario,
        (origin, title, timeline): (Origin, String, Timeline),
        began: Millis,
    ) -> Option<Self> {
        if timeline.spans().is_empty() || timeline.spans().len() != scenario.tasks.len() {
            return None;
        }
        let kitchens = vec![Kitchen {
            provenance: Provenance::Elsewhere(origin, title),
            forecast: None,
        }];
        let plan = Plan::elsewhere(scenario, origin.source(), kitchens);
        let mut runs = Self::blank(&plan);
        for run in &mut runs {
            run.began = Some(began);
            run.goes_on = true;
            run.recorded.clone_from(&timeline);
        }
        Some(Self::of(plan, runs))
    }

    /// The same, of several who made it; the source is that of the times.
    ///
    /// # Errors
    /// What makes these timelines no recording of that scenario.
    pub fn from_others(
        scenario: Scenario,
        source: Source,
        runs: Vec<(Origin, String, Timeline)>,
    ) -> Result<Self, Unusable> {
        if runs.is_empty() {
            return Err(Unusable::Empty);
        }
        let (mut kitchens, mut timelines) = (Vec::new(), Vec::new());
        for (origin, title, timeline) in runs {
            if timeline.spans().len() != scenario.tasks.len() {
                return Err(Unusable::OtherTasks);
            }
            if !timeline.is_finished() {
                return Err(Unusable::Unfinished);
            }
            kitchens.push(Kitchen {
                provenance: Provenance::Elsewhere(origin, title),
                forecast: None,
            });
            timelines.push(timeline);
        }
        let plan = Plan::elsewhere(scenario, source, kitchens);
        let mut runs = Self::blank(&plan);
        for (run, timeline) in runs.iter_mut().zip(timelines) {
            run.began = Some(Millis::ZERO);
            run.recorded = timeline;
        }
        Ok(Self::of(plan, runs))
    }

    /// The runs before anything has happened.
    fn blank(plan: &Rc<Plan>) -> Vec<Run> {
        let runs = (0..plan.kitchens.len()).map(|index| Run {
            index,
            began: None,
            goes_on: false,
            recorded: Timeline::new(plan.scenario.tasks.len()),
            laid_over: None,
            frames: Vec::new(),
            hidden: Vec::new(),
            plan: Rc::clone(plan),
        });
        runs.collect()
    }

    /// What was run.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.plan.scenario
    }

    /// Where it came from.
    #[must_use]
    pub fn source(&self) -> Source {
        self.plan.source
    }

    /// Its runs, in the order in which they are compared.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Takes what the browser says about a run that is over: each attempt learns
    /// its phases. `frames` are the page's frames meanwhile, on the stage's clock. Theory learns nothing for this recording:
    /// what it said, it said before the run.
    pub fn measure(&mut self, run: usize, entries: &[ResourceTiming], frames: Vec<Millis>) {
        if let Some(run) = self.runs.get_mut(run) {
            run.measure(entries);
            run.frames = frames;
        }
    }

    /// A host that is known by now to get more calls than connections, by its
    /// origin, and how many calls.
    #[must_use]
    pub fn crowded(&self) -> Option<(&str, usize)> {
        let mut overlays = self.overlays();
        let known = self.plan.crowded.as_ref();
        let crowded = known.or_else(|| overlays.find_map(|overlay| overlay.crowded.as_ref()));
        crowded.map(|(host, calls)| (host.as_str(), *calls))
    }

    /// How many calls theory said get a good answer.
    #[must_use]
    pub fn foreseen_good(&self) -> usize {
        self.plan.good
    }

    /// Whether theory knew of a crowded host when it said what it said.
    #[must_use]
    pub fn foresaw_crowd(&self) -> bool {
        self.plan.crowded.is_some()
    }

    /// Whether calls or work of this recording were known to wait for each other,
    /// or for their time, or to be refused by a service that has its hands full,
    /// however they are run.
    #[must_use]
    pub fn is_scheduled(&self) -> bool {
        let scenario = &self.plan.scenario;
        self.foresaw_crowd() || scenario.computes() || scenario.is_timed() || scenario.has_limits()
    }

    /// Whether the browser told of any call into what its time went.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.overlays().any(|overlay| overlay.is_measured)
    }

    /// Whether a host that was called does not let pages know into what its
    /// time went.
    #[must_use]
    pub fn hides_timing(&self) -> bool {
        self.overlays().any(|overlay| overlay.hides_timing)
    }

    /// The addresses of endpoints' calls of which no more is known than that they
    /// were not answered, with a space after each.
    #[must_use]
    pub fn unanswered(&self) -> String {
        let mut urls = String::new();
        for task in self.silent() {
            if let Some(url) = self.plan.scenario.tasks[task].endpoint() {
                urls += url.as_str();
                urls.push(' ');
            }
        }
        urls
    }

    /// Takes what was found out of these, a digit for each: its place among
    /// [`Failure::EXPLAINED`], or another if that is not known. After a space
    /// follows what was sent beside the calls, in sentences.
    pub fn explain(&mut self, found: &str) {
        let (digits, note) = cut(found, b' ').unwrap_or((found, ""));
        for (task, digit) in self.silent().into_iter().zip(digits.bytes()) {
            let why = Failure::EXPLAINED.get(usize::from(digit.wrapping_sub(b'0')));
            // What can be read at some time can be read: why it did not answer at
            // another is not known.
            if let Some(&why) = why
                && !(why == Failure::Unreadable && self.has_answered(task))
            {
                for run in &mut self.runs {
                    run.explain(task, why);
                }
            }
        }
        self.note = note.into();
    }

    /// The endpoints' calls that were not answered in one of the runs.
    fn silent(&self) -> Vec<usize> {
        let mut silent = Vec::new();
        for (index, task) in self.plan.scenario.tasks.iter().enumerate() {
            let is_silent =
                |run: &Run| run.recorded.spans()[index].failure() == Some(Failure::Network);
            if task.endpoint().is_some() && self.runs.iter().any(is_silent) {
                silent.push(index);
            }
        }
        silent
    }

    /// Whether anything ever came to a call that this page may read.
    fn has_answered(&self, task: usize) -> bool {
        self.runs.iter().any(|run| {
            let mut calls = run.recorded.spans()[task].attempts.iter();
            calls.any(|attempt| attempt.first_byte.is_some())
        })
    }

    /// What was sent beside the calls: by the page, to find out why they were not
    /// answered, and by the browser of its own accord. In sentences.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }

    fn overlays(&self) -> impl Iterator<Item = &Overlay> {
        self.runs.iter().filter_map(|run| run.laid_over.as_ref())
    }

    /// Notes that a run has begun.
    pub fn begin(&mut self, run: usize, now: Millis) {
        if let Some(run) = self.runs.get_mut(run) {
            run.began = Some(now);
        }
    }

    /// Notes that the page is hidden from now on, or that it is seen.
    pub fn hide(&mut self, is_hidden: bool, now: Millis) {
        for run in &mut self.runs {
            let was_hidden = run.hidden.len() % 2 == 1;
            if let (Some(began), true) = (run.began, was_hidden != is_hidden) {
                run.hidden.push(now - began);
            }
        }
    }

    /// The longest for which the page was hidden during one of the runs: then
    /// browsers have their timers wait.
    #[must_use]
    pub fn hidden(&self) -> Millis {
        let mut longest = Millis::ZERO;
        for run in &self.runs {
            longest = longest.max(run.hidden_for());
        }
        longest
    }

    /// Adds an event to a run.
    pub fn record(&mut self, run: usize, event: Event) -> Result<(), Misordered> {
        match self.runs.get_mut(run) {
            Some(run) => run.recorded.record(event),
            None => Err(Misordered(event)),
        }
    }

    /// Whether every run gave what was wanted of it.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.runs.iter().all(Run::is_success)
    }

    /// The longest time that has to fit on the axis: what theory gives or,
    /// where that is more or theory knows nothing, what has been recorded.
    #[must_use]
    pub fn extent(&self) -> Millis {
        self.runs
            .iter()
            .map(|run| {
                run.recorded
                    .last_at()
                    .max(run.predicted().unwrap_or_default())
            })
            .fold(Millis::ZERO, Millis::max)
    }

    /// How many times as fast as the first the quickest of the others was, as the
    /// contract has it: whatever they brought. What can be compared with what
    /// [`Comparison`](crate::recorded::comparison::Comparison) knows.
    #[must_use]
    pub fn speedup(&self) -> Option<f64> {
        let (first, others) = self.runs.split_first()?;
        let mut quickest = None;
        for other in others {
            let other = other.total()?;
            quickest = Some(quickest.map_or(other, |quickest| other.min(quickest)));
        }
        let quickest = quickest.filter(|quickest| *quickest > Millis::ZERO)?;
        Some(first.total()? / quickest)
    }
}
