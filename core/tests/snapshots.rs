//! The pictures at fixed times, to the letter: whoever changes one sees what
//! changed. After a wanted change: `INSTA_UPDATE=always cargo test --test
//! snapshots`, and look at `cargo run --example contact_sheet`.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Scenario, Task, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::shown::chart::{Chart, Grid, LanesCache, Row};
use expert_chef_core::shown::curve::Curve;
use expert_chef_core::shown::figure::Size;
use expert_chef_core::shown::kitchen::kitchen;
use expert_chef_core::shown::lanes::Axis;
use expert_chef_core::shown::scene::Scene;
use support::{events, run};

/// An element a line, so that a difference is a line.
fn by_line(markup: impl std::fmt::Display) -> String {
    markup.to_string().replace("><", ">\n<")
}

fn picture(tasks: &[Task], how: How, at: f64) -> String {
    let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
    let scene = Scene::at(&run(tasks, how), Millis::new(at));
    by_line(kitchen(&scene, &names, &how.to_string()))
}

#[test]
fn kitchens_look_as_they_did() {
    let tasks = Scenario::default().tasks;
    for how in [How::Sequential, How::Join] {
        for at in [-1.0, 100.0, 450.0, 900.0, 1210.0, 2000.0, 3300.0] {
            let name = format!("kitchen-{how}-{at}");
            insta::assert_snapshot!(name, picture(&tasks, how, at));
        }
    }
}

#[test]
fn a_failure_looks_as_it_did() {
    let tasks = parse_tasks("user:500,billing:800:503,orders:1200").expect("tasks");
    for how in [How::Sequential, How::Join] {
        for at in [1400.0, 3300.0] {
            let name = format!("failure-{how}-{at}");
            insta::assert_snapshot!(name, picture(&tasks, how, at));
        }
    }
}

#[test]
fn lanes_look_as_they_did() {
    let mut recording = Recording::new(
        Scenario::custom(parse_tasks("user:500,billing:800:503,orders:1200").expect("tasks")),
        &[How::Sequential, How::Join],
        &RetryPolicy::default(),
        Source::ServiceWorker,
        &Hosts::default(),
    );
    for run in 0..2 {
        recording.begin(run, Millis::ZERO);
        let tasks = recording.scenario().tasks.clone();
        let how = recording.runs()[run].strategy().expect("ours");
        for event in events(&tasks, how) {
            recording.record(run, event).expect("in order");
        }
    }
    let axis = Axis::fitting(recording.extent());
    for at in [0.0, 600.0, 1600.0, 3000.0] {
        for run in 0..2 {
            let times = [Millis::new(at); 2];
            let chart = Chart {
                revision: 0,
                axis,
                marks: Vec::new(),
                rows: vec![Row::of(&recording, run, axis, &times, Size::Page)],
                playhead: Some(times[run]),
                is_seekable: true,
                is_dense: false,
            };
            let mut cache = LanesCache::default();
            let drawn = chart.lanes(&chart.rows[0], Grid::Stretched, &mut cache);
            insta::assert_snapshot!(format!("lanes-{run}-{at}"), by_line(drawn));
        }
    }
}

#[test]
fn a_curve_looks_as_it_did() {
    let list: Vec<String> = (1..=12).map(|n| format!("o{n}:200:limit-8")).collect();
    let tasks = parse_tasks(&list.join(",")).expect("tasks");
    let mut curve = Curve::of(&tasks, &RetryPolicy::NONE, 12);
    for workers in [1, 8, 10] {
        curve.add(&run(&tasks, How::Pool(workers)));
    }
    insta::assert_snapshot!("curve-limit", by_line(curve.draw()));
}
