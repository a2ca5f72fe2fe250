//! Promises of what is drawn ahead: it is what a run would record, it is shown at
//! its moment, and nobody takes it for a run.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Behaviour, Scenario, Target, Task, Work};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::recorded::timeline::{Span, Timeline};
use expert_chef_core::run::event::EventKind;
use expert_chef_core::shown::chart::Chart;
use expert_chef_core::shown::figure::Figure;
use expert_chef_core::shown::stage::{Asker, Effect, Msg, Stage, State};
use expert_chef_core::shown::verdict::headline;
use expert_chef_core::written;
use proptest::prelude::*;
use support::stages::{PAGE, WORKER};
use support::{any_how, any_tasks, how, parse_url, policy, timeline, timeline_under};

/// The same without the headers of answers, of which theory says nothing.
fn without_headers(timeline: &Timeline) -> Timeline {
    let mut bare = Timeline::new(timeline.spans().len());
    for event in timeline.events() {
        if event.kind != EventKind::FirstByte {
            bare.record(*event).expect("events come in order");
        }
    }
    bare
}

fn ahead(tasks: Vec<Task>, how: How, policy: &RetryPolicy) -> Timeline {
    let scenario = Scenario::custom(tasks);
    let ahead = Recording::drawn_ahead(scenario, &[how], policy, &Hosts::default());
    ahead.expect("a forecast").runs()[0].recorded().clone()
}

/// What it shares with what a program records: without when answers were there,
/// noticed or not.
fn recorded(timeline: &Timeline) -> Vec<Span> {
    let mut spans = timeline.spans().to_vec();
    for attempt in spans.iter_mut().flat_map(|span| &mut span.attempts) {
        attempt.arrived = None;
    }
    spans
}

/// Calls without faults, no two of which take as long: nothing is left to who
/// comes first.
fn plain() -> impl Strategy<Value = Vec<Task>> {
    let latencies = proptest::collection::btree_set(1_u32..30_000, 1..12);
    latencies.prop_shuffle_tasks()
}

trait ShuffleTasks {
    fn prop_shuffle_tasks(self) -> BoxedStrategy<Vec<Task>>;
}

impl<S: Strategy<Value = std::collections::BTreeSet<u32>> + 'static> ShuffleTasks for S {
    fn prop_shuffle_tasks(self) -> BoxedStrategy<Vec<Task>> {
        self.prop_map(|set| set.into_iter().collect::<Vec<_>>())
            .prop_shuffle()
            .prop_map(|latencies| {
                let task = |latency: u32| Task {
                    name: format!("task {latency}"),
                    start: Millis::ZERO,
                    work: Work::Call(Target::Service(Behaviour {
                        latency: Millis::new(latency.into()),
                        jitter: Millis::ZERO,
                        fault: None,
                    })),
                };
                latencies.into_iter().map(task).collect()
            })
            .boxed()
    }
}

proptest! {
    #[test]
    fn plain_calls_are_drawn_as_a_run_records_them(tasks in plain(), how in how()) {
        let run = without_headers(&timeline(&tasks, how));
        let drawn = ahead(tasks, how, &RetryPolicy::default());
        prop_assert_eq!(recorded(&drawn), run.spans());
        prop_assert_eq!(drawn.makespan(), run.makespan());
    }

    #[test]
    fn whatever_is_expected_is_drawn_as_a_run_records_it(
        tasks in any_tasks(), how in any_how(), policy in policy(),
    ) {
        let run = without_headers(&timeline_under(&tasks, how, &policy));
        let drawn = ahead(tasks, how, &policy);
        prop_assert_eq!(recorded(&drawn), run.spans());
    }
}

fn stage(query: &str) -> Stage {
    let (config, problems) = Config::parse(query, parse_url);
    assert!(problems.is_empty(), "{problems:?}");
    let mut stage = Stage::new(Figure::panel(config.show), config, problems, PAGE);
    stage.update(Msg::Loaded(WORKER), Millis::ZERO);
    stage
}

#[test]
fn a_still_stands_at_its_moment_until_it_is_run_and_again_after_reset() {
    let now = Millis::new(50.0);
    let mut stage = stage("at=600");
    let stands = |stage: &Stage| {
        assert_eq!(stage.drawn().source(), Source::Ahead);
        assert_eq!(stage.recording().source(), Source::ServiceWorker);
        assert_eq!(stage.state(), State::Ready);
        assert!(!stage.is_guessing() && !stage.is_moving());
        for run in 0..2 {
            assert_eq!(stage.time(run, now), Millis::new(600.0));
        }
        let chart = Chart::at(stage, now, &[Millis::new(600.0); 2]);
        assert_eq!(chart.playhead, Some(Millis::new(600.0)));
        assert!(!chart.is_seekable);
        let shown: Vec<&str> = chart.rows.iter().map(|row| &*row.labels[0].text).collect();
        assert_eq!(shown, ["✓ 500", "✓ 500"]);
    };
    stands(&stage);
    // Nothing of it is measured, or can be taken away as if it were.
    assert!(
        headline(stage.recording(), stage.state())
            .sentence
            .contains("says theory")
    );
    assert!(
        stage
            .recording()
            .runs()
            .iter()
            .all(|run| run.total().is_none())
    );
    assert_eq!(written::content(&stage, now, "result.json"), None);

    let effects = stage.update(Msg::Asked(Asker::User), now);
    assert!(effects.contains(&Effect::Perform(0..2)), "{effects:?}");
    stage.update(Msg::Started(WORKER), now);
    stage.update(Msg::Began(0), now);
    assert_eq!(stage.drawn().source(), Source::ServiceWorker);
    assert_eq!(stage.time(0, now), Millis::ZERO);
    stage.update(Msg::Reset, now);
    stands(&stage);
}

#[test]
fn other_orders_bring_another_still_or_none() {
    let mut stage = stage("at=600&embed=1");
    let mut turn = |query: &str| {
        let (config, problems) = Config::parse(query, parse_url);
        let msg = Msg::Configured(
            Box::new(config),
            problems,
            expert_chef_core::shown::stage::Orderer::Program,
        );
        stage.update(msg, Millis::ZERO);
        (
            stage.drawn().source(),
            stage.drawn().runs()[0].total(),
            stage.figure().parts.words(),
        )
    };
    let total = Some(Millis::new(30.0));
    assert_eq!(
        turn("at=5&tasks=a:10,b:20&show=lanes"),
        (Source::Ahead, total, "lanes".into())
    );
    let usual = "picture,lanes,result,controls".to_owned();
    assert_eq!(
        turn("tasks=a:10,b:20"),
        (Source::ServiceWorker, None, usual)
    );
}
