//! What the network told of a run once it was over, laid over the recording:
//! the recording itself stays as it was.

use crate::asked::hosts::Hosts;
use crate::asked::resource::Resource;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::Scenario;
use crate::millis::Millis;
use crate::outcome::Failure;
use crate::recorded::phases::ResourceTiming;
use crate::recorded::recording::connections;
use crate::recorded::timeline::{Span, Timeline, Told};

/// What is known of a run beyond its recording.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Overlay {
    /// The recording, with phases, and places by when each attempt left.
    pub timeline: Timeline,
    /// Whether any attempt has phases.
    pub is_measured: bool,
    /// Whether a host that was called does not let pages know into what its
    /// time went.
    pub hides_timing: bool,
    /// A host that turned out to get more calls than connections, and how many.
    pub crowded: Option<(String, usize)>,
    /// How many of the calls get a connection at a time, by what is known now.
    pub connections: usize,
}

impl Overlay {
    /// What these entries tell of a run that began then, over what is shown of
    /// it so far; `None` if that is nothing new.
    pub fn of(
        shown: &Timeline,
        before: Option<&Overlay>,
        (scenario, known, policy): (&Scenario, &Hosts, Option<&RetryPolicy>),
        began: Millis,
        entries: &[ResourceTiming],
    ) -> Option<Self> {
        let mut is_news = false;
        let mut is_measured = false;
        let mut hides_timing = false;
        let mut entries_left = entries.iter();
        let timeline = shown.with_phases(|so_far| {
            loop {
                let entry = entries_left.next()?;
                let nearest = nearest(so_far, scenario, (known, policy), began, entry);
                let Some((task, attempt, is_ours)) = nearest else {
                    continue;
                };
                let phases = entry.phases(began).filter(|_| !is_ours);
                if is_ours || phases.is_some() {
                    is_news = true;
                    is_measured |= !is_ours;
                    let arrived = (entry.response_end - began).settled();
                    return Some(Told {
                        task,
                        attempt,
                        arrived: phases.map_or(arrived, |phases| phases.ended),
                        phases,
                    });
                }
                // What was refused or given up has no times to be hidden.
                hides_timing |= was_answered(&shown.spans()[task], attempt);
            }
        });
        let hid_timing = before.is_some_and(|before| before.hides_timing);
        if !is_news && (hid_timing || !hides_timing) {
            return None;
        }
        let mut hosts = known.clone();
        hosts.learn(entries);
        let known = before.and_then(|before| before.crowded.clone());
        Some(Self {
            timeline,
            is_measured: is_measured || before.is_some_and(|before| before.is_measured),
            hides_timing: hides_timing || hid_timing,
            connections: connections(&hosts, &scenario.tasks),
            crowded: known.or_else(|| hosts.crowded(&scenario.tasks)),
        })
    }
}

/// Whether an answer came to an attempt, good or bad.
fn was_answered(span: &Span, attempt: usize) -> bool {
    let is_last = attempt + 1 == span.attempts.len();
    let is_read = !matches!(
        span.failure(),
        Some(
            Failure::TimedOut
                | Failure::Network
                | Failure::BrokeOff
                | Failure::Redirected
                | Failure::TooLarge
        )
    );
    span.attempts[attempt].first_byte.is_some() && (is_read || !is_last)
}

/// The attempt that a browser's entry is about, as task and number: the one of
/// the same URL whose times fit best, of those that nothing is told of yet; and
/// whether it is answered within the page, where there is no network to speak of.
fn nearest(
    timeline: &Timeline,
    scenario: &Scenario,
    (hosts, policy): (&Hosts, Option<&RetryPolicy>),
    began: Millis,
    entry: &ResourceTiming,
) -> Option<(usize, usize, bool)> {
    let mut nearest: Option<(Millis, (usize, usize, bool))> = None;
    for (index, (task, span)) in scenario.tasks.iter().zip(timeline.spans()).enumerate() {
        let is_ours = task.endpoint().is_none_or(|url| !hosts.are_needed(url));
        // That is worth knowing where the thread had its hands full.
        if is_ours && !scenario.computes() {
            continue;
        }
        let Some(target) = task.work.target() else {
            continue;
        };
        for ((number, attempt), tried) in span.attempts.iter().enumerate().zip(0..) {
            if attempt.holds != Resource::Connection {
                continue;
            }
            let url = match (task.endpoint(), hosts.services(), policy) {
                (Some(url), ..) => url.as_str().into(),
                (None, Some(services), Some(policy)) => target
                    .call(&task.name, index, tried, policy)
                    .address(services),
                _ => continue,
            };
            let ended = attempt.ended.unwrap_or_else(|| timeline.last_at());
            let distance = entry.distance(&url, began + attempt.started, began + ended);
            let Some(distance) = distance.filter(|_| attempt.arrived.is_none()) else {
                continue;
            };
            if nearest.is_none_or(|(least, _)| distance < least) {
                nearest = Some((distance, (index, number, is_ours)));
            }
        }
    }
    nearest.map(|(_, which)| which)
}
