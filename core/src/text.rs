//! Text taken apart at a sign, and put together. The standard library finds any
//! pattern, and fast, and joins whatever can be joined; these find no more than
//! an ASCII character, join no more than text, and weigh a fraction.

/// What is before the first of these signs, and what is after it.
#[must_use]
#[inline(never)]
pub fn cut(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What is before the first of these signs: all of it where there is none.
#[must_use]
pub fn before(text: &str, sign: u8) -> &str {
    cut(text, sign).map_or(text, |(before, _)| before)
}

/// What is between such signs, one part at the least.
#[must_use]
#[inline(never)]
pub fn parts(text: &str, sign: u8) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((part, after)) = cut(rest, sign) {
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// What is there without the white space around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    let (start, end) = bounds(text);
    text.get(start..end).unwrap_or_default()
}

/// What is there without the white space at its end.
#[must_use]
pub fn trim_end(text: &str) -> &str {
    text.get(..bounds(text).1).unwrap_or_default()
}

/// Where what is no white space begins and ends.
#[inline(never)]
fn bounds(text: &str) -> (usize, usize) {
    let (mut start, mut end) = (None, 0);
    for (at, sign) in text.char_indices() {
        if !sign.is_whitespace() {
            start = start.or(Some(at));
            end = at + sign.len_utf8();
        }
    }
    (start.unwrap_or(end), end)
}

/// All of these, with `between` between them.
#[must_use]
#[inline(never)]
pub fn join(parts: &[&str], between: &str) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(between);
        }
        text.push_str(part);
    }
    text
}

/// All of these.
#[must_use]
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_is_taken_apart_as_the_standard_library_does(text in "[a,é]*") {
            prop_assert_eq!(cut(&text, b','), text.split_once(','));
            prop_assert_eq!(parts(&text, b','), text.split(',').collect::<Vec<_>>());
            prop_assert_eq!(before(&text, b','), parts(&text, b',')[0]);
        }

        #[test]
        fn text_is_trimmed_as_the_standard_library_does(text in "[ \t\u{a0}a\u{3000}é]*") {
            prop_assert_eq!(trim(&text), text.trim());
            prop_assert_eq!(trim_end(&text), text.trim_end());
        }
    }
}
