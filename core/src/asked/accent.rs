//! The colour that a host may give to what is pressed and moved: a plain colour
//! and no more, so that no style comes in by it.

use crate::text::concat;

/// A colour, opaque, by its six digits; or none, which is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accent(pub(super) String);

impl Accent {
    /// What of the style sheet it sets, which has to be called that there.
    pub const PROPERTIES: [&str; 3] = ["--accent", "--playhead", "--on-accent"];

    /// `#rgb` or `#rrggbb`, with or without the `#`; or `none`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::digits(text).map(Self)
    }

    /// Its six digits, or nothing for `none`.
    pub(super) fn digits(text: &str) -> Option<String> {
        if text == "none" {
            return Some(String::new());
        }
        let text = text.strip_prefix('#').unwrap_or(text);
        let repeat = match text.len() {
            3 => 2,
            6 => 1,
            _ => return None,
        };
        let mut digits = String::new();
        for byte in text.bytes() {
            if !byte.is_ascii_hexdigit() {
                return None;
            }
            for _ in 0..repeat {
                digits.push(char::from(byte.to_ascii_lowercase()));
            }
        }
        Some(digits)
    }

    /// Its word: six digits, without the `#` that an address would have to
    /// encode, or `none`.
    #[must_use]
    pub fn word(&self) -> &str {
        if self.0.is_empty() { "none" } else { &self.0 }
    }

    /// The page's properties that are made of it, as a style sheet has them, with
    /// text in black or white, whichever can be read better on it. Empty if
    /// there is none.
    #[must_use]
    pub fn style(&self) -> String {
        let colour = &*self.0;
        if colour.is_empty() {
            return String::new();
        }
        let on_it = if self.luminance() < EVEN {
            "fff"
        } else {
            "000"
        };
        concat(&[
            Self::PROPERTIES[0],
            ":#",
            colour,
            ";",
            Self::PROPERTIES[1],
            ":#",
            colour,
            ";",
            Self::PROPERTIES[2],
            ":#",
            on_it,
        ])
    }

    /// The relative luminance (WCAG 2). Its power is a polynomial here, which is
    /// off by less than two parts in a thousand and weighs a tenth: that is
    /// less than what lies between the two colours where either can be read.
    fn luminance(&self) -> f64 {
        let mut luminance = 0.0;
        for (digits, weight) in self.0.as_bytes().chunks(2).zip([0.2126, 0.7152, 0.0722]) {
            let mut part = 0.0;
            for digit in digits {
                let digit = char::from(*digit).to_digit(16).unwrap_or_default();
                part = part * 16.0 + f64::from(digit);
            }
            let part = part / 255.0;
            let linear = part * (part * (part * 0.305_306 + 0.682_171) + 0.012_523);
            luminance += weight * linear;
        }
        luminance
    }
}

/// The luminance that has the same contrast with both: √(1.05 × 0.05) − 0.05.
const EVEN: f64 = 0.179_129;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn colours_are_read_with_three_digits_or_six_and_nothing_else_is() {
        for (text, word) in [
            ("#0e6566", "0e6566"),
            ("0E6566", "0e6566"),
            ("#f0A", "ff00aa"),
            ("000", "000000"),
            ("none", "none"),
        ] {
            assert_eq!(Accent::parse(text).unwrap().word(), word, "{text}");
        }
        for bad in [
            "",
            "#",
            "red",
            "#12",
            "#1234",
            "12345g",
            "##123",
            "#1234567",
            "é1",
            "éé",
            "+12",
            "rgb(1,2,3)",
            "12345678",
            "#0e65 6",
            "#none",
            "1;}",
        ] {
            assert_eq!(Accent::parse(bad), None, "{bad}");
        }
        assert_eq!(Accent::default().style(), "");
        assert_eq!(
            Accent::parse("FC0").unwrap().style(),
            "--accent:#ffcc00;--playhead:#ffcc00;--on-accent:#000"
        );
    }

    #[test]
    fn text_on_any_colour_can_be_read_and_better_than_in_the_other_colour() {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            match part <= 0.04045 {
                true => part / 12.92,
                false => ((part + 0.055) / 1.055).powf(2.4),
            }
        };
        let steps = || (0..=u8::MAX).step_by(5);
        for red in steps() {
            for green in steps() {
                for blue in steps() {
                    let text = format!("{red:02x}{green:02x}{blue:02x}");
                    let style = Accent::parse(&text).unwrap().style();
                    let light =
                        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
                    let (white, black) = (1.05 / (light + 0.05), (light + 0.05) / 0.05);
                    let contrast = if style.ends_with("fff") { white } else { black };
                    assert!(contrast >= 4.5, "{text}: {contrast}");
                    assert!(
                        contrast + 0.1 >= white.max(black),
                        "{text}: {white}, {black}"
                    );
                }
            }
        }
    }
}
