//! What the native tests share: scenarios out of thin air, and runs of them
//! on a virtual clock.

#![allow(missing_docs, clippy::expect_used, reason = "for tests only")]

pub mod stages;
pub mod virtual_clock;
pub mod virtual_hands;

use expert_chef_core::asked::config::UrlParts;
use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{
    Behaviour, Fault, FaultKind, Scenario, Target, Task, Work,
};
use expert_chef_core::asked::strategy::{MAX_WORKERS, Strategy as How};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::{Recording, Run};
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::run::client::{Client, SimulatedClient};
use expert_chef_core::run::event::Event;
use expert_chef_core::run::execute::{Thread, execute};
use expert_chef_core::run::gate::Gate;
use expert_chef_core::run::hands::Hands;
use proptest::prelude::*;
use virtual_clock::VirtualClock;
use virtual_hands::{VirtualProcessor, VirtualWorkers};

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
    moment()
}

/// Any time up to half a minute, or one of a few, so that much comes together.
pub fn moment() -> impl Strategy<Value = Millis> {
    let ms = prop_oneof![2 => 0_u32..=30_000, 1 => (0_u32..6).prop_map(|n| n * 100)];
    ms.prop_map(|ms| Millis::new(ms.into()))
}

pub fn fault() -> impl Strategy<Value = Option<Fault>> {
    let kind = prop_oneof![
        (400_u16..600).prop_map(FaultKind::Status),
        Just(FaultKind::Malformed),
        Just(FaultKind::Drop),
        Just(FaultKind::SlowBody),
        Just(FaultKind::Hang),
    ];
    let fault = (kind, proptest::option::of(1_u32..5));
    let fault = fault.prop_map(|(kind, times)| Fault { kind, times });
    proptest::option::weighted(0.4, fault)
}

pub fn target() -> impl Strategy<Value = Target> {
    // Even, so that half of a slow body is a whole number too.
    let jitter = prop_oneof![Just(0_u32), 0_u32..500];
    (latency(), jitter, fault()).prop_map(|(latency, jitter, fault)| {
        Target::Service(Behaviour {
            latency,
            jitter: Millis::new(jitter.into()),
            fault,
        })
    })
}

pub fn policy() -> impl Strategy<Value = RetryPolicy> {
    (
        proptest::option::of(1_u32..=30_000),
        0..=4_u32,
        0..=2_000_u32,
        0..1000_u32,
    )
        .prop_map(|(timeout, retries, backoff, seed)| RetryPolicy {
            timeout: timeout.map(|ms| Millis::new(ms.into())),
            retries,
            backoff: Millis::new(backoff.into()),
            seed,
        })
}

/// Calls, all of which may be begun at once.
pub fn prompt() -> impl Strategy<Value = Vec<Task>> {
    of_works(target().prop_map(Work::Call))
}

/// Calls, some of which are not begun before their time.
pub fn tasks() -> impl Strategy<Value = Vec<Task>> {
    timed(prompt())
}

/// Calls, work, and both, some of which are not begun before their time.
pub fn mixed() -> impl Strategy<Value = Vec<Task>> {
    timed(of_works(work()))
}

/// The same tasks, of which half are not begun before their time.
pub fn timed(tasks: impl Strategy<Value = Vec<Task>>) -> impl Strategy<Value = Vec<Task>> {
    let starts = proptest::collection::vec(proptest::option::of(moment()), 40);
    (tasks, starts).prop_map(|(mut tasks, starts)| {
        for (task, start) in tasks.iter_mut().zip(starts) {
            task.start = start.unwrap_or_default();
        }
        tasks
    })
}

/// The same, and of many calls the service serves few at a time.
pub fn any_tasks() -> impl Strategy<Value = Vec<Task>> {
    limited(mixed())
}

/// The same tasks, of which half of the calls are of services with a limit: how
/// many get through hangs on how they are run.
pub fn limited(tasks: impl Strategy<Value = Vec<Task>>) -> impl Strategy<Value = Vec<Task>> {
    let faults = proptest::collection::vec(proptest::option::of(limit()), 40);
    (tasks, faults).prop_map(|(mut tasks, faults)| {
        for (task, limit) in tasks.iter_mut().zip(faults) {
            if let Some(behaviour) = task.behaviour_mut().filter(|_| limit.is_some()) {
                behaviour.fault = limit;
            }
        }
        tasks
    })
}

/// Few at a time, at all attempts or at the first few.
pub fn limit() -> impl Strategy<Value = Fault> {
    (1_u8..5, proptest::option::of(1_u32..5)).prop_map(|(limit, times)| Fault {
        kind: FaultKind::Limit(limit),
        times,
    })
}

/// Work for the processor, in whole milliseconds.
pub fn compute() -> impl Strategy<Value = Millis> {
    (0_u32..=5_000).prop_map(|ms| Millis::new(ms.into()))
}

pub fn work() -> impl Strategy<Value = Work> {
    prop_oneof![
        target().prop_map(Work::Call),
        compute().prop_map(Work::Compute),
        (target(), compute()).prop_map(|(target, compute)| Work::Both(target, compute)),
    ]
}

fn of_works(work: impl Strategy<Value = Work>) -> impl Strategy<Value = Vec<Task>> {
    proptest::collection::vec(work, 1..40).prop_map(|works| {
        let tasks = works.into_iter().enumerate().map(|(index, work)| Task {
            name: format!("task {index}"),
            start: Millis::ZERO,
            work,
        });
        tasks.collect()
    })
}

/// On the page's own thread.
pub fn how() -> impl Strategy<Value = How> {
    let all = How::ALL.into_iter().filter(|how| how.is_on_page());
    prop_oneof![
        proptest::sample::select(all.collect::<Vec<_>>()),
        (1_usize..50).prop_map(How::Pool),
    ]
}

/// By workers too.
pub fn any_how() -> impl Strategy<Value = How> {
    prop_oneof![
        3 => how(),
        1 => (0..=MAX_WORKERS).prop_map(How::Workers),
    ]
}

/// Runs on a virtual clock; the events in order.
pub fn events(tasks: &[Task], how: How) -> Vec<Event> {
    events_under(tasks, how, &RetryPolicy::default())
}

pub fn events_under(tasks: &[Task], how: How, policy: &RetryPolicy) -> Vec<Event> {
    let clock = VirtualClock::new();
    let client = SimulatedClient::new(clock.clone());
    events_of(tasks, how, policy, &client, &clock)
}

pub fn events_of(
    tasks: &[Task],
    how: How,
    policy: &RetryPolicy,
    client: &impl Client,
    clock: &VirtualClock,
) -> Vec<Event> {
    let mut events = Vec::new();
    let running = run_on(tasks, how, policy, client, clock, |event| {
        events.push(event)
    });
    clock
        .run(running)
        .expect("the run waits for the clock only");
    assert_eq!(clock.sleepers(), 0, "no timer outlives a run");
    events
}

/// A run on a virtual clock and virtual hands, with two cores beside them.
pub async fn run_on(
    tasks: &[Task],
    how: How,
    policy: &RetryPolicy,
    client: &impl Client,
    clock: &VirtualClock,
    record: impl FnMut(Event),
) {
    run_through(&Gate::default(), tasks, how, policy, client, clock, record).await;
}

/// The same beside other runs, whose calls of URLs go through the same gate.
pub async fn run_through(
    gate: &Gate,
    tasks: &[Task],
    how: How,
    policy: &RetryPolicy,
    client: &impl Client,
    clock: &VirtualClock,
    record: impl FnMut(Event),
) {
    let hands = Hands::new(VirtualProcessor(clock.clone()));
    let thread = Thread {
        client,
        clock,
        hands: &hands,
        gate,
    };
    let cores = 2;
    let workers = VirtualWorkers {
        client,
        clock,
        cores,
    };
    execute(tasks, how, policy, &thread, &workers, record).await;
}

/// The recording of a run on a virtual clock.
pub fn timeline(tasks: &[Task], how: How) -> Timeline {
    timeline_under(tasks, how, &RetryPolicy::default())
}

pub fn timeline_under(tasks: &[Task], how: How, policy: &RetryPolicy) -> Timeline {
    let mut timeline = Timeline::new(tasks.len());
    for event in events_under(tasks, how, policy) {
        timeline.record(event).expect("events come in order");
    }
    timeline
}

/// A run of those tasks in which that has happened so far.
pub fn run_of(
    tasks: &[Task],
    how: How,
    policy: &RetryPolicy,
    events: impl IntoIterator<Item = Event>,
) -> Run {
    let scenario = Scenario::custom(tasks.to_vec());
    let hosts = Hosts::default();
    let mut recording = Recording::new(scenario, &[how], policy, Source::Simulated, &hosts);
    recording.begin(0, Millis::ZERO);
    for event in events {
        recording.record(0, event).expect("events come in order");
    }
    recording.runs()[0].clone()
}

/// A run on a virtual clock.
pub fn run_under(tasks: &[Task], how: How, policy: &RetryPolicy) -> Run {
    run_of(tasks, how, policy, events_under(tasks, how, policy))
}

/// The same where calls are tried once, however long they take.
pub fn run(tasks: &[Task], how: How) -> Run {
    run_under(tasks, how, &RetryPolicy::default())
}
