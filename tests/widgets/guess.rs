//! Promises of the guess.

use expert_chef::view::question::{ask, form, verdicts};
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::guess::{Guess, GuessError, LONGEST, Measured, judge};
use expert_chef_core::shown::words;
use proptest::prelude::*;

use crate::{content, find, get, has, runs, tagged};
use support::stages::Staged;
use support::{how, tasks};

proptest! {
    #[test]
    fn parsing_never_panics_and_keeps_its_bounds(text in any::<String>()) {
        if let Ok(Some(time)) = Guess::parse(&text) {
            prop_assert!(time >= Millis::ZERO && time <= LONGEST);
        }
    }

    #[test]
    fn parsing_keeps_its_bounds_for_what_looks_like_a_time(
        text in "[ 0-9.,]{0,12} ?(ms|s|sec|m|S|ß)?",
    ) {
        if let Ok(Some(time)) = Guess::parse(&text) {
            prop_assert!(time >= Millis::ZERO && time <= LONGEST);
        }
    }

    #[test]
    fn what_is_spoken_is_read_back(ms in 0_u32..=600_000) {
        let time = Millis::new(ms.into());
        let read = Guess::parse(&time.spoken()).expect("a time").expect("a guess");
        prop_assert!((read.ms() - time.ms()).abs() <= 5.0);
        prop_assert_eq!(Guess::parse(&format!("{ms} ms")), Ok(Some(time)));
        prop_assert_eq!(Guess::parse(&format!("{}.{:03} s", ms / 1000, ms % 1000)), Ok(Some(time)));
    }

    #[test]
    fn a_judgement_never_contradicts_itself(
        guess in 0.0..600_000.0_f64, total in 0.0..60_000.0_f64, how in how(),
    ) {
        let (sentence, _) = judge(Millis::new(guess), measured(how, total, total, total));
        let off = (guess - total).abs();
        // Figures are shown to 1 ms below a second and to 10 ms above.
        let slack = if guess.max(total) < 999.0 { 1.0 } else { 10.0 };
        if sentence.starts_with("Spot on") {
            prop_assert!(off <= total * 0.05 + slack * 1.05, "{}", sentence);
        } else if sentence.starts_with("Close") {
            prop_assert!(off <= total * 0.2 + slack * 1.2, "{}", sentence);
            prop_assert!(off + slack >= total * 0.05, "{}", sentence);
        } else {
            prop_assert!(sentence.starts_with("Not quite"), "{}", sentence);
            prop_assert!(off + slack * 1.2 >= total * 0.2, "{}", sentence);
        }
        if sentence.contains(" more") {
            prop_assert!(total + slack > guess, "{}", sentence);
        }
        if sentence.contains(" less") {
            prop_assert!(guess + slack > total, "{}", sentence);
        }
        prop_assert!(!sentence.contains(", 0 ms"), "{}", sentence);
    }

    #[test]
    fn who_guessed_right_is_never_told_of_a_mistake(tasks in tasks()) {
        for run in runs(&tasks) {
            let measured = Measured::of(&run).expect("it is over");
            prop_assert!(judge(measured.total, measured).0.starts_with("Spot on"));
        }
    }
}

fn measured(strategy: How, total: f64, sum: f64, longest: f64) -> Measured {
    Measured {
        strategy: Some(strategy),
        total: Millis::new(total),
        sum: Millis::new(sum),
        longest: Millis::new(longest),
    }
}

#[test]
fn times_are_read_as_people_write_them() {
    for (text, ms) in [
        ("2.5", 2500.0),
        ("2.5 s", 2500.0),
        ("2500 ms", 2500.0),
        ("1,2 s", 1200.0),
        ("2500", 2500.0),
        ("60", 60.0),
        ("59", 59_000.0),
        ("59.99", 59_990.0),
        ("90 s", 90_000.0),
        ("90sec", 90_000.0),
        (" 3 Seconds ", 3000.0),
        ("3S", 3000.0),
        ("800MS", 800.0),
        (".5", 500.0),
        (",25 s", 250.0),
        ("0", 0.0),
        ("1.205 s", 1205.0),
        ("2,500 ms", 2500.0),
        ("2,500", 2500.0),
        ("0.050", 50.0),
        ("600 s", 600_000.0),
        ("600000", 600_000.0),
    ] {
        assert_eq!(Guess::parse(text), Ok(Some(Millis::new(ms))), "{text}");
    }
    for text in ["", " ", "\u{a0}\t"] {
        assert_eq!(Guess::parse(text), Ok(None));
    }
    for text in [
        "-1", "s", "ms", "2 5", "1e3", "2 h", "two", "1.", ".", "1.2.3", "١",
    ] {
        assert_eq!(Guess::parse(text), Err(GuessError::Unreadable), "{text}");
    }
    for text in ["601 s", "600001", "99999999999999", "600.001 s"] {
        assert_eq!(Guess::parse(text), Err(GuessError::TooLong), "{text}");
    }
}

#[test]
fn a_judgement_says_by_how_much_and_why() {
    let sequential = measured(How::Sequential, 2510.0, 2505.0, 1203.0);
    let join = measured(How::Join, 1204.0, 2505.0, 1203.0);
    for (guess, measured, sentence) in [
        (
            2500.0,
            sequential,
            "Spot on: you said 2.5 s, it took 2.51 s.",
        ),
        (
            2200.0,
            sequential,
            "Close: you said 2.2 s, it took 2.51 s, 310 ms more.",
        ),
        (
            5000.0,
            sequential,
            "Not quite: you said 5 s, it took 2.51 s, 2.49 s less than you thought.",
        ),
        (
            1200.0,
            sequential,
            "Not quite: you said 1.2 s, it took 2.51 s, 1.31 s more than you thought. \
             Perhaps you thought of the longest call: here each waits for the one before, so they add up.",
        ),
        (
            2500.0,
            join,
            "Not quite: you said 2.5 s, it took 1.2 s, 1.3 s less than you thought. \
             Perhaps you added the calls up: here they wait together, so only the longest counts.",
        ),
        (
            800.0,
            join,
            "Not quite: you said 800 ms, it took 1.2 s, 400 ms more than you thought.",
        ),
    ] {
        let (said, hint) = judge(Millis::new(guess), measured);
        assert_eq!([&said, hint].join(" ").trim_end(), sentence);
    }
}

#[test]
fn a_guess_is_marked_and_judged_only_once_it_is_handed_in() {
    let tasks = Scenario::default().tasks;
    let runs = runs(&tasks);
    let mut guess = Guess::new(2);
    guess.enter(0, "2.5");
    assert!(guess.is_open());
    assert_eq!(guess.time(0), None);
    assert_eq!(verdicts(&guess, &runs), None);

    guess.enter(1, "soon");
    assert_eq!(guess.error(1), None, "nobody is corrected while typing");
    assert_eq!(guess.answer(), Err(1));
    assert_eq!(guess.error(1), Some(GuessError::Unreadable));
    let form = form(&guess, &How::ALL);
    let wrong = find(&form, &|element| has(element, "aria-invalid", "true"));
    assert_eq!(wrong.len(), 1);
    assert!(has(wrong[0], "data-run", "1") && has(wrong[0], ".value", "soon"));
    let error = GuessError::Unreadable.sentence();
    assert_eq!(content(tagged(&form, "label")[1]).matches(error).count(), 1);

    guess.enter(1, "");
    assert_eq!(guess.answer(), Ok(()));
    assert!(guess.is_answered());
    assert_eq!(guess.time(0), Some(Millis::new(2500.0)));
    assert_eq!(guess.time(1), None);
    let verdict = verdicts(&guess, &runs).expect("there is one");
    assert!(content(&verdict).contains("Spot on"));
}

#[test]
fn a_tap_has_its_time_as_a_field_would_and_is_for_the_kitchen_that_asks() {
    let staged = Staged::ready(Config::default());
    let asked = ask(&staged.stage, 1);
    let taps = tagged(&asked, "button");
    let times: Vec<Millis> = taps
        .iter()
        .map(|tap| {
            assert!(has(tap, "data-action", "answer") && has(tap, "data-index", "1"));
            let value = get(tap, "data-value").expect("a value");
            Guess::parse(value).expect("a time").expect("a guess")
        })
        .collect();
    for (time, answer) in times.iter().zip(staged.stage.answers()) {
        assert!((time.ms() - answer.ms()).abs() < 1.0);
    }
    assert_eq!(times.len(), staged.stage.answers().len());
    assert!(content(&asked).starts_with("All three at once?"));
}

#[test]
fn the_question_can_be_skipped_and_says_which_kitchen_it_means() {
    let mut guess = Guess::new(2);
    let form = form(&guess, &How::ALL);
    for (label, how) in tagged(&form, "label").into_iter().zip(How::ALL) {
        assert_eq!(content(label), words::title(how));
        assert_eq!(tagged(label, "input").len(), 1);
    }
    guess.enter(0, "2.5");
    guess.skip();
    assert!(!guess.is_open() && !guess.is_answered());
    assert_eq!(guess.time(0), None);

    let mut silent = Guess::new(2);
    assert_eq!(silent.answer(), Ok(()));
    assert!(!silent.is_open() && !silent.is_answered());
}
