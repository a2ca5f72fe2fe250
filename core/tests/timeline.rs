//! Promises of the timeline, the scene and the lanes: pure functions of what
//! was recorded and of t.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{EndpointUrl, Scenario, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::recorded::comparison::Comparison;
use expert_chef_core::recorded::phases::ResourceTiming;
use expert_chef_core::recorded::provenance::{Origin, Source};
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::lanes::lanes;
use expert_chef_core::shown::scene::{Chef, Doing, Scene};
use expert_chef_core::written::result::result;
use proptest::prelude::*;
use support::{events, how, parse_url, prompt, run_of, tasks, timeline};

/// A moment of a run, before, during or after it.
fn moment() -> impl Strategy<Value = f64> {
    -0.1..1.1_f64
}

proptest! {
    #[test]
    fn live_and_replayed_are_the_same_lanes(
        tasks in tasks(), how in how(), moment in moment(),
    ) {
        let whole = timeline(&tasks, how);
        let at = whole.last_at() * moment;
        let mut live = Timeline::new(tasks.len());
        for event in events(&tasks, how).into_iter().filter(|event| event.at <= at) {
            live.record(event).expect("in order");
        }
        prop_assert!(lanes(&live, at).eq(lanes(&whole, at)));
    }

    #[test]
    fn the_critical_path_accounts_for_the_makespan(tasks in prompt(), how in how()) {
        let timeline = timeline(&tasks, how);
        let path = timeline.critical_path();
        let sum: Millis = path.iter().filter_map(|&task| timeline.spans()[task].duration()).sum();
        prop_assert_eq!(Some(sum), timeline.makespan());
    }

    #[test]
    fn what_is_wasted_is_the_makespan_less_the_longest_call(tasks in prompt(), how in how()) {
        let timeline = timeline(&tasks, how);
        let wasted = timeline.wasted_waiting().expect("it is over");
        prop_assert_eq!(Some(wasted + timeline.longest()), timeline.makespan());
        // Where nothing is cancelled, the longest is what joining them takes.
        if !matches!(how, How::FailFast | How::First) {
            let joined = How::Join.predict(&tasks, &RetryPolicy::default());
            prop_assert_eq!(Some(timeline.longest()), joined);
        }
        prop_assert!(timeline.time_in_flight() >= timeline.longest());
    }

    #[test]
    fn no_event_can_come_twice_or_out_of_order(tasks in tasks(), how in how()) {
        let mut timeline = timeline(&tasks, how);
        let before = timeline.clone();
        for event in events(&tasks, how) {
            let late = Event { at: timeline.last_at(), ..event };
            prop_assert!(timeline.record(late).is_err());
        }
        let early = Event { at: Millis::new(-1.0), task: 0, kind: EventKind::Queued };
        prop_assert!(timeline.record(early).is_err());
        let stranger = Event { task: tasks.len(), at: timeline.last_at(), kind: EventKind::Queued };
        prop_assert!(timeline.record(stranger).is_err());
        prop_assert_eq!(timeline, before);
    }
}

fn recording(scenario: Scenario) -> Recording {
    let compare = [How::Sequential, How::Join];
    let mut recording = Recording::new(
        scenario,
        &compare,
        &RetryPolicy::default(),
        Source::ServiceWorker,
        &Hosts::default(),
    );
    for (run, how) in compare.into_iter().enumerate() {
        recording.begin(run, Millis::ZERO);
        for event in events(&recording.scenario().tasks.clone(), how) {
            recording.record(run, event).expect("in order");
        }
    }
    recording
}

fn json(recording: &Recording) -> String {
    result(recording).expect("it is over").to_string()
}

#[test]
fn the_dashboard_takes_the_sum_or_the_longest() {
    let recording = recording(Scenario::default());
    assert_eq!(recording.runs()[0].total(), Some(Millis::new(2500.0)));
    assert_eq!(recording.runs()[1].total(), Some(Millis::new(1200.0)));
    let comparison = Comparison::measured(&recording);
    assert_eq!(comparison.given_back(1), Some(Millis::new(1300.0)));
    assert_eq!(
        recording.runs()[0].timeline().wasted_waiting(),
        Some(Millis::new(1300.0))
    );
    assert_eq!(recording.runs()[0].timeline().critical_path(), [0, 1, 2]);
    assert_eq!(recording.runs()[1].timeline().critical_path(), [2]);
}

#[test]
fn the_result_is_the_contract_to_the_letter() {
    let json = json(&recording(Scenario::default()));
    let task = |name, start, end| {
        format!(r#"{{"name":"{name}","startMs":{start},"endMs":{end},"outcome":"ok"}}"#)
    };
    let expected = format!(
        concat!(
            r#"{{"version":1,"scenario":"dashboard","source":"service-worker","runs":["#,
            r#"{{"strategy":"sequential","predictedMs":2500,"totalMs":2500,"outcome":"ok","tasks":[{},{},{}]}},"#,
            r#"{{"strategy":"join","predictedMs":1200,"totalMs":1200,"outcome":"ok","tasks":[{},{},{}]}}],"#,
            r#""speedup":2.08}}"#
        ),
        task("user", "0", "500"),
        task("billing", "500", "1300"),
        task("orders", "1300", "2500"),
        task("user", "0", "500"),
        task("billing", "0", "800"),
        task("orders", "0", "1200"),
    );
    assert_eq!(json, expected);
}

#[test]
fn a_failed_call_says_why_in_the_result() {
    let tasks = parse_tasks("a:10,b:20:503").expect("tasks");
    let json = json(&recording(Scenario::custom(tasks)));
    assert!(
        json.contains(r#""outcome":"failed","error":"HTTP 503""#),
        "{json}"
    );
    assert_eq!(json.matches(r#""outcome":"failed","tasks""#).count(), 2);
}

#[test]
fn there_is_no_result_before_all_is_over() {
    let scenario = Scenario::default();
    let blank = Recording::new(
        scenario,
        &[How::Sequential, How::Join],
        &RetryPolicy::default(),
        Source::Simulated,
        &Hosts::default(),
    );
    assert!(result(&blank).is_none());
    assert_eq!(blank.speedup(), None);
}

/// A call, work of the hands', and of two workers, all under way; at 30 ms the
/// hands are free, at 40 ms another takes them.
fn all_kinds() -> Timeline {
    let mut timeline = Timeline::new(5);
    let started = |at, task, what| (at, task, EventKind::Started(what));
    let queued = (0..5).map(|task| (0.0, task, EventKind::Queued));
    let then = [
        started(0.0, 0, Resource::Connection),
        started(0.0, 1, Resource::Hands),
        started(0.0, 2, Resource::Worker),
        started(10.0, 3, Resource::Worker),
        (30.0, 1, EventKind::Ended(Outcome::Ok)),
        started(40.0, 4, Resource::Hands),
    ];
    for (at, task, kind) in queued.chain(then) {
        let at = Millis::new(at);
        timeline.record(Event { at, task, kind }).expect("in order");
    }
    timeline
}

#[test]
fn places_are_handed_out_by_what_is_held() {
    let timeline = all_kinds();
    let slots = |timeline: &Timeline| -> Vec<usize> {
        let spans = timeline.spans().iter();
        spans.map(|span| span.attempts[0].slot).collect()
    };
    assert_eq!(slots(&timeline), [0, 0, 0, 1, 0]);
    let peaks = Resource::ALL.map(|what| timeline.peak(what, Millis::new(50.0)));
    assert_eq!(peaks, [1, 1, 2]);

    // So they are once it is known when the call left.
    let mut over = timeline;
    for task in [0, 2, 3, 4] {
        let (at, kind) = (Millis::new(60.0), EventKind::Ended(Outcome::Ok));
        over.record(Event { at, task, kind }).expect("in order");
    }
    let mut tasks = parse_tasks("a:60,b:30,c:60,d:50,e:20").expect("tasks");
    tasks[0].point_at(EndpointUrl::parse("https://a.example/", parse_url).expect("a URL"));
    let runs = vec![("mixed".into(), over)];
    let recording = Recording::from_elsewhere(Scenario::custom(tasks), Origin::Program, runs);
    let mut recording = recording.expect("a recording");
    let entry = ResourceTiming {
        url: "https://a.example/".into(),
        request_start: Millis::new(25.0),
        response_start: Millis::new(60.0),
        response_end: Millis::new(60.0),
        ..ResourceTiming::default()
    };
    recording.measure(0, &[entry], Vec::new());
    let told = recording.runs()[0].timeline();
    assert_eq!(told.spans()[0].attempts[0].departed(), Millis::new(25.0));
    assert_eq!(slots(told), [0, 0, 0, 1, 0]);
}

#[test]
fn only_calls_stand_on_the_stove_and_the_hands_that_are_on_something_chop() {
    let tasks = parse_tasks("a:60,b:30,c:60,d:50,e:20").expect("tasks");
    let events = all_kinds().events().to_vec();
    let run = run_of(&tasks, How::Join, &RetryPolicy::default(), events);
    let at = |ms| Scene::at(&run, Millis::new(ms));
    let scene = at(20.0);
    assert_eq!((scene.burners, scene.stove.len()), (5, 1));
    assert_eq!(scene.in_hand, Some(1));
    let workers: Vec<_> = scene
        .workers
        .iter()
        .map(|one| (one.task, one.does))
        .collect();
    assert_eq!(
        workers,
        [(Some(2), Doing::Working), (Some(3), Doing::Working)]
    );
    assert_eq!(scene.waiting, [4]);
    assert_eq!(scene.chef, Chef::Working(1));
    // Between the two nothing is in the chef's own hands.
    assert_eq!(at(32.0).chef, Chef::Plating);
    assert_eq!(at(35.0).chef, Chef::Staring(0));
    assert_eq!(at(45.0).chef, Chef::Working(4));
}
