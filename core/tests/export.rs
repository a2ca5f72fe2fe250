//! Files that are taken away say what happened, and stand alone.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use expert_chef_core::asked::backing::Backing;
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{EndpointUrl, Scenario, Task, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::decimal;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::recorded::phases::ResourceTiming;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::playback::Verb;
use expert_chef_core::shown::stage::{Msg, Stage, State};
use expert_chef_core::written::trace::trace;
use expert_chef_core::written::{FILES, content, is_there, name};
use proptest::prelude::*;
use serde_json::Value;
use support::stages::Staged;
use support::{events_under, how, parse_url, policy, tasks};

/// A stage on which all has been run, at the end of its recording.
fn finished(tasks: Vec<Task>, compare: &[How], policy: RetryPolicy) -> Stage {
    let config = Config {
        scenario: Scenario::of(tasks),
        compare: compare.to_vec(),
        policy,
        ..Config::default()
    };
    let tasks = config.scenario.tasks.clone();
    let mut staged = Staged::loading(config);
    staged.tell(Msg::Loaded(Backing::Timers));
    staged.tell(Msg::Started(Backing::Timers));
    for (index, how) in compare.iter().enumerate() {
        staged.tell(Msg::Began(index));
        for event in events_under(&tasks, *how, &policy) {
            staged.tell(Msg::Happened(index, event));
        }
    }
    staged.tell_at(staged.stage.duration(Millis::new(1e9)).ms(), Msg::Finished);
    staged.stage
}

fn dashboard() -> Stage {
    finished(
        Scenario::default().tasks,
        &[How::Sequential, How::Join],
        RetryPolicy::default(),
    )
}

fn file(stage: &Stage, file: &str) -> String {
    content(stage, Millis::new(1e9), file).expect("the file is there")
}

/// Names that would break out of wherever they are written.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        Just("</style><script>alert(1)</script>".to_owned()),
        Just("\"]}},{\"ph\":\"X\"".to_owned()),
        Just("\u{ffff}\u{0}]]>&amp;\u{2028}\\".to_owned()),
    ]
}

fn renamed(mut tasks: Vec<Task>, names: &[String]) -> Vec<Task> {
    for (task, name) in tasks.iter_mut().zip(names) {
        task.name.clone_from(name);
    }
    tasks
}

/// What a trace says of one attempt: kitchen, place, name, and from when and
/// until when in hundredths of a millisecond.
type Said = (usize, usize, String, i64, i64);

#[expect(clippy::cast_possible_truncation, reason = "a test's times are short")]
fn hundredths(ms: f64) -> i64 {
    (ms * 100.0).round() as i64
}

fn calls(trace: &Value) -> Vec<&Value> {
    let events = trace["traceEvents"].as_array().expect("a list of events");
    events.iter().filter(|event| event["ph"] == "X").collect()
}

fn said(call: &Value) -> Said {
    let number = |field: &str| call[field].as_f64().expect("a number");
    let whole = |field: &str| call[field].as_u64().expect("a count") as usize;
    let (from, took) = (number("ts") / 1000.0, number("dur") / 1000.0);
    let name = call["name"].as_str().expect("a name").to_owned();
    let until = hundredths(from + took);
    (whole("pid"), whole("tid"), name, hundredths(from), until)
}

/// The same from the recorded timelines, with how each attempt may have ended.
fn recorded(stage: &Stage) -> Vec<(Said, Vec<&'static str>)> {
    let recording = stage.recording();
    let mut all = Vec::new();
    for (process, run) in recording.runs().iter().enumerate() {
        for (span, task) in run
            .timeline()
            .spans()
            .iter()
            .zip(&recording.scenario().tasks)
        {
            let (_, outcome) = span.ended.expect("it is over");
            for (index, attempt) in span.attempts.iter().enumerate() {
                let outcomes = if index + 1 < span.attempts.len() {
                    vec!["retried"]
                } else if outcome.word() == "cancelled" {
                    // In flight, or while it waited to be tried again.
                    vec!["cancelled", "retried"]
                } else {
                    vec![outcome.word()]
                };
                let from = hundredths(attempt.started.ms());
                let until = hundredths(attempt.ended.expect("it is over").ms());
                let said = (
                    process + 1,
                    attempt.slot + 1,
                    task.name.clone(),
                    from,
                    until,
                );
                all.push((said, outcomes));
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_trace_has_every_attempt_with_its_name_and_its_times(
        tasks in tasks(),
        compare in proptest::collection::vec(how(), 2..=4),
        policy in policy(),
        names in proptest::collection::vec(hostile(), 40),
    ) {
        let stage = finished(renamed(tasks, &names), &compare, policy);
        let trace: Value = serde_json::from_str(&file(&stage, "trace.json")).expect("JSON");
        let mut expected = recorded(&stage);
        for call in calls(&trace) {
            let said = said(call);
            let outcome = call["args"]["outcome"].as_str().expect("how it ended");
            // Two of one name may have been there in no time, one after the other.
            let alike = expected.iter().enumerate();
            let alike = alike.filter(|(_, (other, may))| *other == said && may.contains(&outcome));
            let place = alike.min_by_key(|(_, (_, may))| may.len()).map(|(place, _)| place);
            prop_assert!(place.is_some(), "{outcome} of {said:?}, of {expected:?}");
            expected.swap_remove(place.expect("it happened, and once"));
        }
        prop_assert!(expected.is_empty(), "left out: {expected:?}");
    }

    #[test]
    fn calls_on_one_thread_of_a_trace_never_overlap(
        tasks in tasks(),
        how in how(),
        policy in policy(),
    ) {
        let stage = finished(tasks, &[how, how], policy);
        let trace: Value = serde_json::from_str(&file(&stage, "trace.json")).expect("JSON");
        let mut threads: BTreeMap<(usize, usize), Vec<(i64, i64)>> = BTreeMap::new();
        for call in calls(&trace) {
            let (process, thread, _, from, until) = said(call);
            threads.entry((process, thread)).or_default().push((from, until));
        }
        for calls in threads.values_mut() {
            calls.sort_unstable();
            for pair in calls.windows(2) {
                prop_assert!(pair[0].1 <= pair[1].0, "{pair:?}");
            }
        }
    }

    #[test]
    fn pictures_are_well_formed_whatever_the_names(
        tasks in tasks(),
        compare in proptest::collection::vec(how(), 2..=4),
        names in proptest::collection::vec(hostile(), 40),
        at in 0.0..60_000.0_f64,
    ) {
        let mut stage = finished(renamed(tasks, &names), &compare, RetryPolicy::default());
        stage.update(Msg::Played(Verb::Seek(Millis::new(at))), Millis::new(1e9));
        for picture in ["kitchens.svg", "timeline.svg"] {
            let picture = file(&stage, picture);
            let parsed = roxmltree::Document::parse(&picture).expect("well-formed");
            for node in parsed.descendants() {
                let tag = node.tag_name().name();
                prop_assert!(!matches!(tag, "script" | "style" | "foreignObject"));
            }
        }
    }
}

#[test]
fn the_same_recording_and_time_give_the_same_bytes() {
    for (ending, _) in FILES {
        let (one, other) = (dashboard(), dashboard());
        assert_eq!(file(&one, ending), file(&other, ending), "{ending}");
    }
}

#[test]
fn pictures_have_every_kitchen_and_say_what_was_run() {
    let stage = dashboard();
    for ending in ["kitchens.svg", "timeline.svg", "kitchens.png"] {
        let picture = file(&stage, ending);
        let parsed = roxmltree::Document::parse(&picture).expect("well-formed");
        let root = parsed.root_element();
        assert_eq!(
            root.tag_name().namespace(),
            Some("http://www.w3.org/2000/svg")
        );
        for side in ["width", "height"] {
            let side: f64 = root
                .attribute(side)
                .expect("a size")
                .parse()
                .expect("a number");
            assert!(side > 100.0);
        }
        let words: String = parsed
            .descendants()
            .filter_map(|node| node.text())
            .collect();
        for said in [
            "One after another",
            "All at once",
            "Dashboard",
            "simulated",
            "user",
        ] {
            assert!(words.contains(said), "{ending}: no “{said}” in {words}");
        }
    }
}

#[test]
fn the_kitchens_are_those_of_the_playhead_and_the_timeline_is_whole() {
    let at = |ms: f64| {
        let mut stage = dashboard();
        stage.update(Msg::Played(Verb::Seek(Millis::new(ms))), Millis::new(1e9));
        (file(&stage, "kitchens.svg"), file(&stage, "timeline.svg"))
    };
    let (early, late) = (at(600.0), at(2000.0));
    assert_ne!(early.0, late.0);
    assert!(early.0.contains("0.60 s") && late.0.contains("2.00 s"));
    assert_eq!(early.1, late.1);
    assert!(early.1.contains("1.3 s<tspan") && early.1.contains("given back"));
    assert!(!early.1.contains("chart__playhead"), "a whole has no now");
}

/// Programs differ in what they do with strokes that are to stay as thick as
/// they are in a picture that does not stay as large.
#[test]
fn bars_are_where_the_axis_has_them_and_grow_with_the_file() {
    let svg = file(&dashboard(), "timeline.svg");
    assert!(!svg.contains("vector-effect"), "{svg}");
    // 664 pixels are 2.5 s and the margin of an axis that fits it.
    let pixels = |ms: f64| decimal::short(ms / (2500.0 * 1.25) * 664.0);
    let parsed = roxmltree::Document::parse(&svg).expect("SVG");
    let good = parsed
        .descendants()
        .filter(|node| node.attribute("class") == Some("chart__ok"));
    let drawn: Vec<&str> = good.filter_map(|node| node.attribute("d")).collect();
    let bars = |ends: [(f64, f64); 3]| -> String {
        let rows = ["10", "30", "50"].into_iter().zip(ends);
        rows.map(|(row, (from, to))| {
            let from = if from > 0.0 { pixels(from) } else { "0".into() };
            format!("M{from} {row}H{}", pixels(to))
        })
        .collect()
    };
    let in_turn = bars([(0.0, 500.0), (500.0, 1300.0), (1300.0, 2500.0)]);
    let together = bars([(0.0, 500.0), (0.0, 800.0), (0.0, 1200.0)]);
    assert_eq!(drawn, [in_turn, together]);
}

#[test]
fn names_are_cut_before_they_run_into_the_lanes() {
    let mut tasks = Scenario::default().tasks;
    tasks[0].name = "a-service-with-a-very-long-name".to_owned();
    let stage = finished(tasks, &[How::Sequential, How::Join], RetryPolicy::default());
    let picture = file(&stage, "timeline.svg");
    assert!(picture.contains("a-service-with-a-…"), "{picture}");
}

#[test]
fn processes_and_threads_have_names() {
    let trace: Value = serde_json::from_str(&file(&dashboard(), "trace.json")).expect("JSON");
    let named = |what: &str| -> Vec<String> {
        let events = trace["traceEvents"].as_array().expect("events");
        let named = events.iter().filter(|event| event["name"] == what);
        named
            .map(|event| {
                format!(
                    "{}.{} {}",
                    event["pid"], event["tid"], event["args"]["name"]
                )
            })
            .collect()
    };
    assert_eq!(
        named("process_name"),
        ["1.0 \"One after another\"", "2.0 \"All at once\""]
    );
    assert_eq!(
        named("thread_name"),
        [
            "1.1 \"burner\"",
            "2.1 \"burner\"",
            "2.2 \"burner\"",
            "2.3 \"burner\""
        ]
    );
    assert_eq!(trace["otherData"]["source"], "simulated");
}

#[test]
fn what_the_browser_held_back_takes_its_place_when_it_leaves() {
    let mut tasks = parse_tasks("a:100,b:100").expect("tasks");
    for task in &mut tasks {
        task.point_at(EndpointUrl::parse("https://a.example/", parse_url).expect("a URL"));
    }
    let mut recording = Recording::new(
        Scenario::custom(tasks),
        &[How::Join, How::Join],
        &RetryPolicy::default(),
        Source::Network,
        &Hosts::default(),
    );
    let ms = |ms: u32| Millis::new(ms.into());
    let began = ms(1000);
    recording.begin(0, began);
    for (at, task, kind) in [
        (0, 0, EventKind::Queued),
        (0, 1, EventKind::Queued),
        (0, 0, EventKind::Started(Resource::Connection)),
        (0, 1, EventKind::Started(Resource::Connection)),
        (100, 0, EventKind::Ended(Outcome::Ok)),
        (200, 1, EventKind::Ended(Outcome::Ok)),
    ] {
        let at = ms(at);
        recording
            .record(0, Event { at, task, kind })
            .expect("in order");
    }
    let entry = |departed: u32, ended: u32| ResourceTiming {
        url: "https://a.example/".into(),
        connect_start: began,
        connect_end: began,
        start: began,
        request_start: began + ms(departed),
        response_start: began + ms(ended),
        response_end: began + ms(ended),
        ..ResourceTiming::default()
    };
    recording.measure(0, &[entry(0, 100), entry(100, 200)], Vec::new());
    let trace: Value = serde_json::from_str(&trace(&recording)).expect("JSON");
    let said: Vec<Said> = calls(&trace).into_iter().map(said).collect();
    let (a, b) = ("a".to_owned(), "b".to_owned());
    assert_eq!(said, [(1, 1, a, 0, 10_000), (1, 1, b, 10_000, 20_000)]);
    assert_eq!(calls(&trace)[1]["args"]["stalledMs"], 100);
}

#[test]
fn there_is_nothing_to_take_away_before_a_run_and_no_result_before_its_end() {
    for (ending, _) in FILES {
        assert!(!is_there(State::Loading, ending) && !is_there(State::Ready, ending));
        assert_eq!(is_there(State::Running, ending), !ending.ends_with(".json"));
        assert!(is_there(State::Finished, ending) && is_there(State::Failed, ending));
    }
    let mut stage = dashboard();
    stage.update(Msg::Reset, Millis::ZERO);
    assert_eq!(content(&stage, Millis::ZERO, "timeline.svg"), None);
    assert_eq!(content(&dashboard(), Millis::ZERO, "../../passwd"), None);
}

#[test]
fn a_run_in_progress_has_pictures() {
    let stage = Staged::running(Config::default()).stage;
    for ending in ["kitchens.svg", "timeline.svg"] {
        let picture = content(&stage, Millis::new(5.0), ending).expect("a picture");
        assert!(roxmltree::Document::parse(&picture).is_ok());
    }
}

#[test]
fn files_are_named_after_what_was_run() {
    assert_eq!(
        name(&dashboard(), "timeline.svg"),
        "expert-chef-dashboard-timeline.svg"
    );
}
