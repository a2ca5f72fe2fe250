//! The result of a run as the public contract has it, and what must hold in
//! every one.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::Value;

/// Times are given to a tenth of a millisecond, so sums of them may be off by
/// a few.
const ROUNDING: f64 = 0.3;

/// The detail of `expert-chef:finished`. Exactly these fields, or it does not
/// parse.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct RunResult {
    /// The contract's version.
    pub version: u32,
    /// A preset's name, or `custom`.
    pub scenario: String,
    /// Where the latencies came from.
    pub source: String,
    /// A run for each strategy that was compared.
    pub runs: Vec<Run>,
    /// How much faster the last run was than the first.
    #[serde(deserialize_with = "Option::deserialize")] // null, but never missing
    pub speedup: Option<f64>,
}

/// One strategy's run.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Run {
    /// How the tasks were set going.
    pub strategy: String,
    /// What theory says, where it is known.
    #[serde(deserialize_with = "Option::deserialize")] // null, but never missing
    pub predicted_ms: Option<f64>,
    /// From the first start to the last end.
    pub total_ms: f64,
    /// `ok` or `failed`.
    pub outcome: String,
    /// In the scenario's order.
    pub tasks: Vec<Task>,
}

/// One task of a run. Times are since the run began.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Task {
    /// Its name.
    pub name: String,
    /// When it was called.
    pub start_ms: f64,
    /// When it was over.
    pub end_ms: f64,
    /// `ok` or `failed`.
    pub outcome: String,
    /// Why it failed.
    pub error: Option<String>,
}

impl RunResult {
    /// Reads a result and checks that its parts agree with each other.
    ///
    /// # Errors
    /// Says what is missing, too much, or does not agree.
    pub fn parse(json: &Value) -> Result<Self> {
        let result: Self = serde_json::from_value(json.clone())?;
        result
            .check()
            .map_err(|error| error.context(format!("in {json:#}")))?;
        Ok(result)
    }

    /// The run of that strategy.
    ///
    /// # Errors
    /// If there is none.
    pub fn run(&self, strategy: &str) -> Result<&Run> {
        let run = self.runs.iter().find(|run| run.strategy == strategy);
        run.ok_or_else(|| anyhow::anyhow!("no run of {strategy} in {self:?}"))
    }

    fn check(&self) -> Result<()> {
        ensure!(self.version == 1, "a version that this test does not know");
        let sources = ["network", "service-worker", "simulated"];
        ensure!(sources.contains(&self.source.as_str()), "an unknown source");
        ensure!(self.runs.len() >= 2, "nothing is compared");
        for run in &self.runs {
            run.check()?;
        }
        if let [first, last] = self.runs.as_slice() {
            let ratio = first.total_ms / last.total_ms;
            ensure!(
                self.speedup
                    .is_some_and(|speedup| (speedup - ratio).abs() < 0.01),
                "the speed-up is not {ratio}"
            );
        }
        Ok(())
    }
}

impl Run {
    fn check(&self) -> Result<()> {
        ensure!(!self.tasks.is_empty(), "a run without tasks");
        for task in &self.tasks {
            task.check()?;
        }
        let last = self
            .tasks
            .iter()
            .map(|task| task.end_ms)
            .fold(0.0, f64::max);
        ensure!(
            (self.total_ms - last).abs() <= ROUNDING || self.total_ms > last,
            "the total is less than the last end"
        );
        let has_failed = self.tasks.iter().any(|task| task.outcome == "failed");
        ensure!(
            self.outcome == if has_failed { "failed" } else { "ok" },
            "the run's outcome is not its tasks'"
        );
        match self.strategy.as_str() {
            "sequential" => ensure!(self.is_one_by_one(), "two calls overlap"),
            "join" => ensure!(self.is_all_at_once(), "a call waited for another"),
            _ => {}
        }
        Ok(())
    }

    fn is_one_by_one(&self) -> bool {
        self.tasks
            .windows(2)
            .all(|pair| pair[1].start_ms >= pair[0].end_ms - ROUNDING)
    }

    fn is_all_at_once(&self) -> bool {
        let ends = self.tasks.iter().map(|task| task.end_ms);
        let first_end = ends.fold(f64::INFINITY, f64::min);
        self.tasks
            .iter()
            .all(|task| task.start_ms <= first_end + ROUNDING)
    }
}

impl Task {
    fn check(&self) -> Result<()> {
        let Self {
            name,
            start_ms,
            end_ms,
            ..
        } = self;
        ensure!(*start_ms >= 0.0, "“{name}” started before its run");
        ensure!(end_ms >= start_ms, "“{name}” ended before it started");
        let is_ok = match self.outcome.as_str() {
            "ok" => self.error.is_none(),
            "failed" => self.error.as_ref().is_some_and(|error| !error.is_empty()),
            _ => false,
        };
        ensure!(is_ok, "“{name}” has an outcome that its error does not fit");
        Ok(())
    }
}
