//! Promises of a program that is not the reader's own: it waits for their click,
//! and theirs is never lost for it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "tests")]

use expert_chef_core::asked::fragment::{MOST_LINK, Problem};
use expert_chef_core::asked::language::Language;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::session::{Effect, End, How, Msg, Session};

const EXERCISES: &str = "=two\ntitle: Two\ntask: Do it.\nprints: done\n@start.py\n\ttwo()\n\
    =free\ntitle: Free\ntask: Anything.\n@start.py\n\tfree()\n@lesson/join.py\n\tjoin()\n\
    @lesson/pool.py\n\tpool()\n";
const PYTHON: Language = Language::Python;
const FRAGMENT: &str = "#program=1.AAAA";

/// A session with its exercises, and an interpreter that waits.
fn session() -> Session {
    let mut session = Session::default();
    for msg in [
        Msg::Opened,
        Msg::Came(PYTHON),
        Msg::Started(PYTHON),
        Msg::Started(PYTHON),
    ] {
        session.update(msg, Millis::ZERO);
    }
    session.update(
        Msg::Learned(EXERCISES.into(), None, Vec::new()),
        Millis::ZERO,
    );
    session
}

fn tell(session: &mut Session, msg: Msg) -> Vec<Effect> {
    session.update(msg, Millis::new(1.0))
}

fn linked(session: &mut Session, text: &str) -> Vec<Effect> {
    tell(session, Msg::Linked(FRAGMENT.into(), Some(Ok(text.into()))))
}

fn open(place: &str, text: &str) -> Effect {
    Effect::Open(place.into(), text.into())
}

#[test]
fn a_links_program_is_shown_and_waits_for_the_readers_click() {
    let mut session = session();
    let effects = linked(&mut session, "theirs()\n");
    assert_eq!(effects, [open("two##program=1.AAAA", "theirs()\n")]);
    assert_eq!((session.is_running(), session.is_due()), (false, false));
    assert!(session.guest().is_some_and(|guest| guest.is_on));
    let effects = tell(&mut session, Msg::Asked("theirs()\n".into()));
    assert_eq!(effects, [Effect::Run(PYTHON, "theirs()\n".into())]);
}

#[test]
fn the_readers_own_is_one_press_away_and_so_is_the_links() {
    let mut session = session();
    linked(&mut session, "theirs()\n");
    let back = tell(&mut session, Msg::Turned(false));
    assert_eq!(back, [open("two", "two()\n")]);
    assert!(session.guest().is_some_and(|guest| !guest.is_on));
    assert_eq!(
        tell(&mut session, Msg::Begun),
        [Effect::Write("two()\n".into())]
    );
    let forth = tell(&mut session, Msg::Turned(true));
    assert_eq!(forth, [open("two##program=1.AAAA", "theirs()\n")]);
    assert_eq!(
        tell(&mut session, Msg::Begun),
        [Effect::Write("theirs()\n".into())],
        "to start over is to have it as it came"
    );
    // Whoever goes to an exercise finds what they had there.
    let other = tell(&mut session, Msg::Chosen("free".into()));
    assert_eq!(other, [open("free", "free()\n")]);
    assert_eq!(session.guest(), None);
    let first = tell(&mut session, Msg::Chosen("two".into()));
    assert_eq!(first, [open("two", "two()\n")]);
    assert!(session.guest().is_some_and(|guest| !guest.is_on));
}

#[test]
fn it_takes_the_place_of_theirs_only_when_they_say_so() {
    let mut session = session();
    linked(&mut session, "theirs()\n");
    let effects = tell(&mut session, Msg::Adopted("changed()\n".into()));
    // The second can be undone.
    assert_eq!(
        effects,
        [open("two", "two()\n"), Effect::Write("changed()\n".into())]
    );
}

#[test]
fn what_others_wrote_passes_nothing_for_the_reader() {
    let run = |session: &mut Session| {
        tell(session, Msg::Asked("print('done')".into()));
        tell(session, Msg::Told("1\t0\tout\t1\tdone\\n\n".into()));
        tell(session, Msg::Ended(End::short(How::Ok, "")))
    };
    let is_kept = |effect: &Effect| matches!(effect, Effect::Keep(_));
    let is_told = |effect: &Effect| matches!(effect, Effect::Tell(..));
    let mut session = session();
    linked(&mut session, "print('done')");
    let effects = run(&mut session);
    assert!(effects.iter().any(is_told) && !effects.iter().any(is_kept));
    assert!(session.verdict().is_some());
    tell(&mut session, Msg::Turned(false));
    assert!(run(&mut session).iter().any(is_kept), "theirs does");
}

#[test]
fn another_fragment_is_another_program_and_ends_what_ran_and_none_is_the_readers_own() {
    let mut session = session();
    linked(&mut session, "one()");
    tell(&mut session, Msg::Asked("one()".into()));
    assert!(session.is_running());
    let effects = tell(
        &mut session,
        Msg::Linked("#program=1.BBBB".into(), Some(Ok("two()".into()))),
    );
    assert!(effects.contains(&Effect::Close));
    assert_eq!(effects.last(), Some(&open("two##program=1.BBBB", "two()")));
    assert!(!session.is_running() && session.run().is_none());
    let effects = tell(&mut session, Msg::Linked(String::new(), None));
    assert_eq!(effects, [open("two", "two()\n")]);
    assert_eq!(session.guest(), None);
    let effects = tell(&mut session, Msg::Linked("#answer".into(), None));
    assert_eq!(effects, [], "it was of no concern");
}

#[test]
fn what_cannot_be_shown_is_a_sentence_and_the_readers_own_stays() {
    let mut session = session();
    let broken = Msg::Linked(FRAGMENT.into(), Some(Err(Problem::Broken)));
    assert_eq!(tell(&mut session, broken.clone()), []);
    assert_eq!(
        session.refused(),
        Some("The program in this link is not shown: it was changed on its way, or cut off.")
    );
    linked(&mut session, "theirs()");
    assert_eq!(session.refused(), None);
    assert_eq!(tell(&mut session, broken), [open("two", "two()\n")]);
}

#[test]
fn it_is_in_one_language_and_the_other_has_the_readers_own() {
    let mut session = session();
    linked(&mut session, "theirs()\n");
    let effects = tell(&mut session, Msg::Speak("javascript".into()));
    assert!(effects.contains(&open("javascript:two", "")));
    assert_eq!(session.guest(), None);
    tell(&mut session, Msg::Shared("mine()".into()));
    let page = "https://host.example/exercise.html";
    tell(&mut session, Msg::Packed(Some(vec![0, 0, 0]), page.into()));
    let link = session.sharing().link().unwrap_or_default().to_owned();
    assert!(link.contains("language=javascript#"), "{link}");
    let effects = tell(&mut session, Msg::Speak("python".into()));
    assert!(effects.contains(&open("two##program=1.AAAA", "theirs()\n")));
}

#[test]
fn a_program_of_the_lesson_is_shown_by_its_name() {
    let mut session = Session::default();
    let wanted = Some("free".into());
    tell(
        &mut session,
        Msg::Learned(EXERCISES.into(), wanted, Vec::new()),
    );
    let effects = tell(&mut session, Msg::Quoted("join".into()));
    assert_eq!(effects, [open("free#join", "join()\n")]);
    tell(&mut session, Msg::Quoted("so\u{202e}up".into()));
    let said = "There is no program “so[U+202E]up” in the lesson that runs here. \
                There are: join, pool.";
    assert_eq!(session.refused(), Some(said));
}

#[test]
fn a_link_is_made_of_what_stands_there_and_what_has_none_is_said() {
    let mut session = session();
    let effects = tell(&mut session, Msg::Shared("mine()".into()));
    assert_eq!(effects, [Effect::Pack("mine()".into())]);
    let page = "https://host.example/exercise.html?exercise=free#a";
    let packed = Msg::Packed(Some(vec![0, 0, 0]), page.into());
    assert_eq!(tell(&mut session, packed), [Effect::Copy]);
    assert_eq!(
        session.sharing().link(),
        Some("https://host.example/exercise.html?exercise=two&language=python#program=1.AAAA")
    );
    tell(&mut session, Msg::Copied("Copied the link.".into()));
    assert_eq!(session.sharing().said(), "Copied the link.");
    let long = Msg::Packed(Some(vec![7; MOST_LINK]), page.into());
    assert_eq!(tell(&mut session, long), []);
    let said = session.sharing().said().to_owned();
    assert!(said.starts_with("There is no link to this program: the link would have "));
    assert_eq!(tell(&mut session, Msg::Shared("a\u{202e}".into())), []);
    assert!(session.sharing().said().contains("[U+202E]"));
    assert_eq!(session.sharing().link(), None);
    tell(&mut session, Msg::Shared("mine()".into()));
    tell(&mut session, Msg::Packed(None, page.into()));
    assert!(session.sharing().said().contains("this browser"));
}
