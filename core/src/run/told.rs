//! What an interpreter tells of a reader's program, as text: which thread does
//! what, and what was printed. It comes from where anybody's program runs, so
//! whatever is not exactly so is left out.
//!
//! A line each, its parts set apart by tabs: the time in milliseconds since the
//! program began, by the interpreter's clock; the thread; what it is; the line of
//! the program; and what there is to say of it.

use crate::decimal::{parse, whole};
use crate::millis::Millis;
use crate::text::{cut, parts};

/// One thing that an interpreter tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// When, since the program began.
    pub at: Millis,
    /// The thread: `0` is the main one, and a process's has its own before a dot.
    pub thread: String,
    /// The line of the program, from 1; none outside it.
    pub line: Option<u32>,
    /// What.
    pub what: What,
}

/// What an interpreter tells of.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A thread begins, by that name.
    Begin(String),
    /// It has ended.
    End,
    /// It waits for that from now on, and lets others have the interpreter.
    Wait(String),
    /// It could go on, and has not the interpreter.
    Ready,
    /// It has the interpreter.
    Run,
    /// It executes the line.
    Line,
    /// It wrote that.
    Wrote(Stream, String),
    /// It has set a timer of that number, for so many milliseconds.
    Timer(String, String),
    /// That timer is over.
    NoTimer(String),
    /// That timer was cleared before it was over.
    Cleared(String),
    /// A process of that label is there from now on.
    Process(String),
    /// It is no more.
    NoProcess(String),
}

/// Where text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// The standard output.
    Output,
    /// The standard error.
    Error,
}

/// How many threads are told apart, at the most; and how long their names are, in
/// characters.
const MOST_DIGITS: usize = 12;

impl Told {
    /// Reads all lines of a batch that say something.
    #[must_use]
    pub fn read(batch: &str) -> Vec<Self> {
        parts(batch, b'\n')
            .into_iter()
            .filter_map(Self::line)
            .collect()
    }

    fn line(text: &str) -> Option<Self> {
        let [at, thread, kind, line, detail] = parts(text, b'\t').try_into().ok()?;
        let at = parse(at)?;
        let is_sign = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'p' | b'.');
        if thread.is_empty() || thread.len() > MOST_DIGITS || !thread.bytes().all(is_sign) {
            return None;
        }
        let detail = || unescaped(detail);
        let what = match kind {
            "begin" => What::Begin(detail()),
            "end" => What::End,
            "wait" => What::Wait(detail()),
            "ready" => What::Ready,
            "run" => What::Run,
            "line" => What::Line,
            "out" => What::Wrote(Stream::Output, detail()),
            "err" => What::Wrote(Stream::Error, detail()),
            "timer" => match cut(&detail(), b' ')? {
                ("begin", timer) => {
                    let (number, ms) = cut(timer, b' ')?;
                    parse(ms)?;
                    What::Timer(number.into(), ms.into())
                }
                ("end", number) => What::NoTimer(number.into()),
                ("clear", number) => What::Cleared(number.into()),
                _ => return None,
            },
            "process" => match cut(&detail(), b' ')? {
                ("begin", label) => What::Process(label.into()),
                ("end", label) => What::NoProcess(label.into()),
                _ => return None,
            },
            _ => return None,
        };
        let line = whole(line).filter(|line| *line > 0);
        Some(Self {
            at: Millis::new(at),
            thread: thread.into(),
            line,
            what,
        })
    }
}

/// Text as it was before its tabs, ends of lines and backslashes were escaped.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        plain.push(match sign {
            '\\' => match signs.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(other) => other,
                None => sign,
            },
            _ => sign,
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn each_line_says_one_thing() {
        let told = Told::read(
            "0.00\t0\tbegin\t0\tMainThread\n12.5\tp1.0\twait\t7\tsleep 2\n13\t0\tout\t3\ta\\tb\\r\\nc\\\\n\n",
        );
        assert_eq!(told.len(), 3);
        assert_eq!(told[0].line, None);
        assert_eq!(told[1].at, Millis::new(12.5));
        assert_eq!(told[1].thread, "p1.0");
        assert_eq!(told[1].line, Some(7));
        assert_eq!(told[1].what, What::Wait("sleep 2".into()));
        let text = "a\tb\r\nc\\n".into();
        assert_eq!(told[2].what, What::Wrote(Stream::Output, text));
    }

    #[test]
    fn what_is_not_exactly_so_is_left_out() {
        for wrong in [
            "",
            "1\t0\tline\t3",
            "1\t0\tline\t3\t\tmore",
            "x\t0\tline\t3\t",
            "-1\t0\tline\t3\t",
            "1\t\tline\t3\t",
            "1\t<b>\tline\t3\t",
            "1\t1234567890123\tline\t3\t",
            "1\t0\tthunder\t3\t",
            "1\t0\tprocess\t3\tbegin",
            "1\t0\tprocess\t3\tstop p1",
            "1\t0\ttimer\t3\tbegin 1",
            "1\t0\ttimer\t3\tbegin 1 soon",
            "1\t0\ttimer\t3\tring 1",
        ] {
            assert_eq!(Told::read(wrong), [], "{wrong:?}");
        }
    }
}
