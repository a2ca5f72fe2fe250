//! What the kitchen may be believed in: that its limits, its flames and its
//! hands are those of the run that it shows.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Scenario, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::recorded::timeline::Status;
use expert_chef_core::shown::scene::{Chef, Scene};
use proptest::prelude::*;
use support::{events_under, how, policy, run, run_of, run_under, tasks};

/// A moment of a run, before, during or after it.
fn moment() -> impl Strategy<Value = f64> {
    -0.1..1.1_f64
}

fn at(run: &Run, moment: f64) -> Scene {
    Scene::at(run, run.timeline().last_at() * moment)
}

/// The moments at which something happens, and those just after.
fn moments(run: &Run) -> Vec<Millis> {
    let events = run.timeline().events().iter();
    let moments = events.flat_map(|event| {
        [0.0, 0.01, 1.0, 31.0, 200.0, 330.0].map(|after| event.at + Millis::new(after))
    });
    moments.collect()
}

proptest! {
    #[test]
    fn a_pot_is_on_the_stove_exactly_while_its_call_is_in_flight(
        tasks in tasks(), how in how(), policy in policy(), moment in moment(),
    ) {
        let run = run_under(&tasks, how, &policy);
        let scene = at(&run, moment);
        for task in 0..tasks.len() {
            let on_stove = scene.stove.iter().filter(|pot| pot.task == task).count();
            let status = run.timeline().status(task, scene.at);
            let in_flight = matches!(status, Status::Holding(Resource::Connection, ..));
            prop_assert_eq!(on_stove, usize::from(in_flight));
        }
        prop_assert!(scene.stove.windows(2).all(|pair| pair[0].burner < pair[1].burner));
        prop_assert!(scene.stove.iter().all(|pot| pot.burner < scene.burners));
    }

    #[test]
    fn there_are_as_many_burners_as_calls_could_be_in_flight(
        tasks in tasks(), how in how(), policy in policy(), moment in moment(),
    ) {
        let limit = match how {
            How::Pool(limit) => limit,
            _ => tasks.len(),
        };
        let run = run_under(&tasks, how, &policy);
        prop_assert_eq!(at(&run, moment).burners, limit);
        let blank = run_of(&tasks, how, &policy, []);
        prop_assert_eq!(Scene::at(&blank, Millis::ZERO).burners, limit, "before it begins");
    }

    #[test]
    fn every_dish_is_in_exactly_one_place(
        tasks in tasks(), how in how(), policy in policy(), moment in moment(),
    ) {
        let scene = at(&run_under(&tasks, how, &policy), moment);
        let mut seen: Vec<usize> = scene.waiting.clone();
        seen.extend(scene.stove.iter().map(|pot| pot.task));
        seen.extend(scene.pass.iter().map(|dish| dish.task));
        seen.extend(&scene.unmade);
        seen.sort_unstable();
        prop_assert!(seen.into_iter().eq(0..tasks.len()));
        prop_assert!(scene.again.iter().all(|(task, _)| scene.waiting.contains(task)));
    }

    #[test]
    fn whatever_the_strategy_what_ended_is_on_the_pass_at_once_in_order_and_what_was_cancelled_is_not(
        tasks in tasks(), how in how(), policy in policy(),
    ) {
        let run = run_under(&tasks, how, &policy);
        let mut ended: Vec<usize> = Vec::new();
        for event in run.timeline().events() {
            let Status::Ended(_, outcome) = run.timeline().status(event.task, event.at) else {
                continue;
            };
            let scene = Scene::at(&run, event.at);
            prop_assert!(scene.stove.iter().all(|pot| pot.task != event.task));
            let dish = scene.pass.iter().find(|dish| dish.task == event.task);
            prop_assert_eq!(dish.map(|dish| dish.is_good), match outcome {
                Outcome::Cancelled => None,
                outcome => Some(outcome == Outcome::Ok),
            });
            prop_assert_eq!(scene.unmade.contains(&event.task), outcome == Outcome::Cancelled);
            let so_far: Vec<usize> = scene.pass.iter().map(|dish| dish.task).collect();
            prop_assert!(so_far.starts_with(&ended), "{:?} then {:?}", ended, so_far);
            ended = so_far;
        }
    }

    #[test]
    fn a_gesture_is_over_before_much_of_its_call_is(
        tasks in tasks(), how in how(), policy in policy(),
    ) {
        let run = run_under(&tasks, how, &policy);
        let most = 0.15 + 1e-9;
        for moment in moments(&run) {
            let scene = Scene::at(&run, moment);
            match scene.chef {
                Chef::Setting(burner) => {
                    let pot = scene.stove.iter().find(|pot| pot.burner == burner);
                    let pot = pot.expect("a pot");
                    prop_assert!(pot.age < Millis::new(220.0));
                    let span = &run.timeline().spans()[pot.task];
                    let attempt = span.attempts[pot.attempt - 1];
                    let takes = attempt.ended.expect("an end") - attempt.started;
                    // What was cancelled meanwhile is off the stove by its end.
                    let was_cancelled = matches!(span.ended, Some((_, Outcome::Cancelled)));
                    prop_assert!(was_cancelled || pot.age <= takes * most);
                }
                Chef::Plating => {
                    let dish = scene.pass.last().expect("a dish");
                    let attempts = &run.timeline().spans()[dish.task].attempts;
                    let last = attempts.last().expect("an attempt");
                    let took = last.ended.expect("an end") - last.started;
                    prop_assert!(dish.age <= took * most && dish.age < Millis::new(320.0));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn at_the_end_the_chef_is_what_the_run_came_to(
        tasks in tasks(), how in how(), policy in policy(), after in 0.0..3000.0_f64,
    ) {
        let run = run_under(&tasks, how, &policy);
        let timeline = run.timeline();
        let end = timeline.last_at();
        let waited = tasks.len() > 1 && timeline.peak_in_flight(end) == 1;
        // Who was cancelled before being sent was not waited for.
        prop_assume!(how != How::First && how != How::FailFast);
        let expected = match (run.is_success(), waited) {
            (false, _) => Chef::Dismayed,
            (true, true) => Chef::Spent,
            (true, false) => Chef::AtEase,
        };
        prop_assert_eq!(Scene::at(&run, end + Millis::new(after)).chef, expected);
    }

    #[test]
    fn the_sequential_chef_never_has_two_pots_on_and_never_chops(
        tasks in tasks(), moment in moment(),
    ) {
        let scene = at(&run(&tasks, How::Sequential), moment);
        prop_assert!(scene.stove.len() <= 1);
        prop_assert_ne!(scene.chef, Chef::Chopping);
    }

    #[test]
    fn plates_only_grow(tasks in tasks(), how in how(), a in moment(), b in moment()) {
        let run = run(&tasks, how);
        let plates = |moment| {
            let scene = at(&run, moment);
            scene.pass.iter().map(|dish| dish.task).collect::<Vec<_>>()
        };
        prop_assert!(plates(a.max(b)).starts_with(&plates(a.min(b))));
    }

    #[test]
    fn live_and_replayed_are_the_same_scene(
        tasks in tasks(), how in how(), policy in policy(), moment in 0.0..1.1_f64,
    ) {
        let whole = run_under(&tasks, how, &policy);
        let replayed = at(&whole, moment);
        let so_far = events_under(&tasks, how, &policy);
        let so_far = so_far.into_iter().filter(|event| event.at <= replayed.at);
        let live = run_of(&tasks, how, &policy, so_far);
        prop_assert_eq!(Scene::at(&live, replayed.at), replayed);
    }

    #[test]
    fn settled_it_changes_only_when_something_happens(
        tasks in tasks(), how in how(), policy in policy(), moment in 0.0..1.0_f64, part in 0.0..1.0_f64,
    ) {
        let run = run_under(&tasks, how, &policy);
        let events = run.timeline().events();
        let from = run.timeline().latest(run.timeline().last_at() * moment).expect("an event");
        let to = events.iter().find(|event| event.at > from.at);
        let to = to.map_or(from.at + Millis::new(999.0), |event| event.at);
        let between = from.at + (to - from.at) * part;
        prop_assume!(between < to);
        let settled = Scene::at(&run, from.at).settled();
        prop_assert_eq!(&Scene::at(&run, between).settled(), &settled);
        prop_assert!(!matches!(settled.chef, Chef::Setting(_) | Chef::Plating));
        prop_assert!(settled.stove.iter().all(|pot| !pot.is_being_set_on()));
    }
}

#[test]
fn the_chef_does_what_the_run_does() {
    let tasks = Scenario::default().tasks;
    let pose = |how, ms| Scene::at(&run(&tasks, how), Millis::new(ms)).chef;
    assert_eq!(pose(How::Sequential, -1.0), Chef::Ready);
    assert_eq!(pose(How::Sequential, 50.0), Chef::Setting(0));
    assert_eq!(pose(How::Sequential, 400.0), Chef::Staring(0));
    assert_eq!(pose(How::Sequential, 510.0), Chef::Plating);
    assert_eq!(pose(How::Sequential, 2000.0), Chef::Staring(0));
    assert_eq!(pose(How::Sequential, 2500.0), Chef::Spent);
    assert_eq!(pose(How::Join, 400.0), Chef::Chopping);
    assert_eq!(pose(How::Join, 1150.0), Chef::Chopping);
    assert_eq!(pose(How::Join, 1200.0), Chef::AtEase);
    let failing = parse_tasks("a:100:500").expect("tasks");
    let scene = Scene::at(&run(&failing, How::Join), Millis::new(100.0));
    assert_eq!(scene.chef, Chef::Dismayed);
}

#[test]
fn a_pot_of_a_short_call_settles_too() {
    let tasks = parse_tasks("a:100,b:100").expect("tasks");
    let run = run(&tasks, How::Join);
    let pots = |ms| Scene::at(&run, Millis::new(ms)).stove;
    assert!(pots(14.9).iter().all(|pot| pot.is_being_set_on()));
    assert!(!pots(15.0).iter().any(|pot| pot.is_being_set_on()));
}

#[test]
fn the_kitchen_says_how_often_a_call_may_be_tried() {
    let tasks = Scenario::default().tasks;
    let policy = RetryPolicy {
        retries: 2,
        ..RetryPolicy::default()
    };
    let run = run_under(&tasks, How::Join, &policy);
    assert_eq!(Scene::at(&run, Millis::ZERO).tries, Some(3));
}
