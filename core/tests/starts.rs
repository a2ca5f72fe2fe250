//! Promises of tasks that have a time before which nobody begins them: how that
//! is asked for, that everybody keeps to it, and that nothing loses it.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::editor::{Direction, Edit, Editor, Field};
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{
    MAX_START, Scenario, Task, TasksError, parse_tasks, tasks_to_string,
};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::shown::words;
use proptest::prelude::*;
use support::{any_how, mixed, parse_url, policy, run, timeline, timeline_under};

fn tasks(list: &str) -> Vec<Task> {
    parse_tasks(list).expect("tasks")
}

/// From when until when each task is under way.
fn spans(list: &str, how: How) -> Vec<(f64, f64)> {
    let timeline = timeline(&tasks(list), how);
    let spans = timeline.spans().iter().map(|span| {
        let (end, _) = span.ended.expect("it ended");
        (span.started().expect("it was begun").ms(), end.ms())
    });
    spans.collect()
}

proptest! {
    #[test]
    fn nobody_begins_a_task_before_its_time(
        tasks in mixed(), how in any_how(), policy in policy(),
    ) {
        let timeline = timeline_under(&tasks, how, &policy);
        for (task, span) in tasks.iter().zip(timeline.spans()) {
            prop_assert!(span.started().is_none_or(|started| started >= task.start));
            prop_assert!(span.handed.is_none_or(|(handed, _)| handed >= task.start));
        }
    }

    #[test]
    fn all_at_once_each_call_begins_at_its_very_time(tasks in support::tasks()) {
        let timeline = timeline(&tasks, How::Join);
        for (task, span) in tasks.iter().zip(timeline.spans()) {
            prop_assert_eq!(span.started(), Some(task.start));
        }
    }
}

#[test]
fn a_start_stands_behind_a_time_and_has_one_way_to_be_written() {
    for (asked, written) in [
        ("user:500@300", "user:500@300"),
        ("user:500@0", "user:500"),
        ("user:500@300.50", "user:500@300.5"),
        ("user:500@30000", "user:500@30000"),
        ("user:500~100@300", "user:500~100@300"),
        ("user:500@300:503*2", "user:500@300:503*2"),
        ("user:500:503@300", "user:500@300:503"),
        ("onions:600cpu@200", "onions:600cpu@200"),
        ("a:300+200cpu@100", "a:300+200cpu@100"),
        ("a:300@100+200cpu", "a:300+200cpu@100"),
        ("a:300@100 200cpu", "a:300+200cpu@100"),
        ("a:300:503+200cpu@100", "a:300:503+200cpu@100"),
        ("a@b:5@1", "a@b:5@1"),
    ] {
        assert_eq!(tasks_to_string(&tasks(asked)), written, "{asked}");
    }
    assert_eq!(tasks("user:500@300")[0].start, Millis::new(300.0));
    assert_eq!(tasks("user:500@30000")[0].start, MAX_START);
    // Of an address of one's own it may be all that is known.
    let query = "tasks=a%3A%3F%40300&endpoint=a%40https%3A%2F%2Fa.example%2F";
    let (config, problems) = Config::parse(query, parse_url);
    assert_eq!(problems, []);
    assert_eq!(config.scenario.tasks[0].start, Millis::new(300.0));
    let (back, _) = Config::parse(&config.to_query(), parse_url);
    assert_eq!(back.scenario, config.scenario);
}

#[test]
fn a_start_that_cannot_be_used_is_named_with_what_can() {
    for (list, start) in [
        ("user:500@", ""),
        ("user:500@x", "x"),
        ("user:500@-1", "-1"),
        ("user:500@30000.01", "30000.01"),
        ("user:500@1@2", "1@2"),
        ("user:500@ 300", ""),
        ("user:500@600cpu", "600cpu"),
    ] {
        let error = parse_tasks(list).expect_err(list);
        assert_eq!(error, TasksError::Start("user".into(), start.into()));
        let sentence = error.to_string();
        assert!(sentence.contains(&format!("“{start}”")), "{sentence}");
        assert!(sentence.contains("0 to 30,000 ms after"), "{sentence}");
        assert!(sentence.contains("user:500@300"), "{sentence}");
    }
    assert!(matches!(parse_tasks("a:@5"), Err(TasksError::Latency(..))));
}

#[test]
fn whoever_waits_for_a_time_keeps_the_place_meanwhile() {
    let list = "a:100@300,b:100";
    assert_eq!(spans(list, How::Join), [(300.0, 400.0), (0.0, 100.0)]);
    for how in [How::Sequential, How::Pool(1), How::Workers(1)] {
        assert_eq!(spans(list, how), [(300.0, 400.0), (400.0, 500.0)], "{how}");
    }
    let list = "a:100@300,b:100,c:100";
    for how in [How::Pool(2), How::Workers(2)] {
        let all = [(300.0, 400.0), (0.0, 100.0), (100.0, 200.0)];
        assert_eq!(spans(list, how), all, "{how}");
    }
    // A time that has gone by is waited for by nobody.
    let late = [(0.0, 500.0), (500.0, 600.0)];
    assert_eq!(spans("a:500,b:100@300", How::Sequential), late);
}

#[test]
fn hands_that_are_full_begin_it_when_they_are_free() {
    let list = "chop:600cpu,user:100@200,slice:50cpu@300";
    let spans = spans(list, How::Join);
    assert_eq!(spans, [(0.0, 600.0), (600.0, 700.0), (600.0, 650.0)][..]);
}

#[test]
fn trying_again_waits_for_no_start() {
    let policy = RetryPolicy {
        retries: 1,
        backoff: Millis::ZERO,
        ..RetryPolicy::NONE
    };
    let timeline = timeline_under(&tasks("a:100@300:503*1"), How::Join, &policy);
    let attempts = timeline.spans()[0].attempts.iter();
    let starts: Vec<f64> = attempts.map(|attempt| attempt.started.ms()).collect();
    assert_eq!(starts, [300.0, 400.0]);
}

#[test]
fn what_is_over_before_its_time_is_never_begun() {
    let never_begun = |timeline: &Timeline| {
        let span = &timeline.spans()[1];
        let ended = span.ended.expect("it ended");
        assert_eq!(ended, (Millis::new(100.0), Outcome::Cancelled));
        assert!(span.attempts.is_empty());
    };
    never_begun(&timeline(&tasks("a:100,b:50@300"), How::First));
    never_begun(&timeline(&tasks("a:100:503,b:50@300"), How::FailFast));
}

#[test]
fn the_editor_keeps_it_whatever_else_is_changed() {
    let mut editor = Editor::new(&tasks("a:500@300,b:20"));
    let typed = |field, text: &str| Edit::Type(0, field, text.into());
    for edit in [
        typed(Field::Name, "user"),
        typed(Field::Latency, "400"),
        typed(Field::Jitter, "50"),
        typed(Field::Compute, "20"),
        typed(Field::Address, "https://a.example/"),
        typed(Field::Address, ""),
        typed(Field::Compute, ""),
        Edit::Fault(0, "503".parse().ok()),
        Edit::Repeat(0, "2".into()),
        Edit::Move(2, Direction::Up),
    ] {
        assert!(editor.apply(edit.clone(), parse_url), "{edit:?}");
    }
    let written = tasks_to_string(editor.tasks());
    assert_eq!(written, "user:400~50@300:503,b:20,user 2:400~50@300:503");
}

#[test]
fn what_a_total_should_be_is_a_schedule_where_there_are_times_to_wait_for() {
    let run_of = |list| run(&tasks(list), How::Sequential);
    let predicted = |list| run_of(list).predicted().map(Millis::ms);
    assert_eq!(predicted("a:100@300,b:100"), Some(500.0));
    let config = |query| Config::parse(query, parse_url).0;
    let recording = |query| {
        let config: Config = config(query);
        support::stages::Staged::ready(config)
            .stage
            .recording()
            .clone()
    };
    let [timed, plain] = ["tasks=a:100@300,b:100", "tasks=a:100,b:100"].map(recording);
    for how in [How::Sequential, How::Join, How::Pool(2)] {
        assert_eq!(words::theory(how, &timed), "the schedule");
    }
    assert_eq!(words::theory(How::Sequential, &plain), "the sum");
    assert_eq!(words::theory(How::Join, &plain), "the longest");
    // It is another scenario than the same calls without a start.
    let dashboard = Scenario::of(tasks("user:500@1,billing:800,orders:1200"));
    assert_eq!(dashboard.id, "custom");
    assert!(dashboard.is_timed() && !Scenario::default().is_timed());
}
