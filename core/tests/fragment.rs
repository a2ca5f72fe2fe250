//! Promises of a program in a link: what was put in comes out, and what a stranger
//! has put there is text that can be seen, or a sentence.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::fragment::{
    MOST_LINK, MOST_TEXT, Problem, checked, link, packed, text,
};
use proptest::prelude::*;

const PAGE: &str = "https://host.example/chef/exercise.html?theme=dark#old";

#[test]
fn a_link_has_the_exercise_the_language_and_the_program_in_its_fragment() {
    let made = link(PAGE, "two-calls", "python", &[0xfb, 0xff, 0x00, 0x10]);
    let page = "https://host.example/chef/exercise.html";
    let expected = "?exercise=two-calls&language=python#program=1.-_8AEA";
    assert_eq!(made, Ok([page, expected].concat()));
}

proptest! {
    #[test]
    fn what_was_put_in_comes_out(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let made = link(PAGE, "free", "python", &bytes).unwrap_or_default();
        let fragment = made.split_once('#').map_or("", |(_, fragment)| fragment);
        let unreserved = |one: char| one.is_ascii_alphanumeric() || "-_.=".contains(one);
        prop_assert!(fragment.chars().all(unreserved), "{}", fragment);
        prop_assert_eq!(packed(fragment), Some(Ok(bytes.clone())));
        prop_assert_eq!(packed(&format!("#a=b&{fragment}")), Some(Ok(bytes)));
    }

    #[test]
    fn whatever_stands_in_a_fragment_is_a_program_or_a_sentence(fragment in ".{0,80}") {
        let _ = packed(&fragment);
        let sentence = packed(&format!("program={fragment}")).and_then(Result::err);
        prop_assert!(sentence.is_none_or(|problem| !problem.to_string().is_empty()));
    }
}

#[test]
fn a_fragment_that_speaks_of_no_program_is_somebody_elses() {
    for fragment in ["", "#", "#answer", "#myprogram=1.AA", "a=b&c"] {
        assert_eq!(packed(fragment), None, "{fragment}");
    }
}

#[test]
fn what_was_changed_cut_off_or_of_another_form_is_said() {
    for (written, problem) in [
        ("program=", Problem::Form),
        ("program=2.AAAA", Problem::Form),
        ("program=AAAA", Problem::Form),
        ("program=1.AAAAA", Problem::Broken),
        ("program=1.AA==", Problem::Broken),
        ("program=1.A+/A", Problem::Broken),
        ("program=1.AAA%41", Problem::Broken),
        // Bits that are of no byte: another way to write the same.
        ("program=1.AB", Problem::Broken),
        ("program=1.ü", Problem::Broken),
    ] {
        assert_eq!(packed(written), Some(Err(problem)), "{written}");
    }
    let long = "A".repeat(128 * 1024 + 1);
    let long = packed(&["#program=1.", &long].concat());
    assert_eq!(long, Some(Err(Problem::Text)));
}

#[test]
fn a_program_is_text_that_can_be_seen_and_no_more_than_64_kb_of_it() {
    let of = |program: &str| text(program.as_bytes().to_vec());
    assert_eq!(of("if 1:\r\n\tpass\r\n"), Ok("if 1:\n\tpass\n".into()));
    assert_eq!(of("print('né 👩‍🍳')"), Ok("print('né 👩‍🍳')".into()));
    let most = "#".repeat(MOST_TEXT);
    assert_eq!(of(&most), Ok(most.clone()));
    assert_eq!(of(&[&most, "#"].concat()), Err(Problem::Text));
    assert_eq!(text(vec![0xff, 0xfe]), Err(Problem::Broken));
    assert_eq!(text(vec![0xc0, 0x80]), Err(Problem::Broken));
    for nothing in ["", " \n\t"] {
        assert_eq!(of(nothing), Err(Problem::Empty));
    }
    for hidden in [
        '\0', '\u{1b}', '\r', '\u{202e}', '\u{200b}', '\u{2066}', '\u{feff}',
    ] {
        let program = format!("a = 1\nb = '{hidden}'");
        assert_eq!(of(&program), Err(Problem::Hidden(hidden, 2)));
        assert_eq!(checked(&program), Err(Problem::Hidden(hidden, 2)));
    }
    let said = Problem::Hidden('\u{202e}', 2).to_string();
    assert_eq!(said, "line 2 has a character that cannot be seen, [U+202E]");
}

#[test]
fn a_link_that_would_be_cut_off_is_not_made() {
    // Three bytes are four letters.
    let about = MOST_LINK / 4 * 3;
    let most = (about - 100..about)
        .map(|length| link(PAGE, "free", "python", &vec![7; length]))
        .take_while(Result::is_ok)
        .last();
    let most = most.and_then(Result::ok).map_or(0, |link| link.len());
    assert!((MOST_LINK - 3..=MOST_LINK).contains(&most), "{most}");
    let long = link(PAGE, "free", "python", &vec![7; MOST_LINK]);
    assert!(matches!(long, Err(Problem::Link(length)) if length > MOST_LINK));
}
