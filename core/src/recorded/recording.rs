//! A scenario's runs, side by side: what a stage records and shows, and what
//! the contract's result is made of.

use crate::asked::connections::{Connections, PER_HOST};
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Scenario, Task};
use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::recorded::phases::ResourceTiming;
use crate::recorded::provenance::Source;
use crate::recorded::timeline::{Misordered, Timeline};
use crate::run::event::Event;

/// The runs of one comparison, in the order in which they are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// What was run.
    pub scenario: Scenario,
    /// Where the latencies came from.
    pub source: Source,
    /// A run for each strategy.
    pub runs: Vec<Run>,
    /// The policy under which they run.
    policy: RetryPolicy,
    /// What is known of the hosts.
    connections: Connections,
    /// Whether a host that was called does not let pages know into what its
    /// time went.
    hides_timing: bool,
    /// A host that gets more calls than connections, and how many.
    crowded: Option<(String, usize)>,
    /// Whether any attempt has phases.
    is_measured: bool,
}

/// One strategy's run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// How it ran.
    pub strategy: Strategy,
    /// The makespan that theory gives.
    pub predicted: Option<Millis>,
    /// When it began, on the stage's clock; `None` before it has.
    pub began: Option<Millis>,
    /// What happened, in times since it began.
    pub timeline: Timeline,
}

impl Recording {
    /// A recording in which nothing has happened yet.
    #[must_use]
    pub fn new(
        scenario: Scenario,
        compare: &[Strategy],
        policy: &RetryPolicy,
        source: Source,
        connections: Connections,
    ) -> Self {
        let runs = compare.iter().map(|&strategy| Run {
            strategy,
            predicted: strategy.predict_over(&scenario.tasks, policy, &connections),
            began: None,
            timeline: Timeline::new(scenario.tasks.len()),
        });
        Self {
            runs: runs.collect(),
            crowded: crowded(&scenario, &connections),
            scenario,
            source,
            policy: *policy,
            connections,
            hides_timing: false,
            is_measured: false,
        }
    }

    /// Takes what the browser says about the requests of a run that is over:
    /// each attempt learns its phases, and theory how many connections its host
    /// gets.
    pub fn measure(&mut self, run: usize, entries: &[ResourceTiming]) {
        let Some(measured) = self.runs.get_mut(run) else {
            return;
        };
        let Some(began) = measured.began else { return };
        let timeline = &mut measured.timeline;
        for entry in entries {
            let (tasks, connections) = (&self.scenario.tasks, &self.connections);
            let nearest = nearest(timeline, tasks, connections, began, entry);
            let Some((task, attempt)) = nearest else {
                continue;
            };
            match entry.phases(began) {
                Some(phases) => {
                    timeline.measure(task, attempt, phases);
                    self.is_measured = true;
                }
                None => self.hides_timing = true,
            }
            let url = self.scenario.tasks[task].endpoint();
            if let Some(url) = url.filter(|_| entry.is_http1()) {
                self.connections.limit(url.origin());
            }
        }
        timeline.settle_slots();
        self.crowded = crowded(&self.scenario, &self.connections);
        for run in &mut self.runs {
            let tasks = &self.scenario.tasks;
            run.predicted = run
                .strategy
                .predict_over(tasks, &self.policy, &self.connections);
        }
    }

    /// What is known of the hosts.
    #[must_use]
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// A host that is known to get more calls than connections, by its origin,
    /// and how many calls.
    #[must_use]
    pub fn crowded(&self) -> Option<(&str, usize)> {
        self.crowded
            .as_ref()
            .map(|(host, calls)| (host.as_str(), *calls))
    }

    /// Whether the browser told of any call into what its time went.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.is_measured
    }

    /// Whether a host that was called does not let pages know into what its
    /// time went.
    #[must_use]
    pub fn hides_timing(&self) -> bool {
        self.hides_timing
    }

    /// Notes that a run has begun.
    pub fn begin(&mut self, run: usize, now: Millis) {
        if let Some(run) = self.runs.get_mut(run) {
            run.began = Some(now);
        }
    }

    /// Adds an event to a run.
    pub fn record(&mut self, run: usize, event: Event) -> Result<(), Misordered> {
        match self.runs.get_mut(run) {
            Some(run) => run.timeline.record(event),
            None => Err(Misordered(event)),
        }
    }

    /// Whether every run is over.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.runs.iter().all(Run::is_finished)
    }

    /// Whether every run gave what was wanted of it.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.runs.iter().all(Run::is_success)
    }

    /// The moments at which anything happened, run by run.
    #[must_use]
    pub fn moments(&self) -> Vec<Millis> {
        let events = self.runs.iter().flat_map(|run| run.timeline.events());
        events.map(|event| event.at).collect()
    }

    /// The longest time that has to fit on the axis: what theory gives or,
    /// where that is more or theory knows nothing, what has been recorded.
    #[must_use]
    pub fn extent(&self) -> Millis {
        self.runs
            .iter()
            .map(|run| {
                run.timeline
                    .last_at()
                    .max(run.predicted.unwrap_or_default())
            })
            .fold(Millis::ZERO, Millis::max)
    }

    /// How many times as fast as the first the quickest of the others was.
    #[must_use]
    pub fn speedup(&self) -> Option<f64> {
        self.ratio(Run::total)
    }

    /// What theory says of that.
    #[must_use]
    pub fn predicted_speedup(&self) -> Option<f64> {
        self.ratio(|run| run.predicted)
    }

    fn ratio(&self, time: fn(&Run) -> Option<Millis>) -> Option<f64> {
        let (first, others) = self.runs.split_first()?;
        let mut quickest = None;
        for other in others {
            let other = time(other)?;
            quickest = Some(quickest.map_or(other, |quickest| other.min(quickest)));
        }
        let quickest = quickest.filter(|quickest| *quickest > Millis::ZERO)?;
        Some(time(first)? / quickest)
    }

    /// How much sooner than the first the quickest of the others was done.
    #[must_use]
    pub fn given_back(&self) -> Option<Millis> {
        let (first, others) = self.runs.split_first()?;
        let quickest = others.iter().filter_map(Run::total).reduce(Millis::min)?;
        let saved = first.total()? - quickest;
        (saved > Millis::ZERO).then_some(saved)
    }
}

impl Run {
    /// Whether it gave what was wanted of it.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.strategy.is_success(self.timeline.outcomes())
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.began.is_some() && self.timeline.is_finished()
    }

    /// Its measured makespan, once it is over.
    #[must_use]
    pub fn total(&self) -> Option<Millis> {
        self.began.and(self.timeline.makespan())
    }

    /// How long it has been going at that time on the stage's clock; no longer
    /// than its total.
    #[must_use]
    pub fn elapsed(&self, now: Millis) -> Millis {
        match (self.began, self.total()) {
            (None, _) => Millis::ZERO,
            (Some(began), None) => (now - began).max(self.timeline.last_at()),
            (Some(began), Some(total)) => (now - began).max(Millis::ZERO).min(total),
        }
    }
}

fn crowded(scenario: &Scenario, connections: &Connections) -> Option<(String, usize)> {
    let urls = || scenario.endpoints().map(|(_, url)| url);
    let origins = || urls().filter_map(|url| connections.limiting(url));
    for origin in origins() {
        let calls = origins().filter(|other| *other == origin).count();
        if calls > PER_HOST {
            return Some((origin.into(), calls));
        }
    }
    None
}

/// The attempt that a browser's entry is about, as task and number: the one of
/// the same URL whose times fit best, of those that have no phases yet.
fn nearest(
    timeline: &Timeline,
    tasks: &[Task],
    connections: &Connections,
    began: Millis,
    entry: &ResourceTiming,
) -> Option<(usize, usize)> {
    let mut nearest: Option<(Millis, usize, usize)> = None;
    for (task, span) in timeline.spans().iter().enumerate() {
        let url = tasks.get(task).and_then(Task::endpoint);
        // The network has nothing to say of what is answered within the page.
        let Some(url) = url.filter(|url| connections.are_needed(url)) else {
            continue;
        };
        for (number, attempt) in span.attempts.iter().enumerate() {
            let ended = attempt.ended.unwrap_or_else(|| timeline.last_at());
            let distance = entry.distance(url, began + attempt.started, began + ended);
            let Some(distance) = distance.filter(|_| attempt.phases.is_none()) else {
                continue;
            };
            if nearest.is_none_or(|(least, ..)| distance < least) {
                nearest = Some((distance, task, number));
            }
        }
    }
    nearest.map(|(_, task, number)| (task, number))
}
