//! What theory expects to be recorded: a recording that is drawn ahead, of calls
//! that nobody made. It has a source of its own, which says so.

use super::Recording;
use crate::asked::hosts::Hosts;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::Scenario;
use crate::asked::strategy::Strategy;
use crate::asked::theory::Forecast;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::provenance::Source;
use crate::recorded::timeline::Timeline;
use crate::run::event::{Event, EventKind};

impl Recording {
    /// What theory expects of each kitchen, from its beginning to its end; `None`
    /// if it does not know of every one.
    #[must_use]
    pub fn drawn_ahead(
        scenario: Scenario,
        compare: &[Strategy],
        policy: &RetryPolicy,
        hosts: &Hosts,
    ) -> Option<Self> {
        let mut ahead = Self::new(scenario, compare, policy, Source::Ahead, hosts);
        for run in &mut ahead.runs {
            let tasks = ahead.plan.scenario.tasks.len();
            run.recorded = expected(tasks, run.strategy()?, run.forecast()?)?;
            run.began = Some(Millis::ZERO);
        }
        Some(ahead)
    }
}

/// What happens, in order, as a run would record it, but for the headers of
/// answers.
fn expected(tasks: usize, strategy: Strategy, forecast: &Forecast) -> Option<Timeline> {
    let makespan = forecast.makespan.settled();
    let mut events: Vec<(u32, Event)> = Vec::new();
    let mut tell = |at: Millis, order: u32, task, kind| {
        let at = at.settled().min(makespan);
        // Not sorted at the end: that would weigh more.
        let is_before =
            |(other, event): &(u32, Event)| event.at < at || (event.at <= at && *other <= order);
        let place = events.partition_point(is_before);
        events.insert(place, (order, Event { at, task, kind }));
    };
    for task in 0..tasks {
        tell(Millis::ZERO, 0, task, EventKind::Queued);
    }
    for (task, (attempts, outcome)) in forecast.attempts.iter().zip(&forecast.outcomes).enumerate()
    {
        // Whoever has had no last attempt is cancelled with the rest.
        let mut end = (makespan, u32::MAX, Outcome::Cancelled);
        for (number, attempt) in attempts.iter().enumerate() {
            if number == 0 && !strategy.is_on_page() {
                tell(attempt.from, attempt.order.0, task, EventKind::Handed);
            }
            let started = EventKind::Started(attempt.holds);
            tell(attempt.from, attempt.order.0, task, started);
            let is_last = number + 1 == attempts.len();
            let over = attempt.answer.map(|answer| match (answer, outcome) {
                (Ok(()), Some(_)) if is_last => EventKind::Ended(Outcome::Ok),
                (Err(failure), Some(_)) if is_last => EventKind::Ended(Outcome::Failed(failure)),
                (Ok(()), _) => EventKind::Answered,
                (Err(failure), _) => EventKind::Retrying(failure),
            });
            match over {
                Some(EventKind::Ended(outcome)) => end = (attempt.until, attempt.order.1, outcome),
                Some(kind) => tell(attempt.until, attempt.order.1, task, kind),
                None => {}
            }
        }
        tell(end.0, end.1, task, EventKind::Ended(end.2));
    }
    let mut timeline = Timeline::new(tasks);
    for (_, event) in events {
        timeline.record(event).ok()?;
    }
    for (task, attempts) in forecast.attempts.iter().enumerate() {
        for (number, attempt) in attempts.iter().enumerate() {
            timeline.arrive(task, number, attempt.answered.settled());
        }
    }
    Some(timeline)
}
