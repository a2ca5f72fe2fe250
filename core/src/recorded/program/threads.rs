//! A thread of a reader's program: when it ran, was ready to, or waited, and which
//! line it was at.

use crate::millis::Millis;

/// What a thread is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThreadState {
    /// It has the interpreter.
    Running,
    /// It could go on, and has not the interpreter.
    Ready,
    /// It waits for that.
    Waiting(String),
}

/// A time in which a thread was at one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// From when.
    pub from: Millis,
    /// Until when; none while it still is.
    pub until: Option<Millis>,
    /// At what.
    pub state: ThreadState,
}

/// A thread.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// What the interpreter calls it: a process's begin with that and a dot.
    pub id: String,
    /// The call that it makes by sleeping.
    pub(super) asleep: Option<usize>,
    /// Its name in the program.
    pub name: String,
    /// What it was at, without gaps.
    pub stretches: Vec<Stretch>,
    /// The lines that it came to, each with when.
    lines: Vec<(Millis, u32)>,
    ended: Option<Millis>,
}

impl Thread {
    pub(super) fn new(id: &str, at: Millis) -> Self {
        Self {
            id: id.into(),
            asleep: None,
            name: id.into(),
            stretches: vec![Stretch {
                from: at,
                until: None,
                state: ThreadState::Ready,
            }],
            lines: Vec::new(),
            ended: None,
        }
    }

    /// When anything was told of it last.
    pub(super) fn last_at(&self) -> Millis {
        let stretch = self.stretches.last().map(|last| last.from);
        let line = self.lines.last().map(|line| line.0);
        let known = [stretch, line, self.ended].into_iter().flatten();
        known.fold(Millis::ZERO, Millis::max)
    }

    pub(super) fn go_on(&mut self, at: Millis, state: ThreadState, line: Option<u32>) {
        if self.ended.is_some() {
            return;
        }
        self.execute(at, line);
        if let Some(last) = self.stretches.last_mut() {
            if last.state == state {
                return;
            }
            last.until = Some(at);
        }
        let until = None;
        self.stretches.push(Stretch {
            from: at,
            until,
            state,
        });
    }

    pub(super) fn execute(&mut self, at: Millis, line: Option<u32>) {
        let Some(line) = line.filter(|_| self.ended.is_none()) else {
            return;
        };
        if self.lines.last().is_none_or(|last| last.1 != line) {
            self.lines.push((at, line));
        }
    }

    pub(super) fn end(&mut self, at: Millis) {
        if self.ended.is_none() {
            self.ended = Some(at);
            if let Some(last) = self.stretches.last_mut() {
                last.until = Some(at);
            }
        }
    }

    /// The line that it is at then; none before it has begun and after it has
    /// ended.
    #[must_use]
    pub fn line_at(&self, at: Millis) -> Option<u32> {
        if self.ended.is_some_and(|ended| ended <= at) {
            return None;
        }
        let begun = self.lines.partition_point(|line| line.0 <= at);
        Some(self.lines[..begun].last()?.1)
    }

    /// Whether the interpreter tells which lines it executes.
    pub(super) fn has_lines(&self) -> bool {
        !self.lines.is_empty()
    }

    /// What it is at then.
    #[must_use]
    pub fn state_at(&self, at: Millis) -> Option<&ThreadState> {
        let mut stretches = self.stretches.iter();
        let stretch =
            stretches.find(|one| one.from <= at && one.until.is_none_or(|until| at < until))?;
        Some(&stretch.state)
    }
}
