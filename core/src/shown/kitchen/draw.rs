//! The few strokes that every part of the picture is drawn with.

use std::borrow::Cow;

use crate::decimal::{push, short};
use crate::markup::{Element, Node, Text, svg};
use crate::text::trim_end;

/// How much of a name is written, in letters of usual width.
const NAME_FITS: f64 = 9.0;

/// Names longer than this are held to their room, however wide the font is.
const NAME_HELD: f64 = 6.5;

/// The width of such a letter.
const LETTER: f64 = 7.5;

/// The room for a name: somewhat less than from one column to the next, so that
/// names side by side never touch.
const NAME_ROOM: f64 = 53.0;

/// The x of a column on the pass.
#[inline(never)]
pub fn column(slot: usize, of: usize) -> f64 {
    175.0 + 178.0 / of as f64 * (slot as f64 + 0.5)
}

/// Shapes that never change: class and outline of each.
pub type Shapes = &'static [(&'static str, &'static str)];

// The picture is downloaded: one small function that is called often weighs
// less than a chain of generic ones, so these are neither generic nor inlined.

/// Parts that belong together and are moved together.
#[inline(never)]
pub fn group(transform: Text) -> Element {
    svg("g").attr("transform", transform)
}

/// Adds what has been drawn.
#[inline(never)]
pub fn put(into: &mut Element, child: Element) {
    into.children.push(Node::Element(child));
}

/// Adds shapes.
#[inline(never)]
pub fn draw_all(into: &mut Element, shapes: Shapes) {
    for (class, d) in shapes {
        draw(into, class, d);
    }
}

/// Adds a shape.
#[inline(never)]
pub fn draw(into: &mut Element, class: &'static str, d: &'static str) {
    put(into, svg("path").class(class).attr("d", d));
}

/// Adds a shape that moves; where it is hidden it stays.
#[inline(never)]
pub fn draw_at(into: &mut Element, class: &'static str, d: &'static str, mut transform: String) {
    if class == HIDDEN {
        transform.clear();
    }
    let shape = svg("path").class(class).attr("d", d);
    put(into, shape.attr("transform", transform));
}

/// Lets the shape drawn last shine through.
#[inline(never)]
pub fn fade(into: &mut Element, opacity: f64) {
    if let Some(Node::Element(shape)) = into.children.last_mut() {
        let opacity = Text::Owned(short(opacity));
        shape.attributes.push(("opacity", opacity));
    }
}

/// The class that hides.
pub const HIDDEN: &str = "k-off";

/// The class, or the one that hides.
pub fn shown(class: &'static str, on: bool) -> &'static str {
    if on { class } else { HIDDEN }
}

/// A list of transformations: `translate(1 2)rotate(3)`.
#[inline(never)]
pub fn transform(steps: &[(&str, &[f64])]) -> String {
    let mut written = String::with_capacity(48);
    for (name, values) in steps {
        written.push_str(name);
        written.push('(');
        list(&mut written, values);
        written.push(')');
    }
    written
}

/// `translate(x y)`.
#[inline(never)]
pub fn translate(x: f64, y: f64) -> String {
    transform(&[("translate", &[x, y])])
}

/// Adds numbers to a path or a transformation.
#[inline(never)]
pub fn list(written: &mut String, values: &[f64]) {
    for (i, &value) in values.iter().enumerate() {
        if i > 0 {
            written.push(' ');
        }
        push(written, value);
    }
}

/// Adds words at a place; the full text is there for whoever points at it.
#[inline(never)]
pub fn label(into: &mut Element, class: &'static str, (x, y): (f64, f64), name: &str) {
    let (fitting, letters) = cut(name, NAME_FITS);
    let is_cut = matches!(fitting, Cow::Owned(_));
    let held = (letters > NAME_HELD).then(|| short((letters * LETTER).min(NAME_ROOM)));
    let mut text = svg("text")
        .class(class)
        .num("x", x)
        .num("y", y)
        .maybe("lengthAdjust", held.is_some().then_some("spacingAndGlyphs"))
        .maybe("textLength", held)
        .text(fitting.into_owned());
    if is_cut {
        put(&mut text, svg("title").text(name.to_owned()));
    }
    put(into, text);
}

/// Adds how many more there are than can be drawn; hidden when there are none.
#[inline(never)]
pub fn badge(into: &mut Element, x: f64, y: f64, more: usize) {
    let words = if more == 0 {
        String::new()
    } else {
        format!("+{more}")
    };
    let half = 6.0 + 4.0 * words.len() as f64;
    let x = x.min(355.0 - half);
    let pill = svg("rect")
        .class(shown("k-badge", more > 0))
        .num("x", x - half)
        .num("y", y - 9.0)
        .num("width", 2.0 * half)
        .attr("height", "18")
        .attr("rx", "9");
    put(into, pill);
    put(into, svg("text").num("x", x).num("y", y + 4.5).text(words));
}

/// A name, cut with an ellipsis where more letters of usual width than that
/// would be needed, and how many it is long.
#[inline(never)]
pub fn cut(name: &str, most: f64) -> (Cow<'_, str>, f64) {
    let mut long = 0.0;
    let mut fits = ("", 0.0);
    for (at, c) in name.char_indices() {
        // The ellipsis needs room too.
        if long <= most - 1.0 {
            fits = (name.get(..at).unwrap_or(name), long);
        }
        long += match c {
            'i' | 'j' | 'l' | 'f' | 't' | 'r' | ' '..='/' => 0.6,
            'm' | 'w' | 'A'..='Z' => 1.4,
            '\u{1100}'.. => 2.0,
            _ => 1.0,
        };
        if long > most {
            return (Cow::Owned(format!("{}…", trim_end(fits.0))), fits.1 + 1.0);
        }
    }
    (Cow::Borrowed(name), long)
}

/// 0 to 1 and back in each period, as smooth as a sine and without libm.
pub fn wave(ms: f64, period: f64) -> f64 {
    smooth(2.0 * phase(ms, period).min(1.0 - phase(ms, period)))
}

/// From 0 to just under 1 in each period.
#[inline(never)]
pub fn phase(ms: f64, period: f64) -> f64 {
    let turns = ms / period;
    turns - turns.floor()
}

/// From 0 to 1 with soft ends.
#[inline(never)]
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
            assert_eq!(cut(name, NAME_FITS).0, fitting);
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
