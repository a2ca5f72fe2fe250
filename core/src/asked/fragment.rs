//! A program in a link's fragment, which no server is ever sent: compressed, as a
//! browser can do it, and written in letters that an address leaves alone. What is
//! before it says of which form it is, so that another can come after.
//!
//! A link is a stranger's: what is in it is text that can be seen, or it is nothing.

use std::fmt;

use crate::outside::{is_control, legible};
use crate::text::{before, concat, parts};

/// How much text a program has at the most, in bytes.
pub const MOST_TEXT: usize = 64 * 1024;

/// How long a link may be, in characters: what is longer is cut off by programs in
/// which links are sent.
pub const MOST_LINK: usize = 8 * 1024;

/// How long a program in a link may be that is read at all, in characters.
const MOST_READ: usize = 128 * 1024;

/// Its name in the fragment, and how its form begins: raw DEFLATE (RFC 1951) in
/// URL-safe Base64 without padding (RFC 4648, section 5).
const NAME: &str = "program=";
const FORM: &str = "1.";

/// The 64 letters.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Why a program is not shown, or not put into a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is of a form that this version does not know.
    Form,
    /// What is there was changed on its way, or cut off.
    Broken,
    /// The browser cannot take it apart, or put it together.
    Lacking,
    /// There is more text than a program may have.
    Text,
    /// There is nothing in it.
    Empty,
    /// It has a character, in that line, that cannot be seen and may turn around
    /// what can.
    Hidden(char, usize),
    /// Its link would have so many characters.
    Link(usize),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Self::Form => "this version of the page does not know the form that it has".into(),
            Self::Broken => "it was changed on its way, or cut off".into(),
            Self::Lacking => "this browser cannot compress text and take it apart".into(),
            Self::Text => "it has more than 64 KB of text".into(),
            Self::Empty => "there is nothing in it".into(),
            Self::Hidden(sign, line) => concat(&[
                "line ",
                &line.to_string(),
                " has a character that cannot be seen, ",
                &legible(&sign.to_string(), 1),
            ]),
            Self::Link(length) => concat(&[
                "the link would have ",
                &length.to_string(),
                " characters, and from ",
                &MOST_LINK.to_string(),
                " on they are cut off in many places",
            ]),
        };
        f.write_str(&sentence)
    }
}

/// The program in that fragment, still compressed; nothing where there is none.
///
/// # Errors
/// If it is no such program.
pub fn packed(fragment: &str) -> Option<Result<Vec<u8>, Problem>> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let written = parts(fragment, b'&')
        .into_iter()
        .find_map(|part| part.strip_prefix(NAME))?;
    let Some(letters) = written.strip_prefix(FORM) else {
        return Some(Err(Problem::Form));
    };
    if letters.len() > MOST_READ {
        return Some(Err(Problem::Text));
    }
    Some(bytes(letters).ok_or(Problem::Broken))
}

/// The text of a program that was taken apart, with the line ends that an editor
/// has.
///
/// # Errors
/// If it is no text, too much of it, or not all of it can be seen.
pub fn text(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.len() > MOST_TEXT {
        return Err(Problem::Text);
    }
    let text = String::from_utf8(bytes).map_err(|_| Problem::Broken)?;
    let text = text.replace("\r\n", "\n");
    checked(&text)?;
    Ok(text)
}

/// Whether a program may be in a link.
///
/// # Errors
/// If not.
pub fn checked(text: &str) -> Result<(), Problem> {
    if text.len() > MOST_TEXT {
        return Err(Problem::Text);
    }
    if text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    for (line, number) in parts(text, b'\n').into_iter().zip(1..) {
        let hidden = line.chars().find(|&sign| is_control(sign) && sign != '\t');
        if let Some(sign) = hidden {
            return Err(Problem::Hidden(sign, number));
        }
    }
    Ok(())
}

/// The link to a program, compressed, of that exercise and language; the page is at
/// that URL.
///
/// # Errors
/// If it would be too long.
pub fn link(page: &str, exercise: &str, language: &str, packed: &[u8]) -> Result<String, Problem> {
    let page = before(before(page, b'#'), b'?');
    let words = [
        page,
        "?exercise=",
        exercise,
        "&language=",
        language,
        "#",
        NAME,
        FORM,
        &letters(packed),
    ];
    let link = concat(&words);
    if link.len() > MOST_LINK {
        return Err(Problem::Link(link.len()));
    }
    Ok(link)
}

fn letters(bytes: &[u8]) -> String {
    let mut letters = String::new();
    for three in bytes.chunks(3) {
        let whole = three
            .iter()
            .chain([&0; 2])
            .take(3)
            .fold(0, |whole: usize, &byte| whole << 8 | usize::from(byte));
        for place in 0..=three.len() {
            let letter = LETTERS[whole >> (18 - 6 * place) & 63];
            letters.push(char::from(letter));
        }
    }
    letters
}

fn bytes(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for four in letters.as_bytes().chunks(4) {
        let mut whole = 0;
        for letter in four {
            let value = LETTERS.iter().position(|known| known == letter)?;
            whole = whole << 6 | value;
        }
        whole <<= 6 * (4 - four.len());
        let [_, more @ ..] = u32::try_from(whole).ok()?.to_be_bytes();
        // A letter by itself is no byte, and what is left of the last is nothing.
        let count = four.len().checked_sub(1).filter(|&count| count > 0)?;
        if more[count..].iter().any(|&rest| rest != 0) {
            return None;
        }
        bytes.extend(&more[..count]);
    }
    Some(bytes)
}
