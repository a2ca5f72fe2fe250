//! Promises of the playback: the media element's verbs on a recording.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::millis::Millis;
use expert_chef_core::shown::playback::{PlayState, Playback, Track, Verb};
use proptest::prelude::*;

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

const MOMENTS: [Millis; 4] = [
    Millis::ZERO,
    Millis::new(500.0),
    Millis::new(1200.0),
    Millis::new(2500.0),
];

fn recorded() -> Track<'static> {
    Track {
        duration: ms(3000.0),
        is_live: false,
        moments: &MOMENTS,
    }
}

fn live() -> Track<'static> {
    Track {
        duration: ms(1000.0),
        is_live: true,
        moments: &MOMENTS[..2],
    }
}

fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        Just(Verb::Toggle),
        (-100.0..4000.0_f64).prop_map(|to| Verb::Seek(ms(to))),
        (-4000.0..4000.0_f64).prop_map(|by| Verb::Nudge(ms(by))),
        Just(Verb::Start),
        Just(Verb::End),
        Just(Verb::Previous),
        Just(Verb::Next),
        proptest::sample::select(expert_chef_core::shown::playback::RATES.to_vec())
            .prop_map(Verb::Rate),
        Just(Verb::Loop),
        Just(Verb::Live),
    ]
}

proptest! {
    #[test]
    fn whatever_is_done_the_moment_shown_is_one_of_the_recording(
        steps in proptest::collection::vec((verb(), 0.0..5000.0_f64), 0..30),
        is_live in any::<bool>(),
    ) {
        let track = if is_live { live() } else { recorded() };
        let mut playback = Playback::new(1.0);
        let mut now = Millis::ZERO;
        for (verb, wait) in steps {
            playback.perform(verb, now, track);
            now += ms(wait);
            playback.tick(now, track);
            if let Some(at) = playback.time(now, track.duration) {
                prop_assert!(at >= Millis::ZERO && at <= track.duration);
            }
        }
    }

    #[test]
    fn stepping_visits_every_event_forth_and_back(start in 0.0..3000.0_f64) {
        let mut playback = Playback::new(1.0);
        playback.perform(Verb::Seek(ms(start)), Millis::ZERO, recorded());
        let shown = |playback: &Playback| playback.time(Millis::ZERO, ms(3000.0));
        for moment in MOMENTS.into_iter().filter(|moment| moment.ms() > start) {
            playback.perform(Verb::Next, Millis::ZERO, recorded());
            prop_assert_eq!(shown(&playback), Some(moment));
        }
        playback.perform(Verb::End, Millis::ZERO, recorded());
        for moment in MOMENTS.into_iter().rev() {
            playback.perform(Verb::Previous, Millis::ZERO, recorded());
            prop_assert_eq!(shown(&playback), Some(moment));
        }
    }
}

#[test]
fn plays_at_its_rate_and_stops_at_the_end() {
    let mut playback = Playback::new(2.0);
    playback.pause_at(ms(3000.0));
    playback.perform(Verb::Toggle, ms(100.0), recorded());
    assert_eq!(playback.state(), PlayState::Playing);
    assert_eq!(playback.time(ms(600.0), ms(3000.0)), Some(ms(1000.0)));
    playback.perform(Verb::Rate(0.5), ms(600.0), recorded());
    assert_eq!(playback.time(ms(1600.0), ms(3000.0)), Some(ms(1500.0)));
    playback.tick(ms(9000.0), recorded());
    assert_eq!(playback.state(), PlayState::Paused);
    assert_eq!(playback.time(ms(9000.0), ms(3000.0)), Some(ms(3000.0)));
}

#[test]
fn loops_when_asked() {
    let mut playback = Playback::new(1.0);
    playback.pause_at(Millis::ZERO);
    playback.perform(Verb::Loop, Millis::ZERO, recorded());
    playback.perform(Verb::Toggle, Millis::ZERO, recorded());
    playback.tick(ms(3001.0), recorded());
    assert_eq!(playback.state(), PlayState::Playing);
    assert_eq!(playback.time(ms(3501.0), ms(3000.0)), Some(ms(500.0)));
}

#[test]
fn during_a_run_one_can_look_back_and_return_to_live() {
    let mut playback = Playback::new(1.0);
    assert_eq!(playback.state(), PlayState::Live);
    playback.perform(Verb::Seek(ms(200.0)), ms(1000.0), live());
    assert_eq!(playback.time(ms(1500.0), ms(1500.0)), Some(ms(200.0)));
    playback.perform(Verb::Live, ms(1500.0), live());
    assert_eq!(playback.state(), PlayState::Live);
    // Played faster than it happens, a recording catches up with the run.
    playback.perform(Verb::Seek(ms(200.0)), ms(1500.0), live());
    playback.perform(Verb::Rate(4.0), ms(1500.0), live());
    playback.perform(Verb::Toggle, ms(1500.0), live());
    playback.tick(ms(2500.0), live());
    assert_eq!(playback.state(), PlayState::Live);
    // What is over cannot be live.
    playback.pause_at(Millis::ZERO);
    playback.perform(Verb::Live, Millis::ZERO, recorded());
    assert_eq!(playback.state(), PlayState::Paused);
}
