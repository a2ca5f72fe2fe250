//! The few strokes that every part of the picture is drawn with.

use std::borrow::Cow;

use crate::decimal::short;
use crate::markup::{Element, Text, svg};

/// How much of a name fits under a pot, in letters of usual width.
const NAME_FITS: f64 = 9.0;

/// Names longer than this are held to their room, however wide the font is.
const NAME_HELD: f64 = 7.0;

/// The width of such a letter.
const LETTER: f64 = 6.5;

/// The x of the three columns that stove and pass share.
pub fn column(slot: usize, of: usize) -> f64 {
    175.0 + 178.0 / of as f64 * (slot as f64 + 0.5)
}

/// A shape.
pub fn path(class: &'static str, d: impl Into<Text>) -> Element {
    svg("path").class(class).attr("d", d)
}

/// Parts that belong together.
pub fn group(transform: impl Into<Text>) -> Element {
    svg("g").attr("transform", transform)
}

/// The class, or the one that hides.
pub fn shown(class: &'static str, on: bool) -> &'static str {
    if on { class } else { "k-off" }
}

/// `translate(x y)`.
pub fn translate(x: f64, y: f64) -> String {
    format!("translate({} {})", short(x), short(y))
}

/// `rotate(degrees x y)`.
pub fn rotate(degrees: f64, x: f64, y: f64) -> String {
    format!("rotate({} {} {})", short(degrees), short(x), short(y))
}

/// Words at a place; the full text is there for whoever points at it.
pub fn label(class: &'static str, x: f64, y: f64, name: &str) -> Element {
    let (fitting, letters) = cut(name);
    let is_cut = matches!(fitting, Cow::Owned(_));
    let held = (letters > NAME_HELD).then(|| short(letters * LETTER));
    let text = svg("text")
        .class(class)
        .num("x", x)
        .num("y", y)
        .maybe("lengthAdjust", held.is_some().then_some("spacingAndGlyphs"))
        .maybe("textLength", held)
        .text(fitting.into_owned());
    if is_cut {
        text.child(svg("title").text(name.to_owned()))
    } else {
        text
    }
}

/// How many more there are than can be drawn; hidden when there are none.
pub fn badge(x: f64, y: f64, more: usize) -> Element {
    let words = if more == 0 {
        String::new()
    } else {
        format!("+{more}")
    };
    let half = 6.0 + 4.0 * words.len() as f64;
    group(translate(x.min(355.0 - half), y))
        .class(shown("k-badge", more > 0))
        .child(
            svg("rect")
                .num("x", -half)
                .attr("y", "-9")
                .num("width", 2.0 * half)
                .attr("height", "18")
                .attr("rx", "9"),
        )
        .child(svg("text").attr("y", "4.5").text(words))
}

/// A name, cut with an ellipsis where it would not fit, and how many letters
/// of usual width it is long.
fn cut(name: &str) -> (Cow<'_, str>, f64) {
    let mut long = 0.0;
    let mut fits = (0, 0.0);
    for (at, c) in name.char_indices() {
        // The ellipsis needs room too.
        if long <= NAME_FITS - 1.0 {
            fits = (at, long);
        }
        long += match c {
            'i' | 'j' | 'l' | 'f' | 't' | 'r' | ' '..='/' => 0.6,
            'm' | 'w' | 'A'..='Z' => 1.4,
            '\u{1100}'.. => 2.0,
            _ => 1.0,
        };
        if long > NAME_FITS {
            return (
                Cow::Owned(format!("{}…", name[..fits.0].trim_end())),
                fits.1 + 1.0,
            );
        }
    }
    (Cow::Borrowed(name), long)
}

/// 0 to 1 and back in each period, as smooth as a sine and without libm.
pub fn wave(ms: f64, period: f64) -> f64 {
    smooth(2.0 * phase(ms, period).min(1.0 - phase(ms, period)))
}

/// From 0 to just under 1 in each period.
pub fn phase(ms: f64, period: f64) -> f64 {
    (ms / period).rem_euclid(1.0)
}

/// From 0 to 1 with soft ends.
pub fn smooth(x: f64) -> f64 {
    let x = x.clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_to_what_fits() {
        for (name, fitting) in [
            ("", ""),
            ("billing", "billing"),
            ("inventory", "inventory"),
            ("order-history", "order-hist…"),
            ("recommendations", "recomme…"),
            ("お客様の注文履歴", "お客様の…"),
        ] {
            assert_eq!(cut(name).0, fitting);
        }
    }

    #[test]
    fn waves_stay_between_zero_and_one() {
        for ms in -500..500 {
            let at = wave(f64::from(ms) * 7.3, 410.0);
            assert!((0.0..=1.0).contains(&at));
        }
    }
}
