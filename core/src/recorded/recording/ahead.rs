//! What theory expects to be recorded: a recording that is drawn ahead, of calls
//! that nobody made. It has a source of its own, which says so.

use super::Recording;
use crate::asked::hosts::Hosts;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Scenario, Task};
use crate::asked::strategy::Strategy;
use crate::asked::theory::{Forecast, drawn, foreseen};
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::recorded::provenance::Source;
use crate::recorded::timeline::Timeline;
use crate::run::event::{Event, EventKind};

impl Recording {
    /// What theory expects of each kitchen, from its beginning to its end; `None`
    /// if it does not know of every one.
    #[must_use]
    pub fn drawn_ahead(
        scenario: &Scenario,
        compare: &[Strategy],
        policy: &RetryPolicy,
        hosts: &Hosts,
    ) -> Option<Self> {
        let mut ahead = Self::new(scenario.clone(), compare, policy, Source::Ahead, hosts);
        for (run, &strategy) in ahead.runs.iter_mut().zip(compare) {
            let expected = Expected {
                strategy,
                tasks: &scenario.tasks,
                policy,
                forecast: run.forecast()?,
            };
            let recorded = expected.timeline()?;
            run.recorded = recorded;
            run.began = Some(Millis::ZERO);
        }
        Some(ahead)
    }
}

/// What a forecast is of.
struct Expected<'a> {
    strategy: Strategy,
    tasks: &'a [Task],
    policy: &'a RetryPolicy,
    forecast: &'a Forecast,
}

/// An attempt that is expected.
struct Attempt {
    /// When its headers arrive.
    headers: Option<Millis>,
    /// When it ends, if it is let.
    end: Millis,
    answer: Result<(), Failure>,
    /// Whether it is tried again then.
    is_retried: bool,
}

impl Expected<'_> {
    /// What happens, in order, as a run would record it.
    fn timeline(&self) -> Option<Timeline> {
        let mut events = Vec::new();
        for task in 0..self.tasks.len() {
            let (at, kind) = (Millis::ZERO, EventKind::Queued);
            events.push(Event { at, task, kind });
        }
        let makespan = self.forecast.makespan.settled();
        let decisive = self.decisive();
        for (task, attempts) in self.forecast.attempts.iter().enumerate() {
            let mut tell = |at: Millis, kind| {
                let place = events.partition_point(|event: &Event| event.at <= at);
                events.insert(place, Event { at, task, kind });
            };
            let mut is_over = false;
            for (number, &(from, _)) in attempts.iter().enumerate() {
                let attempt = self.attempt(task, number, from)?;
                let is_cut = attempt.end > makespan
                    || attempt.end == makespan && decisive.is_some_and(|first| first < task);
                let until = attempt.end.min(makespan);
                let holds = self.tasks[task].work.resource();
                tell(from.settled(), EventKind::Started(holds));
                let is_seen = |at: &Millis| if is_cut { *at < until } else { *at <= until };
                if let Some(at) = attempt.headers.filter(is_seen) {
                    tell(at, EventKind::FirstByte);
                }
                let (kind, ends) = match attempt.answer {
                    _ if is_cut => (EventKind::Ended(Outcome::Cancelled), true),
                    Err(failure) if attempt.is_retried => (EventKind::Retrying(failure), false),
                    Err(failure) => (EventKind::Ended(Outcome::Failed(failure)), true),
                    Ok(()) => (EventKind::Ended(Outcome::Ok), true),
                };
                tell(until, kind);
                is_over = ends;
            }
            if !is_over {
                tell(makespan, EventKind::Ended(Outcome::Cancelled));
            }
        }
        let mut timeline = Timeline::new(self.tasks.len());
        for event in events {
            timeline.record(event).ok()?;
        }
        Some(timeline)
    }

    fn attempt(&self, task: usize, number: usize, from: Millis) -> Option<Attempt> {
        let number = u32::try_from(number).ok()?;
        let drawn = drawn(&self.tasks[task], task, number, self.policy)?;
        let (takes, answer) = foreseen(drawn, self.policy);
        let is_transient = answer.is_err_and(Failure::is_transient);
        Some(Attempt {
            headers: drawn.headers().map(|at| (from + at).settled()),
            end: (from + takes).settled(),
            answer,
            is_retried: is_transient && number < self.policy.retries,
        })
    }

    /// The first task whose end decides the run: those after it that would end
    /// at the same moment are no longer wanted.
    fn decisive(&self) -> Option<usize> {
        let makespan = self.forecast.makespan.settled();
        let decides = |task: usize| {
            let attempts = &self.forecast.attempts[task];
            let number = attempts.len().checked_sub(1)?;
            let last = self.attempt(task, number, attempts[number].0)?;
            let is_it = match self.strategy {
                Strategy::FailFast => last.answer.is_err() && !last.is_retried,
                Strategy::First => last.answer.is_ok(),
                _ => false,
            };
            (is_it && last.end == makespan).then_some(())
        };
        (0..self.tasks.len()).find(|&task| decides(task).is_some())
    }
}
