//! What the native tests share: scenarios out of thin air, and runs of them
//! on a virtual clock.

#![allow(dead_code, reason = "each test file uses a part of it")]

use expert_chef::client::{Client, SimulatedClient};
use expert_chef::clock::VirtualClock;
use expert_chef::config::UrlParts;
use expert_chef::event::Event;
use expert_chef::millis::Millis;
use expert_chef::run::run;
use expert_chef::scenario::{Fault, Target, Task};
use expert_chef::strategy::Strategy as How;
use expert_chef::timeline::Timeline;
use proptest::prelude::*;

/// The parser that the browser has, as natively as can be.
pub fn parse_url(url: &str) -> Option<UrlParts> {
    let url = url::Url::parse(url).ok()?;
    Some(UrlParts {
        scheme: url.scheme().into(),
        has_credentials: !url.username().is_empty() || url.password().is_some(),
        href: url.into(),
    })
}

/// Whole milliseconds: sums of them are exact.
pub fn latency() -> impl Strategy<Value = Millis> {
    (0_u32..=30_000).prop_map(|ms| Millis::new(ms.into()))
}

pub fn fault() -> impl Strategy<Value = Option<Fault>> {
    prop_oneof![
        4 => Just(None),
        1 => (400_u16..600).prop_map(|status| Some(Fault::Status(status))),
        1 => Just(Some(Fault::Malformed)),
        1 => Just(Some(Fault::Drop)),
        1 => Just(Some(Fault::SlowBody)),
    ]
}

pub fn tasks() -> impl Strategy<Value = Vec<Task>> {
    proptest::collection::vec((latency(), fault()), 1..40).prop_map(|calls| {
        calls
            .into_iter()
            .enumerate()
            .map(|(index, (latency, fault))| Task {
                name: format!("task {index}"),
                target: Target::Service { latency, fault },
            })
            .collect()
    })
}

pub fn how() -> impl Strategy<Value = How> {
    proptest::sample::select(How::ALL.to_vec())
}

/// Runs on a virtual clock; the events in order.
pub fn events(tasks: &[Task], how: How) -> Vec<Event> {
    let clock = VirtualClock::new();
    let client = SimulatedClient(clock.clone());
    events_of(tasks, how, &client, &clock)
}

pub fn events_of(
    tasks: &[Task],
    how: How,
    client: &impl Client,
    clock: &VirtualClock,
) -> Vec<Event> {
    let mut events = Vec::new();
    clock
        .run(run(tasks, how, client, clock, |event| events.push(event)))
        .expect("the run waits for the clock only");
    events
}

/// The recording of a run on a virtual clock.
pub fn timeline(tasks: &[Task], how: How) -> Timeline {
    let mut timeline = Timeline::new(tasks.len());
    for event in events(tasks, how) {
        timeline.record(event).expect("events come in order");
    }
    timeline
}
