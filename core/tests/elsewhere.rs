//! Promises of recordings that are not of runs of ours: everything shows them,
//! and everything says where they came from.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::exercise::Exercise;
use expert_chef_core::asked::language::Language;
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::scenario::{Scenario, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::recorded::program::Program;
use expert_chef_core::recorded::provenance::Origin;
use expert_chef_core::recorded::recording::{Recording, Unusable};
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::guess::{Measured, judge};
use expert_chef_core::shown::lanes::lanes;
use expert_chef_core::shown::playback::{PlayState, Verb};
use expert_chef_core::shown::scene::Scene;
use expert_chef_core::shown::stage::{Msg, State};
use expert_chef_core::written::{FILES, content, name};
use proptest::prelude::*;
use serde_json::Value;
use support::stages::Staged;
use support::{how, tasks, timeline};

const ORIGINS: [(Origin, &str); 2] = [(Origin::Program, "program"), (Origin::Import, "imported")];

/// Titles are not ours: they may hold anything.
const TITLE: &str = "my \"<b>run</b>\"\n& more";

fn opened(scenario: Scenario, origin: Origin, timelines: Vec<Timeline>) -> Staged {
    let runs = timelines.into_iter().map(|one| (TITLE.into(), one));
    let recording = Recording::from_elsewhere(scenario, origin, runs.collect());
    let mut staged = Staged::ready(Config::default());
    let recording = Box::new(recording.expect("a recording"));
    staged.tell_at(5_000.0, Msg::Opened(recording));
    staged
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn whatever_it_holds_it_is_shown_and_written(
        tasks in tasks(), hows in proptest::collection::vec(how(), 1..4), moment in -0.1..1.1_f64,
    ) {
        let timelines: Vec<Timeline> = hows.iter().map(|&how| timeline(&tasks, how)).collect();
        let scenario = Scenario::custom(tasks);
        for (origin, word) in ORIGINS {
            let staged = opened(scenario.clone(), origin, timelines.clone());
            let stage = &staged.stage;
            let runs = stage.recording().runs();
            for (run, timeline) in runs.iter().zip(&timelines) {
                prop_assert_eq!(run.timeline(), timeline);
                prop_assert_eq!((run.strategy(), run.predicted()), (None, None));
                let at = timeline.last_at() * moment;
                let scene = Scene::at(run, at);
                prop_assert_eq!(scene.burners, timeline.peak_in_flight(timeline.last_at()));
                prop_assert_eq!(scene.tries, None);
                prop_assert!(lanes(run.timeline(), at).eq(lanes(timeline, at)));
            }
            for (file, _) in FILES {
                let written = content(stage, staged.now, file).expect("a file");
                prop_assert!(written.contains(word), "{} does not say it", file);
                if file.ends_with("json") {
                    prop_assert!(serde_json::from_str::<Value>(&written).is_ok());
                } else {
                    prop_assert!(roxmltree::Document::parse(&written).is_ok());
                }
            }
            prop_assert!(name(stage, "trace.json").starts_with("expert-chef-custom"));
        }
    }
}

fn dashboard(how: How) -> (Scenario, Timeline) {
    let scenario = Scenario::default();
    let timeline = timeline(&scenario.tasks, how);
    (scenario, timeline)
}

#[test]
fn the_result_has_a_title_and_no_strategy() {
    for (origin, word) in ORIGINS {
        let (scenario, timeline) = dashboard(How::Join);
        let staged = opened(scenario, origin, vec![timeline]);
        let result = content(&staged.stage, staged.now, "result.json").expect("a result");
        let result: Value = serde_json::from_str(&result).expect("JSON");
        assert_eq!(result["source"], word);
        let run = &result["runs"][0];
        assert_eq!(run["strategy"], Value::Null);
        assert_eq!(run["predictedMs"], Value::Null);
        assert_eq!(run["title"], TITLE);
        assert_eq!(run["totalMs"], 1200);
        assert_eq!(result["speedup"], Value::Null);
    }
}

#[test]
fn it_is_at_its_end_and_goes_when_something_is_run() {
    let (scenario, timeline) = dashboard(How::Sequential);
    let mut staged = opened(scenario, Origin::Import, vec![timeline.clone(), timeline]);
    assert_eq!(staged.stage.state(), State::Finished);
    assert_eq!(staged.stage.playback().state(), PlayState::Paused);
    assert!(staged.stage.playhead(staged.now) >= Millis::new(2500.0));
    assert!(!staged.stage.is_moving() && !staged.stage.is_guessing());
    staged.tell(Msg::Reset);
    assert_eq!(staged.stage.state(), State::Ready);
    let runs = staged.stage.recording().runs();
    assert!(runs.iter().all(|run| run.strategy().is_some()));
}

#[test]
fn without_a_strategy_a_run_is_good_if_nothing_failed() {
    let tasks = parse_tasks("a:100,b:300:500").expect("tasks");
    for (how, state) in [
        // The call that would have failed was cancelled.
        (How::First, State::Finished),
        (How::Join, State::Failed),
    ] {
        let timelines = vec![timeline(&tasks, how)];
        let staged = opened(Scenario::custom(tasks.clone()), Origin::Program, timelines);
        assert_eq!(staged.stage.state(), state);
    }
}

#[test]
fn a_guess_at_it_is_judged_without_a_hint_at_strategies() {
    let (scenario, timeline) = dashboard(How::Join);
    let staged = opened(scenario, Origin::Program, vec![timeline]);
    let measured = Measured::of(&staged.stage.recording().runs()[0]).expect("it is over");
    let (said, hint) = judge(Millis::new(2500.0), measured);
    assert!(said.starts_with("Not quite") && hint.is_empty(), "{said}");
}

#[test]
fn what_is_no_recording_of_the_scenario_is_refused() {
    let (scenario, whole) = dashboard(How::Join);
    let refused = |timelines: Vec<Timeline>| {
        let runs = timelines.into_iter().map(|one| (TITLE.into(), one));
        Recording::from_elsewhere(scenario.clone(), Origin::Import, runs.collect()).err()
    };
    assert_eq!(refused(vec![]), Some(Unusable::Empty));
    assert_eq!(
        refused(vec![whole.clone(), Timeline::new(2)]),
        Some(Unusable::OtherTasks)
    );
    assert_eq!(
        refused(vec![whole.clone(), Timeline::new(3)]),
        Some(Unusable::Unfinished)
    );
    assert_eq!(refused(vec![whole]), None);
}

#[test]
fn a_trace_has_a_thread_for_each_place_of_each_resource() {
    let scenario = Scenario::custom(parse_tasks("a:1,b:1,c:1").expect("tasks"));
    let mut timeline = Timeline::new(3);
    let kinds = [Resource::Worker, Resource::Connection, Resource::Worker];
    let ended = EventKind::Ended(Outcome::Ok);
    let mut record = |at: f64, task, kind| {
        let at = Millis::new(at);
        timeline.record(Event { at, task, kind }).expect("in order");
    };
    for (task, what) in kinds.into_iter().enumerate() {
        record(0.0, task, EventKind::Queued);
        record(0.0, task, EventKind::Started(what));
    }
    (0..3).for_each(|task| record(5.0, task, ended));
    let staged = opened(scenario, Origin::Program, vec![timeline]);
    let trace = content(&staged.stage, staged.now, "trace.json").expect("a trace");
    let trace: Value = serde_json::from_str(&trace).expect("JSON");
    let events = trace["traceEvents"].as_array().expect("events");
    let threads = events.iter().filter(|event| event["name"] == "thread_name");
    let threads: Vec<String> = threads
        .map(|event| format!("{} {}", event["tid"], event["args"]["name"]))
        .collect();
    assert_eq!(threads, ["1 \"burner\"", "2 \"worker\"", "3 \"worker\""]);
    let calls = events.iter().filter(|event| event["ph"] == "X");
    let places: Vec<_> = calls.map(|event| event["tid"].as_i64()).collect();
    assert_eq!(places, [Some(2), Some(1), Some(3)]);
}

/// A program that began at 1000 ms on the stage's clock and has made one call, or two,
/// of which the first is over.
fn underway(calls: u32) -> Recording {
    let mut program = Program::default();
    program.call(1, "user", ("0", Some(3)), Millis::new(10.0));
    if calls == 2 {
        program.answer(1, Outcome::Ok, Millis::new(510.0));
        program.call(2, "orders", ("0", Some(4)), Millis::new(512.0));
    }
    let recording = program.underway(Millis::new(1000.0), Language::Python);
    recording.expect("a recording")
}

#[test]
fn what_goes_on_is_followed_and_who_stops_to_look_is_left_where_they_look() {
    let mut staged = Staged::ready(Config::default());
    staged.tell_at(1_100.0, Msg::Opened(Box::new(underway(1))));
    assert_eq!(staged.stage.state(), State::Running);
    assert_eq!(staged.stage.playback().state(), PlayState::Live);
    assert_eq!(
        staged.stage.time(0, Millis::new(1_300.0)),
        Millis::new(300.0)
    );
    // It goes on whether anything of it happens or not.
    staged.tell_at(3_900.0, Msg::Ticked);
    assert!(staged.stage.axis().end >= Millis::new(2_900.0));
    staged.tell_at(4_000.0, Msg::Played(Verb::Toggle));
    assert_eq!(staged.stage.playback().state(), PlayState::Paused);
    staged.tell_at(4_100.0, Msg::Opened(Box::new(underway(2))));
    let stage = &staged.stage;
    assert_eq!(
        (stage.state(), stage.playback().state()),
        (State::Running, PlayState::Paused)
    );
    assert_eq!(stage.time(0, Millis::new(4_200.0)), Millis::new(3_000.0));
    assert_eq!(
        stage.recording().runs()[0].total(),
        None,
        "more calls may come"
    );
    let mut program = Program::default();
    program.call(1, "user", ("0", Some(3)), Millis::new(10.0));
    program.answer(1, Outcome::Ok, Millis::new(4_010.0));
    program.end(Millis::new(4_020.0));
    let ended = program
        .recording(&Exercise::default(), Language::Python)
        .expect("a recording");
    staged.tell_at(5_000.0, Msg::Opened(Box::new(ended.clone())));
    let stage = &staged.stage;
    assert_eq!(
        (stage.state(), stage.playback().state()),
        (State::Finished, PlayState::Paused)
    );
    assert_eq!(stage.playhead(Millis::new(5_100.0)), Millis::new(3_000.0));
    // Who looks at it live is at its end then.
    let mut staged = Staged::ready(Config::default());
    staged.tell_at(1_100.0, Msg::Opened(Box::new(underway(1))));
    staged.tell_at(5_000.0, Msg::Opened(Box::new(ended)));
    assert!(staged.stage.playhead(Millis::new(5_000.0)) >= Millis::new(4_010.0));
}
