//! Text in addresses, where some of its bytes are written as `%` and two hex
//! digits: the URL standard's own ways, which a browser has built in.
//!
//! The crates for it do more than is needed here, and weigh more than the page
//! may.

use crate::text::{cut, parts};

/// The pairs of a query string without its question mark, as
/// `application/x-www-form-urlencoded` has them.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for pair in parts(query, b'&') {
        if !pair.is_empty() {
            let (name, value) = cut(pair, b'=').unwrap_or((pair, ""));
            pairs.push((unescaped(name, b' '), unescaped(value, b' ')));
        }
    }
    pairs
}

/// Adds a pair to such a query string.
pub fn add_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    let mut sign = '=';
    for word in parts(value, b' ') {
        query.push(sign);
        escape(query, word, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'-' | b'.' | b'_')
        });
        sign = '+';
    }
}

/// Adds text in which only these bytes are written as they are.
pub fn escape(into: &mut String, text: &str, is_plain: fn(u8) -> bool) {
    for byte in text.bytes() {
        if is_plain(byte) {
            into.push(char::from(byte));
        } else {
            into.push('%');
            for digit in [byte >> 4, byte & 15] {
                into.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
}

/// The text that was escaped, where a plus sign stands for `plus`. What is no
/// UTF-8 becomes U+FFFD.
pub fn unescaped(text: &str, plus: u8) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        bytes.push(match *first {
            b'+' => plus,
            b'%' => match escape_of(after) {
                Some(byte) => {
                    rest = &after[2..];
                    byte
                }
                None => b'%',
            },
            byte => byte,
        });
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{fffd}');
        }
    }
    text
}

/// The byte of which these begin with the two digits.
fn escape_of(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(16 * digit(0)? + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use form_urlencoded::{Serializer, parse};
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn queries_are_read_as_browsers_read_them(query in "([&=+%a-f0-9éC]|\\PC)*") {
            let expected: Vec<_> = parse(query.as_bytes()).into_owned().collect();
            prop_assert_eq!(pairs(&query), expected);
        }

        #[test]
        fn queries_are_written_as_browsers_write_them(values in prop::collection::vec(".*", 0..4)) {
            let (mut ours, mut theirs) = (String::new(), Serializer::new(String::new()));
            for value in &values {
                add_pair(&mut ours, "a", value);
                theirs.append_pair("a", value);
            }
            prop_assert_eq!(ours, theirs.finish());
        }

        #[test]
        fn escapes_are_undone_as_browsers_undo_them(text in "([+%a-f0-9éC]|\\PC)*") {
            let expected = percent_decode_str(&text).decode_utf8_lossy();
            prop_assert_eq!(unescaped(&text, b'+'), expected);
        }
    }
}
