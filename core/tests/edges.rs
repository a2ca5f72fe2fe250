//! What was recorded and what is shown, at exactly the moment at which it
//! changes and just before.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::parse_tasks;
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::phases::Phases;
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::recorded::timeline::{Status, Timeline, Told};
use expert_chef_core::run::event::EventKind::{self, FirstByte, Queued, Retrying};
use expert_chef_core::run::event::{Event, EventKind as Kind};
use expert_chef_core::shown::scene::{Chef, Dish, Pot, Scene};

const STARTED: EventKind = Kind::Started(Resource::Connection);
const OK: EventKind = Kind::Ended(Outcome::Ok);
const FAILED: EventKind = Kind::Ended(Outcome::Failed(Failure::Network));
const CANCELLED: EventKind = Kind::Ended(Outcome::Cancelled);
const AGAIN: EventKind = Retrying(Failure::Network);

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

fn event(at: f64, task: usize, kind: EventKind) -> Event {
    let at = ms(at);
    Event { at, task, kind }
}

/// All queue at zero; then that.
fn timeline(tasks: usize, events: &[(f64, usize, EventKind)]) -> Timeline {
    let mut timeline = Timeline::new(tasks);
    for task in 0..tasks {
        timeline.record(event(0.0, task, Queued)).expect("in order");
    }
    for &(at, task, kind) in events {
        timeline.record(event(at, task, kind)).expect("in order");
    }
    timeline
}

/// The same with what was told of its attempts.
fn told_of(timeline: &Timeline, told: &[(usize, usize, Phases)]) -> Timeline {
    let mut told = told.iter().map(|&(task, attempt, phases)| Told {
        task,
        attempt,
        arrived: phases.ended,
        phases: Some(phases),
    });
    timeline.with_phases(|_| told.next())
}

/// Let go then, and over when the program hears of it.
fn unstalled(at: f64) -> Phases {
    let ended = ms(1e6);
    Phases {
        unstalled: ms(at),
        sent: ms(at),
        first_byte: ms(at),
        ended,
        server: None,
    }
}

#[test]
fn nothing_is_recorded_that_cannot_follow() {
    let queued: &[(f64, usize, EventKind)] = &[];
    let begun = &[(5.0, 0, STARTED)];
    let answered = &[(5.0, 0, STARTED), (6.0, 0, FirstByte)];
    let between = &[(5.0, 0, STARTED), (6.0, 0, AGAIN)];
    let over = &[(5.0, 0, STARTED), (6.0, 0, OK)];
    let unsent = &[(5.0, 0, CANCELLED)];
    for (before, can, cannot) in [
        (
            queued,
            vec![STARTED, CANCELLED],
            vec![Queued, FirstByte, AGAIN, OK, FAILED],
        ),
        (
            begun,
            vec![FirstByte, AGAIN, OK, FAILED, CANCELLED],
            vec![Queued, STARTED],
        ),
        (
            answered,
            vec![AGAIN, OK, FAILED, CANCELLED],
            vec![Queued, STARTED, FirstByte],
        ),
        (
            between,
            vec![STARTED, CANCELLED],
            vec![Queued, FirstByte, AGAIN, OK, FAILED],
        ),
        (
            over,
            vec![],
            vec![Queued, STARTED, FirstByte, AGAIN, OK, FAILED, CANCELLED],
        ),
        (
            unsent,
            vec![],
            vec![Queued, STARTED, FirstByte, AGAIN, OK, FAILED, CANCELLED],
        ),
    ] {
        let recorded = timeline(1, before);
        for kind in can {
            let mut timeline = recorded.clone();
            // At the same moment as the one before, but not a moment earlier.
            let last = timeline.last_at().ms();
            assert!(timeline.record(event(last - 0.01, 0, kind)).is_err());
            assert_eq!(timeline.record(event(last, 0, kind)), Ok(()), "{kind:?}");
            assert_eq!(timeline.events().len(), recorded.events().len() + 1);
        }
        for kind in cannot {
            let mut timeline = recorded.clone();
            let refused = timeline.record(event(9.0, 0, kind));
            let sentence = refused.expect_err("it cannot follow").to_string();
            assert!(sentence.ends_with("came out of order"), "{sentence}");
            assert_eq!(timeline, recorded);
        }
    }
    let mut blank = Timeline::new(1);
    for kind in [STARTED, FirstByte, OK, CANCELLED] {
        assert!(blank.record(event(0.0, 0, kind)).is_err(), "{kind:?}");
    }
    assert!(blank.record(event(0.0, 1, Queued)).is_err());
}

#[test]
fn a_task_changes_what_it_does_at_the_moment_of_its_event() {
    let timeline = timeline(
        2,
        &[
            (10.0, 0, STARTED),
            (20.0, 0, AGAIN),
            (30.0, 0, STARTED),
            (40.0, 0, OK),
        ],
    );
    for (at, status, slot, seen) in [
        (-0.01, Status::Queued, None, 0),
        (0.0, Status::Queued, None, 2),
        (9.99, Status::Queued, None, 2),
        (
            10.0,
            Status::Holding(Resource::Connection, ms(10.0), 0),
            Some(0),
            3,
        ),
        (
            19.99,
            Status::Holding(Resource::Connection, ms(10.0), 0),
            Some(0),
            3,
        ),
        (20.0, Status::BackingOff(ms(20.0)), Some(0), 4),
        (29.99, Status::BackingOff(ms(20.0)), Some(0), 4),
        (
            30.0,
            Status::Holding(Resource::Connection, ms(30.0), 0),
            Some(0),
            5,
        ),
        (
            39.99,
            Status::Holding(Resource::Connection, ms(30.0), 0),
            Some(0),
            5,
        ),
        (40.0, Status::Ended(ms(40.0), Outcome::Ok), Some(0), 6),
    ] {
        assert_eq!(timeline.status(0, ms(at)), status, "at {at}");
        assert_eq!(timeline.spans()[0].burner(ms(at)), slot, "at {at}");
        assert_eq!(timeline.seen(ms(at)), seen, "at {at}");
        let latest = seen.checked_sub(1).map(|index| &timeline.events()[index]);
        assert_eq!(timeline.latest(ms(at)), latest);
    }
    assert_eq!(timeline.status(7, ms(99.0)), Status::Queued);
    assert!(!timeline.is_finished());
    assert_eq!(timeline.makespan(), None);
    assert_eq!(timeline.wasted_waiting(), None);
    assert_eq!(timeline.last_at(), ms(40.0));
    assert_eq!(timeline.longest(), ms(30.0), "from its first request");
}

#[test]
fn times_are_added_up_from_first_requests_to_ends() {
    let timeline = timeline(
        3,
        &[
            (10.0, 0, STARTED),
            (30.0, 1, STARTED),
            (60.0, 0, OK),
            (130.0, 1, FAILED),
            (150.0, 2, CANCELLED),
        ],
    );
    assert!(timeline.is_finished());
    assert_eq!(timeline.makespan(), Some(ms(150.0)));
    assert_eq!(timeline.time_in_flight(), ms(150.0));
    assert_eq!(timeline.longest(), ms(100.0));
    assert_eq!(timeline.wasted_waiting(), Some(ms(50.0)));
    let durations: Vec<_> = timeline
        .spans()
        .iter()
        .map(|span| span.duration())
        .collect();
    assert_eq!(durations, [Some(ms(50.0)), Some(ms(100.0)), None]);
}

#[test]
fn places_are_taken_lowest_first_and_left_before_they_are_taken_anew() {
    let timeline = timeline(
        5,
        &[
            (0.0, 0, STARTED),
            (0.0, 1, STARTED),
            (0.0, 2, STARTED),
            (10.0, 1, OK),
            (10.0, 3, STARTED),
            (20.0, 0, AGAIN),
            (20.0, 2, OK),
            (30.0, 4, STARTED),
            (40.0, 0, STARTED),
        ],
    );
    let slots = |task: usize| -> Vec<usize> {
        let attempts = timeline.spans()[task].attempts.iter();
        attempts.map(|attempt| attempt.slot).collect()
    };
    assert_eq!(
        [0, 1, 2, 3, 4].map(slots),
        [vec![0, 2], vec![1], vec![2], vec![1], vec![0]]
    );
    assert_eq!(timeline.peak_in_flight(ms(-0.01)), 0);
    assert_eq!(timeline.peak_in_flight(ms(0.0)), 3);
    assert_eq!(timeline.peak_in_flight(ms(99.0)), 3);
    // Handing them out anew with nothing told changes nothing.
    assert_eq!(told_of(&timeline, &[]), timeline);
    // Of the second attempt only its own place at that time is asked for.
    assert_eq!(timeline.spans()[0].burner(ms(39.99)), Some(0));
    assert_eq!(timeline.spans()[0].burner(ms(40.0)), Some(2));
}

#[test]
fn a_connection_is_free_before_the_program_has_heard_of_the_answer() {
    let recorded = timeline(
        2,
        &[
            (0.0, 0, STARTED),
            (0.0, 1, STARTED),
            (105.0, 0, OK),
            (205.0, 1, OK),
        ],
    );
    let first = Phases {
        ended: ms(100.0),
        ..unstalled(0.0)
    };
    // The browser lets the second go as soon as it has the first's answer.
    let timeline = told_of(&recorded, &[(0, 0, first), (1, 0, unstalled(100.0))]);
    let slots = timeline.spans().iter().map(|span| span.attempts[0].slot);
    assert_eq!(slots.collect::<Vec<_>>(), [0, 0]);
    assert_eq!(timeline.peak_in_flight(ms(205.0)), 1);
}

#[test]
fn a_call_that_was_held_back_takes_its_place_when_it_leaves() {
    let recorded = timeline(
        6,
        &[
            (0.0, 0, STARTED),
            (0.0, 1, STARTED),
            (0.0, 3, STARTED),
            (50.0, 2, STARTED),
            (100.0, 1, OK),
            (110.0, 3, FAILED),
            (130.0, 4, STARTED),
            (150.0, 2, OK),
            (200.0, 0, OK),
        ],
    );
    // The fourth failed before it had left.
    let told = [
        (0, 0, unstalled(100.0)),
        (3, 0, unstalled(120.0)),
        (9, 0, unstalled(1.0)),
    ];
    let mut timeline = told_of(&recorded, &told);
    let slot = |task: usize| timeline.spans()[task].attempts[0].slot;
    assert_eq!([0, 1, 2, 3, 4].map(slot), [0, 0, 1, 2, 2]);
    for (at, status) in [
        (0.0, Status::Stalled(ms(0.0))),
        (99.99, Status::Stalled(ms(0.0))),
        (100.0, Status::Holding(Resource::Connection, ms(100.0), 0)),
        (200.0, Status::Ended(ms(200.0), Outcome::Ok)),
    ] {
        assert_eq!(timeline.status(0, ms(at)), status, "at {at}");
    }
    let peaks = [-0.01, 0.0, 49.99, 50.0, 119.99, 120.0].map(|at| timeline.peak_in_flight(ms(at)));
    assert_eq!(peaks, [0, 1, 1, 2, 2, 3]);
    // Who comes now finds the places free that are.
    timeline.record(event(210.0, 5, STARTED)).expect("in order");
    assert_eq!(timeline.spans()[5].attempts[0].slot, 0);
}

#[test]
fn a_call_is_held_back_if_it_left_twenty_milliseconds_later() {
    let recorded = timeline(1, &[(10.0, 0, STARTED), (90.0, 0, OK)]);
    let departed = |at| {
        let told = told_of(&recorded, &[(0, 0, unstalled(at))]);
        told.spans()[0].attempts[0].departed()
    };
    assert_eq!(departed(29.99), ms(10.0));
    assert_eq!(departed(30.0), ms(30.0));
    assert_eq!(recorded.spans()[0].attempts[0].departed(), ms(10.0));
}

#[test]
fn the_critical_path_goes_back_from_each_first_start_to_the_end_before_it() {
    let path = |list, how| {
        let tasks = parse_tasks(list).expect("tasks");
        support::timeline(&tasks, how).critical_path()
    };
    assert_eq!(path("a:100,b:300,c:100", How::Pool(2)), [1]);
    assert_eq!(path("a:100,b:150,c:100", How::Pool(2)), [0, 2]);
    assert_eq!(
        path("a:100,b:150,c:100:503,d:10", How::Sequential),
        [0, 1, 2, 3]
    );
    assert_eq!(path("a:100,b:50:503,c:70", How::FailFast), [1]);
    // Between two attempts a task keeps its place, whatever ends meanwhile.
    let retried = timeline(
        3,
        &[
            (0.0, 0, STARTED),
            (0.0, 2, STARTED),
            (100.0, 0, OK),
            (100.0, 1, STARTED),
            (200.0, 1, AGAIN),
            (220.0, 2, OK),
            (250.0, 1, STARTED),
            (350.0, 1, OK),
        ],
    );
    assert_eq!(retried.critical_path(), [0, 1]);
    assert_eq!(Timeline::new(1).critical_path(), Vec::<usize>::new());
}

/// A run of such calls, a second each, in which all queue at zero; then that.
fn run(tasks: usize, how: How, events: &[(f64, usize, EventKind)]) -> Run {
    let list: Vec<String> = (0..tasks).map(|task| format!("{task}:1000")).collect();
    let tasks = parse_tasks(&list.join(",")).expect("tasks");
    let queued = (0..tasks.len()).map(|task| event(0.0, task, Queued));
    let then = events.iter().map(|&(at, task, kind)| event(at, task, kind));
    support::run_of(&tasks, how, &RetryPolicy::default(), queued.chain(then))
}

fn chefs(run: &Run, moments: &[(f64, Chef)]) {
    for &(at, chef) in moments {
        assert_eq!(Scene::at(run, ms(at)).chef, chef, "at {at}");
    }
}

#[test]
fn a_gesture_lasts_a_part_of_its_call_and_no_longer_than_it_takes() {
    let tasks = parse_tasks("a:1000,b:3000").expect("tasks");
    chefs(
        &support::run(&tasks, How::Sequential),
        &[
            (-0.01, Chef::Ready),
            (0.0, Chef::Setting(0)),
            (149.99, Chef::Setting(0)),
            (150.0, Chef::Staring(0)),
            (999.99, Chef::Staring(0)),
            (1000.0, Chef::Plating),
            (1149.99, Chef::Plating),
            (1150.0, Chef::Setting(0)),
            (1219.99, Chef::Setting(0)),
            (1220.0, Chef::Staring(0)),
            (3999.99, Chef::Staring(0)),
            (4000.0, Chef::Spent),
        ],
    );
    chefs(
        &support::run(&tasks, How::Join),
        &[
            (0.0, Chef::Setting(0)),
            (149.99, Chef::Setting(0)),
            (150.0, Chef::Setting(1)),
            (219.99, Chef::Setting(1)),
            (220.0, Chef::Chopping),
            (1000.0, Chef::Plating),
            (1150.0, Chef::Chopping),
            (3000.0, Chef::AtEase),
        ],
    );
    // Three seconds' plating would be longer than it takes.
    let long = [(0.0, 0, STARTED), (0.0, 1, STARTED), (3000.0, 0, OK)];
    let plating = [(3319.99, Chef::Plating), (3320.0, Chef::Chopping)];
    chefs(&run(2, How::Join, &long), &plating);
    // Who looks back at the counter stands ready, though a dish is fresh.
    let pause = [(0.0, 0, STARTED), (500.0, 0, OK), (560.0, 1, STARTED)];
    chefs(
        &run(2, How::Sequential, &pause),
        &[
            (499.99, Chef::Staring(0)),
            (500.0, Chef::Ready),
            (560.0, Chef::Plating),
            (575.0, Chef::Setting(0)),
            (710.0, Chef::Staring(0)),
        ],
    );
    // Of several pots the newest is being set on.
    chefs(
        &run(2, How::Join, &[(0.0, 0, STARTED), (100.0, 1, STARTED)]),
        &[
            (99.99, Chef::Setting(0)),
            (100.0, Chef::Setting(1)),
            (250.0, Chef::Chopping),
        ],
    );
}

#[test]
fn between_two_attempts_the_chef_looks_at_the_clock() {
    let again = [(0.0, 0, STARTED), (500.0, 0, AGAIN), (900.0, 0, STARTED)];
    let run = run(2, How::Sequential, &again);
    chefs(
        &run,
        &[
            (499.99, Chef::Staring(0)),
            (500.0, Chef::Watching),
            (899.99, Chef::Watching),
            (900.0, Chef::Setting(0)),
        ],
    );
    let (before, after) = (Scene::at(&run, ms(600.0)), Scene::at(&run, ms(900.0)));
    assert_eq!((before.stove.len(), before.again), (0, vec![(0, 2)]));
    assert_eq!((after.stove[0].attempt, after.again), (2, vec![]));
}

#[test]
fn who_waited_for_each_is_spent_and_who_overlapped_is_at_ease_and_who_failed_dismayed() {
    let end =
        |how, events: &[(f64, usize, EventKind)]| Scene::at(&run(2, how, events), ms(9000.0)).chef;
    let started = [(0.0, 0, STARTED), (0.0, 1, STARTED)];
    let in_turn = [
        (0.0, 0, STARTED),
        (1.0, 0, OK),
        (1.0, 1, STARTED),
        (2.0, 1, OK),
    ];
    let at_once = |first, second| [&started[..], &[(1.0, 0, first), (2.0, 1, second)]].concat();
    assert_eq!(end(How::Sequential, &in_turn), Chef::Spent);
    assert_eq!(end(How::Pool(1), &in_turn), Chef::Spent);
    assert_eq!(end(How::Join, &at_once(OK, OK)), Chef::AtEase);
    assert_eq!(end(How::Join, &at_once(FAILED, OK)), Chef::Dismayed);
    assert_eq!(end(How::First, &at_once(FAILED, OK)), Chef::AtEase);
    assert_eq!(end(How::First, &at_once(OK, CANCELLED)), Chef::AtEase);
    assert_eq!(
        end(How::FailFast, &at_once(FAILED, CANCELLED)),
        Chef::Dismayed
    );
    let one = run(1, How::Sequential, &[(0.0, 0, STARTED), (5.0, 0, OK)]);
    assert_eq!(Scene::at(&one, ms(5.0)).chef, Chef::AtEase);
}

#[test]
fn every_dish_is_where_its_task_left_it() {
    let run = run(
        7,
        How::Join,
        &[
            (0.0, 0, STARTED),
            (0.0, 1, STARTED),
            (0.0, 2, STARTED),
            (0.0, 3, STARTED),
            (10.0, 0, OK),
            (20.0, 1, FAILED),
            (30.0, 2, CANCELLED),
            (40.0, 3, AGAIN),
            (45.0, 6, STARTED),
            (50.0, 3, CANCELLED),
            (50.0, 4, CANCELLED),
        ],
    );
    let scene = Scene::at(&run, ms(60.0));
    let dish = |task, is_good, age, took: f64| Dish {
        task,
        is_good,
        age: ms(age),
        plating: ms(took) * 0.15,
    };
    assert_eq!(
        scene.pass,
        [dish(0, true, 50.0, 10.0), dish(1, false, 40.0, 20.0)]
    );
    assert_eq!(scene.unmade, [2, 3, 4], "one waited to be tried again");
    assert_eq!(scene.waiting, [5]);
    let pot = Pot {
        task: 6,
        burner: 0,
        age: ms(15.0),
        setting: ms(150.0),
        attempt: 1,
        is_unnoticed: false,
    };
    assert_eq!(scene.stove, [pot]);
    assert_eq!((scene.lit, scene.burners), (Some(4), 7));
    // What has not happened yet is not to be seen.
    let scene = Scene::at(&run, ms(40.0));
    assert_eq!((scene.waiting, scene.unmade), (vec![3, 4, 5, 6], vec![2]));
    assert_eq!((scene.lit, scene.again), (Some(3), vec![(3, 2)]));
    assert_eq!(Scene::at(&run, ms(-1.0)).lit, None);
}

/// Retries that are used up, and those that the policy does not allow.
#[test]
fn a_call_is_tried_again_exactly_as_often_as_is_allowed() {
    let tasks = parse_tasks("a:100:503").expect("tasks");
    for retries in [0, 1, 10] {
        let policy = RetryPolicy {
            retries,
            ..RetryPolicy::default()
        };
        let timeline = support::timeline_under(&tasks, How::Join, &policy);
        let attempts = timeline.spans()[0].attempts.len();
        assert_eq!(attempts, usize::try_from(retries).expect("few") + 1);
    }
}
