//! What the reader thinks that each kitchen will take, and how near that was.
//! Who has committed to a number looks at the answer differently.
//!
//! Pure: the page hands in what is typed, a question draws it.

mod answers;

use crate::asked::strategy::Strategy;
use crate::decimal;
use crate::millis::Millis;
use crate::recorded::recording::Run;
use crate::text::{cut, trim};

pub use answers::answers;

/// The longest time that may be guessed.
pub const LONGEST: Millis = Millis::new(600_000.0);

/// Of what was measured: as near as this is right.
const SPOT_ON: f64 = 0.05;

/// Of what was measured: as near as this is nearly right.
const CLOSE: f64 = 0.2;

/// Of what would have been right for the other kitchen: as near as this, and
/// it was likely what the reader had in mind.
const MIXED_UP: f64 = 0.1;

/// Without a unit, numbers below this are seconds: no kitchen on the page takes
/// a whole minute, and few are done in less than 60 ms.
const FEWEST_MS: f64 = 60.0;

/// A guess for each kitchen, and what became of the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    answers: Vec<Answer>,
    state: State,
    /// Whether what cannot be read has been handed in: nobody is corrected
    /// while still typing.
    corrected: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Answer {
    text: String,
    time: Result<Option<Millis>, GuessError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Answered,
    Skipped,
}

/// Why a guess was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuessError {
    /// It is not a time.
    Unreadable,
    /// It is more than [`LONGEST`].
    TooLong,
}

impl GuessError {
    /// What to do about it.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unreadable => "Write a time like 2.5 s or 800 ms.",
            Self::TooLong => "That is long: ten minutes at most.",
        }
    }
}

impl Guess {
    /// The question, put to the reader for that many kitchens.
    #[must_use]
    pub fn new(kitchens: usize) -> Self {
        let answer = Answer {
            text: String::new(),
            time: Ok(None),
        };
        Self {
            answers: vec![answer; kitchens],
            state: State::Open,
            corrected: false,
        }
    }

    /// Notes what stands in a kitchen's field.
    pub fn enter(&mut self, kitchen: usize, text: &str) {
        if let Some(answer) = self.answers.get_mut(kitchen) {
            answer.time = Self::parse(text);
            answer.text = text.into();
        }
    }

    /// Hands the guess in, unless a field cannot be read: that one's kitchen is
    /// returned. Fields may be empty; all of them empty is as good as skipped.
    pub fn answer(&mut self) -> Result<(), usize> {
        let mut state = State::Skipped;
        for (kitchen, answer) in self.answers.iter().enumerate() {
            match answer.time {
                Err(_) => {
                    self.corrected = true;
                    return Err(kitchen);
                }
                Ok(Some(_)) => state = State::Answered,
                Ok(None) => {}
            }
        }
        self.state = state;
        Ok(())
    }

    /// The reader would rather not.
    pub fn skip(&mut self) {
        self.state = State::Skipped;
    }

    /// Whether the question still stands.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Whether there is a guess to be marked and judged.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.state == State::Answered
    }

    /// What was guessed for a kitchen, once that has been handed in.
    #[must_use]
    pub fn time(&self, kitchen: usize) -> Option<Millis> {
        let answer = self.answers.get(kitchen)?;
        answer.time.ok()?.filter(|_| self.is_answered())
    }

    /// What stands in a kitchen's field.
    #[must_use]
    pub fn text(&self, kitchen: usize) -> &str {
        self.answers.get(kitchen).map_or("", |answer| &answer.text)
    }

    /// What is wrong with a kitchen's field, once it has been handed in.
    #[must_use]
    pub fn error(&self, kitchen: usize) -> Option<GuessError> {
        let answer = self.answers.get(kitchen)?;
        answer.time.err().filter(|_| self.corrected)
    }

    /// Reads a time as people write it: `2.5 s`, `1,2 s`, `2500 ms`, `2.5`;
    /// nothing is no guess. Without a unit, numbers below 60 are seconds and
    /// others milliseconds. Exactly three digits after the point or comma make
    /// it whole milliseconds, in every way of writing: they are thousandths in
    /// `1.205 s` and a group of thousands in `2,500 ms`.
    pub fn parse(text: &str) -> Result<Option<Millis>, GuessError> {
        let mut number = String::new();
        let mut unit = String::new();
        for c in trim(text).chars() {
            match c {
                '0'..='9' | '.' if unit.is_empty() => number.push(c),
                ',' if unit.is_empty() => number.push('.'),
                _ => unit.push(c.to_ascii_lowercase()),
            }
        }
        let per_unit = match trim(&unit) {
            "" if number.is_empty() => return Ok(None),
            "" => None,
            "ms" => Some(1.0),
            "s" | "sec" | "seconds" => Some(1000.0),
            _ => return Err(GuessError::Unreadable),
        };
        let (whole, fraction) = cut(&number, b'.').unwrap_or((&number, "0"));
        // `.5` is how some write a half.
        let zero = if number.starts_with('.') { "0" } else { "" };
        let has_digits_only = fraction.bytes().all(|byte| byte.is_ascii_digit());
        let (written, per_unit) = if fraction.len() == 3 && has_digits_only {
            (format!("{zero}{whole}{fraction}"), Some(1.0))
        } else {
            (format!("{zero}{number}"), per_unit)
        };
        let Some(value) = decimal::parse(&written) else {
            let is_huge = whole.len() > 6 && has_digits_only && !fraction.is_empty();
            return Err(if is_huge {
                GuessError::TooLong
            } else {
                GuessError::Unreadable
            });
        };
        let factor = per_unit.unwrap_or(if value < FEWEST_MS { 1000.0 } else { 1.0 });
        let time = Millis::new((value * factor).round());
        if time > LONGEST {
            return Err(GuessError::TooLong);
        }
        Ok(Some(time))
    }
}

/// What a run took, and what it would have taken in the other kitchen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// How it ran, if it is one of ours.
    pub strategy: Option<Strategy>,
    /// What it took.
    pub total: Millis,
    /// Its calls' times, added up.
    pub sum: Millis,
    /// The longest of its calls.
    pub longest: Millis,
}

impl Measured {
    /// Of a run that is over.
    #[must_use]
    pub fn of(run: &Run) -> Option<Self> {
        Some(Self {
            strategy: run.strategy(),
            total: run.total()?,
            sum: run.timeline().time_in_flight(),
            longest: run.timeline().longest(),
        })
    }
}

/// A friendly sentence on how near it was, and another on what may have been in
/// the reader's mind, if that can be told. Judged by the digits that are shown, so that whoever
/// subtracts them comes to the same.
#[must_use]
pub fn judge(guess: Millis, measured: Measured) -> (String, &'static str) {
    let (said, took) = (shown(guess), shown(measured.total));
    let off = (said - took).max(took - said);
    let numbers = format!("you said {}, it took {}", said.spoken(), took.spoken());
    if off <= took * SPOT_ON {
        return (format!("Spot on: {numbers}."), "");
    }
    let side = if said > took { "less" } else { "more" };
    let off = off.spoken();
    if is_near(said, took, CLOSE) {
        return (format!("Close: {numbers}, {off} {side}."), "");
    }
    let hint = match measured.strategy {
        Some(Strategy::Join) if is_near(guess, measured.sum, MIXED_UP) => {
            "Perhaps you added the calls up: here they wait together, so only the longest counts."
        }
        Some(Strategy::Sequential) if is_near(guess, measured.longest, MIXED_UP) => {
            "Perhaps you thought of the longest call: here each waits for the one before, so they add up."
        }
        _ => "",
    };
    let sentence = format!("Not quite: {numbers}, {off} {side} than you thought.");
    (sentence, hint)
}

fn is_near(a: Millis, b: Millis, part: f64) -> bool {
    (a - b).max(b - a) <= b * part
}

/// Rounded as [`Millis::spoken`] rounds.
fn shown(time: Millis) -> Millis {
    let ms = time.ms();
    Millis::new(if ms < 999.5 {
        ms.round()
    } else {
        (ms / 10.0).round() * 10.0
    })
}
