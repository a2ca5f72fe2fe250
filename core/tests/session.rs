//! Promises of a reader's program on the page: one runs at a time, on an
//! interpreter of its own, and calls nothing but the page's services.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, reason = "tests")]

use expert_chef_core::asked::language::Language;
use expert_chef_core::asked::scenario::{Drawn, FaultKind};
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::session::{
    Effect, End, How, MOST_CALLS, Msg, Parts, Request, Session, said,
};
use proptest::prelude::*;

const PYTHON: Language = Language::Python;
const JAVASCRIPT: Language = Language::JavaScript;

/// A session whose messages come one millisecond after the other.
#[derive(Default)]
struct Told {
    session: Session,
    now: f64,
}

impl Told {
    fn tell(&mut self, msg: Msg) -> Vec<Effect> {
        self.now += 1.0;
        self.session.update(msg, Millis::new(self.now))
    }

    fn ready() -> Self {
        let mut told = Self::default();
        assert_eq!(told.tell(Msg::Opened), [Effect::Fetch(PYTHON)]);
        assert_eq!(told.tell(Msg::Came(PYTHON)), [Effect::Start(PYTHON)]);
        assert_eq!(told.tell(Msg::Started(PYTHON)), [Effect::Start(PYTHON)]);
        assert_eq!(told.tell(Msg::Started(PYTHON)), []);
        told
    }

    fn running() -> Self {
        let mut told = Self::ready();
        let effects = told.tell(Msg::Asked("pass".into()));
        assert_eq!(effects, [Effect::Run(PYTHON, "pass".into())]);
        told
    }
}

fn request(name: &str) -> Request {
    Request {
        name: name.into(),
        ..Request::default()
    }
}

#[test]
fn who_asks_before_python_is_there_gets_the_run_when_it_is() {
    let mut told = Told::default();
    told.tell(Msg::Opened);
    assert_eq!(told.tell(Msg::Asked("pass".into())), []);
    assert_eq!(told.session.word(), "loading");
    told.tell(Msg::Coming(PYTHON, 1e6, 4.1e6));
    assert_eq!(said(&told.session), "Python is on its way: 1 of 4.1 MB.");
    told.tell(Msg::Came(PYTHON));
    let effects = told.tell(Msg::Started(PYTHON));
    assert_eq!(effects, [Effect::Run(PYTHON, "pass".into())]);
    assert_eq!(told.session.word(), "running");
}

#[test]
fn each_program_has_an_interpreter_of_its_own() {
    let mut told = Told::running();
    assert_eq!(told.tell(Msg::Asked("other".into())), [], "one at a time");
    let effects = told.tell(Msg::Ended(End::short(How::Ok, "")));
    assert_eq!(
        effects,
        [Effect::Close, Effect::Show, Effect::Start(PYTHON)]
    );
    assert_eq!(told.session.word(), "ended");
    // The spare one.
    let effects = told.tell(Msg::Asked("other".into()));
    assert_eq!(effects, [Effect::Run(PYTHON, "other".into())]);
}

#[test]
fn a_warm_interpreter_that_is_lost_is_replaced() {
    let mut told = Told::ready();
    assert_eq!(told.tell(Msg::Lost(PYTHON)), [Effect::Start(PYTHON)]);
    assert_eq!(told.tell(Msg::Lost(PYTHON)), [], "one at a time");
    assert_eq!(told.session.word(), "loading");
    assert_eq!(told.tell(Msg::Started(PYTHON)), [Effect::Start(PYTHON)]);
    assert_eq!(told.session.word(), "ready");
}

#[test]
fn it_stops_at_once_and_the_next_can_run() {
    let mut told = Told::running();
    let effects = told.tell(Msg::Stop);
    assert_eq!(
        effects,
        [Effect::Close, Effect::Show, Effect::Start(PYTHON)]
    );
    let end = told.session.run().and_then(|run| run.end.clone());
    assert_eq!(end.expect("it has ended").how, How::Stopped);
    // What it still had to say is of no run.
    assert_eq!(told.tell(Msg::Called(1, request("user"))), []);
    assert_eq!(told.tell(Msg::Ended(End::short(How::Ok, ""))), []);
    let effects = told.tell(Msg::Asked("other".into()));
    assert_eq!(effects, [Effect::Run(PYTHON, "other".into())]);
}

#[test]
fn who_has_thought_better_of_it_gets_no_run() {
    let mut told = Told::default();
    told.tell(Msg::Opened);
    told.tell(Msg::Asked("pass".into()));
    assert_eq!(told.tell(Msg::Stop), []);
    told.tell(Msg::Came(PYTHON));
    assert_eq!(told.tell(Msg::Started(PYTHON)), [Effect::Start(PYTHON)]);
    assert_eq!(told.session.word(), "ready");
}

#[test]
fn python_that_is_not_to_be_had_is_asked_for_again_by_the_next_run() {
    let mut told = Told::default();
    told.tell(Msg::Opened);
    told.tell(Msg::Missing(PYTHON, "No network.".into()));
    assert_eq!(told.session.word(), "failed");
    assert_eq!(said(&told.session), "No network.");
    assert_eq!(
        told.tell(Msg::Asked("pass".into())),
        [Effect::Fetch(PYTHON)]
    );
    assert_eq!(*told.session.parts(), Parts::Coming(0.0, 0.0));
}

#[test]
fn an_interpreter_that_does_not_start_says_why() {
    let mut told = Told::default();
    told.tell(Msg::Opened);
    told.tell(Msg::Came(PYTHON));
    told.tell(Msg::NotStarted(PYTHON, "Too old.".into()));
    assert_eq!(said(&told.session), "Too old.");
}

#[test]
fn a_service_answers_as_it_is_asked_to() {
    let mut told = Told::running();
    let drawn = |ms, fault| Drawn {
        latency: Millis::new(ms),
        fault,
    };
    for (id, request, expected) in [
        (1, request("user"), drawn(500.0, None)),
        (2, request("soup"), drawn(500.0, None)),
        (
            3,
            Request {
                ms: Some(0.0),
                status: Some(503.0),
                ..request("orders")
            },
            drawn(0.0, Some(FaultKind::Status(503))),
        ),
    ] {
        let name = request.name.clone();
        let effects = told.tell(Msg::Called(id, request));
        assert_eq!(effects, [Effect::Call(id, name, expected)]);
    }
}

#[test]
fn a_call_of_anything_else_is_refused_in_a_sentence() {
    let mut told = Told::running();
    for wrong in [
        request(""),
        request("a\u{202e}b"),
        request(&"a".repeat(41)),
        Request {
            ms: Some(-1.0),
            ..request("user")
        },
        Request {
            ms: Some(1e9),
            ..request("user")
        },
        Request {
            status: Some(301.0),
            ..request("user")
        },
        Request {
            status: Some(503.5),
            ..request("user")
        },
    ] {
        let effects = told.tell(Msg::Called(1, wrong.clone()));
        let [Effect::Refuse(1, sentence)] = &effects[..] else {
            panic!("{wrong:?}: {effects:?}");
        };
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}

#[test]
fn there_are_so_many_calls_and_no_more() {
    let mut told = Told::running();
    for id in 0..MOST_CALLS as u32 {
        let effects = told.tell(Msg::Called(id, request("user")));
        assert!(matches!(&effects[..], [Effect::Call(..)]), "{id}");
    }
    let effects = told.tell(Msg::Called(9_999, request("user")));
    assert!(matches!(&effects[..], [Effect::Refuse(..)]));
}

fn speak(word: &str) -> Msg {
    Msg::Speak(word.into())
}

const ONE: &str = "=one\ntitle: One\ntask: Ask.\n@start.py\n\tpass\n@start.js\n\tvoid 0\n\
                   =two\ntitle: Two\ntask: Ask.\n@start.py\n\tpass\n";

fn open(slot: &str, start: &str) -> Effect {
    Effect::Open(slot.into(), start.into())
}

#[test]
fn who_wants_javascript_has_nothing_of_pythons_fetched() {
    let mut told = Told::default();
    assert_eq!(told.tell(speak("javascript")), [Effect::Speak(JAVASCRIPT)]);
    assert_eq!(told.tell(Msg::Opened), [Effect::Fetch(JAVASCRIPT)]);
    let learned = Msg::Learned(ONE.into(), None, Vec::new());
    let opened = open("javascript:one", "void 0\n");
    assert_eq!(told.tell(learned), [opened]);
    told.tell(Msg::Came(JAVASCRIPT));
    told.tell(Msg::Started(JAVASCRIPT));
    assert_eq!(said(&told.session), "JavaScript is ready.");
    let effects = told.tell(Msg::Asked("1".into()));
    assert_eq!(effects, [Effect::Run(JAVASCRIPT, "1".into())]);
    assert_eq!(told.session.run().map(|run| run.language), Some(JAVASCRIPT));
}

#[test]
fn a_language_that_is_not_there_is_said_and_the_first_is_on() {
    let mut told = Told::default();
    assert_eq!(told.tell(speak("cobol\u{202e}")), []);
    let says = told.session.unspoken().expect("a sentence").to_owned();
    assert!(
        says.contains("cobol") && says.contains("python, javascript"),
        "{says}"
    );
    assert!(!says.contains('\u{202e}'));
    assert_eq!(told.tell(Msg::Opened), [Effect::Fetch(PYTHON)]);
    // It is known by then, and stands until a language is chosen.
    told.tell(Msg::Learned(ONE.into(), None, Vec::new()));
    assert!(told.session.unspoken().is_some());
    told.tell(speak("python"));
    assert_eq!(told.session.unspoken(), None);
}

#[test]
fn whoever_changes_the_language_stops_the_program_and_keeps_the_exercise() {
    let mut told = Told::default();
    told.tell(Msg::Opened);
    told.tell(Msg::Learned(ONE.into(), Some("two".into()), Vec::new()));
    told.tell(Msg::Came(PYTHON));
    told.tell(Msg::Started(PYTHON));
    told.tell(Msg::Started(PYTHON));
    told.tell(Msg::Asked("pass".into()));
    let effects = told.tell(speak("javascript"));
    assert_eq!(effects[..2], [Effect::Close, Effect::Show]);
    let rest = [
        Effect::Speak(JAVASCRIPT),
        Effect::Show,
        open("javascript:two", ""),
        Effect::Fetch(JAVASCRIPT),
    ];
    assert_eq!(effects[effects.len() - 4..], rest);
    assert_eq!(told.session.problem(), Some("“Two” is in Python alone."));
    // Python is still there for who comes back.
    let effects = told.tell(speak("python"));
    assert_eq!(effects[..2], [Effect::Speak(PYTHON), open("two", "pass\n")]);
    assert_eq!(told.session.problem(), None);
    assert_eq!(said(&told.session), "Python is ready.");
}

#[test]
fn python_that_cannot_run_here_leaves_javascript_alone() {
    let mut told = Told::default();
    told.tell(Msg::Opened);
    told.tell(speak("javascript"));
    told.tell(Msg::Missing(PYTHON, "Too old.".into()));
    told.tell(Msg::Asked("1".into()));
    told.tell(Msg::Came(JAVASCRIPT));
    let effects = told.tell(Msg::Started(JAVASCRIPT));
    assert_eq!(effects[..1], [Effect::Run(JAVASCRIPT, "1".into())]);
}

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(PYTHON), Just(JAVASCRIPT)]
}

fn msg() -> impl Strategy<Value = Msg> {
    prop_oneof![
        Just(Msg::Opened),
        Just(speak("python")),
        Just(speak("javascript")),
        language().prop_map(|language| Msg::Coming(language, 1.0, 2.0)),
        language().prop_map(Msg::Came),
        language().prop_map(|language| Msg::Missing(language, "no".into())),
        language().prop_map(Msg::Started),
        language().prop_map(|language| Msg::NotStarted(language, "no".into())),
        language().prop_map(Msg::Lost),
        Just(Msg::Asked("pass".into())),
        Just(Msg::Stop),
        (1_u32..4).prop_map(|id| Msg::Called(id, request("user"))),
        (1_u32..4).prop_map(|id| Msg::Answered(id, Ok(()))),
        (1_u32..4).prop_map(Msg::GaveUp),
        Just(Msg::Told("1\t0\trun\t1\t\n".into())),
        Just(Msg::Ended(End::short(How::Ok, ""))),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_one_runs_at_a_time_and_is_closed_once(
        msgs in prop::collection::vec(msg(), 0..60),
    ) {
        let mut told = Told::default();
        let mut open = 0_i32;
        let mut started = [0_i32; 2];
        for msg in msgs {
            // Nothing starts that was not asked for.
            if let Msg::Started(language) | Msg::NotStarted(language, _) = msg {
                if started[language as usize] == 0 {
                    continue;
                }
                started[language as usize] -= 1;
            }
            for effect in told.tell(msg) {
                match effect {
                    Effect::Start(language) => started[language as usize] += 1,
                    Effect::Run(..) => open += 1,
                    Effect::Close => open -= 1,
                    _ => {}
                }
                prop_assert!((0..=1).contains(&open));
                prop_assert!(started.iter().all(|one| *one <= 1));
            }
            prop_assert_eq!(open == 1, told.session.is_running());
            prop_assert!(!said(&told.session).is_empty());
        }
    }
}
