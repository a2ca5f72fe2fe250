//! What theory expects to be recorded: a recording that is drawn ahead, of calls
//! that nobody made. It has a source of its own, which says so.

use super::Recording;
use crate::asked::hosts::Hosts;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Scenario, Task};
use crate::asked::strategy::Strategy;
use crate::asked::theory::{Forecast, foreseen};
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::provenance::Source;
use crate::recorded::timeline::Timeline;
use crate::run::event::{Event, EventKind};

/// Two sums of the same times are no farther apart once they are settled.
const FINEST: Millis = Millis::new(0.011);

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
            run.recorded = expected(&ahead.plan.scenario.tasks, policy, run.forecast()?)?;
            run.began = Some(Millis::ZERO);
        }
        Some(ahead)
    }
}

/// What happens, in order, as a run would record it, but for the headers of
/// answers. What ends at the moment that decides a run has ended.
fn expected(tasks: &[Task], policy: &RetryPolicy, forecast: &Forecast) -> Option<Timeline> {
    let makespan = forecast.makespan.settled();
    let mut events = Vec::new();
    let mut tell = |at: Millis, task, kind| {
        // Not sorted at the end: that would weigh more.
        let place = events.partition_point(|event: &Event| event.at <= at);
        events.insert(place, Event { at, task, kind });
    };
    for task in 0..tasks.len() {
        tell(Millis::ZERO, task, EventKind::Queued);
    }
    for (index, (task, attempts)) in tasks.iter().zip(&forecast.attempts).enumerate() {
        // Whoever has had no last attempt is cancelled with the rest.
        let mut last = makespan;
        let mut outcome = Outcome::Cancelled;
        for (number, &(from, _)) in (0..).zip(attempts) {
            // Where all is over at once, theory has attempts after that.
            if from > makespan {
                break;
            }
            let (takes, answer) = foreseen(task, index, number, policy)?;
            let is_cut = from + takes > makespan + FINEST;
            let end = (from + takes).settled().min(makespan);
            tell(
                from.settled(),
                index,
                EventKind::Started(task.work.resource()),
            );
            outcome = match answer {
                _ if is_cut => Outcome::Cancelled,
                Err(failure) if number < policy.retries && failure.is_transient() => {
                    tell(end, index, EventKind::Retrying(failure));
                    continue;
                }
                Err(failure) => Outcome::Failed(failure),
                Ok(()) => Outcome::Ok,
            };
            last = end;
        }
        tell(last, index, EventKind::Ended(outcome));
    }
    let mut timeline = Timeline::new(tasks.len());
    for event in events {
        timeline.record(event).ok()?;
    }
    Some(timeline)
}
