//! Promises of theory: whatever tasks hold, it says when each of them ends. That
//! it says what happens in a run is a promise of `run.rs`, on a virtual clock
//! and virtual hands; here is what no virtual client has, the connections that
//! hosts have few of, and what it comes to in plain cases.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::hosts::{Hosts, PER_HOST};
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{EndpointUrl, Task, parse_tasks_at};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::asked::theory::Forecast;
use expert_chef_core::millis::Millis;
use proptest::prelude::*;
use support::parse_url;

const LIMITED: &str = "https://few.example/";

fn hosts() -> Hosts {
    let mut hosts = Hosts::default();
    hosts.limit("https://few.example");
    hosts
}

/// Tasks called `a`, `b` and so on; those in `limited` call the host that has few
/// connections.
fn tasks(works: &[String], limited: impl Fn(usize) -> bool) -> Vec<Task> {
    let names = (0..works.len()).map(|index| format!("t{index}"));
    let names: Vec<String> = names.collect();
    let url = EndpointUrl::parse(LIMITED, parse_url).expect("a URL");
    let endpoints = names.iter().enumerate();
    let endpoints: Vec<_> = endpoints
        .filter(|(index, _)| limited(*index))
        .map(|(_, name)| (name.clone(), url.clone()))
        .collect();
    let list = names.iter().zip(works);
    let list: Vec<String> = list.map(|(name, work)| format!("{name}:{work}")).collect();
    parse_tasks_at(&list.join(","), &endpoints).expect("tasks")
}

fn plain(works: &[&str]) -> Vec<Task> {
    let works: Vec<String> = works.iter().map(|work| (*work).into()).collect();
    tasks(&works, |_| false)
}

fn forecast(tasks: &[Task], how: How) -> Forecast {
    let forecast = how.forecast(tasks, &RetryPolicy::NONE, &hosts());
    forecast.expect("latencies are known")
}

fn ends(tasks: &[Task], how: How) -> Vec<f64> {
    let forecast = forecast(tasks, how);
    let last = |attempts: &Vec<_>| {
        let last: Option<&expert_chef_core::asked::theory::Expected> = attempts.last();
        last.expect("an attempt").until.ms()
    };
    forecast.attempts.iter().map(last).collect()
}

proptest! {
    /// Six places for all calls, and each goes to the place that is free first.
    #[test]
    fn a_host_with_few_connections_is_a_pool_of_them(
        latencies in proptest::collection::vec(1_u32..500, 1..40),
    ) {
        let works: Vec<String> = latencies.iter().map(ToString::to_string).collect();
        let crowded = forecast(&tasks(&works, |_| true), How::Join);
        let pool = forecast(&tasks(&works, |_| false), How::Pool(PER_HOST));
        prop_assert_eq!(crowded.makespan, pool.makespan);
        for (one, other) in crowded.attempts.iter().zip(&pool.attempts) {
            prop_assert_eq!((one[0].from, one[0].until), (other[0].from, other[0].until));
        }
    }

    #[test]
    fn other_hosts_do_not_wait_for_one_that_is_crowded(
        latencies in proptest::collection::vec(1_u32..500, 1..40),
    ) {
        let works: Vec<String> = latencies.iter().map(ToString::to_string).collect();
        let tasks = tasks(&works, |index| index % 2 == 0);
        for (index, attempts) in forecast(&tasks, How::Join).attempts.iter().enumerate() {
            if index % 2 == 1 {
                prop_assert_eq!(attempts[0].from, Millis::ZERO);
            }
        }
    }
}

#[test]
fn waits_overlap_and_work_of_the_hands_does_not() {
    let tasks = plain(&["100+50cpu"; 3]);
    assert_eq!(ends(&tasks, How::Join), [150.0, 200.0, 250.0]);
    assert_eq!(ends(&tasks, How::Sequential), [150.0, 300.0, 450.0]);
    // Two have places: the third starts when one is free.
    assert_eq!(ends(&tasks, How::Pool(2)), [150.0, 200.0, 300.0]);
    // Three workers wait and work each for themselves.
    assert_eq!(ends(&tasks, How::Workers(3)), [150.0; 3]);
    assert_eq!(ends(&tasks, How::Workers(2)), [150.0, 150.0, 300.0]);
}

/// While the hands are full nobody hears of an answer.
#[test]
fn an_answer_is_there_before_it_is_noticed() {
    let tasks = plain(&["600cpu", "100", "200+50cpu"]);
    let forecast = forecast(&tasks, How::Join);
    let call = forecast.attempts[1][0];
    assert_eq!([call.answered.ms(), call.until.ms()], [100.0, 600.0]);
    assert_eq!(call.holds, Resource::Connection);
    let [call, work] = [forecast.attempts[2][0], forecast.attempts[2][1]];
    assert_eq!([call.answered.ms(), call.until.ms()], [200.0, 600.0]);
    assert_eq!([work.from.ms(), work.until.ms()], [600.0, 650.0]);
    assert_eq!(work.holds, Resource::Hands);
    assert_eq!(forecast.makespan.ms(), 650.0);
}

/// It came in time, and nobody heard of it in time.
#[test]
fn an_answer_that_is_noticed_too_late_is_too_late() {
    let policy = RetryPolicy {
        timeout: Some(Millis::new(300.0)),
        ..RetryPolicy::NONE
    };
    let tasks = plain(&["600cpu", "100"]);
    let forecast = How::Join.forecast(&tasks, &policy, &hosts());
    let outcomes = forecast.expect("a forecast").outcomes;
    assert_eq!(outcomes[0], Some(Ok(())));
    assert!(outcomes[1].is_some_and(|outcome| outcome.is_err()));
}

#[test]
fn workers_take_what_the_hands_would_do_in_turn() {
    let tasks = plain(&["100cpu"; 4]);
    assert_eq!(ends(&tasks, How::Workers(1)), [100.0, 200.0, 300.0, 400.0]);
    assert_eq!(ends(&tasks, How::Workers(2)), [100.0, 100.0, 200.0, 200.0]);
    assert_eq!(ends(&tasks, How::Workers(4)), [100.0; 4]);
}

#[test]
fn where_nobody_says_how_many_there_is_a_worker_for_each_core() {
    let tasks = plain(&["100cpu"; 4]);
    for (cores, makespan) in [(0, 200.0), (1, 200.0), (2, 200.0), (4, 100.0), (64, 100.0)] {
        let mut hosts = Hosts::default();
        hosts.have_cores(cores);
        let forecast = How::Workers(0).forecast(&tasks, &RetryPolicy::NONE, &hosts);
        assert_eq!(forecast.expect("a forecast").makespan.ms(), makespan);
    }
}

#[test]
fn each_host_has_connections_of_its_own() {
    let works = vec!["100".to_owned(); PER_HOST + 2];
    let tasks = tasks(&works, |index| index <= PER_HOST);
    let ends = ends(&tasks, How::Join);
    assert_eq!(ends[PER_HOST - 1..], [100.0, 200.0, 100.0]);
}
