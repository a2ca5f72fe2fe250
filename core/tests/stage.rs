//! Promises of the stage: what its messages come to.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::{Autorun, Config, Mode};
use expert_chef_core::asked::embed::Told;
use expert_chef_core::asked::form::Setting;
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::asked::scenario::parse_tasks;
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::run::event::Event;
use expert_chef_core::shown::playback::{PlayState, Verb};
use expert_chef_core::shown::scene::Scene;
use expert_chef_core::shown::stage::{Asker, Effect, Msg, Orderer, Stage, State};
use proptest::prelude::*;
use support::events;
use support::stages::{Staged, WORKER};

fn turns() -> Config {
    Config {
        mode: Mode::Turns,
        ..Config::default()
    }
}

/// Both kitchens' events: in turn they take 2.5 s, at once 1.2 s.
fn dashboard() -> [Vec<Event>; 2] {
    let tasks = Scenario::default().tasks;
    [events(&tasks, How::Sequential), events(&tasks, How::Join)]
}

/// What is seen of both kitchens.
fn seen(stage: &Stage, now: Millis) -> Vec<Scene> {
    let runs = stage.recording().runs().iter().enumerate();
    runs.map(|(run, recorded)| Scene::at(recorded, stage.time(run, now)))
        .collect()
}

/// In turns, the first from 10 to 2,510 ms, the second from 2,520 ms on.
fn in_turns(until: f64) -> Staged {
    let mut staged = Staged::running(turns());
    let [first, second] = dashboard();
    staged.go_on(0, &first, 10.0, until.min(2515.0));
    if until > 2520.0 {
        staged.go_on(1, &second, 2520.0, until);
    }
    staged
}

proptest! {
    #[test]
    fn a_pause_keeps_what_was_seen_whatever_goes_on_behind_it(pause in 20.0..3715.0_f64) {
        let mut staged = in_turns(pause);
        staged.tell(Msg::Ticked);
        let live = seen(&staged.stage, staged.now);
        staged.tell(Msg::Played(Verb::Toggle));
        prop_assert_eq!(&seen(&staged.stage, staged.now), &live);
        let head = staged.stage.playhead(staged.now);
        // The run goes on to its end.
        let [first, second] = dashboard();
        staged.go_on(0, &first, 10.0, 2515.0_f64.max(pause));
        staged.go_on(1, &second, 2520.0, 3720.0);
        prop_assert_eq!(&seen(&staged.stage, staged.now), &live);
        staged.tell_at(3725.0, Msg::Finished);
        staged.tell_at(9000.0, Msg::Ticked);
        prop_assert_eq!(&seen(&staged.stage, staged.now), &live);
        prop_assert_eq!(staged.stage.playhead(staged.now), head);
        prop_assert_eq!(staged.stage.playback().state(), PlayState::Paused);
    }

    #[test]
    fn played_on_from_a_pause_it_goes_as_it_went(pause in 20.0..3700.0_f64) {
        let mut staged = in_turns(3720.0);
        staged.tell_at(3725.0, Msg::Finished);
        let mut paused = in_turns(pause);
        paused.tell(Msg::Played(Verb::Toggle));
        let [first, second] = dashboard();
        paused.go_on(0, &first, 10.0, 2515.0_f64.max(pause));
        paused.go_on(1, &second, 2520.0, 3720.0);
        paused.tell_at(3725.0, Msg::Finished);
        paused.tell_at(10_000.0, Msg::Played(Verb::Toggle));
        // At its end runs are compared: both show theirs.
        paused.tell_at(20_000.0, Msg::Ticked);
        staged.tell_at(20_000.0, Msg::Ticked);
        let now = Millis::new(20_000.0);
        prop_assert_eq!(paused.stage.playback().state(), PlayState::Paused);
        prop_assert_eq!(paused.stage.playhead(now), staged.stage.playhead(now));
        prop_assert_eq!(seen(&paused.stage, now), seen(&staged.stage, now));
    }

    #[test]
    fn the_playhead_is_never_past_what_has_been_recorded_of_the_run_that_goes_on(
        at in 0.0..3000.0_f64, pause in 2530.0..3715.0_f64,
    ) {
        let mut staged = in_turns(pause);
        staged.tell(Msg::Played(Verb::Seek(Millis::new(at))));
        prop_assert!(staged.stage.time(1, staged.now).ms() <= pause - 2520.0 + 1e-6);
    }
}

#[test]
fn a_chosen_line_is_seen_at_its_moment_though_another_run_goes_on() {
    let mut staged = in_turns(3000.0);
    staged.tell(Msg::Chosen(0, Millis::new(500.0)));
    assert_eq!(staged.stage.time(0, staged.now), Millis::new(500.0));
    assert!(staged.stage.time(1, staged.now) < Millis::ZERO);
    staged.tell(Msg::Chosen(1, Millis::new(100.0)));
    assert!((staged.stage.time(1, staged.now).ms() - 100.0).abs() < 1e-6);
    let end = Scene::at(
        &staged.stage.recording().runs()[0],
        staged.stage.time(0, staged.now),
    );
    assert_eq!(end.pass.len(), 3);
}

#[test]
fn afterwards_runs_are_compared_at_the_same_moment() {
    let mut staged = in_turns(3720.0);
    staged.tell_at(3725.0, Msg::Finished);
    staged.tell(Msg::Played(Verb::Seek(Millis::new(700.0))));
    for run in 0..2 {
        assert_eq!(staged.stage.time(run, staged.now), Millis::new(700.0));
    }
}

#[test]
fn who_asks_while_it_loads_and_autorun_get_one_run() {
    let config = Config {
        autorun: Autorun::Load,
        ..Config::default()
    };
    let mut staged = Staged::loading(config);
    staged.tell(Msg::Asked(Asker::Program));
    staged.tell(Msg::Asked(Asker::Program));
    assert_eq!(staged.asked(), []);
    staged.tell(Msg::Loaded(WORKER));
    assert_eq!(
        staged.asked(),
        [Effect::Tell(Told::Ready), Effect::Perform(0..2)]
    );
    // Until it begins, who asks for a run asks for this one.
    staged.tell(Msg::Asked(Asker::Program));
    assert_eq!(staged.asked(), []);
    staged.tell(Msg::Started(WORKER));
    assert_eq!(staged.asked(), [Effect::Tell(Told::Run)]);
    staged.tell(Msg::Seen(true));
    assert_eq!(staged.asked(), []);
    staged.tell(Msg::Asked(Asker::Program));
    assert_eq!(staged.asked(), [Effect::Cancel, Effect::Perform(0..2)]);
}

#[test]
fn the_first_script_that_asks_for_what_goes_on_by_itself_gets_that_run() {
    let begun = || {
        let mut staged = Staged::loading(Config {
            autorun: Autorun::Load,
            ..Config::default()
        });
        staged.tell(Msg::Loaded(WORKER));
        staged.tell(Msg::Started(WORKER));
        staged.asked();
        staged
    };
    let again = [Effect::Cancel, Effect::Perform(0..2)];
    let mut staged = begun();
    staged.tell(Msg::Asked(Asker::Program));
    assert_eq!(staged.asked(), []);
    staged.tell(Msg::Asked(Asker::Program));
    assert_eq!(staged.asked(), again);
    // The reader's own click is always a new run.
    let mut staged = begun();
    staged.tell(Msg::Asked(Asker::User));
    assert!(staged.asked().starts_with(&again));
    // What is over is not what goes on.
    let mut staged = begun();
    staged.tell(Msg::Reset);
    staged.asked();
    staged.tell(Msg::Asked(Asker::Program));
    assert_eq!(staged.asked(), [Effect::Perform(0..2)]);
}

#[test]
fn autorun_when_visible_waits_for_both_and_runs_once() {
    let config = || Config {
        autorun: Autorun::Visible,
        ..Config::default()
    };
    let loaded = || Msg::Loaded(WORKER);
    for [first, second] in [[loaded(), Msg::Seen(true)], [Msg::Seen(true), loaded()]] {
        let mut staged = Staged::loading(config());
        staged.tell(Msg::Seen(false));
        staged.tell(first);
        assert!(!staged.asked().contains(&Effect::Perform(0..2)));
        staged.tell(second);
        assert!(staged.asked().contains(&Effect::Perform(0..2)));
        staged.tell(Msg::Started(WORKER));
        staged.tell(Msg::Reset);
        staged.tell(Msg::Seen(false));
        staged.tell(Msg::Seen(true));
        assert!(!staged.asked().contains(&Effect::Perform(0..2)));
    }
}

#[test]
fn what_is_under_way_ends_with_whatever_replaces_it() {
    let other = || Config {
        scenario: Scenario::of(parse_tasks("a:1").expect("tasks")),
        ..Config::default()
    };
    let configured = || Msg::Configured(Box::new(other()), Vec::new(), Orderer::Address);
    for msg in [
        Msg::Reset,
        configured(),
        Msg::Set(Setting::Mode(Mode::Turns)),
    ] {
        let mut staged = Staged::running(Config::default());
        staged.tell(msg.clone());
        assert_eq!(staged.asked().first(), Some(&Effect::Cancel), "{msg:?}");
        assert_eq!(staged.stage.state(), State::Ready);
        staged.tell(msg);
        assert!(!staged.asked().contains(&Effect::Cancel), "nothing is left");
    }
}

#[test]
fn a_control_that_changes_nothing_keeps_the_recording() {
    let mut staged = in_turns(3720.0);
    staged.tell_at(3725.0, Msg::Finished);
    staged.asked();
    staged.tell(Msg::Set(Setting::Mode(Mode::Turns)));
    let problem = Setting::from_dom("timeout", 0, "soon").expect_err("no time");
    staged.tell(Msg::Complained(problem));
    assert_eq!(staged.asked(), []);
    assert_eq!(staged.stage.state(), State::Finished);
    assert_eq!(staged.stage.problems().len(), 1);
}
