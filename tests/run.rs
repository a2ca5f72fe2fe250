//! Promises of the runner, kept on a virtual clock.

#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::cell::RefCell;
use std::future::pending;

use expert_chef::client::{Client, SimulatedClient};
use expert_chef::clock::{Clock, Stalled, VirtualClock};
use expert_chef::event::{Event, EventKind, Failure, Outcome};
use expert_chef::millis::Millis;
use expert_chef::run::run;
use expert_chef::scenario::{Fault, Scenario, Target, Task};
use expert_chef::strategy::Strategy as How;
use proptest::prelude::*;
use support::{events, how, tasks, timeline};

proptest! {
    #[test]
    fn prediction_is_the_virtual_makespan(tasks in tasks(), how in how()) {
        prop_assert_eq!(timeline(&tasks, how).makespan(), how.predict(&tasks));
    }

    #[test]
    fn join_is_never_slower_than_sequential(tasks in tasks()) {
        let join = timeline(&tasks, How::Join).makespan();
        let sequential = timeline(&tasks, How::Sequential).makespan();
        prop_assert!(join <= sequential, "{join:?} against {sequential:?}");
    }

    #[test]
    fn every_task_goes_through_its_stations_in_order(tasks in tasks(), how in how()) {
        let events = events(&tasks, how);
        prop_assert!(events.windows(2).all(|pair| pair[0].at <= pair[1].at));
        for index in 0..tasks.len() {
            let stations: Vec<u8> = events
                .iter()
                .filter(|event| event.task == index)
                .map(|event| match event.kind {
                    EventKind::Queued => 0,
                    EventKind::Started => 1,
                    EventKind::FirstByte => 2,
                    EventKind::Ended(_) => 3,
                })
                .collect();
            prop_assert!(
                matches!(stations[..], [0, 1, 2, 3] | [0, 1, 3]),
                "{:?}", stations
            );
        }
    }

    #[test]
    fn every_outcome_is_the_one_that_the_service_gives(tasks in tasks(), how in how()) {
        let timeline = timeline(&tasks, how);
        for (task, span) in tasks.iter().zip(timeline.spans()) {
            let Target::Service { fault, .. } = task.target else { unreachable!() };
            let expected = match fault {
                None | Some(Fault::SlowBody) => Outcome::Ok,
                Some(Fault::Status(status)) => Outcome::Failed(Failure::Status(status)),
                Some(Fault::Malformed) => Outcome::Failed(Failure::Malformed),
                Some(Fault::Drop) => Outcome::Failed(Failure::Network),
            };
            prop_assert_eq!(span.ended.map(|(_, outcome)| outcome), Some(expected));
        }
    }

    #[test]
    fn sequential_never_has_two_in_flight_and_join_has_all(tasks in tasks()) {
        let sequential = timeline(&tasks, How::Sequential);
        prop_assert_eq!(sequential.peak_in_flight(sequential.last_at()), 1);
        let join = timeline(&tasks, How::Join);
        prop_assert_eq!(join.peak_in_flight(join.last_at()), tasks.len());
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
            for how in How::ALL {
                let tasks: Vec<Task> = order
                    .iter()
                    .enumerate()
                    .map(|(index, &rank)| Task {
                        name: format!("task {index}"),
                        target: Target::Service {
                            latency: Millis::new(latencies[rank]),
                            fault: match index {
                                index if index == first => Some(Fault::Status(503)),
                                index if index == second => Some(Fault::Drop),
                                _ => None,
                            },
                        },
                    })
                    .collect();
                let timeline = timeline(&tasks, how);
                assert!(timeline.is_finished());
                assert_eq!(timeline.makespan(), how.predict(&tasks));
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
    assert_eq!(tried, 256 * 6 * How::ALL.len());
}

#[test]
fn the_order_of_the_log_tells_the_strategies_apart() {
    let tasks = Scenario::preset("two-calls").expect("a preset").tasks;
    let order = |how| -> Vec<(usize, &str)> {
        events(&tasks, how)
            .iter()
            .filter_map(|event| match event.kind {
                EventKind::Started => Some((event.task, "start")),
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
        let events: RefCell<Vec<Event>> = RefCell::default();
        let client = SimulatedClient(clock.clone());
        let mut ran = Box::pin(run(&tasks, how, &client, &clock, |event| {
            events.borrow_mut().push(event);
        }));
        let half = async {
            futures::future::select(ran.as_mut(), Box::pin(clock.sleep(Millis::new(600.0)))).await;
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
        async fn call(&self, _: &Task, first_byte: impl FnOnce()) -> Result<(), Failure> {
            first_byte();
            Ok(())
        }
    }
    let clock = VirtualClock::new();
    for how in How::ALL {
        let events = support::events_of(&Scenario::default().tasks, how, &Immediate, &clock);
        assert_eq!(events.len(), 12);
        assert!(events.iter().all(|event| event.at == Millis::ZERO));
    }
}
