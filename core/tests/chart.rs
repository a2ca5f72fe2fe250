//! Promises of the chart: what is drawn is what is known by now, and names that
//! stand beside each other can be read.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::markup::{Element, Node};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::phases::ResourceTiming;
use expert_chef_core::shown::chart::{Chart, Grid, LanesCache, Names};
use expert_chef_core::shown::stage::Msg;
use proptest::prelude::*;
use support::stages::{Staged, WORKER};
use support::{events_under, parse_url};

fn configured(query: &str) -> Config {
    let (config, problems) = Config::parse(query, parse_url);
    assert_eq!(problems, []);
    config
}

/// A stage whose runs all are over, each begun when the clock showed 1000.
fn finished(config: &Config) -> Staged {
    let mut staged = Staged::running(config.clone());
    finish(&mut staged, config, 1000.0);
    staged
}

fn finish(staged: &mut Staged, config: &Config, began: f64) {
    for (run, how) in config.compare.iter().enumerate() {
        let events = events_under(&config.scenario.tasks, *how, &config.policy);
        staged.go_on(run, &events, began, began + 1e6);
    }
    staged.tell(Msg::Finished);
}

/// Each kitchen's lanes with every run at that time.
fn lanes(staged: &Staged, at: f64, caches: &mut Vec<LanesCache>) -> Vec<Element> {
    let runs = staged.stage.recording().runs().len();
    let chart = Chart::at(&staged.stage, staged.now, &vec![Millis::new(at); runs]);
    caches.resize_with(runs, LanesCache::default);
    let rows = chart.rows.iter().zip(caches);
    rows.map(|(row, cache)| chart.lanes(row, Grid::Stretched, cache))
        .collect()
}

/// The bars in a kitchen's lanes.
fn bars(lanes: &Element) -> *const Element {
    let past = lanes.children.iter().rev().find_map(|child| match child {
        Node::Element(past) if past.to_string().starts_with("<svg class=\"chart__past\"") => {
            past.children.first()
        }
        _ => None,
    });
    match past {
        Some(Node::Shared(bars)) => std::rc::Rc::as_ptr(bars),
        _ => std::ptr::null(),
    }
}

#[test]
fn phases_that_come_after_the_last_event_are_drawn_in_the_lanes_at_once() {
    let config = configured(
        "tasks=a:100,b:300&endpoint=a@https://h.example/a&endpoint=b@https://h.example/b",
    );
    let mut staged = finished(&config);
    let mut caches = Vec::new();
    let before = lanes(&staged, 1e6, &mut caches);
    let ms = |ms: u32| Millis::new(f64::from(ms) + 1000.0);
    for (run, before) in before.iter().enumerate() {
        assert!(!before.to_string().contains("chart__waiting"));
        let entry = ResourceTiming {
            url: "https://h.example/a".into(),
            start: ms(0),
            connect_start: ms(10),
            connect_end: ms(20),
            request_start: ms(20),
            response_start: ms(90),
            response_end: ms(100),
            protocol: "h2".into(),
            server: None,
        };
        staged.tell(Msg::Measured(run, vec![entry], Vec::new()));
        let after = lanes(&staged, 1e6, &mut caches)[run].to_string();
        for (class, d) in [
            ("chart__stalled", "M0 10H100"),
            ("chart__connecting", "M100 10H200"),
            ("chart__waiting", "M200 10H900"),
            ("chart__ok", "M900 10H1000"),
        ] {
            let drawn = format!("class=\"{class}\" d=\"{d}");
            assert!(after.contains(&drawn), "{drawn} in {after}");
        }
    }
}

#[test]
fn bars_are_kept_until_an_event_changes_them() {
    let staged = finished(&configured(""));
    let mut caches = Vec::new();
    let mut at = |ms| bars(&lanes(&staged, ms, &mut caches)[0]);
    let early = at(100.0);
    assert!(!early.is_null());
    assert_eq!(at(499.0), early);
    let late = at(500.0);
    assert_ne!(late, early);
    assert_eq!(at(700.0), late);
}

#[test]
fn a_run_that_is_like_the_one_before_it_has_bars_of_its_own() {
    let config = configured("");
    let mut caches = Vec::new();
    let mut staged = finished(&config);
    let kept = lanes(&staged, 700.0, &mut caches);
    staged.tell(Msg::Started(WORKER));
    finish(&mut staged, &config, 2e6);
    let again = lanes(&staged, 700.0, &mut caches);
    assert_ne!(bars(&again[0]), bars(&kept[0]));
}

/// How wide `✗ no answer` and the gap before it are, in pixels, in bold letters of
/// the widest of the usual fonts.
const NO_ANSWER: f64 = 93.0;

#[test]
fn a_failures_label_stands_before_the_bars_end_where_there_is_no_room_behind_it() {
    let mut sides = [0, 0];
    for ms in 101..400 {
        let config = configured(&format!("compare=join&tasks=a:100:drop,b:{ms}"));
        let staged = finished(&config);
        let chart = Chart::at(&staged.stage, staged.now, &[Millis::new(1e6)]);
        let label = &chart.rows[0].labels[0];
        assert_eq!(label.text, "✗ no answer");
        // The lanes of the narrowest page are 270 pixels wide.
        let room = (100.0 - chart.axis.percent(label.at)) * 2.7;
        assert!(label.is_late || room >= NO_ANSWER, "{ms}: {room} px");
        sides[usize::from(label.is_late)] += 1;
    }
    assert!(sides.iter().all(|&times| times > 10), "{sides:?}");
}

#[test]
fn of_very_many_lanes_only_the_number_is_said() {
    for (count, is_dense) in [(20, false), (21, true)] {
        let tasks: Vec<String> = (0..count).map(|n| format!("t{n}:{n}")).collect();
        let staged = finished(&configured(&format!("tasks={}", tasks.join(","))));
        let chart = Chart::whole(&staged.stage, staged.now);
        assert_eq!(chart.is_dense, is_dense);
        for row in &chart.rows {
            match &row.names {
                Names::Each(tasks) => assert_eq!((tasks.len(), is_dense), (20, false)),
                Names::Number(number) => assert_eq!(number, "21 calls"),
            }
            assert_eq!(row.labels.len(), if is_dense { 0 } else { 20 });
        }
    }
}

#[test]
fn however_many_lanes_there_are_their_lines_are_drawn() {
    for count in [1, 3, 20, 100, 500, 1000] {
        let tasks: Vec<String> = (0..count).map(|n| format!("t{n}:{n}")).collect();
        let query = format!("compare=join,join&tasks={}", tasks.join(","));
        for row in lanes(&finished(&configured(&query)), 1e6, &mut Vec::new()) {
            let row = row.to_string();
            let widths = row.split("stroke-width=\"").skip(1);
            for width in widths.filter_map(|one| one.split("rem").next()) {
                let width: f64 = width.parse().expect("a number");
                assert!(width >= 0.01, "{count} calls: {width}rem");
            }
        }
    }
}

/// What the hands have done by then, as the lane has it.
fn moments(staged: &Staged, at: f64) -> Vec<String> {
    let lanes = lanes(staged, at, &mut Vec::new());
    let drawn = lanes.iter().map(ToString::to_string);
    let path = |drawn: String| {
        let (_, d) = drawn
            .split_once("class=\"chart__hands\" d=\"")
            .expect("a lane");
        let (d, _) = d.split_once('"').expect("a path");
        let moments = d.split('M').skip(1);
        let at = moments.map(|one| one.split(' ').next().unwrap_or_default());
        at.collect::<Vec<_>>().join(" ")
    };
    drawn.map(path).collect()
}

#[test]
fn the_hands_have_a_lane_that_is_nearly_empty() {
    let staged = finished(&configured(""));
    assert_eq!(
        moments(&staged, 1e6),
        ["0 5000 13000 25000", "0 5000 8000 12000"]
    );
    // However many calls there are, moments that cannot be told apart are one.
    let staged = finished(&configured("scenario=fifty-orders&compare=join,join"));
    for lane in moments(&staged, 1e6) {
        assert!(lane.split(' ').count() <= 12, "{lane}");
    }
}

#[test]
fn a_guess_stands_in_its_own_kitchens_lanes_alone() {
    let mut staged = Staged::ready(configured(""));
    staged.tell(Msg::Guessing(1, "900 ms".into()));
    staged.tell(Msg::Guessed);
    let drawn = lanes(&staged, 0.0, &mut Vec::new());
    let marks = |lanes: &Element| lanes.to_string().matches("chart__mark--guess").count();
    assert_eq!([marks(&drawn[0]), marks(&drawn[1])], [0, 1]);
    // What theory expects is there by then, and was not while that was asked.
    assert!(
        drawn
            .iter()
            .all(|lanes| lanes.to_string().contains("chart__expected"))
    );
    let asked = lanes(&Staged::ready(configured("")), 0.0, &mut Vec::new());
    assert!(
        !asked
            .iter()
            .any(|lanes| lanes.to_string().contains("chart__expected"))
    );
}

#[test]
fn what_is_given_back_grows_until_the_first_is_done() {
    let staged = finished(&configured(""));
    let gift = |ms: f64| {
        let times = vec![Millis::new(ms); 2];
        let chart = Chart::at(&staged.stage, staged.now, &times);
        assert_eq!(chart.rows[0].gift, None);
        let gift = chart.rows[1].gift;
        gift.map(|gift| (gift.from.ms(), gift.until.ms(), gift.is_over))
    };
    assert_eq!(gift(1200.0), None);
    assert_eq!(gift(1300.0), Some((1200.0, 1300.0, false)));
    assert_eq!(gift(2500.0), Some((1200.0, 2500.0, true)));
    assert_eq!(gift(9000.0), Some((1200.0, 2500.0, true)));
}

proptest! {
    #[test]
    fn names_of_marks_never_run_into_each_other(
        guesses in proptest::collection::vec(1_u32..9_000, 2..=4),
        compare in proptest::collection::vec(support::how(), 4),
        latencies in proptest::collection::vec(1_u32..2_000, 1..6),
    ) {
        let tasks = latencies.iter().enumerate();
        let tasks: Vec<String> = tasks.map(|(n, ms)| format!("t{n}:{ms}")).collect();
        let mut config = configured(&format!("tasks={}", tasks.join(",")));
        config.compare = compare[..guesses.len()].to_vec();
        let mut staged = Staged::ready(config);
        for (kitchen, guess) in guesses.iter().enumerate() {
            staged.tell(Msg::Guessing(kitchen, format!("{guess} ms")));
        }
        staged.tell(Msg::Guessed);
        staged.tell(Msg::Started(support::stages::WORKER));
        let chart = Chart::at(&staged.stage, Millis::ZERO, &vec![Millis::ZERO; guesses.len()]);
        // Most of them are on any screen.
        prop_assert!(chart.marks.len() >= guesses.len());
        for is_wide in [false, true] {
            let width = if is_wide { 17.0 } else { 55.0 };
            let mut taken: Vec<(f64, f64, f64)> = Vec::new();
            for mark in &chart.marks {
                let Some(place) = mark.place.filter(|place| is_wide || !place.is_wide) else { continue };
                let at = chart.axis.percent(mark.at);
                let from = match place.anchor { "end" => at - width, "middle" => at - width / 2.0, _ => at };
                let until = from + width;
                for &(level, other, end) in &taken {
                    prop_assert!((level - place.level).abs() > 1e-9 || until <= other + 1e-9 || end <= from + 1e-9, "{:?}", chart.marks);
                }
                taken.push((place.level, from, until));
            }
        }
    }
}
