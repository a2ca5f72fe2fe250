//! The playback's verbs at the beginning, at the end and just before it, and
//! what a run records at its first and last moments.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Call, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::run::client::{Client, SimulatedClient};
use expert_chef_core::run::clock::Clock;
use expert_chef_core::run::event::EventKind;
use expert_chef_core::shown::playback::{NUDGE, PlayState, Playback, Track, Verb};
use support::run_on;
use support::virtual_clock::VirtualClock;

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

const MOMENTS: [Millis; 3] = [Millis::ZERO, Millis::new(500.0), Millis::new(900.0)];

const fn track(duration: f64, is_live: bool) -> Track<'static> {
    Track {
        duration: Millis::new(duration),
        is_live,
        moments: &MOMENTS,
    }
}

const OVER: Track = track(1000.0, false);
const LIVE: Track = track(1000.0, true);

/// Playing from that moment, when the clock shows zero.
fn playing(from: f64, track: Track) -> Playback {
    let mut playback = Playback::new(1.0);
    playback.pause_at(ms(from));
    playback.perform(Verb::Toggle, Millis::ZERO, track);
    assert_eq!(playback.state(), PlayState::Playing);
    playback
}

/// What is shown, and what it is doing, when the clock shows that.
fn shown(playback: &Playback, now: f64) -> (Option<f64>, PlayState) {
    let at = playback.time(ms(now), OVER.duration);
    (at.map(Millis::ms), playback.state())
}

#[test]
fn what_plays_stops_at_the_end_and_not_before() {
    let ticked = |track, now: f64| {
        let mut playback = playing(200.0, track);
        playback.tick(ms(now), track);
        shown(&playback, now)
    };
    assert_eq!(ticked(OVER, 799.0), (Some(999.0), PlayState::Playing));
    assert_eq!(ticked(OVER, 800.0), (Some(1000.0), PlayState::Paused));
    assert_eq!(ticked(LIVE, 799.0), (Some(999.0), PlayState::Playing));
    assert_eq!(ticked(LIVE, 800.0), (None, PlayState::Live));
}

#[test]
fn time_passes_only_for_what_plays() {
    for track in [OVER, LIVE] {
        let mut paused = Playback::new(1.0);
        paused.pause_at(ms(1000.0));
        paused.tick(ms(9000.0), track);
        assert_eq!(shown(&paused, 9000.0), (Some(1000.0), PlayState::Paused));
        let mut live = Playback::new(1.0);
        live.tick(ms(9000.0), track);
        assert_eq!(shown(&live, 9000.0), (None, PlayState::Live));
    }
}

#[test]
fn a_loop_begins_anew_at_the_end_unless_there_is_nothing_to_play() {
    let ticked = |track, from: f64, times| {
        let mut playback = playing(from, track);
        for time in 0..times {
            assert_eq!(playback.is_looping(), time % 2 == 1);
            playback.perform(Verb::Loop, Millis::ZERO, track);
        }
        playback.tick(ms(1000.0), track);
        shown(&playback, 1100.0)
    };
    assert_eq!(ticked(OVER, 200.0, 1), (Some(100.0), PlayState::Playing));
    assert_eq!(ticked(OVER, 200.0, 2), (Some(1000.0), PlayState::Paused));
    assert_eq!(ticked(track(0.0, false), 0.0, 1).1, PlayState::Paused);
    assert_eq!(ticked(LIVE, 200.0, 1).1, PlayState::Live);
}

#[test]
fn toggling_plays_from_where_it_stands_or_pauses_there() {
    let toggled = |playback: &mut Playback, now: f64| {
        playback.perform(Verb::Toggle, ms(now), OVER);
        shown(playback, now)
    };
    let mut playback = Playback::new(1.0);
    let paused_at_the_end = toggled(&mut playback, 0.0);
    assert_eq!(paused_at_the_end, (Some(1000.0), PlayState::Paused));
    assert_eq!(toggled(&mut playback, 0.0), (Some(0.0), PlayState::Playing));
    assert_eq!(
        toggled(&mut playback, 400.0),
        (Some(400.0), PlayState::Paused)
    );
    playback.pause_at(ms(999.0));
    assert_eq!(
        toggled(&mut playback, 0.0),
        (Some(999.0), PlayState::Playing)
    );
}

#[test]
fn seeking_keeps_within_the_recording_and_goes_on_as_it_was() {
    for (verb, to) in [
        (Verb::Seek(ms(300.0)), 300.0),
        (Verb::Seek(ms(-1.0)), 0.0),
        (Verb::Seek(ms(1001.0)), 1000.0),
        (Verb::Nudge(ms(100.0)), 800.0),
        (Verb::Nudge(ms(-100.0)), 600.0),
        (Verb::Nudge(ms(-701.0)), 0.0),
        (Verb::Nudge(ms(301.0)), 1000.0),
        (Verb::Start, 0.0),
        (Verb::End, 1000.0),
    ] {
        let mut playback = playing(200.0, OVER);
        playback.perform(verb, ms(500.0), OVER);
        assert_eq!(shown(&playback, 500.0), (Some(to), PlayState::Playing));
        let later = (to + 50.0).min(1000.0);
        assert_eq!(shown(&playback, 550.0).0, Some(later), "{verb:?}");
        playback.pause_at(ms(700.0));
        playback.perform(verb, ms(900.0), OVER);
        assert_eq!(shown(&playback, 999.0), (Some(to), PlayState::Paused));
    }
}

#[test]
fn steps_go_to_the_events_around_and_pause_there() {
    for (from, before, after) in [
        (0.0, 0.0, 500.0),
        (499.0, 0.0, 500.0),
        (500.0, 0.0, 900.0),
        (501.0, 500.0, 900.0),
        (900.0, 500.0, 1000.0),
        (1000.0, 900.0, 1000.0),
    ] {
        for (verb, to) in [(Verb::Previous, before), (Verb::Next, after)] {
            let mut playback = Playback::new(1.0);
            playback.pause_at(ms(from));
            playback.perform(verb, Millis::ZERO, OVER);
            let expected = (Some(to), PlayState::Paused);
            assert_eq!(shown(&playback, 0.0), expected, "{verb:?} from {from}");
        }
    }
    let mut playback = playing(600.0, OVER);
    playback.perform(Verb::Next, ms(100.0), OVER);
    assert_eq!(shown(&playback, 300.0), (Some(900.0), PlayState::Paused));
}

#[test]
fn a_rate_holds_from_now_on_and_lasts() {
    let mut playback = playing(0.0, OVER);
    playback.perform(Verb::Rate(2.0), ms(100.0), OVER);
    assert_eq!(shown(&playback, 100.0).0, Some(100.0));
    assert_eq!(shown(&playback, 150.0).0, Some(200.0));
    playback.perform(Verb::Loop, ms(150.0), OVER);
    playback.pause_at(ms(300.0));
    playback.perform(Verb::Rate(4.0), ms(150.0), OVER);
    assert_eq!(shown(&playback, 500.0), (Some(300.0), PlayState::Paused));
    assert!(playback.rate().total_cmp(&4.0).is_eq());
    let afresh = playback.afresh();
    assert_eq!(afresh, Playback::new(4.0));
    assert!(playback.is_looping() && !afresh.is_looping());
}

#[test]
fn what_is_shifted_goes_on_as_it_was() {
    let shifted = |mut playback: Playback| {
        playback.shift(ms(600.0), ms(5000.0));
        shown(&playback, 5010.0)
    };
    assert_eq!(shifted(Playback::new(1.0)), (None, PlayState::Live));
    assert_eq!(
        shifted(playing(0.0, OVER)),
        (Some(610.0), PlayState::Playing)
    );
    let mut paused = Playback::new(1.0);
    paused.pause_at(ms(100.0));
    assert_eq!(shifted(paused), (Some(600.0), PlayState::Paused));
}

#[test]
fn only_a_run_that_goes_on_can_be_live() {
    for (track, state) in [(LIVE, PlayState::Live), (OVER, PlayState::Paused)] {
        let mut playback = Playback::new(1.0);
        playback.pause_at(ms(100.0));
        playback.perform(Verb::Live, Millis::ZERO, track);
        assert_eq!(playback.state(), state);
    }
    let words = [PlayState::Live, PlayState::Paused, PlayState::Playing].map(PlayState::word);
    assert_eq!(words, ["live", "paused", "playing"]);
}

#[test]
fn keys_are_those_of_media_players() {
    assert_eq!(NUDGE, ms(100.0));
    for (key, verb) in [
        (" ", Some(Verb::Toggle)),
        ("ArrowLeft", Some(Verb::Nudge(ms(-100.0)))),
        ("ArrowRight", Some(Verb::Nudge(ms(100.0)))),
        ("Home", Some(Verb::Start)),
        ("End", Some(Verb::End)),
        (",", Some(Verb::Previous)),
        (".", Some(Verb::Next)),
        ("a", None),
    ] {
        assert_eq!(Verb::of_key(key), verb, "{key:?}");
    }
}

/// Events of a run that begins when the clock shows a second already.
fn recorded(list: &str, policy: &RetryPolicy) -> Vec<(f64, EventKind)> {
    let tasks = parse_tasks(list).expect("tasks");
    let clock = VirtualClock::new();
    let client = SimulatedClient::new(clock.clone());
    let mut events = Vec::new();
    let run = async {
        clock.sleep(ms(1000.0)).await;
        let record = |event: expert_chef_core::run::event::Event| {
            events.push((event.at.ms(), event.kind));
        };
        run_on(&tasks, How::Join, policy, &client, &clock, record).await;
    };
    clock.run(run).expect("it waits for the clock only");
    events
}

#[test]
fn headers_come_with_the_answer_at_half_time_of_a_slow_body_or_not_at_all() {
    use EventKind::{Ended, FirstByte, Queued, Started};
    let failed = |failure| Ended(Outcome::Failed(failure));
    let good = Ended(Outcome::Ok);
    for (task, first_byte, end, how) in [
        ("a:300", Some(300.0), 300.0, good),
        ("a:300:slow-body", Some(150.0), 300.0, good),
        ("a:0:slow-body", Some(0.0), 0.0, good),
        (
            "a:300:503",
            Some(300.0),
            300.0,
            failed(Failure::Status(503)),
        ),
        (
            "a:300:malformed",
            Some(300.0),
            300.0,
            failed(Failure::Malformed),
        ),
        ("a:300:drop", None, 300.0, failed(Failure::Network)),
        ("a:300:hang", None, 60_000.0, failed(Failure::Network)),
    ] {
        let mut expected = vec![(0.0, Queued), (0.0, Started(Resource::Connection))];
        expected.extend(first_byte.map(|at| (at, FirstByte)));
        expected.push((end, how));
        assert_eq!(recorded(task, &RetryPolicy::default()), expected, "{task}");
    }
}

/// Timers may go off in either order: what counts is the clock.
#[test]
fn an_answer_in_time_is_good_and_one_at_the_limit_is_not_whoever_is_polled_first() {
    struct Late(VirtualClock, f64);
    impl Client for Late {
        async fn call(&self, _: &Call<'_>, _: impl FnOnce()) -> Result<(), Failure> {
            // Asleep before the time-out, and so awake before it.
            self.0.sleep(ms(self.1)).await;
            Ok(())
        }
    }
    let tasks = parse_tasks("a:1").expect("a task");
    let policy = RetryPolicy {
        timeout: Some(ms(100.0)),
        ..RetryPolicy::default()
    };
    for (takes, outcome) in [
        (99.99, Outcome::Ok),
        (100.0, Outcome::Failed(Failure::TimedOut)),
        (100.01, Outcome::Failed(Failure::TimedOut)),
    ] {
        let clock = VirtualClock::new();
        let client = Late(clock.clone(), takes);
        let events = support::events_of(&tasks, How::Join, &policy, &client, &clock);
        let last = events.last().map(|event| (event.at, event.kind));
        let at = ms(takes).min(ms(100.0));
        assert_eq!(last, Some((at, EventKind::Ended(outcome))), "{takes}");
    }
}

/// The end of each call that failed for want of a service is its own: nobody
/// asks again for what will not be there.
#[test]
fn what_was_not_served_is_not_asked_for_again() {
    struct Unserved;
    impl Client for Unserved {
        async fn call(&self, _: &Call<'_>, _: impl FnOnce()) -> Result<(), Failure> {
            Err(Failure::Unserved)
        }
    }
    let tasks = parse_tasks("a:1").expect("a task");
    let policy = RetryPolicy {
        retries: 3,
        ..RetryPolicy::default()
    };
    let clock = VirtualClock::new();
    let events = support::events_of(&tasks, How::Join, &policy, &Unserved, &clock);
    let kinds: Vec<EventKind> = events.into_iter().map(|event| event.kind).collect();
    let end = EventKind::Ended(Outcome::Failed(Failure::Unserved));
    assert_eq!(
        kinds,
        [
            EventKind::Queued,
            EventKind::Started(Resource::Connection),
            end
        ]
    );
}
