//! The table: what, how often, held.

use std::fmt;
use std::time::Duration;

use anyhow::Result;

/// How the page fared under one kind of fire.
#[derive(Debug)]
pub struct Held {
    /// What was done to it.
    pub what: &'static str,
    /// How often.
    pub times: usize,
    /// Whether it held, or what did not.
    pub verdict: Result<()>,
    /// The browser's memory before it, at its most, and after it, in bytes.
    pub memory: Option<[u64; 3]>,
    /// What else is worth knowing.
    pub notes: String,
    /// How long it went on.
    pub took: Duration,
}

impl Default for Held {
    fn default() -> Self {
        Self {
            what: "",
            times: 0,
            verdict: Ok(()),
            memory: None,
            notes: String::new(),
            took: Duration::ZERO,
        }
    }
}

/// All that was done.
#[derive(Debug, Default)]
pub struct Report(Vec<Held>);

impl Report {
    pub(super) fn add(&mut self, held: Held) {
        self.0.push(held);
    }

    /// Under how many kinds the page did not hold.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.0.iter().filter(|held| held.verdict.is_err()).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = self.0.iter().map(|held| held.what.chars().count()).max();
        let wide = wide.unwrap_or_default();
        writeln!(
            f,
            "{:wide$}  {:>7}  held  {:>21}  {:>7}",
            "what", "times", "MB before, most, after", "took"
        )?;
        for held in &self.0 {
            let memory = held.memory.map(|memory| memory.map(|bytes| bytes >> 20));
            let [before, most, after] = memory.unwrap_or_default();
            let verdict = if held.verdict.is_ok() { "yes" } else { "NO" };
            let memory = format!("{before}, {most}, {after}");
            let took = format!("{:.1} s", held.took.as_secs_f64());
            write!(
                f,
                "{:wide$}  {:>7}  {verdict:4}  {memory:>22}  {took:>7}",
                held.what, held.times
            )?;
            writeln!(f, "  {}", held.notes)?;
            if let Err(error) = &held.verdict {
                writeln!(f, "    {error:#}")?;
            }
        }
        Ok(())
    }
}
