//! URLs are called after the reader has agreed to just these calls.

#![allow(clippy::expect_used, reason = "tests")]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::consent::{MAX_CALLS, MAX_RERUNS, MAX_URLS, Plan};
use expert_chef_core::asked::embed::Told;
use expert_chef_core::shown::stage::{Asker, Effect, Msg, Orderer, Place, Refusal};
use proptest::prelude::*;
use support::parse_url;
use support::stages::{Staged, WORKER};

const ONE: &str = "endpoint=user@https://services.example/user";

fn config(query: &str) -> Config {
    Config::parse(query, parse_url).0
}

fn ready(query: &str) -> Staged {
    Staged::ready(config(query))
}

fn configured(query: &str, orderer: Orderer) -> Msg {
    Msg::Configured(Box::new(config(query)), Vec::new(), orderer)
}

/// The reader has agreed to what these orders call.
fn agreed(query: &str) -> Staged {
    let mut staged = ready(query);
    staged.tell(Msg::Asked(Asker::User));
    staged.tell(Msg::Consented(true));
    staged.effects.clear();
    staged
}

/// Whether a script may have it run.
fn runs_for_a_script(staged: &mut Staged) -> bool {
    staged.asked();
    staged.tell(Msg::Asked(Asker::Program));
    let asked = staged.asked();
    asked.iter().any(|one| matches!(one, Effect::Perform(_)))
}

#[test]
fn nothing_is_called_before_the_reader_has_agreed() {
    let mut staged = Staged::loading(config(&format!("{ONE}&autorun=load")));
    staged.tell(Msg::Loaded(WORKER));
    staged.tell(Msg::Seen(true));
    assert_eq!(staged.asked(), [Effect::Tell(Told::Ready)]);
    assert!(!runs_for_a_script(&mut staged));

    // Run asks, and no more.
    staged.tell(Msg::Asked(Asker::User));
    assert_eq!(staged.asked(), [Effect::Ask]);
    staged.tell(Msg::Consented(false));
    assert_eq!(staged.asked(), [Effect::Focus(Place::Run)]);
    assert!(!runs_for_a_script(&mut staged));

    staged.tell(Msg::Asked(Asker::User));
    staged.tell(Msg::Consented(true));
    let asked = [
        Effect::Ask,
        Effect::Perform(0..2),
        Effect::Focus(Place::Player),
    ];
    assert_eq!(staged.asked(), asked);
    // The same again needs no more asking.
    staged.tell(Msg::Asked(Asker::User));
    assert!(!staged.asked().contains(&Effect::Ask));
}

#[test]
fn consent_that_nobody_was_asked_for_counts_for_nothing() {
    let mut staged = ready(ONE);
    staged.tell(Msg::Consented(true));
    assert!(staged.stage.needs_click() && !runs_for_a_script(&mut staged));
}

#[test]
fn any_change_between_shown_and_pressed_voids_it() {
    for (other, orderer) in [
        ("endpoint=user@https://evil.example/", Orderer::Program),
        ("endpoint=user@https://evil.example/", Orderer::Address),
        // Even if nothing else would be called.
        (ONE, Orderer::Program),
    ] {
        let mut staged = ready(ONE);
        staged.tell(Msg::Asked(Asker::User));
        staged.asked();
        staged.tell(configured(other, orderer));
        assert!(staged.asked().contains(&Effect::Withdraw));
        staged.tell(Msg::Consented(true));
        assert!(staged.stage.needs_click(), "{other}");
        assert!(!runs_for_a_script(&mut staged));
    }
}

#[test]
fn what_was_agreed_to_is_run_again_only_as_it_was_seen() {
    let two = "endpoint=user@https://services.example/user&endpoint=b@https://b.example/";
    let seen = format!("{two}&compare=join,sequential&retries=1");
    for (query, may_run) in [
        (seen.clone(), true),
        (format!("{two}&compare=join&retries=1"), true),
        (format!("{two}&compare=join,first&retries=0"), true),
        (format!("{ONE}&compare=join,sequential"), true),
        ("tasks=a:50".into(), true),
        (format!("{two}&compare=join,sequential&retries=2"), false),
        (
            format!("{two}&compare=join,sequential,first&retries=1"),
            false,
        ),
        (
            format!("{seen}&endpoint=c@https://services.example/user"),
            false,
        ),
        (seen.replace("/user", "/user?all=1"), false),
        (seen.replace("https://b", "http://b"), false),
    ] {
        let mut staged = agreed(&seen);
        staged.tell(configured(&query, Orderer::Program));
        assert_eq!(runs_for_a_script(&mut staged), may_run, "{query}");
    }
}

#[test]
fn scripts_may_have_it_run_again_so_often() {
    let mut staged = agreed(ONE);
    // What calls nothing is not counted.
    staged.tell(configured("tasks=a:50", Orderer::Program));
    assert!(runs_for_a_script(&mut staged));
    staged.tell(configured(ONE, Orderer::Program));
    for _ in 0..MAX_RERUNS {
        staged.tell(Msg::Reset);
        assert!(runs_for_a_script(&mut staged));
    }
    staged.tell(Msg::Reset);
    assert!(!runs_for_a_script(&mut staged));
    assert_eq!(staged.stage.permit(), Err(Refusal::Spent));
    // The reader's own click needs no more asking.
    staged.tell(Msg::Asked(Asker::User));
    assert!(staged.asked().contains(&Effect::Perform(0..2)));
}

#[test]
fn a_tapped_guess_is_no_consent() {
    let known = format!("tasks=user:500&{ONE}&compare=sequential,join");
    let mut staged = ready(&known);
    staged.tell(Msg::GuessTapped(1, "500".into()));
    assert!(
        staged
            .asked()
            .iter()
            .all(|one| !matches!(one, Effect::Perform(_)))
    );
    assert!(staged.stage.needs_click());
}

fn addresses(count: usize) -> String {
    let each = |n| format!("&endpoint=e{n}@https://e.example/{n}");
    (0..count).map(each).collect()
}

#[test]
fn more_than_a_click_may_bring_is_refused_whoever_asks() {
    let many = addresses(MAX_URLS + 1) + "&compare=join";
    let often = addresses(MAX_URLS) + "&compare=join,join,join";
    for query in [&many, &often] {
        let mut staged = ready(query);
        assert_eq!(staged.stage.permit(), Err(Refusal::TooMuch));
        for asker in [Asker::User, Asker::Program] {
            staged.tell(Msg::Asked(asker));
            let asked = staged.asked();
            assert!(matches!(&asked[..], [Effect::TellError(_)]), "{asked:?}");
        }
    }
    let just = ready(&(addresses(MAX_URLS) + "&compare=join,join"));
    assert_eq!(just.stage.permit(), Err(Refusal::NeedsClick));
}

proptest! {
    #[test]
    fn no_click_brings_more_calls_than_the_reader_was_told(
        urls in 1_usize..320,
        kitchens in 1_usize..=4,
        retries in 0_u32..=10,
    ) {
        let compare = vec!["join"; kitchens].join(",");
        let config = config(&format!("{}&compare={compare}&retries={retries}", addresses(urls)));
        let plan = Plan::of(&config);
        let attempts = config.policy_in_effect().retries as usize + 1;
        prop_assert_eq!(plan.total(), urls * kitchens * attempts);
        prop_assert!(plan.is_too_much() || plan.total() <= MAX_CALLS);
        // As often as was asked for, if there is room for that.
        let is_tried_less = config.policy_in_effect().retries < retries;
        prop_assert_eq!(is_tried_less, urls * kitchens * (retries as usize + 1) > MAX_CALLS && retries > 0);
        prop_assert!(plan.covers(&plan));
    }
}
