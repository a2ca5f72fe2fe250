//! Promises of the runner, kept on a virtual clock.

#![cfg(not(target_arch = "wasm32"))]

use std::cell::RefCell;
use std::future::pending;

use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{
    Behaviour, Call, Fault, FaultKind, Scenario, Target, Task, Work,
};
use expert_chef_core::asked::strategy::{MAX_WORKERS, Strategy as How};
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::timeline::{Attempt, Timeline};
use expert_chef_core::run::client::{Client, SimulatedClient};
use expert_chef_core::run::clock::Clock;
use expert_chef_core::run::event::{Event, EventKind};
use proptest::prelude::*;
use support::virtual_clock::{Stalled, VirtualClock};
use support::{
    any_how, any_tasks, compute, events, events_under, how, mixed, policy, prompt, run_on, tasks,
    timeline, timeline_under,
};

proptest! {
    #[test]
    fn prediction_is_the_virtual_makespan(tasks in any_tasks(), how in any_how(), policy in policy()) {
        let makespan = timeline_under(&tasks, how, &policy).makespan();
        prop_assert_eq!(makespan, how.predict(&tasks, &policy));
    }

    #[test]
    fn one_pair_of_hands_gains_nothing_by_doing_all_at_once(
        work in proptest::collection::vec(compute(), 1..20), limit in 1_usize..30,
    ) {
        let tasks: Vec<Task> = work.iter().enumerate().map(|(index, takes)| Task {
            name: index.to_string(),
            start: Millis::ZERO,
            work: Work::Compute(*takes),
        }).collect();
        let sum: Millis = work.iter().copied().sum();
        for how in [How::Sequential, How::Join, How::Pool(limit)] {
            let timeline = timeline(&tasks, how);
            prop_assert_eq!(timeline.makespan(), Some(sum));
            prop_assert_eq!(timeline.peak(Resource::Hands, timeline.last_at()), 1);
        }
        let longest = work.iter().copied().fold(Millis::ZERO, Millis::max);
        if tasks.len() <= MAX_WORKERS {
            let workers = timeline(&tasks, How::Workers(tasks.len()));
            prop_assert_eq!(workers.makespan(), Some(longest));
        }
        prop_assert_eq!(timeline(&tasks, How::Workers(1)).makespan(), Some(sum));
    }

    #[test]
    fn the_hands_do_one_thing_at_a_time_and_hear_of_nothing_meanwhile(
        tasks in any_tasks(), how in any_how(), policy in policy(),
    ) {
        let timeline = timeline_under(&tasks, how, &policy);
        let spans = timeline.spans().iter();
        let attempts = spans.flat_map(|span| &span.attempts);
        let mut blocks: Vec<(Millis, Millis)> = attempts
            .filter(|attempt| attempt.holds == Resource::Hands)
            .map(|attempt| (attempt.started, attempt.ended.expect("it ended")))
            .collect();
        blocks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        prop_assert!(blocks.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        for event in timeline.events() {
            let within = |(from, to): &(Millis, Millis)| *from < event.at && event.at < *to;
            prop_assert!(!blocks.iter().any(within), "{event:?}");
        }
        if !how.is_on_page() {
            prop_assert!(blocks.is_empty());
        }
    }

    #[test]
    fn results_of_workers_are_those_of_the_page(tasks in mixed(), limit in 1..=MAX_WORKERS) {
        // Without time-outs: how late an answer is noticed depends on the hands.
        let outcomes = |how| timeline(&tasks, how).outcomes().collect::<Vec<_>>();
        prop_assert_eq!(outcomes(How::Sequential), outcomes(How::Workers(limit)));
        prop_assert_eq!(outcomes(How::Sequential), outcomes(How::Join));
    }

    #[test]
    fn there_are_never_more_at_work_than_workers(tasks in any_tasks(), limit in 1..=MAX_WORKERS) {
        let timeline = timeline(&tasks, How::Workers(limit));
        let peak = timeline.peak(Resource::Worker, timeline.last_at());
        prop_assert!(peak <= limit);
    }

    #[test]
    fn join_is_never_slower_than_a_pool_and_that_never_than_sequential(
        tasks in tasks(), limit in 1_usize..50, policy in policy(),
    ) {
        let makespan = |how| timeline_under(&tasks, how, &policy).makespan();
        let (join, pool) = (makespan(How::Join), makespan(How::Pool(limit)));
        prop_assert!(join <= pool);
        prop_assert!(pool <= makespan(How::Sequential));
        prop_assert_eq!(makespan(How::Pool(1)), makespan(How::Sequential));
        prop_assert_eq!(makespan(How::Pool(tasks.len())), join);
    }

    #[test]
    fn list_scheduling_is_within_grahams_bound(tasks in prompt(), limit in 1_usize..10) {
        // Graham 1966: at most (2 - 1/m) times the best possible, and no
        // schedule beats the longest task or the work shared evenly.
        let policy = RetryPolicy::default();
        let pool = how_long(How::Pool(limit), &tasks, &policy);
        let places = f64::from(u32::try_from(limit).unwrap_or(u32::MAX));
        let even = how_long(How::Sequential, &tasks, &policy) / places;
        let best = even.max(how_long(How::Join, &tasks, &policy));
        prop_assert!(pool <= best * (2.0 - 1.0 / places) + 1e-6);
        prop_assert!(pool >= best - 1e-6);
    }

    #[test]
    fn every_task_goes_through_its_stations_in_order_and_ends_once(
        tasks in any_tasks(), how in any_how(), policy in policy(),
    ) {
        let events = events_under(&tasks, how, &policy);
        prop_assert!(events.windows(2).all(|pair| pair[0].at <= pair[1].at));
        let mut timeline = Timeline::new(tasks.len());
        for event in events {
            // Refuses whatever cannot follow.
            prop_assert_eq!(timeline.record(event), Ok(()));
        }
        prop_assert!(timeline.is_finished());
        // Its calls, and its work.
        let most = usize::try_from(policy.retries).unwrap_or(0) + 2;
        for span in timeline.spans() {
            prop_assert!(span.attempts.len() <= most);
            prop_assert!(span.attempts.iter().all(|attempt| attempt.ended.is_some()));
        }
    }

    #[test]
    fn nothing_is_cancelled_but_by_fail_fast_and_first(
        tasks in any_tasks(), how in any_how(), policy in policy(),
    ) {
        let timeline = timeline_under(&tasks, how, &policy);
        let outcomes: Vec<Outcome> = timeline.outcomes().collect();
        let count = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|o| wanted(o)).count();
        let cancelled = count(|outcome| *outcome == Outcome::Cancelled);
        let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
        let ok = count(|outcome| *outcome == Outcome::Ok);
        prop_assert_eq!(cancelled + failed + ok, tasks.len());
        match how {
            How::FailFast => prop_assert!(failed <= 1 && (failed == 1 || cancelled == 0)),
            How::First => prop_assert!(ok <= 1 && (ok == 1 || cancelled == 0)),
            _ => prop_assert_eq!(cancelled, 0),
        }
    }

    #[test]
    fn no_outcome_depends_on_how_the_calls_are_run(tasks in tasks(), policy in policy()) {
        let outcomes = |how| timeline_under(&tasks, how, &policy).outcomes().collect::<Vec<_>>();
        prop_assert_eq!(outcomes(How::Sequential), outcomes(How::Join));
        prop_assert_eq!(outcomes(How::Sequential), outcomes(How::Pool(3)));
    }

    #[test]
    fn a_pool_never_has_more_than_its_limit_in_flight(
        tasks in prompt(), limit in 1_usize..50, policy in policy(),
    ) {
        let pool = timeline_under(&tasks, How::Pool(limit), &policy);
        prop_assert!(pool.peak_in_flight(pool.last_at()) <= limit);
        let sequential = timeline_under(&tasks, How::Sequential, &policy);
        prop_assert_eq!(sequential.peak_in_flight(sequential.last_at()), 1);
        let join = timeline(&tasks, How::Join);
        prop_assert_eq!(join.peak_in_flight(join.last_at()), tasks.len());
    }

    #[test]
    fn no_attempt_outlasts_its_time_and_none_that_needs_all_of_it_is_good(
        tasks in tasks(), how in how(), policy in policy(),
    ) {
        let timeline = timeline_under(&tasks, how, &policy);
        let Some(limit) = policy.timeout else { return Ok(()) };
        for span in timeline.spans() {
            let took = |attempt: &Attempt| attempt.ended.map(|ended| ended - attempt.started);
            prop_assert!(span.attempts.iter().all(|attempt| took(attempt) <= Some(limit)));
            if let (Some((_, Outcome::Ok)), Some(last)) = (span.ended, span.attempts.last()) {
                prop_assert!(took(last) < Some(limit));
            }
        }
    }

    #[test]
    fn the_same_seed_replays_the_same_run(tasks in any_tasks(), how in any_how(), policy in policy()) {
        prop_assert_eq!(
            events_under(&tasks, how, &policy),
            events_under(&tasks, how, &policy)
        );
    }

    #[test]
    fn waits_and_latencies_stay_within_their_bounds(
        policy in policy(), task in 0..1000_usize, attempt in 0..10_u32,
        latency in 0..30_000_u32, jitter in 0..30_000_u32,
    ) {
        let wait = policy.wait(task, attempt);
        let most = policy.backoff.ms() * 2_f64.powi(i32::try_from(attempt).unwrap_or(0));
        prop_assert!(wait >= Millis::ZERO && wait.ms() <= most.min(10_000.0).max(policy.backoff.ms()));
        let (latency, jitter) = (Millis::new(latency.into()), Millis::new(jitter.into()));
        let drawn = policy.latency(task, attempt, latency, jitter);
        prop_assert!(drawn >= Millis::ZERO);
        prop_assert!(drawn <= latency + jitter && drawn + jitter >= latency);
    }
}

fn how_long(how: How, tasks: &[Task], policy: &RetryPolicy) -> f64 {
    how.predict(tasks, policy)
        .expect("latencies are known")
        .ms()
}

/// A flaky service that needs two retries is paid for in attempts and waits.
#[test]
fn retries_take_their_time_and_help() {
    let tasks = expert_chef_core::asked::scenario::parse_tasks("a:100:503*2").expect("tasks");
    let policy = RetryPolicy {
        retries: 2,
        ..RetryPolicy::default()
    };
    let timeline = timeline_under(&tasks, How::Join, &policy);
    let waits = policy.wait(0, 0) + policy.wait(0, 1);
    assert_eq!(timeline.spans()[0].attempts.len(), 3);
    assert_eq!(timeline.outcomes().collect::<Vec<_>>(), [Outcome::Ok]);
    assert_eq!(timeline.makespan(), Some(Millis::new(300.0) + waits));
    // A "no" that will stay one is not asked for again.
    let gone = expert_chef_core::asked::scenario::parse_tasks("a:100:404").expect("tasks");
    assert_eq!(
        timeline_under(&gone, How::Join, &policy).spans()[0]
            .attempts
            .len(),
        1
    );
}

#[test]
fn a_call_that_never_answers_times_out() {
    let tasks = expert_chef_core::asked::scenario::parse_tasks("a:100:hang,b:100").expect("tasks");
    let policy = RetryPolicy {
        timeout: Some(Millis::new(400.0)),
        ..RetryPolicy::default()
    };
    let timeline = timeline_under(&tasks, How::Join, &policy);
    assert_eq!(
        timeline.outcomes().collect::<Vec<_>>(),
        [Outcome::Failed(Failure::TimedOut), Outcome::Ok]
    );
    assert_eq!(timeline.makespan(), Some(Millis::new(400.0)));
}

/// Two timers that are due at once go off in the order in which they were set,
/// and a slow body's second half is timed from its first. What comes of a call
/// must not hang on that: real calls, too, are never back before their time.
#[test]
fn an_answer_that_takes_just_as_long_as_it_may_is_too_late_in_theory_and_in_a_run() {
    for task in [
        "a:300",
        "a:300:slow-body",
        "a:300:503",
        "a:300:malformed",
        "a:300:drop",
    ] {
        let tasks = expert_chef_core::asked::scenario::parse_tasks(task).expect("tasks");
        for (timeout, is_late) in [(300.0, true), (301.0, false)] {
            for how in How::ALL {
                let policy = RetryPolicy {
                    timeout: Some(Millis::new(timeout)),
                    retries: 1,
                    backoff: Millis::ZERO,
                    ..RetryPolicy::default()
                };
                let timeline = timeline_under(&tasks, how, &policy);
                let outcome = timeline.outcomes().next();
                let timed_out = outcome == Some(Outcome::Failed(Failure::TimedOut));
                assert_eq!(timed_out, is_late, "{task} in {timeout} ms, {how}");
                assert_eq!(timeline.makespan(), how.predict(&tasks, &policy));
            }
        }
    }
}

/// Four calls, two of which fail, in every order of their answers, ties too.
#[test]
fn no_interleaving_of_two_failures_stops_another_call() {
    let latencies = [10.0, 20.0, 30.0, 40.0];
    let mut tried = 0;
    for code in 0..latencies.len().pow(4) {
        let order = [code % 4, code / 4 % 4, code / 16 % 4, code / 64 % 4];
        for (first, second) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            for how in [How::Sequential, How::Join, How::Pool(2)] {
                let tasks: Vec<Task> = order
                    .iter()
                    .enumerate()
                    .map(|(index, &rank)| Task {
                        name: format!("task {index}"),
                        start: Millis::ZERO,
                        work: Work::Call(Target::Service(Behaviour {
                            fault: match index {
                                index if index == first => Some(FaultKind::Status(503)),
                                index if index == second => Some(FaultKind::Drop),
                                _ => None,
                            }
                            .map(|kind| Fault { kind, times: None }),
                            ..Behaviour::good(Millis::new(latencies[rank]))
                        })),
                    })
                    .collect();
                let timeline = timeline(&tasks, how);
                assert!(timeline.is_finished());
                assert_eq!(
                    timeline.makespan(),
                    how.predict(&tasks, &RetryPolicy::default())
                );
                for (index, span) in timeline.spans().iter().enumerate() {
                    let outcome = span.ended.map(|(_, outcome)| outcome);
                    let expected = match index {
                        index if index == first => Outcome::Failed(Failure::Status(503)),
                        index if index == second => Outcome::Failed(Failure::Network),
                        _ => Outcome::Ok,
                    };
                    assert_eq!(outcome, Some(expected), "{how} {order:?} {first} {second}");
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 256 * 6 * 3);
}

#[test]
fn the_order_of_the_log_tells_the_strategies_apart() {
    let tasks = Scenario::preset("two-calls").expect("a preset").tasks;
    let order = |how| -> Vec<(usize, &str)> {
        events(&tasks, how)
            .iter()
            .filter_map(|event| match event.kind {
                EventKind::Started(_) => Some((event.task, "start")),
                EventKind::Ended(_) => Some((event.task, "done")),
                _ => None,
            })
            .collect()
    };
    let (start, done) = ("start", "done");
    assert_eq!(
        order(How::Sequential),
        [(0, start), (0, done), (1, start), (1, done)]
    );
    assert_eq!(
        order(How::Join),
        [(0, start), (1, start), (0, done), (1, done)]
    );
}

#[test]
fn dropping_a_run_stops_its_timers_and_its_events() {
    for how in How::ALL {
        let clock = VirtualClock::new();
        let tasks = Scenario::default().tasks;
        let policy = RetryPolicy::default();
        let events: RefCell<Vec<Event>> = RefCell::default();
        let client = SimulatedClient::new(clock.clone());
        let mut ran = Box::pin(run_on(&tasks, how, &policy, &client, &clock, |event| {
            events.borrow_mut().push(event);
        }));
        let half = async {
            futures::future::select(ran.as_mut(), Box::pin(clock.sleep(Millis::new(300.0)))).await;
        };
        clock.run(half).expect("half of the run");
        let so_far = events.borrow().len();
        assert!(clock.sleepers() > 0);
        drop(ran);
        assert_eq!(clock.sleepers(), 0, "{how}");
        assert_eq!(clock.run(pending::<()>()), Err(Stalled));
        assert_eq!(events.borrow().len(), so_far);
    }
}

/// A client that answers at once takes no time.
#[test]
fn calls_that_take_no_time_end_at_zero() {
    struct Immediate;
    impl Client for Immediate {
        async fn call(&self, _: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
            first_byte();
            Ok(())
        }
    }
    let clock = VirtualClock::new();
    for how in How::ALL {
        let tasks = Scenario::default().tasks;
        let events = support::events_of(&tasks, how, &RetryPolicy::default(), &Immediate, &clock);
        assert!(events.len() >= tasks.len() * 2);
        assert!(events.iter().all(|event| event.at == Millis::ZERO));
    }
}
