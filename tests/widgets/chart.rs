//! Promises of the chart's HTML.

use expert_chef::view::chart::chart;
use expert_chef_core::asked::config::Config;
use expert_chef_core::markup::Element;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::chart::Chart;
use expert_chef_core::shown::stage::Msg;
use support::stages::Staged;
use support::{events_under, parse_url};

/// The chart of that query string's calls, with every run at that time.
fn drawn(query: &str, at: f64) -> String {
    let (config, _) = Config::parse(query, parse_url);
    let mut staged = Staged::running(config.clone());
    for (run, how) in config.compare.iter().enumerate() {
        let events = events_under(&config.scenario.tasks, *how, &config.policy);
        staged.go_on(run, &events, 0.0, 1e6);
    }
    staged.tell(Msg::Finished);
    let times = vec![Millis::new(at); config.compare.len()];
    let shown = Chart::at(&staged.stage, staged.now, &times);
    let drawn: Element = chart(&shown, &mut Vec::new());
    drawn.to_string()
}

#[test]
fn each_lane_has_its_name_beside_it_and_the_latest_is_picked_out() {
    let drawn = drawn("", 600.0);
    let names = "<h4 class=\"chart__title\">All at once</h4><div class=\"chart__side\"><ul class=\"chart__names\">\
         <li class=\"is-now\" title=\"user\">user</li><li class=\"\" title=\"billing\">billing</li>\
         <li class=\"\" title=\"orders\">orders</li></ul>\
         <span class=\"chart__hands-name\">hands</span></div><svg class=\"chart__lanes\"";
    assert!(drawn.contains(names), "{drawn}");
    let high = |size: &str| {
        drawn
            .matches(&format!("\" width=\"100%\" height=\"{size}\">"))
            .count()
    };
    assert_eq!((high("4.75rem"), high("2.88rem")), (2, 1), "{drawn}");
}

#[test]
fn a_crowd_of_lanes_is_counted() {
    let drawn = drawn("scenario=fifty-orders", 600.0);
    assert!(drawn.starts_with("<div class=\"chart chart--dense\" data-part=\"chart\">"));
    assert_eq!(drawn.matches("<li>50 calls</li>").count(), 2);
}

#[test]
fn the_scrubber_is_as_long_as_the_axis_and_waits_for_a_recording() {
    let over = drawn("", 600.0);
    assert!(
        over.contains("min=\"0\" max=\"3125\" step=\"any\" value="),
        "{over}"
    );
    let ready = Staged::ready(Config::default());
    let shown = Chart::at(&ready.stage, ready.now, &[Millis::ZERO; 2]);
    let drawn = chart(&shown, &mut Vec::new()).to_string();
    assert!(drawn.contains("aria-valuetext=\"0 ms\" min=\"0\" max=\"3125\" step=\"any\" disabled"));
}
