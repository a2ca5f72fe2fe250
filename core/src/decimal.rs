//! Decimal numbers as text, in and out.
//!
//! The standard library's float parser and printer are exact to the last bit
//! and bring some 30 KB of tables and code, compressed, to a page that needs
//! hundredths. These two are exact to the hundredth.

use crate::text::cut;

/// Reads digits with or without a fraction, like `500` or `0.25`; digits after
/// the hundredths are dropped. `None` for anything else: signs, exponents,
/// `NaN`, numbers of ten digits or more.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (whole, fraction) = cut(text, b'.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || whole.len() > 9 {
        return None;
    }
    let whole = u64::from(self::whole(whole)?);
    let digit = |index| {
        fraction
            .as_bytes()
            .get(index)
            .map_or(0, |byte| u64::from(byte - b'0'))
    };
    let hundredths = whole * 100 + digit(0) * 10 + digit(1);
    #[expect(
        clippy::cast_precision_loss,
        reason = "at most eleven digits, of which an f64 holds fifteen"
    )]
    let hundredths = hundredths as f64;
    // One division rounds once: the nearest f64 to the decimal.
    Some(hundredths / 100.0)
}

/// Reads a whole number: for all that is counted, so that there is one such reader
/// to download.
#[must_use]
#[inline(never)]
pub fn whole(text: &str) -> Option<u32> {
    text.parse().ok()
}

/// Rounded to hundredths, with no more digits than it takes: `0.33`, `120`.
#[must_use]
pub fn short(value: f64) -> String {
    let mut written = String::with_capacity(12);
    push(&mut written, value);
    written
}

/// Adds the same to what has been written.
pub fn push(written: &mut String, value: f64) {
    let hundredths = push_whole(written, value);
    if hundredths > 0 {
        written.push('.');
        written.push(digit(hundredths / 10));
        if !hundredths.is_multiple_of(10) {
            written.push(digit(hundredths));
        }
    }
}

/// Rounded to hundredths, always with two digits after the point: `1.20`.
#[must_use]
pub fn fixed(value: f64) -> String {
    let mut written = String::with_capacity(12);
    let hundredths = push_whole(&mut written, value);
    written.push('.');
    written.push(digit(hundredths / 10));
    written.push(digit(hundredths));
    written
}

/// Adds what stands before the point; the hundredths that do not. A picture of
/// many calls has thousands of numbers: this takes a fraction of the time that
/// the standard library's formatting does.
fn push_whole(written: &mut String, value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float cast to an integer saturates, and NaN becomes zero"
    )]
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        written.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    push_digits(written, hundredths / 100);
    hundredths % 100
}

fn push_digits(written: &mut String, number: u64) {
    if number >= 10 {
        push_digits(written, number / 10);
    }
    written.push(digit(number));
}

/// The last digit of a number.
fn digit(number: u64) -> char {
    char::from(b"0123456789"[(number % 10) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for hundredths in 0..=300_000_u32 {
            let value = f64::from(hundredths) / 100.0;
            assert_eq!(parse(&short(value)), Some(value));
            assert_eq!(parse(&fixed(value)), Some(value));
        }
    }

    #[test]
    fn only_plain_decimals_are_read() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1e3",
            "NaN",
            "inf",
            "1 ",
            "1234567890",
            "١",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("0.999"), Some(0.99));
    }

    #[test]
    fn numbers_have_no_more_digits_than_it_takes() {
        for (value, text) in [
            (1.0 / 3.0, "0.33"),
            (-0.001, "0"),
            (-0.5, "-0.5"),
            (-12.25, "-12.25"),
            (120.0, "120"),
            (1.05, "1.05"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(short(value), text);
        }
        assert_eq!(fixed(1.2), "1.20");
    }
}
