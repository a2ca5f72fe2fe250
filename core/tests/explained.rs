//! Promises about calls that were not answered: what is found out after the run
//! is said everywhere, of these calls alone, and moves nothing in time.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{EndpointUrl, Scenario, Target, Task, Work};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::written::result::result;
use proptest::prelude::*;
use support::parse_url;

const SILENT: Failure = Failure::Network;

/// What an attempt can come to: nothing, or something after headers have come.
fn attempt() -> impl Strategy<Value = Result<(), Failure>> {
    prop_oneof![
        3 => Just(Err(SILENT)),
        1 => Just(Ok(())),
        1 => Just(Err(Failure::Status(503))),
        1 => Just(Err(Failure::BrokeOff)),
        1 => Just(Err(Failure::TimedOut)),
    ]
}

/// Calls of endpoints on three hosts and of embedded services, and what their
/// attempts came to, in two runs.
type Asked = Vec<(Option<usize>, [Vec<Result<(), Failure>>; 2])>;

fn asked() -> impl Strategy<Value = Asked> {
    let attempts = || proptest::collection::vec(attempt(), 1..4);
    let runs = (attempts(), attempts()).prop_map(|(one, other)| [one, other]);
    proptest::collection::vec((prop::option::weighted(0.8, 0_usize..3), runs), 1..8)
}

fn address(host: usize, call: usize) -> String {
    format!("https://host{host}.example/{call}")
}

fn recorded(asked: &Asked) -> Recording {
    let tasks = asked.iter().enumerate().map(|(index, (host, _))| Task {
        name: format!("call {index}"),
        start: Millis::ZERO,
        work: match host {
            Some(host) => Work::Call(Target::Endpoint {
                url: EndpointUrl::parse(&address(*host, index), parse_url).expect("a URL"),
                expected: None,
            }),
            None => Task::service("x", Millis::new(1.0)).work,
        },
    });
    let mut recording = Recording::new(
        Scenario::custom(tasks.collect()),
        &[How::Sequential, How::Join],
        &RetryPolicy::default(),
        Source::Network,
        &Hosts::default(),
    );
    for run in 0..2 {
        recording.begin(run, Millis::ZERO);
        let mut at = 0.0;
        for (task, (_, attempts)) in asked.iter().enumerate() {
            let mut happen = |kind| {
                at += 1.0;
                let at = Millis::new(at);
                let event = Event { at, task, kind };
                recording.record(run, event).expect("in order");
            };
            happen(EventKind::Queued);
            let (last, before) = attempts[run].split_last().expect("one at the least");
            let all = before.iter().map(|answer| (answer, false));
            for (answer, is_last) in all.chain([(last, true)]) {
                happen(EventKind::Started(Resource::Connection));
                if *answer != Err(SILENT) {
                    happen(EventKind::FirstByte);
                }
                happen(match answer {
                    Err(failure) if is_last => EventKind::Ended(Outcome::Failed(*failure)),
                    Ok(()) if is_last => EventKind::Ended(Outcome::Ok),
                    Err(failure) => EventKind::Retrying(*failure),
                    Ok(()) => EventKind::Retrying(Failure::Malformed),
                });
            }
        }
    }
    recording
}

/// What came of the calls of a kitchen.
type Answers = Vec<Result<(), Failure>>;

/// Whether nothing came to that call in the end of one of the runs, and whether
/// anything ever did.
fn came((_, runs): &(Option<usize>, [Answers; 2])) -> (bool, bool) {
    let is_silent = runs.iter().any(|run| run.last() == Some(&Err(SILENT)));
    let mut attempts = runs.iter().flatten();
    (is_silent, attempts.any(|one| *one != Err(SILENT)))
}

fn explained(kind: EventKind, why: Failure) -> EventKind {
    match kind {
        EventKind::Retrying(SILENT) => EventKind::Retrying(why),
        EventKind::Ended(Outcome::Failed(SILENT)) => EventKind::Ended(Outcome::Failed(why)),
        other => other,
    }
}

proptest! {
    #[test]
    fn why_a_call_was_not_answered_is_said_of_it_alone_and_changes_no_time(
        asked in asked(),
        digits in proptest::collection::vec(0_usize..10, 8),
    ) {
        let before = recorded(&asked);
        let silent: Vec<usize> = (0..asked.len())
            .filter(|&task| asked[task].0.is_some() && came(&asked[task]).0)
            .collect();
        let urls = silent.iter().map(|&task| address(asked[task].0.unwrap_or(0), task) + " ");
        prop_assert_eq!(before.unanswered(), urls.collect::<String>());

        let mut after = before.clone();
        let found: String = digits[..silent.len()].iter().map(usize::to_string).collect();
        after.explain(&format!("{found} One HEAD request."));
        prop_assert_eq!(after.note(), "One HEAD request.");
        for (was, is) in before.runs().iter().zip(after.runs()) {
            prop_assert_eq!(was.total(), is.total());
            prop_assert_eq!(was.is_success(), is.is_success());
            for (was, is) in was.timeline().events().iter().zip(is.timeline().events()) {
                let place = silent.iter().position(|&task| task == was.task);
                let why = place.and_then(|place| Failure::EXPLAINED.get(digits[place]));
                let why = why.copied().filter(|&why| {
                    // It was read at some time.
                    why != Failure::Unreadable || !came(&asked[was.task]).1
                });
                prop_assert_eq!((was.at, was.task), (is.at, is.task));
                prop_assert_eq!(explained(was.kind, why.unwrap_or(SILENT)), is.kind);
            }
            for (was, is) in was.timeline().spans().iter().zip(is.timeline().spans()) {
                prop_assert_eq!(&was.attempts, &is.attempts);
            }
            for event in is.timeline().events() {
                if let EventKind::Ended(outcome) = event.kind {
                    let ended = is.timeline().spans()[event.task].ended;
                    prop_assert_eq!(ended, Some((event.at, outcome)));
                }
            }
        }
        // The result, and whatever else is written, follows.
        let written = result(&after).map(|json| json.to_string()).unwrap_or_default();
        for (run, how) in after.runs().iter().zip(["sequential", "join"]) {
            prop_assert!(written.contains(how));
            for span in run.timeline().spans() {
                if let Some(failure) = span.failure() {
                    prop_assert!(written.contains(&failure.to_string()));
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_read_of_what_was_found_says_nothing(asked in asked(), found in "[^0-5]*") {
        let before = recorded(&asked);
        let mut after = before.clone();
        after.explain(&found);
        prop_assert_eq!(before.unanswered(), after.unanswered());
    }
}
