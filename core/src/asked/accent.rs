//! The colour that a host may give to what is pressed and moved: a plain colour
//! and no more, so that no style comes in by it.

use std::fmt::{self, Write as _};

/// A colour, opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent(pub [u8; 3]);

impl Accent {
    /// `#rgb` or `#rrggbb`, with or without the `#`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text).as_bytes();
        let digit = |at: usize| {
            let value = char::from(digits[at]).to_digit(16)?;
            u8::try_from(value).ok()
        };
        let mut rgb = [0; 3];
        for (index, part) in rgb.iter_mut().enumerate() {
            let (high, low) = match digits.len() {
                3 => (index, index),
                6 => (2 * index, 2 * index + 1),
                _ => return None,
            };
            *part = digit(high)? * 16 + digit(low)?;
        }
        Some(Self(rgb))
    }

    /// Whether text on it is white; black otherwise, whichever of the two can
    /// be read better.
    #[must_use]
    pub fn wants_white(self) -> bool {
        // Where both have the same contrast, sqrt(1.05 * 0.05) - 0.05.
        const EVEN: f64 = 0.179_128_784_747_792;
        self.luminance() < EVEN
    }

    /// The relative luminance, as WCAG 2 has it.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                power((part + 0.055) / 1.055)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// The 2.4th power: the square, and a fifth root of it squared by Newton's
/// method, because the general power would weigh more than all the rest.
fn power(base: f64) -> f64 {
    let square = base * base;
    let mut root = 1.0;
    for _ in 0..20 {
        let fourth = root * root * root * root;
        root = (4.0 * root + square / fourth) / 5.0;
    }
    square * root
}

/// Six digits, without the `#` that an address would have to encode.
impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        for part in self.0 {
            for digit in [part / 16, part % 16] {
                f.write_char(char::from(DIGITS[usize::from(digit)]))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_with_three_digits_or_six_and_nothing_else_is() {
        for (text, rgb) in [
            ("#0e6566", [14, 101, 102]),
            ("0E6566", [14, 101, 102]),
            ("#f0a", [255, 0, 170]),
            ("000", [0, 0, 0]),
        ] {
            assert_eq!(Accent::parse(text), Some(Accent(rgb)), "{text}");
        }
        for bad in [
            "", "#", "red", "#12", "#1234", "12345g", "##123", "#1234567", "é12", "+12", "rgb(1,2,3)",
            "12345678", "#0e65 6",
        ] {
            assert_eq!(Accent::parse(bad), None, "{bad}");
        }
        assert_eq!(Accent([14, 1, 255]).to_string(), "0e01ff");
    }

    #[test]
    fn text_on_any_colour_can_be_read() {
        let steps = || (0..=u8::MAX).step_by(5);
        let all = steps().flat_map(|red| steps().flat_map(move |green| steps().map(move |blue| [red, green, blue])));
        for [red, green, blue] in all {
            let accent = Accent([red, green, blue]);
            let light = accent.luminance() + 0.05;
            let contrast = if accent.wants_white() {
                1.05 / light
            } else {
                light / 0.05
            };
            assert!(contrast >= 4.5, "{accent}: {contrast}");
        }
    }

    #[test]
    fn the_power_is_the_power() {
        for step in 1..=100 {
            let base = f64::from(step) / 100.0;
            let (own, real) = (power(base), base.powf(2.4));
            assert!((own - real).abs() < 1e-9, "{base}: {own} {real}");
        }
    }
}
