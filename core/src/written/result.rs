//! The result of a comparison as the public contract has it: the detail of
//! `expert-chef:finished`, and what `window.expertChef.result()` returns.

use crate::asked::scenario::Task;
use crate::json::Json;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::provenance::{Origin, Provenance};
use crate::recorded::recording::{Recording, Run};
use crate::recorded::timeline::{Attempt, Span};
use crate::shown::judge::Verdict;

/// The head of each event's detail: whose it is.
#[must_use]
pub fn head(recording: &Recording) -> Vec<(&'static str, Json)> {
    vec![
        ("version", VERSION.into()),
        ("scenario", recording.scenario().id.clone().into()),
        ("source", recording.source().word().into()),
    ]
}

/// The contract's version; grows when a field changes its meaning or goes.
const VERSION: f64 = 1.0;

/// The result; `None` until every run is over. Times are in milliseconds since
/// their run began, to a tenth.
#[must_use]
pub fn result(recording: &Recording) -> Option<Json> {
    let tasks = &recording.scenario().tasks;
    let mut runs = Vec::new();
    for one in recording.runs() {
        runs.push(run(one, tasks)?);
    }
    let mut fields = head(recording);
    fields.push(("runs", Json::List(runs)));
    fields.push(("speedup", recording.speedup().into()));
    Some(Json::Object(fields))
}

/// What became of a reader's program in an exercise: the result of its calls, if it
/// made any, the exercise's name, the program's language, and what was checked. Never a word of the program.
#[must_use]
pub fn answered(recording: &Recording, exercise: &str, verdict: &Verdict) -> Json {
    let mut fields = match result(recording) {
        Some(Json::Object(fields)) => fields,
        _ => head(recording),
    };
    let outcome = if verdict.is_passed() {
        "passed"
    } else {
        "failed"
    };
    let failed = verdict.checks.iter().filter(|checked| !checked.is_passed);
    let failed = failed.map(|checked| checked.check.word().into());
    let language = verdict.language.word();
    let verdict = vec![
        ("outcome", outcome.into()),
        ("failed", Json::List(failed.collect())),
    ];
    fields.push(("exercise", exercise.to_owned().into()));
    fields.push(("language", language.into()));
    fields.push(("verdict", Json::Object(verdict)));
    Json::Object(fields)
}

fn run(run: &Run, tasks: &[Task]) -> Option<Json> {
    let mut listed = Vec::new();
    for (task, span) in tasks.iter().zip(run.timeline().spans()) {
        listed.push(call(task, span)?);
    }
    let strategy = run.strategy().map(|strategy| strategy.to_string());
    let outcome = if run.is_success() { "ok" } else { "failed" };
    let mut fields = vec![
        ("strategy", strategy.into()),
        ("predictedMs", run.predicted().map(Millis::ms).into()),
        ("totalMs", time(run.total()?)),
        ("outcome", outcome.into()),
        ("tasks", Json::List(listed)),
    ];
    let hidden = run.hidden_for();
    if hidden > Millis::ZERO {
        fields.push(("hiddenMs", time(hidden)));
    }
    if let Provenance::Elsewhere(origin, title) = run.provenance() {
        fields.push(("title", title.clone().into()));
        // Nobody measured it.
        if *origin == Origin::Theory {
            fields.push(("source", origin.source().word().into()));
        }
    }
    Some(Json::Object(fields))
}

fn call(task: &Task, span: &Span) -> Option<Json> {
    let (end, outcome) = span.ended?;
    let mut fields = vec![
        ("name", task.name.clone().into()),
        ("startMs", span.started().map(time).into()),
        ("endMs", time(end)),
        ("outcome", outcome.word().into()),
    ];
    if let Outcome::Failed(failure) = outcome {
        fields.push(("error", failure.to_string().into()));
    }
    if let Some(phases) = span.calls().last().and_then(phases) {
        fields.push(("phases", phases));
    }
    let calls = span.calls().count();
    if calls > 1 {
        fields.push(("attempts", (calls as f64).into()));
    }
    Some(Json::Object(fields))
}

/// Into what the last attempt's time went, as durations.
fn phases(attempt: &Attempt) -> Option<Json> {
    let phases = attempt.phases?;
    let mut fields = vec![
        ("stalledMs", time(phases.unstalled - attempt.started)),
        ("connectingMs", time(phases.sent - phases.unstalled)),
        ("waitingMs", time(phases.first_byte - phases.sent)),
        ("receivingMs", time(phases.ended - phases.first_byte)),
    ];
    if let Some(server) = phases.server {
        fields.push(("serverMs", time(server)));
    }
    Some(Json::Object(fields))
}

fn time(at: Millis) -> Json {
    at.rounded().ms().into()
}
