//! There are no more calls of URLs a second than there may be.

#![allow(clippy::expect_used, reason = "tests")]

use std::cell::RefCell;

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::consent::MAX_A_SECOND;
use expert_chef_core::asked::retry::MIN_URL_WAIT;
use expert_chef_core::asked::scenario::Call;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Failure;
use expert_chef_core::run::client::Client;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::run::gate::Gate;
use futures::future::join;
use proptest::prelude::*;
use support::virtual_clock::VirtualClock;
use support::{parse_url, run_through};

/// Refuses all at once, after a time.
struct Refusing<'a> {
    clock: &'a VirtualClock,
    takes: Millis,
    calls: RefCell<Vec<Millis>>,
}

impl Client for Refusing<'_> {
    async fn call(&self, call: &Call<'_>, _: impl FnOnce()) -> Result<(), Failure> {
        assert!(call.url.is_some());
        self.calls.borrow_mut().push(self.clock.now());
        self.clock.sleep(self.takes).await;
        Err(Failure::Network)
    }
}

fn config(urls: usize, retries: u32, how: &str) -> Config {
    let each = |n| format!("&endpoint=e{n}@https://e.example/{n}");
    let urls: String = (0..urls).map(each).collect();
    let query = format!("retries={retries}&backoff=0&compare={how}{urls}");
    Config::parse(&query, parse_url).0
}

/// The most calls within a second.
fn most_a_second(calls: &[Millis]) -> usize {
    let second = Millis::new(1_000.0);
    let within = |at: &Millis| {
        let after = calls.iter().filter(|other| *other >= at);
        after.filter(|other| **other - *at < second).count()
    };
    calls.iter().map(within).max().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn there_are_no_more_attempts_a_second_from_whatever_stage(
        urls in 100_usize..300,
        retries in 0_u32..5,
        takes in 0_u32..400,
        how in prop_oneof![Just("join"), Just("pool:50"), Just("sequential"), Just("workers:4")],
    ) {
        let (clock, gate) = (VirtualClock::new(), Gate::default());
        let client = Refusing {
            clock: &clock,
            takes: Millis::new(takes.into()),
            calls: RefCell::default(),
        };
        let config = config(urls, retries, how);
        let (tasks, policy) = (&config.scenario.tasks, &config.policy);
        let one = || run_through(&gate, tasks, config.compare[0], policy, &client, &clock, |_| {});
        clock.run(join(one(), one())).expect("both end");
        let calls = client.calls.borrow();
        prop_assert_eq!(calls.len(), 2 * urls * (retries as usize + 1));
        if config.compare[0].is_on_page() {
            prop_assert!(most_a_second(&calls) <= MAX_A_SECOND);
        }
    }
}

#[test]
fn a_url_is_not_called_again_at_once() {
    let config = config(1, 3, "sequential");
    for attempt in 0..3 {
        assert!(config.policy.wait_at_url(0, attempt) >= MIN_URL_WAIT);
        assert_eq!(config.policy.wait(0, attempt), Millis::ZERO);
    }
}

#[test]
fn one_kitchen_at_a_time_has_the_turn() {
    let gate = Gate::default();
    let turn = gate.turn(10, Millis::ZERO).expect("nobody has it");
    assert!(gate.turn(10, Millis::ZERO).is_none());
    drop(turn);
    assert!(gate.turn(10, Millis::ZERO).is_some());
}

#[test]
fn who_would_have_to_wait_at_the_gate_waits_for_the_turn() {
    let gate = Gate::default();
    for _ in 0..MAX_A_SECOND {
        assert_eq!(gate.pass(Millis::ZERO), Ok(()));
    }
    let wait = Err(Millis::new(600.0));
    assert_eq!(gate.pass(Millis::new(400.0)), wait);
    assert!(gate.turn(1, Millis::new(400.0)).is_none());
    assert!(gate.turn(1, Millis::new(1_400.0)).is_some());
}

#[test]
fn gates_that_share_let_through_no_more_together() {
    let gates: Vec<Gate> = (0..16).map(|_| Gate::default()).collect();
    // Kept from a run that had fewer.
    for many in [2, 16] {
        gates.iter().for_each(|gate| gate.share(many));
    }
    let let_through = gates.iter().map(|gate| {
        let pass = |_: &usize| gate.pass(Millis::ZERO).is_ok();
        (0..MAX_A_SECOND).filter(pass).count()
    });
    let all: usize = let_through.sum();
    assert!(all <= MAX_A_SECOND && all > MAX_A_SECOND - 16, "{all}");
}
