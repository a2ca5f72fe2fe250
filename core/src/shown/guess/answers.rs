//! What a reader can answer with a tap: times that somebody may well expect of
//! the calls at hand, and the right one among them.

use crate::millis::Millis;
use crate::recorded::recording::Run;

/// No more than these find room beside each other.
const MOST: usize = 4;

/// Answers are further apart than what counts as nearly right, as a part of the
/// larger one.
const APART: f64 = 0.1;

/// Times to choose from for a kitchen, the shortest first: what theory says of
/// it, and what it would be if the calls' times were added up, halved, divided
/// among them, or only the longest or the shortest counted. `first` is the
/// kitchen whose calls have been seen. None if theory does not know.
#[must_use]
pub fn answers(first: &Run, asked: &Run) -> Vec<Millis> {
    let (Some(right), Some(seen)) = (asked.predicted(), first.forecast()) else {
        return Vec::new();
    };
    let (mut sum, mut longest, mut shortest) = (Millis::ZERO, Millis::ZERO, right);
    for attempts in &seen.attempts {
        let (Some(first), Some(last)) = (attempts.first(), attempts.last()) else {
            continue;
        };
        let takes = last.until - first.from;
        sum += takes;
        longest = longest.max(takes);
        shortest = shortest.min(takes);
    }
    let mean = sum * (1.0 / f64::from(u32::try_from(seen.attempts.len()).unwrap_or(1).max(1)));
    let mut answers: Vec<Millis> = Vec::with_capacity(MOST);
    for time in [
        right,
        sum,
        longest,
        sum * 0.5,
        shortest,
        mean,
        longest * 0.5,
    ] {
        let is_apart = |other: &Millis| {
            let (less, more) = (time.min(*other), time.max(*other));
            less < more * (1.0 - APART)
        };
        if answers.len() < MOST && time > Millis::ZERO && answers.iter().all(is_apart) {
            answers.insert(answers.partition_point(|other| *other < time), time);
        }
    }
    answers
}
