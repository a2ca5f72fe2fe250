//! Promises of the curve of totals against workers: theory's points are those of
//! its predictions, a measured one is its run's, and the knee is where more
//! workers bring no more.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::EndpointUrl;
use expert_chef_core::asked::scenario::{Task, parse_tasks, parse_tasks_at};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::curve::{Curve, Point};
use proptest::prelude::*;
use support::{any_tasks, parse_url, policy, run, run_of, run_under};

const NONE: RetryPolicy = RetryPolicy::NONE;

/// So many calls.
fn calls(count: usize, asked: &str) -> Vec<Task> {
    let list: Vec<String> = (1..=count).map(|n| format!("o{n}:{asked}")).collect();
    parse_tasks(&list.join(",")).expect("tasks")
}

fn point(workers: usize, total: f64, refused: usize) -> Point {
    let total = Millis::new(total);
    Point {
        workers,
        total,
        refused,
    }
}

proptest! {
    #[test]
    fn on_a_perfect_clock_what_is_measured_lies_on_theorys_line(
        tasks in any_tasks(), policy in policy(), workers in proptest::collection::vec(1_usize..12, 1..6),
    ) {
        let mut curve = Curve::of(&tasks, &policy, 12);
        prop_assert_eq!(curve.theory.len(), 12);
        for workers in workers {
            curve.add(&run_under(&tasks, How::Pool(workers), &policy));
        }
        prop_assert!(curve.measured.iter().all(|point| curve.theory.contains(point)));
        prop_assert!(curve.measured.windows(2).all(|pair| pair[0].workers < pair[1].workers));
    }

    #[test]
    fn fewer_workers_than_at_the_knee_are_not_enough(
        tasks in any_tasks(), policy in policy(), up_to in 1_usize..20,
    ) {
        let curve = Curve::of(&tasks, &policy, up_to);
        let knee = curve.knee().expect("theory knows");
        let of = |workers: usize| curve.theory[workers - 1];
        let fewest = curve.theory.iter().map(|point| point.refused).min().expect("a point");
        prop_assert_eq!(of(knee).refused, fewest);
        for point in &curve.theory {
            if point.refused == fewest {
                prop_assert!(of(knee).total <= point.total * 1.05);
                prop_assert!(point.workers >= knee || point.total > of(knee).total);
            }
        }
    }

    #[test]
    fn every_number_of_the_picture_is_within_it(
        tasks in any_tasks(), policy in policy(), up_to in 0_usize..40,
    ) {
        let mut curve = Curve::of(&tasks, &policy, up_to);
        curve.add(&run_under(&tasks, How::Pool(3), &policy));
        let drawn = curve.draw().to_string();
        let picture = roxmltree::Document::parse(&drawn).expect("XML");
        let root = picture.root_element();
        prop_assert_eq!(root.attribute("viewBox"), Some("0 0 480 200"));
        prop_assert_eq!(root.attribute("role"), Some("img"));
        for node in root.descendants().filter(roxmltree::Node::is_element) {
            prop_assert!(node.attribute("class").is_some_and(|class| class.starts_with("curve")));
            for (name, most) in [("x", 480.0), ("x1", 480.0), ("x2", 480.0), ("cx", 480.0),
                ("y", 200.0), ("y1", 200.0), ("y2", 200.0), ("cy", 200.0)] {
                if let Some(place) = node.attribute(name) {
                    let place: f64 = place.parse().expect("a number");
                    prop_assert!((0.0..=most).contains(&place), "{} = {}", name, place);
                }
            }
        }
    }
}

#[test]
fn the_knee_is_where_more_workers_bring_no_more() {
    let knee = |tasks: &[Task], up_to| Curve::of(tasks, &NONE, up_to).knee();
    // 12 in turn, then 6, 4, 3, 3, 2, 2, 2, 2, 2, 2 and 1 at a time.
    assert_eq!(knee(&calls(12, "100"), 20), Some(12));
    assert_eq!(knee(&calls(12, "100"), 11), Some(6));
    assert_eq!(knee(&calls(12, "100"), 1), Some(1));
    // One that is long: the others are done meanwhile by few.
    let slow = parse_tasks("slow:1000,a:100,b:100,c:100,d:100").expect("tasks");
    assert_eq!(knee(&slow, 5), Some(2));
    // A twentieth more is as good.
    let nearly = parse_tasks("a:1000,b:950,c:50").expect("tasks");
    assert_eq!(knee(&nearly, 3), Some(2));
    assert_eq!(knee(&[], 0), None);
}

#[test]
fn quicker_by_failing_is_no_better() {
    let tasks = calls(12, "200:limit-4");
    let curve = Curve::of(&tasks, &NONE, 12);
    assert_eq!(curve.theory[3], point(4, 600.0, 0));
    assert_eq!(curve.theory[11], point(12, 200.0, 8));
    assert_eq!(curve.knee(), Some(4));
}

#[test]
fn a_later_run_of_as_many_workers_takes_the_place_of_the_earlier() {
    let tasks = calls(4, "100");
    let mut curve = Curve::of(&tasks, &NONE, 4);
    for how in [
        How::Pool(4),
        How::Pool(1),
        How::Join,
        How::Sequential,
        How::Workers(2),
    ] {
        curve.add(&run(&tasks, how));
    }
    assert_eq!(curve.measured, [point(1, 400.0, 0), point(4, 100.0, 0)]);
    curve.add(&run(&calls(4, "300:503"), How::Pool(1)));
    assert_eq!(curve.measured, [point(1, 1200.0, 4), point(4, 100.0, 0)]);
    // One that is under way has no total.
    curve.add(&run_of(&tasks, How::Pool(2), &NONE, []));
    assert_eq!(curve.measured.len(), 2);
}

#[test]
fn where_theory_does_not_know_there_is_no_line_and_no_knee() {
    let url = EndpointUrl::parse("https://a.example/", parse_url).expect("a URL");
    let tasks = parse_tasks_at("a:?,b:5", &[("a".into(), url)]).expect("tasks");
    let curve = Curve::of(&tasks, &NONE, 5);
    assert_eq!(curve, Curve::default());
    assert_eq!(curve.knee(), None);
    let drawn = curve.draw().to_string();
    assert!(
        !drawn.contains("curve__theory") && !drawn.contains("curve__knee"),
        "{drawn}"
    );
}

#[test]
fn it_says_in_words_what_it_shows() {
    let tasks = calls(12, "200:limit-4");
    let mut curve = Curve::of(&tasks, &NONE, 12);
    let said = |curve: &Curve| {
        let drawn = curve.draw().to_string();
        let picture = roxmltree::Document::parse(&drawn).expect("XML");
        let label = picture.root_element().attribute("aria-label");
        label.expect("a label").to_owned()
    };
    assert_eq!(
        said(&curve),
        "Total time against the number of workers. Theory: 2.4 s with 1 worker, 600 ms with \
         4 workers and 200 ms with 12 workers (8 tasks failed). Enough: 4 workers."
    );
    curve.add(&run(&tasks, How::Pool(1)));
    curve.add(&run(&tasks, How::Pool(5)));
    assert!(
        said(&curve).contains("Measured: 2.4 s with 1 worker and "),
        "{}",
        said(&curve)
    );
    let drawn = curve.draw().to_string();
    for (class, count) in [
        ("\"curve__measured\"", 1),
        ("\"curve__measured curve__measured--refused\"", 1),
        ("\"curve__theory\"", 1),
        ("\"curve__theory curve__theory--refused\"", 1),
        ("enough: 4 workers", 1),
    ] {
        assert_eq!(drawn.matches(class).count(), count, "{class} in {drawn}");
    }
}

#[test]
fn the_axes_have_a_few_round_numbers_whatever_is_on_them() {
    let task = calls(1, "200");
    for (up_to, numbers) in [
        (1, "1"),
        (4, "1 2 3 4"),
        (12, "1 2 4 6 8 10 12"),
        (50, "1 5 10 15 20 25 30 35 40 45 50"),
        (1000, "1 100 200 300 400 500 600 700 800 900 1000"),
    ] {
        let drawn = Curve::of(&task, &NONE, up_to).draw().to_string();
        let picture = roxmltree::Document::parse(&drawn).expect("XML");
        let below: Vec<&str> = picture
            .descendants()
            .filter(|node| node.attribute("class") == Some("curve__tick"))
            .filter(|node| node.attribute("text-anchor") == Some("middle"))
            .filter_map(|node| node.text())
            .collect();
        assert_eq!(below.join(" "), numbers);
    }
}
