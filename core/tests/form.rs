//! Promises of the page's controls: whatever they are given, what comes out is
//! a configuration that can run and that its own link gives back.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::{Config, Problem};
use expert_chef_core::asked::form::Setting;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::asked::strategy::Strategy as How;
use proptest::prelude::*;
use support::parse_url;

const SETTINGS: [&str; 9] = [
    "scenario",
    "strategy",
    "limit",
    "add-kitchen",
    "remove-kitchen",
    "timeout",
    "retries",
    "backoff",
    "mode",
];

/// What a control makes of a configuration.
fn changed(config: &Config, setting: &str, index: usize, value: &str) -> Result<Config, Problem> {
    let setting = Setting::from_dom(setting, index, value)?;
    Ok(setting.map_or_else(|| config.clone(), |setting| config.with(setting)))
}

proptest! {
    #[test]
    fn whatever_is_entered_the_configuration_can_run_and_be_linked_to(
        changes in proptest::collection::vec(
            (
                proptest::sample::select(SETTINGS.to_vec()),
                0..6_usize,
                prop_oneof![
                    "[a-z0-9:.-]{0,10}",
                    "[0-9]{1,5}",
                    proptest::sample::select(vec![
                        "pool".to_owned(), "first".into(), "join".into(), "two-calls".into(),
                        "flaky".into(), "fifty-orders".into(),
                    ]),
                ],
            ),
            0..30,
        ),
    ) {
        let mut config = Config::default();
        for (setting, index, value) in changes {
            match changed(&config, setting, index, &value) {
                Ok(changed) => config = changed,
                Err(problem) => prop_assert!(!problem.sentence.is_empty()),
            }
            prop_assert!((1..=4).contains(&config.compare.len()));
            let (back, problems) = Config::parse(&config.to_query(), parse_url);
            prop_assert!(problems.is_empty(), "{problems:?}");
            prop_assert_eq!(&back, &config);
        }
    }
}

#[test]
fn kitchens_come_change_and_go() {
    let mut config = Config::default();
    let mut set = |setting, index, value| {
        config = changed(&config, setting, index, value).expect("it can be used");
        config.compare.clone()
    };
    assert_eq!(set("remove-kitchen", 0, ""), [How::Join]);
    assert_eq!(
        set("remove-kitchen", 0, ""),
        [How::Join],
        "one is the least"
    );
    let both = [How::Join, How::Sequential];
    assert_eq!(set("add-kitchen", 0, ""), both);
    assert_eq!(set("add-kitchen", 0, "")[2], How::Pool(4));
    assert_eq!(set("limit", 2, " 6 ")[2], How::Pool(6));
    assert_eq!(
        set("strategy", 2, "pool")[2],
        How::Pool(6),
        "it stays as it is"
    );
    assert_eq!(set("strategy", 2, "first")[2], How::First);
    assert_eq!(set("strategy", 2, "pool")[2], How::Pool(4));
    set("add-kitchen", 0, "");
    assert_eq!(set("add-kitchen", 0, "").len(), 4, "four are the most");
    assert_eq!(set("remove-kitchen", 0, "")[0], How::Sequential);
}

#[test]
fn a_scenario_is_chosen_with_its_kitchens_and_its_policy() {
    let (mut config, _) = Config::parse("compare=first,join,join&timeout=9&seed=7", parse_url);
    for preset in Scenario::PRESETS {
        config = changed(&config, "scenario", 0, preset.id).expect("a preset");
        assert_eq!(config.scenario.id, preset.id);
        assert_eq!(config.compare, preset.compare);
        let seed = 7;
        assert_eq!(
            config.policy,
            RetryPolicy {
                seed,
                ..preset.policy
            }
        );
    }
}

#[test]
fn what_cannot_be_used_is_named_with_what_is_allowed() {
    for (setting, value, allowed) in [
        ("limit", "0", "from 1 to 1,000"),
        ("limit", "7,join,first", "“pool:7,join,first”"),
        ("limit", "9&mode=turns", "“pool:9&mode=turns”"),
        ("retries", "99", "from 0 to 10"),
        ("retries", "1&seed=2", "“1&seed=2”"),
        ("timeout", "soon", "from 1 to 30000, or none"),
        ("backoff", "1e9", "from 0 to 10000"),
        ("mode", "turns&seed=2", "race and turns"),
    ] {
        let problem = Setting::from_dom(setting, 1, value).expect_err(setting);
        assert!(problem.sentence.contains(allowed), "{problem}");
    }
}

#[test]
fn no_control_sets_what_it_does_not_offer() {
    for (setting, value) in [
        ("scenario", "lunch"),
        ("strategy", "pool:6"),
        ("strategy", "fast"),
        ("theme", "dark"),
    ] {
        assert_eq!(Setting::from_dom(setting, 0, value), Ok(None), "{setting}");
    }
    let none = Setting::from_dom("timeout", 0, " ");
    assert_eq!(none, Ok(Some(Setting::Timeout(None))));
}
