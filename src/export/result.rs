//! The result of a comparison as the public contract has it: the detail of
//! `expert-chef:finished`, and what `window.expertChef.result()` returns.

use serde::Serialize;

use crate::client::Source;
use crate::event::Outcome;
use crate::millis::Millis;
use crate::recording::{Recording, Run};
use crate::strategy::Strategy;

/// The contract's version; grows when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// The result; as JSON or as a JavaScript object it is the contract's.
#[derive(Debug, Serialize)]
pub struct RunResult<'a> {
    version: u32,
    scenario: &'a str,
    source: Source,
    runs: Vec<RunJson<'a>>,
    speedup: Option<f64>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RunJson<'a> {
    #[serde(serialize_with = "word")]
    strategy: Strategy,
    predicted_ms: Option<Millis>,
    total_ms: Millis,
    outcome: &'static str,
    tasks: Vec<TaskJson<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TaskJson<'a> {
    name: &'a str,
    start_ms: Millis,
    end_ms: Millis,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for this signature"
)]
fn word<S: serde::Serializer>(strategy: &Strategy, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(strategy)
}

/// The result; `None` until every run is over. Times are in milliseconds since
/// their run began, to a tenth.
#[must_use]
pub fn result(recording: &Recording) -> Option<RunResult<'_>> {
    let runs: Option<Vec<RunJson>> = recording
        .runs
        .iter()
        .map(|run| run_json(run, recording))
        .collect();
    Some(RunResult {
        version: VERSION,
        scenario: &recording.scenario.id,
        source: recording.source,
        runs: runs?,
        speedup: recording
            .speedup()
            .map(|speedup| (speedup * 100.0).round() / 100.0),
    })
}

fn run_json<'a>(run: &Run, recording: &'a Recording) -> Option<RunJson<'a>> {
    let tasks = recording.scenario.tasks.iter().zip(run.timeline.spans());
    let tasks: Option<Vec<TaskJson>> = tasks
        .map(|(task, span)| {
            let (end, outcome) = span.ended?;
            Some(TaskJson {
                name: &task.name,
                start_ms: span.started?.rounded(),
                end_ms: end.rounded(),
                outcome: outcome.word(),
                error: match outcome {
                    Outcome::Ok => None,
                    Outcome::Failed(failure) => Some(failure.to_string()),
                },
            })
        })
        .collect();
    Some(RunJson {
        strategy: run.strategy,
        predicted_ms: run.predicted,
        total_ms: run.total()?.rounded(),
        outcome: if run.timeline.has_failures() {
            "failed"
        } else {
            "ok"
        },
        tasks: tasks?,
    })
}
