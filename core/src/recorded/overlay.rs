//! What the network told of a run once it was over, laid over the recording:
//! the recording itself stays as it was.

use crate::asked::hosts::Hosts;
use crate::asked::scenario::{Scenario, Task};
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::recorded::phases::ResourceTiming;
use crate::recorded::recording::connections;
use crate::recorded::timeline::{Span, Timeline};

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
        (scenario, known): (&Scenario, &Hosts),
        began: Millis,
        entries: &[ResourceTiming],
    ) -> Option<Self> {
        let mut is_news = false;
        let mut hides_timing = false;
        let mut entries_left = entries.iter();
        let timeline = shown.with_phases(|so_far| {
            loop {
                let entry = entries_left.next()?;
                let nearest = nearest(so_far, scenario, known, began, entry);
                let Some((task, attempt)) = nearest else {
                    continue;
                };
                if let Some(phases) = entry.phases(began) {
                    is_news = true;
                    return Some((task, attempt, phases));
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
            is_measured: is_news || before.is_some_and(|before| before.is_measured),
            hides_timing: hides_timing || hid_timing,
            connections: connections(&hosts, &scenario.tasks),
            crowded: known.or_else(|| hosts.crowded(&scenario.tasks)),
        })
    }
}

/// Whether an answer came to an attempt, good or bad.
fn was_answered(span: &Span, attempt: usize) -> bool {
    let is_last = attempt + 1 == span.attempts.len();
    let given_up = Some(Outcome::Failed(Failure::TimedOut));
    let broke_off = Some(Outcome::Failed(Failure::Network));
    let outcome = span.ended.map(|(_, outcome)| outcome).filter(|_| is_last);
    span.attempts[attempt].first_byte.is_some() && outcome != given_up && outcome != broke_off
}

/// The attempt that a browser's entry is about, as task and number: the one of
/// the same URL whose times fit best, of those that have no phases yet.
fn nearest(
    timeline: &Timeline,
    scenario: &Scenario,
    hosts: &Hosts,
    began: Millis,
    entry: &ResourceTiming,
) -> Option<(usize, usize)> {
    let mut nearest: Option<(Millis, usize, usize)> = None;
    for (task, span) in timeline.spans().iter().enumerate() {
        let url = scenario.tasks.get(task).and_then(Task::endpoint);
        // The network has nothing to say of what is answered within the page.
        let Some(url) = url.filter(|url| hosts.are_needed(url)) else {
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
