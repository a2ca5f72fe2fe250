//! A program beside a kitchen: its source, and which of its lines are executing
//! at a time t of a recorded run. Pure: the page shows what comes of it, and the
//! build makes the text that is read here from real programs, which are run by
//! tests.
//!
//! A line says by its marks when it executes, in terms of a run: where the main
//! flow stands, where a call is, what has just happened.

use std::rc::Rc;

use crate::asked::resource::Resource;
use crate::asked::scenario::Scenario;
use crate::asked::strategy::Strategy;
use crate::decimal::whole;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::timeline::{Span, Timeline};
use crate::text::{before, cut, parts};

/// The languages in which there are programs, the first by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// CPython 3, its standard library.
    #[default]
    Python,
    /// JavaScript, as Node runs it.
    JavaScript,
    /// Rust, with `tokio`, `futures` and `reqwest`.
    Rust,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Python, Self::JavaScript, Self::Rust];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
            Self::Rust => "Rust",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What a piece of source is, for its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// All else.
    #[default]
    Plain,
    /// A word of the language.
    Keyword,
    /// A text, or a number.
    Literal,
    /// A comment.
    Comment,
    /// What is called or defined.
    Name,
}

impl Style {
    /// All of them, by the character that begins one in a listing's text.
    pub const ALL: [Self; 5] = [
        Self::Plain,
        Self::Keyword,
        Self::Literal,
        Self::Comment,
        Self::Name,
    ];
}

/// The character that begins the first of the styles; the others follow.
pub const FIRST_STYLE: char = '\u{1}';

/// When a line executes. A number is a task's place, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As the run begins.
    Begin,
    /// As an attempt at a task begins.
    Start(Option<usize>),
    /// While a call is in flight.
    Flight(Option<usize>),
    /// While work is done.
    Work(Option<usize>),
    /// While the main flow waits: for all that is under way, or for a task whose
    /// turn it is to be waited for.
    Wait(Option<usize>),
    /// While tasks wait for their turn.
    Queue,
    /// As a task ends well.
    End(Option<usize>),
    /// As a task fails.
    Fail,
    /// As a task is cancelled.
    Cancel,
    /// Once all is over.
    Over,
}

impl Mark {
    /// Reads a word like `flight` or, of the second task, `wait:2`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let (kind, number) = match cut(word, b':') {
            Some((kind, number)) => (kind, Some(whole(number)?.checked_sub(1)? as usize)),
            None => (word, None),
        };
        let mark = match kind {
            "start" => Self::Start(number),
            "flight" => Self::Flight(number),
            "work" => Self::Work(number),
            "wait" => Self::Wait(number),
            "end" => Self::End(number),
            _ if number.is_some() => return None,
            "begin" => Self::Begin,
            "queue" => Self::Queue,
            "fail" => Self::Fail,
            "cancel" => Self::Cancel,
            "over" => Self::Over,
            _ => return None,
        };
        Some(mark)
    }

    /// When a line of this mark executes first; `None` if it does not in this
    /// run, so far.
    #[must_use]
    pub fn first(self, timeline: &Timeline) -> Option<Millis> {
        let mut first = None;
        for (from, until) in self.times(timeline) {
            // What took no time at all is at no moment.
            if from < until {
                first = Some(first.map_or(from, |first| from.min(first)));
            }
        }
        first
    }

    /// Whether a line of this mark executes at that time.
    #[must_use]
    pub fn holds(self, timeline: &Timeline, at: Millis) -> bool {
        let times = self.times(timeline);
        times.iter().any(|&(from, until)| from <= at && at < until)
    }

    /// From when until when a line of this mark executes: one time after another,
    /// or several together.
    fn times(self, timeline: &Timeline) -> Vec<(Millis, Millis)> {
        let mut times = Vec::new();
        let begun = timeline.spans().iter().filter_map(Span::started);
        let begun = begun.fold(EVER, Millis::min);
        // The main flow waits for a task once those before it have ended.
        let mut turn = begun;
        for (index, span) in timeline.spans().iter().enumerate() {
            let (ended, outcome) = span.ended.unwrap_or((EVER, Outcome::Cancelled));
            match self {
                Self::Wait(Some(task)) if task == index && turn < ended => {
                    times.push((turn, ended));
                }
                Self::Queue => {
                    let handed = span.handed.map_or(EVER, |(handed, _)| handed);
                    let left = span.started().unwrap_or(ended).min(handed);
                    if begun < left {
                        times.push((begun, left));
                    }
                }
                Self::End(task) if is_of(task, index) && outcome == Outcome::Ok => {
                    times.push((ended, ended + SEEN));
                }
                Self::Fail if matches!(outcome, Outcome::Failed(_)) => {
                    times.push((ended, ended + SEEN));
                }
                Self::Cancel if outcome == Outcome::Cancelled && ended < EVER => {
                    times.push((ended, ended + SEEN));
                }
                _ => {}
            }
            for attempt in &span.attempts {
                let ended = attempt.ended.unwrap_or(EVER);
                let is_call = attempt.holds == Resource::Connection;
                match self {
                    Self::Start(task) if is_of(task, index) => {
                        times.push((attempt.started, attempt.started + SEEN));
                    }
                    Self::Flight(task) if is_of(task, index) && is_call => {
                        times.push((attempt.started, ended));
                    }
                    Self::Work(task) if is_of(task, index) && !is_call => {
                        times.push((attempt.started, ended));
                    }
                    _ => {}
                }
            }
            turn = turn.max(ended);
        }
        let over = timeline.makespan().unwrap_or(EVER);
        match (self, timeline.events().first()) {
            (Self::Begin, Some(event)) => times.push((event.at, event.at + SEEN)),
            (Self::Wait(None), _) if begun < EVER => times.push((begun, over)),
            (Self::Over, _) if over < EVER => times.push((over, EVER)),
            _ => {}
        }
        times
    }
}

/// How long what takes no time is seen to take.
pub const SEEN: Millis = Millis::new(120.0);

/// Later than all that has happened.
const EVER: Millis = Millis::new(f64::INFINITY);

fn is_of(asked: Option<usize>, task: usize) -> bool {
    asked.is_none_or(|asked| asked == task)
}

/// A line of a program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its pieces, each with what it is.
    pub pieces: Vec<(Style, String)>,
    /// When it executes; of a line that is never seen to, none.
    pub marks: Vec<Mark>,
    /// What it does, in a sentence, if that is to be said.
    pub says: String,
}

impl Line {
    /// When it executes first in a run.
    #[must_use]
    pub fn first(&self, timeline: &Timeline) -> Option<Millis> {
        let times = self.marks.iter().filter_map(|mark| mark.first(timeline));
        times.reduce(Millis::min)
    }

    fn read(text: &str) -> Self {
        let (marks, rest) = cut(text, b'\t').unwrap_or_default();
        let (says, source) = cut(rest, b'\t').unwrap_or_default();
        let mut pieces = Vec::new();
        let mut style = Style::Plain;
        let mut piece = String::new();
        for c in source.chars() {
            let number = (c as usize).wrapping_sub(FIRST_STYLE as usize);
            match Style::ALL.get(number) {
                Some(&next) => {
                    if !piece.is_empty() {
                        pieces.push((style, std::mem::take(&mut piece)));
                    }
                    style = next;
                }
                None => piece.push(c),
            }
        }
        if !piece.is_empty() {
            pieces.push((style, piece));
        }
        Self {
            pieces,
            marks: parts(marks, b' ')
                .into_iter()
                .filter_map(Mark::parse)
                .collect(),
            says: says.to_owned(),
        }
    }
}

/// A program in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// What it is called: a strategy's kind, or a name of its own.
    pub name: String,
    /// Where it does otherwise than the kitchen, if it does.
    pub note: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Listing {
    /// Reads listings as a build writes them: a line `=name` begins one, with what
    /// there is to note of it after a tab; then each line of the program, with its
    /// marks and its sentence before it, set apart by tabs.
    #[must_use]
    pub fn read(text: &str) -> Vec<Self> {
        let mut listings: Vec<Self> = Vec::new();
        for line in parts(text, b'\n') {
            if let Some(title) = line.strip_prefix('=') {
                listings.push(Self {
                    name: before(title, b'\t').to_owned(),
                    note: cut(title, b'\t').map_or("", |(_, note)| note).to_owned(),
                    lines: Vec::new(),
                });
            } else if let Some(listing) = listings.last_mut() {
                listing.lines.push(Line::read(line));
            }
        }
        listings
    }

    /// Which of its lines execute at that time, from 0.
    #[must_use]
    pub fn lines_at(&self, timeline: &Timeline, at: Millis) -> Vec<usize> {
        let mut lit = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            if line.marks.iter().any(|mark| mark.holds(timeline, at)) {
                lit.push(index);
            }
        }
        lit
    }

    /// Its source.
    #[must_use]
    pub fn source(&self) -> String {
        let mut source = String::new();
        for line in &self.lines {
            for (_, piece) in &line.pieces {
                source += piece;
            }
            source.push('\n');
        }
        source
    }
}

/// The name of the program that does what that strategy does with these tasks.
#[must_use]
pub fn program(strategy: Strategy, scenario: &Scenario) -> &'static str {
    let is_pair = scenario.id == "two-calls";
    match strategy {
        Strategy::Workers(_) => "cpu-workers",
        Strategy::Sequential if scenario.computes() => "cpu-sequential",
        _ if scenario.computes() => "cpu-join",
        Strategy::Sequential if is_pair => "plain",
        Strategy::Join if is_pair => "answer",
        strategy => strategy.kind(),
    }
}

/// The programs of a language, as far as they are known.
#[derive(Clone, Debug, Default)]
pub enum Code {
    /// They have not been asked for, or are on their way.
    #[default]
    Unknown,
    /// They could not be had.
    Missing,
    /// They are there.
    Here(Rc<Vec<Listing>>),
}

impl Code {
    /// The program of that name.
    #[must_use]
    pub fn listing(&self, name: &str) -> Option<&Listing> {
        match self {
            Self::Here(listings) => listings.iter().find(|one| one.name == name),
            _ => None,
        }
    }
}
