//! Text from outside among text of ours: what of it can be seen, and what keeps
//! it from changing the order or the meaning of what stands around it.

use crate::text::concat;

/// The signs between which text has a direction of its own: Unicode's FIRST
/// STRONG ISOLATE and POP DIRECTIONAL ISOLATE. In HTML they become `<bdi>`.
pub(crate) const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// Whether it steers how the text around it is set, or is not there for the eye
/// at all: controls, what turns the direction of text, and what is invisible
/// between letters but for the joiners, which many scripts and emoji need.
#[must_use]
#[inline(never)]
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}')
}

/// Whether it is seen where it stands alone. Unicode's `Default_Ignorable_Code_Point`
/// and white space are not, nor is the empty pattern of Braille.
#[must_use]
#[inline(never)]
pub fn is_seen(c: char) -> bool {
    !(is_control(c)
        || c.is_whitespace()
        || matches!(c, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'))
}

/// The text with `[U+202E]` in the place of such a control, and of what cannot be
/// seen where nothing can; no more than so many characters of it.
#[must_use]
#[inline(never)]
pub fn legible(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let is_blank = !text.chars().any(is_seen);
    for (at, c) in text.chars().enumerate() {
        if at == most {
            shown.push('…');
            break;
        }
        if is_control(c) || (is_blank && c != ' ') {
            shown.push_str("[U+");
            let code = u32::from(c);
            for place in (0..6).rev() {
                let left = code >> (4 * place);
                if place < 4 || left > 0 {
                    let digit = char::from_digit(left & 15, 16).unwrap_or_default();
                    shown.push(digit.to_ascii_uppercase());
                }
            }
            shown.push(']');
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The same text with a direction of its own, within a sentence. What is before
/// Hebrew in Unicode has the sentence's anyway.
#[must_use]
#[inline(never)]
pub fn isolated(text: &str) -> String {
    match text.chars().all(|c| c < '\u{590}' || c == '…') {
        true => text.into(),
        false => concat(&["\u{2068}", text, "\u{2069}"]),
    }
}
