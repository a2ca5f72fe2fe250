//! Promises about work for the processor: how it is asked for, what is recorded
//! of it by the page's hands and by workers, and what is seen of that.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::editor::{Edit, EditError, Editor, Field};
use expert_chef_core::asked::form::Setting;
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{
    MAX_COMPUTE, Scenario, Target, Task, Work, parse_tasks, tasks_to_string,
};
use expert_chef_core::asked::strategy::{MAX_WORKERS, Strategy as How};
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::phases::ResourceTiming;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::recorded::timeline::{Status, Timeline};
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::chart::{Chart, Grid, LanesCache};
use expert_chef_core::shown::kitchen::kitchen;
use expert_chef_core::shown::scene::{Chef, Doing, Scene};
use expert_chef_core::shown::stage::{Asker, Effect, Msg, Stage};
use expert_chef_core::shown::words;
use expert_chef_core::written::result::result;
use proptest::prelude::*;
use support::stages::{SERVICES, Staged, WORKER};
use support::{any_tasks, events_under, parse_url, run, run_of};

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

fn tasks(list: &str) -> Vec<Task> {
    parse_tasks(list).expect("tasks")
}

fn parse(query: &str) -> (Config, Vec<String>) {
    let (config, problems) = Config::parse(query, parse_url);
    let problems = problems.into_iter().map(|problem| problem.sentence);
    (config, problems.collect())
}

proptest! {
    #[test]
    fn tasks_come_back_from_a_link(tasks in any_tasks()) {
        let scenario = Scenario::custom(tasks);
        let list = tasks_to_string(&scenario.tasks);
        prop_assert_eq!(parse_tasks(&list), Ok(scenario.tasks.clone()));
        let config = Config { scenario, ..Config::default() };
        let (back, problems) = parse(&config.to_query());
        prop_assert!(problems.is_empty(), "{problems:?}");
        prop_assert_eq!(back.scenario.tasks, config.scenario.tasks);
    }
}

#[test]
fn work_is_asked_for_beside_calls_and_after_them() {
    let works: Vec<Work> = tasks("onions:600cpu,user:300,report:300:503+200.5cpu")
        .into_iter()
        .map(|task| task.work)
        .collect();
    assert_eq!(works[0], Work::Compute(ms(600.0)));
    assert!(matches!(works[1], Work::Call(Target::Service(_))));
    let compute = works[2].compute();
    assert_eq!(compute, Some(ms(200.5)));
    let report = Task {
        name: "report".into(),
        start: Millis::ZERO,
        work: works[2].clone(),
    };
    let behaviour = report.behaviour().expect("a call first");
    assert_eq!(behaviour.latency, ms(300.0));
    assert!(behaviour.fault.is_some());
    // A plus sign that nobody escaped is a blank by the time it is read.
    let (config, problems) = parse("tasks=report:300+200cpu");
    assert_eq!(problems, [""; 0]);
    assert_eq!(config.scenario.tasks, tasks("report:300+200cpu"));
    // Work on what an address of one's own sends, of which nothing is known.
    let (config, problems) = parse("tasks=a:?%2B50cpu&endpoint=a@https://a.example/");
    assert_eq!(problems, [""; 0]);
    let task = &config.scenario.tasks[0];
    assert!(task.endpoint().is_some() && task.behaviour().is_none());
    assert_eq!(task.work.compute(), Some(ms(50.0)));
    assert_eq!(parse(&config.to_query()).0.scenario, config.scenario);
}

#[test]
fn what_cannot_be_done_gets_a_sentence_and_a_default() {
    for (query, words) in [
        ("tasks=a:5001cpu", ["“5001cpu”", "0 to 5,000 ms"]),
        ("tasks=a:12000cpu", ["“12000cpu”", "0 to 5,000 ms"]),
        ("tasks=a:-1cpu", ["“-1cpu”", "onions:600cpu"]),
        ("tasks=a:cpu", ["“cpu”", "onions:600cpu"]),
        ("tasks=a:600cpu600cpu", ["“600cpu600cpu”", "onions:600cpu"]),
        ("tasks=a:40000%2B1cpu", ["“40000”", "0 to 30,000 ms"]),
        ("compare=join,workers:0", ["“workers:0”", "1 to 16"]),
        ("compare=join,workers:1000", ["“workers:1000”", "1 to 16"]),
        ("compare=join,workers:", ["“workers:”", "1 to 16"]),
    ] {
        let (config, problems) = parse(query);
        assert_eq!(problems.len(), 1, "{query}: {problems:?}");
        for word in words {
            assert!(problems[0].contains(word), "{word} in {}", problems[0]);
        }
        assert_eq!(config, Config::default(), "{query}");
    }
    let (config, problems) = parse("compare=workers,workers:16&tasks=a:5000cpu");
    assert_eq!(problems, [""; 0]);
    assert_eq!(config.compare, [How::Workers(0), How::Workers(MAX_WORKERS)]);
    assert_eq!(config.scenario.tasks[0].work.compute(), Some(MAX_COMPUTE));
}

#[test]
fn kitchens_with_work_take_turns_and_workers_are_among_them() {
    let (config, _) = parse("tasks=a:600cpu&mode=race");
    assert!(config.has_to_take_turns());
    assert_eq!(
        config.compare,
        [How::Sequential, How::Join, How::Workers(0)]
    );
    assert!(
        !config.to_query().contains("compare"),
        "{}",
        config.to_query()
    );
    assert!(words::about(&config).contains("stands still"));
    assert!(!parse("tasks=a:600&mode=race").0.has_to_take_turns());
}

#[test]
fn workers_are_set_in_the_form() {
    let set = |config: &Config, name, value| {
        let setting = Setting::from_dom(name, 1, value).expect("a value that can be used");
        config.with(setting.expect("a setting"))
    };
    let config = set(&Config::default(), "strategy", "workers");
    assert_eq!(config.compare[1], How::Workers(0));
    let config = set(&config, "workers", "3");
    assert_eq!(config.compare[1], How::Workers(3));
    // One that stays what it is keeps their number.
    let config = set(&config, "strategy", "workers");
    assert_eq!(config.compare[1], How::Workers(3));
    let config = set(&config, "workers", " ");
    assert_eq!(config.compare[1], How::Workers(0));
    for value in ["0", "17", "x"] {
        let problem = Setting::from_dom("workers", 1, value).expect_err("no such number");
        assert!(problem.sentence.contains("1 to 16"), "{problem}");
    }
}

#[test]
fn work_is_typed_and_taken_away_in_the_editor() {
    let mut editor = Editor::new(&tasks("a:500"));
    let mut enter = |field, text: &str| {
        editor.apply(Edit::Type(0, field, text.into()), parse_url);
        (tasks_to_string(editor.tasks()), editor.error(0, field))
    };
    let told = |list: &str, error| (list.to_owned(), error);
    assert_eq!(enter(Field::Compute, "200"), told("a:500+200cpu", None));
    let refused = Some(EditError::Compute);
    assert_eq!(enter(Field::Compute, "5001"), told("a:500+200cpu", refused));
    // Without a call it is work alone, and then there has to be some.
    assert_eq!(enter(Field::Latency, ""), told("a:200cpu", None));
    let nothing = Some(EditError::Nothing);
    assert_eq!(enter(Field::Compute, " "), told("a:200cpu", nothing));
    assert_eq!(enter(Field::Latency, "40"), told("a:40+200cpu", None));
    assert_eq!(enter(Field::Compute, ""), told("a:40", None));
    assert_eq!(
        enter(Field::Latency, ""),
        told("a:40", Some(EditError::Time))
    );
    assert_eq!(EditError::Nothing.sentence(), "Give it a call or work.");
}

/// A worker has a call and then work, another fails to start.
fn by_workers() -> Run {
    let event = |at: f64, task, kind| Event {
        at: ms(at),
        task,
        kind,
    };
    let started = EventKind::Started;
    run_of(
        &tasks("a:100+50cpu,b:50cpu,c:10cpu"),
        How::Workers(2),
        &RetryPolicy::NONE,
        [
            event(0.0, 0, EventKind::Queued),
            event(0.0, 1, EventKind::Queued),
            event(0.0, 2, EventKind::Queued),
            event(0.0, 0, EventKind::Handed),
            event(0.0, 1, EventKind::Handed),
            event(20.0, 0, started(Resource::Connection)),
            event(
                30.0,
                1,
                EventKind::Ended(Outcome::Failed(Failure::NoWorker)),
            ),
            event(30.0, 2, EventKind::Handed),
            event(120.0, 0, EventKind::FirstByte),
            event(121.0, 0, EventKind::Answered),
            event(122.0, 0, started(Resource::Worker)),
            event(130.0, 2, started(Resource::Worker)),
            event(140.0, 2, EventKind::Ended(Outcome::Ok)),
            event(172.0, 0, EventKind::Ended(Outcome::Ok)),
        ],
    )
}

#[test]
fn a_worker_has_one_task_from_when_it_is_handed_over_to_its_end() {
    let run = by_workers();
    let timeline = run.timeline();
    assert!(timeline.is_finished() && !run.is_success());
    let status = |task, at| timeline.status(task, ms(at));
    assert_eq!(status(0, 10.0), Status::Opening(Millis::ZERO, 0));
    assert_eq!(status(1, 10.0), Status::Opening(Millis::ZERO, 1));
    assert_eq!(status(0, 121.5), Status::Answered(ms(121.0)));
    assert_eq!(
        status(0, 130.0),
        Status::Holding(Resource::Worker, ms(122.0), 0)
    );
    // The place of the one that failed is the next one's.
    let handed = |task: usize| timeline.spans()[task].handed;
    assert_eq!(handed(2), Some((ms(30.0), 1)));
    let workers = |at| {
        let scene = Scene::at(&run, ms(at));
        let workers = scene.workers.iter().map(|one| (one.task, one.does));
        (workers.collect::<Vec<_>>(), scene.chef)
    };
    let (opening, waiting) = (Doing::Opening, Doing::Waiting);
    assert_eq!(
        workers(10.0),
        (vec![(Some(0), opening), (Some(1), opening)], Chef::AtEase)
    );
    assert_eq!(workers(50.0).0, [(Some(0), waiting), (Some(2), opening)]);
    let both = [(Some(0), Doing::Working), (Some(2), Doing::Working)];
    assert_eq!(workers(135.0).0, both);
    let resting = (None, Doing::Resting);
    assert_eq!(workers(150.0).0, [(Some(0), Doing::Working), resting]);
    assert_eq!(workers(172.0).0, [resting, resting]);
    let ready = run_of(&tasks("a:5cpu"), How::Workers(3), &RetryPolicy::NONE, []);
    let away = Scene::at(&ready, Millis::ZERO).workers;
    assert_eq!(
        away.iter().map(|one| one.does).collect::<Vec<_>>(),
        [Doing::Away; 3]
    );
}

#[test]
fn a_task_is_handed_to_one_worker_once() {
    let mut timeline = Timeline::new(1);
    let mut record = |at, kind| {
        let (at, task) = (ms(at), 0);
        timeline.record(Event { at, task, kind }).is_ok()
    };
    assert!(!record(0.0, EventKind::Handed), "before it is in line");
    assert!(record(0.0, EventKind::Queued));
    assert!(!record(0.0, EventKind::Answered), "before it was asked");
    assert!(record(1.0, EventKind::Handed));
    assert!(!record(2.0, EventKind::Handed));
    assert!(record(3.0, EventKind::Started(Resource::Worker)));
    assert!(!record(3.0, EventKind::Handed));
    assert!(record(
        4.0,
        EventKind::Ended(Outcome::Failed(Failure::WorkerDied))
    ));
    assert!(!record(5.0, EventKind::Handed));
}

#[test]
fn hands_that_are_full_hear_of_nothing_and_it_is_seen_where_the_browser_tells() {
    let list = "chop:600cpu,user:100";
    let mut staged = Staged::ready(parse(&format!("tasks={list}&compare=join,join&ask=off")).0);
    staged.tell(Msg::Started(WORKER));
    staged.tell(Msg::Began(0));
    for event in events_under(&tasks(list), How::Join, &RetryPolicy::NONE) {
        staged.tell(Msg::Happened(0, event));
    }
    let scene = |stage: &Stage, at| Scene::at(&stage.recording().runs()[0], ms(at));
    assert_eq!(scene(&staged.stage, 300.0).chef, Chef::Working(0));
    assert!(!scene(&staged.stage, 300.0).stove[0].is_unnoticed);

    let entry = ResourceTiming {
        url: format!("{SERVICES}user?ms=100"),
        response_end: ms(103.0),
        ..ResourceTiming::default()
    };
    let frames = [-10.0, 5.0, 610.0].map(ms).to_vec();
    staged.tell(Msg::Measured(0, vec![entry], frames));
    let stage = &staged.stage;
    let run = &stage.recording().runs()[0];
    let call = run.timeline().spans()[1].attempts[0];
    assert_eq!(
        (call.answered(), call.ended),
        (Some(ms(103.0)), Some(ms(600.0)))
    );
    assert!(!stage.recording().is_measured(), "no network was in it");
    assert!(!scene(stage, 102.0).stove[0].is_unnoticed);
    assert!(scene(stage, 300.0).stove[0].is_unnoticed);
    let picture = kitchen(&scene(stage, 300.0), &["chop", "user"], "").to_string();
    assert!(picture.contains("done and unnoticed: user"), "{picture}");
    assert!(picture.contains("hears of nothing else: chop"));
    // Its heart stood still with it.
    assert_eq!(run.stood_still(), Some(ms(605.0)));
    assert_eq!(scene(stage, 300.0).pulse, Some(ms(5.0)));
    assert_eq!(scene(stage, 610.0).pulse, Some(ms(610.0)));
}

#[test]
fn where_nothing_is_worked_on_there_is_no_heart_and_nothing_is_laid_over() {
    let run = run(&tasks("a:100,b:200"), How::Join);
    assert_eq!(Scene::at(&run, ms(50.0)).pulse, None);
    assert_eq!(run.stood_still(), None);
    let working = run_of(&tasks("a:5cpu"), How::Join, &RetryPolicy::NONE, []);
    assert_eq!(Scene::at(&working, ms(3.0)).pulse, Some(ms(3.0)));
}

#[test]
fn work_has_bars_of_its_own_and_so_has_the_price_of_a_worker() {
    let query = "tasks=a:100cpu,b:30%2B20cpu&compare=join,workers:2&at=140&ask=off";
    let stage = Staged::ready(parse(query).0).stage;
    let chart = Chart::at(&stage, Millis::ZERO, &[ms(140.0); 2]);
    let labels: Vec<&str> = chart.rows[0].labels.iter().map(|one| &*one.text).collect();
    assert_eq!(labels, ["✓ 100", "✓ 120"], "work is no other try");
    let mut cache = LanesCache::default();
    let lanes = chart.lanes(&chart.rows[0], Grid::Stretched, &mut cache);
    let lanes = lanes.to_string();
    for class in ["chart__work", "chart__unnoticed"] {
        assert!(lanes.contains(class), "{class} in {lanes}");
    }
    assert!(
        !lanes.contains("chart__opening"),
        "theory knows of no price"
    );
}

#[test]
fn the_result_counts_calls_and_not_work() {
    let mut staged = Staged::ready(parse("tasks=a:10%2B5cpu&compare=join,sequential&ask=off").0);
    staged.tell(Msg::Started(WORKER));
    for run in 0..2 {
        staged.tell(Msg::Began(run));
        for event in events_under(&tasks("a:10+5cpu"), How::Join, &RetryPolicy::NONE) {
            staged.tell(Msg::Happened(run, event));
        }
    }
    staged.tell(Msg::Finished);
    let result = result(staged.stage.recording())
        .expect("it is over")
        .to_string();
    assert!(!result.contains("attempts"), "{result}");
    assert!(result.contains("\"endMs\":15"), "{result}");
}

#[test]
fn work_that_would_freeze_the_page_for_long_waits_for_a_click() {
    for (tasks, runs) in [
        ("a:2000cpu,b:3000cpu", true),
        ("a:2000cpu,b:3001cpu", false),
    ] {
        let query = format!("tasks={tasks}&autorun=load&ask=off");
        let mut staged = Staged::loading(parse(&query).0);
        staged.tell(Msg::Loaded(WORKER));
        let performs = |staged: &Staged| {
            let mut effects = staged.effects.iter();
            effects.any(|effect| matches!(effect, Effect::Perform(_)))
        };
        assert_eq!(performs(&staged), runs, "{tasks}");
        staged.effects.clear();
        staged.tell(Msg::Asked(Asker::User));
        assert!(performs(&staged) || runs, "{tasks}");
    }
}

#[test]
fn the_source_of_work_is_the_processor() {
    let source = |list: &str| Source::of(&Scenario::custom(tasks(list)), WORKER);
    assert_eq!(source("a:5cpu,b:7cpu"), Source::Processor);
    assert_eq!(source("a:5cpu,b:7"), Source::ServiceWorker);
    assert_eq!(Source::Processor.word(), "processor");
    assert!(words::source(Source::Processor).1.contains("processor"));
}
