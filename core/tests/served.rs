//! Promises of services that serve so many calls at a time and refuse the rest:
//! how that is asked for, who is refused, and that theory knows.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::{Config, Mode};
use expert_chef_core::asked::hosts::{Hosts, PER_HOST};
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{
    EndpointUrl, FaultKind, LIMITS, Task, TasksError, parse_tasks, parse_tasks_at, tasks_to_string,
};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::comparison::{Comparison, Finding};
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::run::event::EventKind;
use expert_chef_core::shown::stage::{Msg, Stage};
use expert_chef_core::shown::words;
use proptest::prelude::*;
use support::stages::{Staged, WORKER};
use support::{
    any_how, any_tasks, events_under, how, limited, parse_url, policy, timeline, timeline_under,
};

const REFUSED: Outcome = Outcome::Failed(Failure::Status(429));

fn tasks(list: &str) -> Vec<Task> {
    parse_tasks(list).expect("tasks")
}

/// So many calls of a service.
fn calls(count: usize, asked: &str) -> Vec<Task> {
    let list: Vec<String> = (1..=count).map(|n| format!("order {n}:{asked}")).collect();
    tasks(&list.join(","))
}

fn outcomes(timeline: &Timeline) -> Vec<Outcome> {
    timeline.outcomes().collect()
}

fn parse(query: &str) -> (Config, Vec<String>) {
    let (config, problems) = Config::parse(query, parse_url);
    let problems = problems.into_iter().map(|problem| problem.sentence);
    (config, problems.collect())
}

proptest! {
    /// Outcomes too, and when each attempt begins and is over.
    #[test]
    fn theory_knows_who_is_refused(
        tasks in any_tasks(), how in any_how(), policy in policy(),
    ) {
        let timeline = timeline_under(&tasks, how, &policy);
        let forecast = how.forecast(&tasks, &policy, &two_cores()).expect("all is known");
        prop_assert_eq!(Some(forecast.makespan), timeline.makespan());
        for (expected, span) in forecast.outcomes.iter().zip(timeline.spans()) {
            let expected = expected.map_or(Outcome::Cancelled, |answer| {
                answer.map_or_else(Outcome::Failed, |()| Outcome::Ok)
            });
            prop_assert_eq!(Some(expected), span.ended.map(|(_, outcome)| outcome));
        }
        let makespan = forecast.makespan;
        for (expected, span) in forecast.attempts.iter().zip(timeline.spans()) {
            // What begins in the moment in which all is over may or may not have.
            let before = |from: Millis| from < makespan;
            let expected = expected.iter().filter(|one| before(one.from));
            let expected: Vec<_> = expected.map(|one| (one.from, one.until)).collect();
            let run = span.attempts.iter().filter(|one| before(one.started));
            let run: Vec<_> = run.filter_map(|one| Some((one.started, one.ended?))).collect();
            prop_assert_eq!(expected, run);
        }
    }

    #[test]
    fn no_more_are_served_together_than_the_limit_allows(
        tasks in limited(support::tasks()), how in any_how(), policy in policy(),
    ) {
        let timeline = timeline_under(&tasks, how, &policy);
        for limit in 1..5_u8 {
            let mut moves: Vec<(Millis, i32)> = Vec::new();
            for (index, (task, span)) in tasks.iter().zip(timeline.spans()).enumerate() {
                for (number, attempt) in span.attempts.iter().enumerate() {
                    let number = u32::try_from(number).expect("few");
                    let call = task.work.target().map(|target| target.call("", index, number, &policy));
                    let drawn = call.and_then(|call| call.drawn).expect("all is known");
                    let ended = attempt.ended.expect("it ended");
                    if drawn.fault == Some(FaultKind::Limit(limit)) && ended > attempt.started {
                        moves.extend([(attempt.started, 1), (ended, -1)]);
                    }
                }
            }
            moves.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut together = 0;
            for (_, change) in moves {
                together += change;
                prop_assert!(together <= i32::from(limit));
            }
        }
    }

    #[test]
    fn who_has_no_more_in_flight_than_the_limit_is_never_refused(
        latencies in proptest::collection::vec(0_u32..2_000, 1..40), limit in 1_usize..8,
    ) {
        let list = latencies.iter().enumerate();
        let list: Vec<_> = list.map(|(n, ms)| format!("t{n}:{ms}:limit-{limit}")).collect();
        let tasks = tasks(&list.join(","));
        for how in [How::Sequential, How::Pool(limit), How::Workers(limit)] {
            let timeline = timeline(&tasks, how);
            prop_assert!(timeline.outcomes().all(|outcome| outcome == Outcome::Ok));
        }
    }

    #[test]
    fn a_refusal_takes_no_time(
        tasks in limited(support::tasks()), how in how(), policy in policy(),
    ) {
        let mut started = vec![Millis::ZERO; tasks.len()];
        for event in events_under(&tasks, how, &policy) {
            match event.kind {
                EventKind::Started(_) => started[event.task] = event.at,
                EventKind::Retrying(failure) | EventKind::Ended(Outcome::Failed(failure))
                    if failure == Failure::Status(429)
                        && tasks[event.task].has_limit() =>
                {
                    prop_assert_eq!(event.at, started[event.task]);
                }
                _ => {}
            }
        }
    }
}

/// As a run on the virtual clock has them.
fn two_cores() -> Hosts {
    let mut hosts = Hosts::default();
    hosts.have_cores(2);
    hosts
}

#[test]
fn a_limit_is_a_fault_with_a_number() {
    for list in [
        "order 1:200:limit-8",
        "order 1:200~50@100:limit-99*2",
        "order 1:200:limit-1+50cpu@5",
    ] {
        assert_eq!(tasks_to_string(&tasks(list)), list);
    }
    let fault = tasks("a:200:limit-8")[0]
        .behaviour()
        .and_then(|one| one.fault);
    let fault = fault.expect("a fault");
    assert_eq!((fault.kind, fault.times), (FaultKind::Limit(8), None));
    assert_eq!(LIMITS, 1..=99);
    for wrong in [
        "limit-0",
        "limit-100",
        "limit-",
        "limit",
        "limit-x",
        "limit--1",
    ] {
        let error = parse_tasks(&format!("a:200:{wrong}")).expect_err(wrong);
        assert_eq!(error, TasksError::Fault("a".into(), wrong.into()));
        assert!(error.to_string().contains("limit-8"), "{error}");
    }
}

#[test]
fn those_above_the_limit_are_refused_at_once() {
    let timeline = timeline(&calls(4, "200:limit-3"), How::Join);
    let (ok, ends) = (Outcome::Ok, |task: usize| timeline.spans()[task].ended);
    assert_eq!(outcomes(&timeline), [ok, ok, ok, REFUSED]);
    assert_eq!(ends(3), Some((Millis::ZERO, REFUSED)));
    assert_eq!(ends(2), Some((Millis::new(200.0), ok)));
}

#[test]
fn an_answer_has_made_room_for_whoever_comes_at_that_moment() {
    // The second comes as the first is answered, the third before that.
    for list in [
        "a:200:limit-1,b:100@200:limit-1,c:100@199:limit-1",
        "b:100@200:limit-1,c:100@199:limit-1,a:200:limit-1",
    ] {
        let tasks = tasks(list);
        let timeline = timeline(&tasks, How::Join);
        for (task, span) in tasks.iter().zip(timeline.spans()) {
            let outcome = span.ended.map(|(_, outcome)| outcome);
            let expected = if task.name == "c" {
                REFUSED
            } else {
                Outcome::Ok
            };
            assert_eq!(outcome, Some(expected), "{} of {list}", task.name);
        }
    }
}

#[test]
fn what_is_given_up_makes_room() {
    let policy = RetryPolicy {
        timeout: Some(Millis::new(100.0)),
        ..RetryPolicy::NONE
    };
    let list = "a:200:limit-1,b:50@150:limit-1,c:50@99:limit-1";
    let timeline = timeline_under(&tasks(list), How::Join, &policy);
    let gone = Outcome::Failed(Failure::TimedOut);
    assert_eq!(outcomes(&timeline), [gone, Outcome::Ok, REFUSED]);
}

#[test]
fn each_limit_counts_by_itself() {
    let list = "a:200:limit-1,b:200:limit-2,c:200,d:200:limit-2,e:200:limit-1";
    let timeline = timeline(&tasks(list), How::Join);
    let ok = Outcome::Ok;
    assert_eq!(outcomes(&timeline), [ok, ok, ok, ok, REFUSED]);
}

#[test]
fn each_server_counts_by_itself() {
    let at = |port: u16| EndpointUrl::parse(&format!("http://127.0.0.1:{port}/x"), parse_url);
    let endpoints = [("a", 7001), ("b", 7002), ("c", 7001)];
    let endpoints = endpoints.map(|(name, port)| (name.to_owned(), at(port).expect("a URL")));
    let list = "a:200:limit-1,b:200:limit-1,c:200:limit-1,d:200:limit-1";
    let tasks = parse_tasks_at(list, &endpoints).expect("tasks");
    let forecast = How::Join.forecast(&tasks, &RetryPolicy::NONE, &Hosts::default());
    let good = |outcome: &Option<Result<(), Failure>>| *outcome == Some(Ok(()));
    let outcomes: Vec<_> = forecast.expect("known").outcomes.iter().map(good).collect();
    assert_eq!(outcomes, [true, true, false, true]);
}

#[test]
fn who_is_refused_is_tried_again_as_after_any_failure_that_may_pass() {
    let policy = RetryPolicy {
        retries: 3,
        backoff: Millis::new(400.0),
        ..RetryPolicy::NONE
    };
    let tasks = calls(2, "100:limit-1");
    let timeline = timeline_under(&tasks, How::Join, &policy);
    assert_eq!(outcomes(&timeline), [Outcome::Ok; 2]);
    let attempts = &timeline.spans()[1].attempts;
    assert!(attempts.len() > 1);
    assert_eq!(attempts[1].started, policy.wait(1, 0));
    assert_eq!(timeline.makespan(), How::Join.predict(&tasks, &policy));
    // At the first attempt only.
    let once = calls(2, "100:limit-1*1");
    let policy = RetryPolicy {
        backoff: Millis::ZERO,
        ..policy
    };
    let timeline = timeline_under(&once, How::Join, &policy);
    assert_eq!(timeline.spans()[1].attempts.len(), 2);
    assert_eq!(timeline.makespan(), Some(Millis::new(100.0)));
}

#[test]
fn theory_says_nothing_of_a_crowded_host_with_a_limit() {
    let url = EndpointUrl::parse("https://few.example/", parse_url).expect("a URL");
    let of = |count: usize, asked: &str| {
        let names: Vec<String> = (0..count).map(|n| format!("t{n}")).collect();
        let endpoints: Vec<_> = names
            .iter()
            .map(|name| (name.clone(), url.clone()))
            .collect();
        let list: Vec<String> = names.iter().map(|name| format!("{name}:{asked}")).collect();
        parse_tasks_at(&list.join(","), &endpoints).expect("tasks")
    };
    let mut hosts = Hosts::default();
    hosts.limit("https://few.example");
    let predict = |count, asked: &str| {
        let forecast = How::Join.forecast(&of(count, asked), &RetryPolicy::NONE, &hosts);
        forecast.map(|forecast| forecast.makespan.ms())
    };
    assert_eq!(predict(PER_HOST + 1, "100"), Some(200.0));
    assert_eq!(predict(PER_HOST + 1, "100:limit-3"), None);
    assert_eq!(predict(PER_HOST, "100:limit-3"), Some(100.0));
}

#[test]
fn kitchens_that_would_share_a_limit_take_turns() {
    let (config, problems) = parse("tasks=a:600:limit-2,b:600&mode=race");
    assert_eq!(problems, [""; 0]);
    assert!(config.has_to_take_turns());
    assert_eq!(config.mode_in_effect(), Mode::Turns);
    let sentence = words::about(&config);
    assert!(
        sentence.contains("one after another 1.2 s, all at once 600 ms"),
        "{sentence}"
    );
}

/// All of a comparison, on a virtual clock.
fn over(query: &str) -> Stage {
    let (config, _) = parse(query);
    let tasks = config.scenario.tasks.clone();
    let compare = config.compare.clone();
    let mut staged = Staged::ready(config);
    staged.tell(Msg::Started(WORKER));
    for (run, how) in compare.into_iter().enumerate() {
        staged.tell(Msg::Began(run));
        for event in events_under(&tasks, how, &RetryPolicy::NONE) {
            staged.tell(Msg::Happened(run, event));
        }
    }
    staged.tell(Msg::Finished);
    staged.stage
}

#[test]
fn theory_finds_that_a_service_was_asked_too_much_before_anybody_has() {
    let list: Vec<String> = (1..=6).map(|n| format!("o{n}:100:limit-4")).collect();
    let stage = over(&format!(
        "tasks={}&compare=pool:4,join&ask=off",
        list.join(",")
    ));
    let recording = stage.recording();
    for comparison in [
        Comparison::foreseen(recording),
        Comparison::measured(recording),
    ] {
        assert_eq!([comparison.good(0), comparison.good(1)], [6, 4]);
        assert_eq!(comparison.finding(), Finding::Failed(1));
    }
    assert_eq!(words::theory(How::Join, recording), "the schedule");
    let result = expert_chef_core::written::result::result(recording);
    let result = result.expect("it is over").to_string();
    assert!(result.contains("HTTP 429"), "{result}");
}
