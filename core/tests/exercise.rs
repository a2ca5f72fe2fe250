//! Promises of exercises: what is the best there can be, and what is said of a
//! program is what it did.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, reason = "tests")]

use expert_chef_core::asked::exercise::{Exercise, Job};
use expert_chef_core::asked::language::Language;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::judge::Verdict;
use expert_chef_core::shown::session::{Effect, End, How, Msg, Request, Session};
use expert_chef_core::written::result::answered;
use proptest::prelude::*;
use serde_json::{Value, json};

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

fn read(text: &str) -> Exercise {
    let exercises = Exercise::read(text).expect("an exercise");
    exercises.into_iter().next().expect("one")
}

/// A program that runs in an exercise, told step by step.
struct Cooked {
    session: Session,
    id: u32,
}

impl Cooked {
    fn begin(exercise: &str) -> Self {
        Self::begin_in(Language::Python, exercise)
    }

    fn begin_in(language: Language, exercise: &str) -> Self {
        let mut session = Session::default();
        session.update(Msg::Speak(language.word().into()), ms(0.0));
        session.update(Msg::Learned(exercise.into(), None, Vec::new()), ms(0.0));
        for msg in [Msg::Opened, Msg::Came(language), Msg::Started(language)] {
            session.update(msg, ms(0.0));
        }
        session.update(Msg::Asked("pass".into()), ms(0.0));
        assert!(session.is_running());
        Self { session, id: 0 }
    }

    fn call(&mut self, name: &str, line: u32, at: f64) -> u32 {
        self.id += 1;
        let request = Request {
            name: name.into(),
            thread: "0".into(),
            line: Some(line),
            ..Request::default()
        };
        self.session.update(Msg::Called(self.id, request), ms(at));
        self.id
    }

    fn answer(&mut self, id: u32, at: f64) {
        self.session.update(Msg::Answered(id, Ok(())), ms(at));
    }

    fn tell(&mut self, text: &str, at: f64) {
        self.session.update(Msg::Told(text.into()), ms(at));
    }

    fn end(&mut self, at: f64) -> Verdict {
        let end = Msg::Ended(End::short(How::Ok, ""));
        let effects = self.session.update(end, ms(at));
        let verdict = self.session.verdict().expect("a verdict").clone();
        let told = effects
            .iter()
            .any(|effect| matches!(effect, Effect::Tell(_, told) if *told == verdict));
        assert!(told, "a host page hears it");
        verdict
    }
}

fn failed(verdict: &Verdict) -> Vec<&'static str> {
    let failed = verdict.checks.iter().filter(|checked| !checked.is_passed);
    failed.map(|checked| checked.check.word()).collect()
}

const TWO: &str = "=two\ntitle: Two\ntask: Ask both.\nservices: user:800,orders:1200\n\
                   prints: user orders\nonce: yes\nratio: 1.3\n@start.py\n\tpass\n\
                   @next.txt\n\tpassed: Why?\n\tratio: What waited?\n";

#[test]
fn in_turn_it_is_too_slow_and_the_line_that_waited_is_named() {
    let mut cooked = Cooked::begin(TWO);
    let user = cooked.call("user", 3, 10.0);
    cooked.answer(user, 810.0);
    let orders = cooked.call("orders", 4, 812.0);
    cooked.answer(orders, 2012.0);
    cooked.tell("2013\t0\tout\t5\tuser orders\\n", 2014.0);
    let verdict = cooked.end(2015.0);
    assert_eq!(failed(&verdict), ["ratio"]);
    assert_eq!(verdict.next, "What waited?");
    let [note] = &verdict.notes[..] else {
        panic!("{:?}", verdict.notes);
    };
    let expected =
        "Line 3 waited 800 ms for user before orders was asked, which needs nothing of it.";
    assert_eq!(note, expected);
}

#[test]
fn in_another_language_it_is_asked_what_is_asked_of_that() {
    let two = TWO.replace(
        "@next.txt\n",
        "@start.js\n\tvoid 0\n@next.js.txt\n\tpassed: And the event loop?\n@next.txt\n",
    );
    let mut cooked = Cooked::begin_in(Language::JavaScript, &two);
    let (user, orders) = (cooked.call("user", 3, 10.0), cooked.call("orders", 4, 12.0));
    cooked.answer(user, 810.0);
    cooked.answer(orders, 1212.0);
    cooked.tell("1213\t0\tout\t0\tuser orders\\n", 1214.0);
    let verdict = cooked.end(1215.0);
    assert!(verdict.is_passed());
    assert_eq!(verdict.next, "And the event loop?");
    let recording = cooked.session.recording().expect("a recording");
    let result = answered(&recording, "two", &verdict).to_string();
    let result: Value = serde_json::from_str(&result).expect("JSON");
    assert_eq!(result["language"], "javascript");
    // What has no question of its own has the one that all have.
    let mut cooked = Cooked::begin_in(Language::JavaScript, &two);
    let user = cooked.call("user", 3, 10.0);
    cooked.answer(user, 810.0);
    let orders = cooked.call("orders", 4, 812.0);
    cooked.answer(orders, 2012.0);
    cooked.tell("2013\t0\tout\t5\tuser orders\\n", 2014.0);
    assert_eq!(cooked.end(2015.0).next, "What waited?");
}

#[test]
fn at_once_it_passes_and_that_is_kept_once() {
    let mut cooked = Cooked::begin(TWO);
    let (user, orders) = (cooked.call("user", 3, 10.0), cooked.call("orders", 4, 12.0));
    cooked.answer(user, 810.0);
    cooked.answer(orders, 1212.0);
    cooked.tell("1213\t0\tout\t5\tuser orders\\n", 1214.0);
    let verdict = cooked.end(1215.0);
    assert_eq!(failed(&verdict), [""; 0]);
    assert!(verdict.is_passed() && verdict.notes.is_empty());
    assert_eq!(verdict.next, "Why?");
    let passed: Vec<bool> = cooked
        .session
        .exercises()
        .map(|(_, passed)| passed)
        .collect();
    assert_eq!(passed, [true]);
    let recording = cooked.session.recording().expect("a recording");
    assert_eq!(recording.runs().len(), 3);
    let result = answered(&recording, "two", &verdict).to_string();
    let result: Value = serde_json::from_str(&result).expect("JSON");
    assert_eq!(result["exercise"], "two");
    assert_eq!(result["language"], "python");
    assert_eq!(
        result["verdict"],
        json!({ "outcome": "passed", "failed": [] })
    );
    let sources = [0, 1, 2].map(|run| result["runs"][run]["source"].as_str());
    assert_eq!(sources, [None, Some("drawn-ahead"), Some("drawn-ahead")]);
}

/// Three calls at once, and work that goes on from then to then; it takes a slow
/// machine longer than there is time while calls are in flight.
fn worked(from: f64, until: f64) -> Verdict {
    let mut cooked = Cooked::begin(
        "=mix\ntitle: Mix\ntask: Work.\nservices: sales:400,stock:800,visits:1200\n\
         once: yes\nchecks: works-meanwhile\n@start.py\n\tpass\n",
    );
    let tell = |cooked: &mut Cooked, at: f64, what: &str| {
        cooked.tell(&format!("{at}\t0\t{what}\n"), at);
    };
    tell(&mut cooked, 0.0, "wait\t9\tcall");
    let ids = ["sales", "stock", "visits"].map(|name| cooked.call(name, 9, 1.0));
    let mut todo = vec![(from, None), (until, None)];
    todo.extend([400.0, 800.0, 1200.0].into_iter().zip(ids.map(Some)));
    todo.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    for (at, id) in todo {
        match id {
            Some(id) => cooked.answer(id, at),
            None if at == from => tell(&mut cooked, at, "run\t5\t"),
            None => tell(&mut cooked, at, "wait\t9\tcall"),
        }
    }
    cooked.end(until.max(1201.0))
}

#[test]
fn work_is_compared_with_what_could_be_done_meanwhile() {
    for until in [700.0, 1500.0, 6000.0] {
        assert_eq!(failed(&worked(401.0, until)), [""; 0], "{until}");
        let late = worked(1201.0, 1201.0 + until);
        assert_eq!(failed(&late), ["works-meanwhile"], "{until}");
    }
}

#[test]
fn a_slow_machine_passes_a_right_answer() {
    let mut cooked = Cooked::begin(TWO);
    let (user, orders) = (
        cooked.call("user", 3, 100.0),
        cooked.call("orders", 4, 150.0),
    );
    cooked.answer(user, 3000.0);
    cooked.answer(orders, 4000.0);
    cooked.tell("4010\t0\tout\t5\tuser orders\\n", 4020.0);
    assert_eq!(failed(&cooked.end(4100.0)), [""; 0]);
}

#[test]
fn what_is_asked_twice_or_written_out_of_order_is_said() {
    let mut cooked = Cooked::begin(TWO);
    for _ in 0..2 {
        let user = cooked.call("user", 3, 10.0);
        cooked.answer(user, 810.0);
    }
    cooked.tell("813\t0\tout\t5\torders user\\n", 814.0);
    let verdict = cooked.end(900.0);
    assert_eq!(failed(&verdict), ["prints", "once"]);
    assert_eq!(verdict.checks[1].says, "user was asked 2 times.");
}

#[test]
fn an_exercises_services_are_all_there_is() {
    let mut cooked = Cooked::begin(TWO);
    let request = Request {
        name: "billing".into(),
        ..Request::default()
    };
    let effects = cooked.session.update(Msg::Called(9, request), ms(5.0));
    let [Effect::Refuse(9, why)] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert!(why.ends_with("There are: user, orders."), "{why}");
}

#[test]
fn a_service_that_fails_twice_does_so_in_each_run() {
    let text = "=one\nservices: billing:300:503*2\nchecks: backs-off";
    let exercise = read(text);
    let faults = [0, 1, 2].map(|attempt| {
        exercise
            .drawn("billing", attempt)
            .map(|drawn| drawn.fault.is_some())
    });
    assert_eq!(faults, [Some(true), Some(true), Some(false)]);
    assert_eq!(exercise.drawn("soup", 0), None);
}

#[test]
fn what_needs_another_and_what_has_no_place_waits() {
    let needs = read("=one\nservices: user:500,orders:700,stock:900\nneeds: orders<user");
    assert_eq!(needs.best(|_| None), ms(1200.0));
    let limited = read("=one\nservices: a:400,b:400,c:400,d:400\nlimit: 3");
    assert_eq!(limited.best(|_| None), ms(800.0));
    assert_eq!(
        limited.best(|name| (name == "a").then_some(ms(100.0))),
        ms(500.0)
    );
    let circle = read("=one\nservices: a:1,b:1\nneeds: a<b,b<a");
    assert_eq!(circle.best(|_| None), ms(1.0));
}

#[test]
fn what_is_no_exercise_says_so() {
    for (text, complaint) in [
        ("=one\nsoup: 1", "soup: 1"),
        ("=one\nno key", "no key"),
        ("=one\nlimit: many", "limit"),
        ("=one\nchecks: thunder", "thunder"),
        ("=one\nservices: a:b:c:d", "services"),
    ] {
        let error = Exercise::read(text).expect_err(text);
        assert!(error.contains(complaint), "{error}");
    }
    assert_eq!(Exercise::read("no exercise"), Ok(Vec::new()));
}

proptest! {
    #[test]
    fn nothing_beats_the_longest_or_needs_more_than_the_sum(
        takes in prop::collection::vec(1_u32..2_000, 1..12), limit in 1_usize..5,
    ) {
        let exercise = Exercise { limit: Some(limit), ..Exercise::default() };
        let jobs: Vec<Job<'_>> = takes
            .iter()
            .map(|&takes| Job { name: "a", takes: ms(takes.into()), again: None })
            .collect();
        let begun = exercise.schedule(&jobs);
        let ends: Vec<Millis> = begun.iter().zip(&jobs).map(|(begun, job)| *begun + job.takes).collect();
        let last = ends.iter().copied().fold(Millis::ZERO, Millis::max);
        let sum: u32 = takes.iter().sum();
        let longest = takes.iter().copied().max().unwrap_or_default();
        prop_assert!(last >= ms(longest.into()) && last <= ms(sum.into()));
        for at in &begun {
            let in_flight = begun.iter().zip(&ends).filter(|(from, until)| *from <= at && at < until);
            prop_assert!(in_flight.count() <= limit);
        }
    }

    #[test]
    fn whatever_an_exercise_says_reading_it_does_not_fail(text in "(=[a-z]{1,5}\n|[a-z]{1,8}: .{0,20}\n|@[a-z]{1,4}\n|\t.{0,9}\n){0,12}") {
        let _ = Exercise::read(&text);
    }
}
