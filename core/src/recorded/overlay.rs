//! What the network told of a run once it was over, laid over the recording:
//! the recording itself stays as it was.

use crate::asked::hosts::Hosts;
use crate::asked::scenario::{Scenario, Task};
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::recorded::phases::ResourceTiming;
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
}

impl Overlay {
    /// What these entries tell of a run that began then, over what is shown of
    /// it so far; `None` if none of them is about it.
    pub fn of(
        shown: &Timeline,
        before: Option<&Overlay>,
        (scenario, known): (&Scenario, &Hosts),
        began: Millis,
        entries: &[ResourceTiming],
    ) -> Option<Self> {
        let is_open = |span: &Span| {
            let attempts = span.attempts.iter();
            attempts.map(|attempt| attempt.phases.is_none()).collect()
        };
        let mut open: Vec<Vec<bool>> = shown.spans().iter().map(is_open).collect();
        let mut told = Vec::new();
        let mut hides_timing = before.is_some_and(|before| before.hides_timing);
        for entry in entries {
            let nearest = nearest(shown, &open, &scenario.tasks, known, began, entry);
            let Some((task, attempt)) = nearest else {
                continue;
            };
            match entry.phases(began) {
                Some(phases) => {
                    told.push((task, attempt, phases));
                    open[task][attempt] = false;
                }
                // What was refused or given up has no times to be hidden.
                None => hides_timing |= was_answered(&shown.spans()[task], attempt),
            }
        }
        if told.is_empty() && !hides_timing {
            return None;
        }
        let mut hosts = known.clone();
        hosts.learn(entries);
        let known = before.and_then(|before| before.crowded.clone());
        Some(Self {
            is_measured: !told.is_empty() || before.is_some_and(|before| before.is_measured),
            timeline: shown.with_phases(told),
            hides_timing,
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
/// the same URL whose times fit best, of those that are still open.
fn nearest(
    timeline: &Timeline,
    open: &[Vec<bool>],
    tasks: &[Task],
    hosts: &Hosts,
    began: Millis,
    entry: &ResourceTiming,
) -> Option<(usize, usize)> {
    let mut nearest: Option<(Millis, usize, usize)> = None;
    for (task, span) in timeline.spans().iter().enumerate() {
        let url = tasks.get(task).and_then(Task::endpoint);
        // The network has nothing to say of what is answered within the page.
        let Some(url) = url.filter(|url| hosts.are_needed(url)) else {
            continue;
        };
        for (number, attempt) in span.attempts.iter().enumerate() {
            let ended = attempt.ended.unwrap_or_else(|| timeline.last_at());
            let distance = entry.distance(url, began + attempt.started, began + ended);
            let Some(distance) = distance.filter(|_| open[task][number]) else {
                continue;
            };
            if nearest.is_none_or(|(least, ..)| distance < least) {
                nearest = Some((distance, task, number));
            }
        }
    }
    nearest.map(|(_, task, number)| (task, number))
}
