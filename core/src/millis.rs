//! The one unit of time: milliseconds, as `performance.now()` counts them.
//!
//! Everything in the crate that is a time or a duration has this type, so that
//! a bare number is never mistaken for one.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Sub};

use crate::decimal;

/// A time or a duration in milliseconds, never NaN.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Millis(f64);

impl Millis {
    /// No time at all.
    pub const ZERO: Millis = Millis(0.0);

    /// A time in milliseconds; NaN, which no clock shows, becomes zero.
    #[must_use]
    pub const fn new(ms: f64) -> Self {
        if ms.is_nan() { Millis(0.0) } else { Millis(ms) }
    }

    /// The bare number of milliseconds, for the JavaScript edge.
    #[must_use]
    pub const fn ms(self) -> f64 {
        self.0
    }

    /// The later of two times.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Millis(self.0.max(other.0))
    }

    /// The earlier of two times.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Millis(self.0.min(other.0))
    }

    /// Total order, which floats lack and times have.
    #[must_use]
    pub fn total_cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }

    /// To a tenth of a millisecond: finer digits are noise, since browsers
    /// round their clocks to 0.1 ms outside isolated pages.
    #[must_use]
    pub fn rounded(self) -> Self {
        Millis((self.0 * 10.0).round() / 10.0)
    }

    /// To a hundredth, the finest step that the page writes and seeks by. What
    /// is left of a clock's readings after a subtraction differs in its last
    /// bits; two events of one moment have one time only if these go.
    #[must_use]
    pub fn settled(self) -> Self {
        Millis((self.0 * 100.0).round() / 100.0)
    }

    /// As people say it: `480 ms` under a second, `1.21 s` from there on.
    #[must_use]
    pub fn spoken(self) -> String {
        if self.0.abs() < 999.5 {
            self.to_string()
        } else {
            format!("{} s", decimal::short(self.0 / 1000.0))
        }
    }
}

/// `1206 ms`, to the whole millisecond.
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", decimal::short(self.0.round()))
    }
}

impl Add for Millis {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Millis::new(self.0 + other.0)
    }
}

impl AddAssign for Millis {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Millis {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Millis::new(self.0 - other.0)
    }
}

impl Mul<f64> for Millis {
    type Output = Self;
    fn mul(self, by: f64) -> Self {
        Millis::new(self.0 * by)
    }
}

/// How many times one duration is the other.
impl Div for Millis {
    type Output = f64;
    fn div(self, by: Self) -> f64 {
        self.0 / by.0
    }
}

impl Sum for Millis {
    fn sum<I: Iterator<Item = Self>>(times: I) -> Self {
        times.fold(Millis::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_spoken_in_the_unit_that_people_would_use() {
        for (ms, spoken) in [
            (0.0, "0 ms"),
            (480.4, "480 ms"),
            (999.6, "1 s"),
            (1206.3, "1.21 s"),
            (2500.0, "2.5 s"),
        ] {
            assert_eq!(Millis::new(ms).spoken(), spoken);
        }
    }

    #[test]
    fn differences_that_no_clock_can_tell_apart_are_one_time() {
        // Read at the same distance from two beginnings, on a clock in tenths.
        let early = Millis::new(1234.5) - Millis::new(1234.4);
        let late = Millis::new(98_765.2) - Millis::new(98_765.1);
        assert_ne!(early, late);
        assert_eq!(early.settled(), late.settled());
    }

    #[test]
    fn is_never_nan() {
        assert_eq!(Millis::new(f64::NAN), Millis::ZERO);
        let forever = Millis::new(f64::INFINITY);
        assert_eq!(forever - forever, Millis::ZERO);
    }
}
