//! Promises of the check for JSON: it takes what a browser's `JSON.parse` takes
//! of the same bytes, in whatever pieces they come.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::json::check::Check;
use proptest::prelude::*;
use serde::de::IgnoredAny;

fn is_json(bytes: &[u8]) -> bool {
    let mut check = Check::default();
    check.take(bytes);
    check.is_json()
}

/// As a browser decodes it, which never fails, and then read by another reader.
fn is_read(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// JSON, with all that its grammar has.
fn json() -> impl Strategy<Value = String> {
    let space = "[ \t\r\n]{0,2}";
    let text = r#""([ -!#-\[\]-~é\u{2028}😀]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}){0,6}""#;
    let number = r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?";
    let leaf = prop_oneof![text, number, Just("true".to_owned()), "false|null"];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let list = proptest::collection::vec((space, inner.clone()), 0..4);
        let fields = proptest::collection::vec((space, text, space, inner), 0..4);
        prop_oneof![
            (list, space).prop_map(|(values, end)| {
                let values = values.into_iter().map(|(before, value)| before + &value);
                format!("[{}{end}]", values.collect::<Vec<_>>().join(","))
            }),
            (fields, space).prop_map(|(fields, end)| {
                let fields = fields.into_iter().map(|(before, name, between, value)| {
                    format!("{before}{name}{between}:{between}{value}")
                });
                format!("{{{}{end}}}", fields.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn all_json_is_json(text in json()) {
        prop_assert!(is_read(text.as_bytes()), "{text}");
        prop_assert!(is_json(text.as_bytes()), "{text}");
    }

    #[test]
    fn what_is_nearly_json_is_json_only_to_both_readers(
        text in json(),
        at in any::<prop::sample::Index>(),
        byte in prop_oneof![
            prop::sample::select(b"[]{},:\"\\ue0159-+.tfn \n\x00\x1f\x7f".to_vec()),
            any::<u8>(),
        ],
        how in 0..3,
    ) {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => drop(bytes.remove(at)),
        }
        prop_assert_eq!(is_json(&bytes), is_read(&bytes), "{:?}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_signs_of_json_are_json_only_to_both_readers(text in r#"[\[\]{},:"\\u0e.+\-1tru ]{0,9}"#) {
        prop_assert_eq!(is_json(text.as_bytes()), is_read(text.as_bytes()), "{}", text);
    }

    #[test]
    fn any_bytes_are_json_only_to_both_readers(bytes in any::<Vec<u8>>()) {
        prop_assert_eq!(is_json(&bytes), is_read(&bytes));
        let text = [b"\"".as_slice(), &bytes, b"\""].concat();
        prop_assert_eq!(is_json(&text), is_read(&text));
    }

    #[test]
    fn it_does_not_matter_in_what_pieces_it_comes(
        text in prop_oneof![json(), "\u{feff}?[\\[\\]{},:\"a1.]{0,12}"],
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let bytes = text.as_bytes();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let mut check = Check::default();
        for pair in cuts.windows(2) {
            check.take(&bytes[pair[0]..pair[1]]);
        }
        prop_assert_eq!(check.is_json(), is_json(bytes));
    }
}

#[test]
fn a_byte_order_mark_is_left_out_once_and_in_front() {
    for (bytes, good) in [
        (&b"\xEF\xBB\xBF[1]"[..], true),
        (b"\xEF\xBB\xBF 1", true),
        (b"\xEF\xBB\xBF", false),
        (b"\xEF\xBB[1]", false),
        (b" \xEF\xBB\xBF[1]", false),
        (b"\xEF\xBB\xBF\xEF\xBB\xBF[1]", false),
    ] {
        assert_eq!(is_json(bytes), good, "{bytes:?}");
        assert_eq!(is_read(bytes), good, "{bytes:?}");
    }
}

#[test]
fn no_depth_is_too_much_and_nothing_but_the_depth_is_kept() {
    let deep = [vec![b'['; 1 << 20], vec![b']'; 1 << 20]].concat();
    assert!(is_json(&deep));
    assert!(!is_json(&deep[1..]));
    assert!(!is_json(&deep[..deep.len() - 1]));
}
