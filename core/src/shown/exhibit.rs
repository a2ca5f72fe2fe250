//! What a figure of the lesson shows besides kitchens and lanes: each brings one
//! idea to the eye, from the same recording.

use crate::asked::resource::Resource;
use crate::millis::Millis;
use crate::recorded::recording::Recording;
use crate::recorded::timeline::Timeline;
use crate::text::{parts, trim};

/// What a figure shows besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhibit {
    /// Working against waiting.
    Meter,
    /// A profile that fills in, and what it is worth to whoever waits for it.
    Desk,
    /// What more workers bring.
    Curve,
}

impl Exhibit {
    /// All of them, each with its word.
    pub const ALL: [(&str, Self); 3] = [
        ("meter", Self::Meter),
        ("desk", Self::Desk),
        ("curve", Self::Curve),
    ];

    /// The first that is among these words.
    #[must_use]
    pub fn among(words: &str) -> Option<Self> {
        let mut words = parts(words, b',').into_iter();
        words.find_map(|word| {
            let known = Self::ALL.iter().find(|(known, _)| *known == trim(word));
            known.map(|(_, exhibit)| *exhibit)
        })
    }
}

/// How long a run had waited by that time: something was in flight, and no hands
/// had anything to do. The rest of its time it worked.
#[must_use]
pub fn waited(timeline: &Timeline, at: Millis) -> Millis {
    // Each attempt's beginning and end, in order, and what it adds to the calls in
    // flight and to the hands that are full.
    let mut changes: Vec<(Millis, i32, i32)> = Vec::new();
    // There are few, and a sort of the library's is more to download.
    let mut add = |at: Millis, calls, hands| {
        let place = changes.partition_point(|change| change.0 <= at);
        changes.insert(place, (at, calls, hands));
    };
    for span in timeline.spans() {
        for attempt in &span.attempts {
            let (calls, hands) = match attempt.holds {
                Resource::Connection => (1, 0),
                Resource::Hands | Resource::Worker => (0, 1),
            };
            add(attempt.started.min(at), calls, hands);
            let ended = attempt.ended.map_or(at, |ended| ended.min(at));
            add(ended, -calls, -hands);
        }
    }
    let (mut waited, mut since) = (Millis::ZERO, Millis::ZERO);
    let (mut calls, mut hands) = (0, 0);
    for (then, more_calls, more_hands) in changes {
        if calls > 0 && hands == 0 {
            waited += then - since;
        }
        since = then;
        calls += more_calls;
        hands += more_hands;
    }
    waited
}

/// Which part of a run's time so far it waited, from 0 to 1; `None` before there
/// is any.
#[must_use]
pub fn waiting(timeline: &Timeline, at: Millis) -> Option<f64> {
    let elapsed = timeline.makespan().map_or(at, |total| at.min(total));
    (elapsed > Millis::ZERO).then(|| waited(timeline, elapsed).ms() / elapsed.ms())
}

/// How much sooner the second kitchen is done than the first, and whether that was
/// measured; before it is, theory says it.
#[must_use]
pub fn given_back(recording: &Recording) -> Option<(Millis, bool)> {
    let [first, second, ..] = recording.runs() else {
        return None;
    };
    match (first.total(), second.total()) {
        (Some(long), Some(short)) => Some((long - short, true)),
        _ => Some((first.predicted()? - second.predicted()?, false)),
    }
}

/// The most workers on a curve.
pub const MOST_ON_CURVE: usize = 50;

/// How often a day a profile is opened, before the reader says otherwise.
pub const USES: u32 = 10_000;

/// The most that can be asked.
pub const MOST_USES: u32 = 50_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Outcome;
    use crate::run::event::{Event, EventKind};

    fn timeline(events: &[(f64, usize, EventKind)]) -> Timeline {
        let tasks = events.iter().map(|(_, task, _)| task + 1).max();
        let mut timeline = Timeline::new(tasks.unwrap_or_default());
        for &(at, task, kind) in events {
            let at = Millis::new(at);
            assert!(timeline.record(Event { at, task, kind }).is_ok());
        }
        timeline
    }

    #[test]
    fn waiting_is_what_is_in_flight_while_no_hands_are_full() {
        let done = EventKind::Ended(Outcome::Ok);
        let run = timeline(&[
            (0.0, 0, EventKind::Queued),
            (0.0, 1, EventKind::Queued),
            (0.0, 2, EventKind::Queued),
            (10.0, 0, EventKind::Started(Resource::Connection)),
            (20.0, 1, EventKind::Started(Resource::Connection)),
            (110.0, 0, done),
            (120.0, 2, EventKind::Started(Resource::Hands)),
            (170.0, 2, done),
            (210.0, 1, done),
        ]);
        for (at, waits) in [
            (0.0, 0.0),
            (10.0, 0.0),
            (60.0, 50.0),
            (115.0, 105.0),
            (160.0, 110.0),
            (210.0, 150.0),
            (900.0, 150.0),
        ] {
            let waited = waited(&run, Millis::new(at));
            assert!((waited.ms() - waits).abs() < 1e-9, "{at}: {waited}");
        }
        assert_eq!(waiting(&run, Millis::ZERO), None);
        let share = waiting(&run, Millis::new(900.0)).unwrap_or_default();
        assert!(
            (share - 150.0 / 210.0).abs() < 1e-9,
            "of its own time: {share}"
        );
    }

    #[test]
    fn a_figure_has_the_first_exhibit_that_is_asked_for() {
        assert_eq!(Exhibit::among("lanes,meter,code"), Some(Exhibit::Meter));
        assert_eq!(Exhibit::among("desk, result"), Some(Exhibit::Desk));
        assert_eq!(Exhibit::among("lanes,thunder"), None);
    }
}
