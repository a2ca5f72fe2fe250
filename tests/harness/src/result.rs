//! The result of a run as the public contract has it, and what must hold in
//! every one.

use anyhow::{Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;

/// Times are given to a tenth of a millisecond, so sums of them may be off by
/// a few.
const ROUNDING: f64 = 0.3;

/// Timers of browsers may be early by that many milliseconds.
pub const EARLY: f64 = 2.0;

/// How many times as long as theory gives a run may take: more than a machine
/// with much else to do adds to the best part of a second, and less than lies
/// between calls in turn and all at once.
const SLOWEST: f64 = 1.75;

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
    /// How many times as fast as the first run the quickest other was.
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
    /// For how long the page was hidden meanwhile, if at all.
    pub hidden_ms: Option<f64>,
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
    /// When it was first called, or its work began; `None` if it was cancelled
    /// before, or no worker was there for it.
    #[serde(deserialize_with = "Option::deserialize")] // null, but never missing
    pub start_ms: Option<f64>,
    /// When it was over.
    pub end_ms: f64,
    /// `ok`, `failed`, `timed-out` or `cancelled`.
    pub outcome: String,
    /// Why it failed.
    pub error: Option<String>,
    /// How often it was called, where that was more than once.
    pub attempts: Option<u32>,
    /// Into what its last attempt's time went, where the browser told.
    pub phases: Option<Phases>,
}

/// Into what a call's time went, in milliseconds.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Phases {
    /// Held back by the browser.
    pub stalled_ms: f64,
    /// Until the request was sent.
    pub connecting_ms: f64,
    /// Until the first byte of the answer.
    pub waiting_ms: f64,
    /// Until the last.
    pub receiving_ms: f64,
    /// What the server says that it took by itself.
    pub server_ms: Option<f64>,
}

/// The detail of `expert-chef:finished` of a reader's program in an exercise.
/// Exactly these fields: no word of the program is among them.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// The contract's version.
    pub version: u32,
    /// The recording's scenario: no preset's.
    pub scenario: String,
    /// `program`.
    pub source: String,
    /// The program's calls, and beside them what theory drew; none without a call.
    #[serde(default)]
    pub runs: Vec<Value>,
    /// How many times as fast as the first run the quickest other was.
    pub speedup: Option<f64>,
    /// The exercise's name.
    pub exercise: String,
    /// The program's language.
    pub language: String,
    /// What was checked.
    pub verdict: Verdict,
}

/// What was checked of a reader's program.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// `passed` or `failed`.
    pub outcome: String,
    /// The words of the checks that failed.
    pub failed: Vec<String>,
}

impl Answered {
    /// Reads one and checks that its parts agree with each other.
    ///
    /// # Errors
    /// Says what is missing, too much, or does not agree.
    pub fn parse(json: &Value) -> Result<Self> {
        let answered: Self = serde_json::from_value(json.clone())?;
        let Verdict { outcome, failed } = &answered.verdict;
        let expected = if failed.is_empty() {
            "passed"
        } else {
            "failed"
        };
        ensure!(outcome == expected, "the verdict contradicts itself");
        ensure!(answered.version == 1, "an unknown version");
        Ok(answered)
    }
}

impl RunResult {
    /// Reads a result and checks that its parts agree with each other.
    ///
    /// # Errors
    /// Says what is missing, too much, or does not agree.
    pub fn parse(json: &Value) -> Result<Self> {
        Self::parse_of(json, false)
    }

    /// The same of a run in which there is work for the processor, if it
    /// `computes`: what is begun all at once then waits for free hands.
    ///
    /// # Errors
    /// Says what is missing, too much, or does not agree.
    pub fn parse_of(json: &Value, computes: bool) -> Result<Self> {
        let result: Self = serde_json::from_value(json.clone())?;
        result
            .check(computes)
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

    fn check(&self, computes: bool) -> Result<()> {
        ensure!(self.version == 1, "a version that this test does not know");
        let sources = ["network", "service-worker", "simulated", "processor"];
        ensure!(sources.contains(&self.source.as_str()), "an unknown source");
        ensure!(self.runs.len() >= 2, "nothing is compared");
        for run in &self.runs {
            run.check(computes)?;
        }
        if let [first, others @ ..] = self.runs.as_slice() {
            let others = others.iter().map(|run| run.total_ms);
            let ratio = first.total_ms / others.fold(f64::INFINITY, f64::min);
            ensure!(
                self.speedup
                    .is_some_and(|speedup| (speedup - ratio).abs() < 0.01 * ratio.max(1.0)),
                "the speed-up is not {ratio}"
            );
        }
        Ok(())
    }
}

impl Run {
    /// The task of that name.
    ///
    /// # Errors
    /// If there is none.
    pub fn task(&self, name: &str) -> Result<&Task> {
        let task = self.tasks.iter().find(|task| task.name == name);
        task.ok_or_else(|| anyhow::anyhow!("no task {name} in {self:?}"))
    }

    /// What each task came to, and why it failed if it did.
    #[must_use]
    pub fn ends(&self) -> Vec<(&str, &str, Option<&str>)> {
        let tasks = self.tasks.iter();
        tasks
            .map(|task| {
                (
                    task.name.as_str(),
                    task.outcome.as_str(),
                    task.error.as_deref(),
                )
            })
            .collect()
    }

    /// Checks that it took as long as theory gives, and gives that: no less but
    /// for so many timers in a row that may be early, and not much more.
    ///
    /// # Errors
    /// If it took another time, or theory gives none.
    pub fn keeps_to_theory(&self, timers: usize) -> Result<f64> {
        let Some(predicted) = self.predicted_ms else {
            bail!("theory gives nothing for {self:?}");
        };
        #[expect(clippy::cast_precision_loss, reason = "no run has 2^52 timers")]
        let least = predicted - EARLY * timers as f64;
        let most = predicted * SLOWEST;
        ensure!(
            (least..=most).contains(&self.total_ms),
            "{} took {} ms and not {least} to {most}: {self:?}",
            self.strategy,
            self.total_ms
        );
        Ok(predicted)
    }

    fn check(&self, computes: bool) -> Result<()> {
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
        let mut outcomes = self.tasks.iter().map(|task| task.outcome.as_str());
        let is_ok = match self.strategy.as_str() {
            "first" => outcomes.any(|outcome| outcome == "ok"),
            _ => outcomes.all(|outcome| outcome == "ok"),
        };
        ensure!(
            self.outcome == if is_ok { "ok" } else { "failed" },
            "the run's outcome is not its tasks'"
        );
        let is_cancelled = self.tasks.iter().any(|task| task.outcome == "cancelled");
        match self.strategy.as_str() {
            "sequential" => ensure!(self.is_one_by_one(), "two calls overlap"),
            "join" if !computes => ensure!(self.is_all_at_once(), "a call waited for another"),
            "fail-fast" => ensure!(!is_cancelled || !is_ok, "cancelled without a failure"),
            "first" => ensure!(!is_cancelled || is_ok, "cancelled without a winner"),
            _ => {}
        }
        let cancels = matches!(self.strategy.as_str(), "fail-fast" | "first");
        ensure!(cancels || !is_cancelled, "nobody may have cancelled a call");
        Ok(())
    }

    fn is_one_by_one(&self) -> bool {
        self.tasks
            .windows(2)
            .all(|pair| pair[1].start_ms >= Some(pair[0].end_ms - ROUNDING))
    }

    fn is_all_at_once(&self) -> bool {
        let ends = self.tasks.iter().map(|task| task.end_ms);
        let first_end = ends.fold(f64::INFINITY, f64::min);
        self.tasks.iter().all(|task| {
            task.start_ms
                .is_some_and(|start| start <= first_end + ROUNDING)
        })
    }
}

impl Task {
    /// Whether both were under way at some time.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_within = |one: &Self, other: &Self| {
            one.start_ms
                .is_some_and(|start| start < other.end_ms - ROUNDING)
        };
        begins_within(self, other) && begins_within(other, self)
    }

    fn check(&self) -> Result<()> {
        let Self {
            name,
            start_ms,
            end_ms,
            ..
        } = self;
        ensure!(
            *start_ms >= Some(0.0) || start_ms.is_none(),
            "“{name}” started before its run"
        );
        ensure!(
            Some(*end_ms) >= *start_ms,
            "“{name}” ended before it started"
        );
        let never_began = ["no worker could be started", "its worker died"];
        let error = self.error.as_deref().unwrap_or_default();
        ensure!(
            start_ms.is_some() || self.outcome == "cancelled" || never_began.contains(&error),
            "“{name}” ended without a start"
        );
        let is_ok = match self.outcome.as_str() {
            "ok" | "cancelled" => self.error.is_none(),
            "failed" | "timed-out" => self.error.as_ref().is_some_and(|error| !error.is_empty()),
            _ => false,
        };
        ensure!(is_ok, "“{name}” has an outcome that its error does not fit");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn result() -> Value {
        let task = |name: &str, start: f64, end: f64| json!({ "name": name, "startMs": start, "endMs": end, "outcome": "ok" });
        let run = |strategy: &str, total: f64, tasks: [Value; 2]| {
            json!({ "strategy": strategy, "predictedMs": null, "totalMs": total,
                    "outcome": "ok", "tasks": tasks })
        };
        json!({ "version": 1, "scenario": "custom", "source": "simulated", "speedup": 2.0, "runs": [
            run("sequential", 20.0, [task("a", 0.0, 10.0), task("b", 10.0, 20.0)]),
            run("join", 10.0, [task("a", 0.0, 10.0), task("b", 0.0, 10.0)]),
        ] })
    }

    #[test]
    fn a_result_that_contradicts_itself_is_refused() {
        assert!(RunResult::parse(&result()).is_ok());
        for (place, wrong) in [
            ("/version", json!(2)),
            ("/source", json!("guess")),
            ("/speedup", json!(1.5)),
            ("/runs/0/totalMs", json!(15.0)),
            ("/runs/0/outcome", json!("failed")),
            ("/runs/0/tasks/1/startMs", json!(5.0)),
            ("/runs/1/tasks/1/startMs", json!(10.5)),
            ("/runs/1/tasks/0/endMs", json!(-1.0)),
            ("/runs/1/tasks/0/outcome", json!("failed")),
            ("/runs/1/tasks/0/outcome", json!("timed-out")),
            ("/runs/1/tasks/0/outcome", json!("cancelled")),
            ("/runs/1/tasks/0/startMs", json!(null)),
        ] {
            let mut result = result();
            if let Some(value) = result.pointer_mut(place) {
                *value = wrong;
            }
            assert!(RunResult::parse(&result).is_err(), "{place}");
        }
    }

    #[test]
    fn a_field_too_many_or_too_few_is_refused() {
        let mut more = result();
        more["extra"] = json!(1);
        assert!(RunResult::parse(&more).is_err());
        for field in ["version", "scenario", "source", "runs", "speedup"] {
            let mut less = result();
            less.as_object_mut().map(|fields| fields.remove(field));
            assert!(RunResult::parse(&less).is_err(), "without {field}");
        }
    }
}
