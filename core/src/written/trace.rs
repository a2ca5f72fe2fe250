//! The run as a trace that Perfetto, speedscope and `chrome://tracing` open: the
//! JSON object format of Chrome's trace events. A process for each kitchen, in
//! it a thread for each place that calls in flight take (a burner), and each
//! attempt as a complete event. Times are in microseconds since the kitchen's
//! own run began, so that kitchens lie one under the other on one axis.

use std::fmt::{self, Write};

use crate::asked::resource::Resource;
use crate::asked::scenario::Task;
use crate::decimal;
use crate::json::Json;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::recording::{Recording, Run};
use crate::run::event::EventKind;
use crate::shown::words;

/// The trace of all runs, as JSON; of what is still in flight nothing is in it.
#[must_use]
pub fn trace(recording: &Recording) -> String {
    let mut events = String::new();
    for (index, run) in recording.runs().iter().enumerate() {
        let process = index + 1;
        let title = words::title_of(run.provenance());
        named(&mut events, "process", process, 0, &title);
        let timeline = run.timeline();
        // What is held of each resource has threads of its own, one after another.
        let mut firsts = [1; Resource::ALL.len()];
        let mut first = 1;
        for resource in Resource::ALL {
            firsts[resource as usize] = first;
            for _ in 0..timeline.peak(resource, timeline.last_at()) {
                named(&mut events, "thread", process, first, resource.word());
                first += 1;
            }
        }
        calls(
            &mut events,
            process,
            run,
            &recording.scenario().tasks,
            firsts,
        );
    }
    // The comma after the last one.
    events.pop();
    let source = recording.source().word();
    format!(
        "{{\"traceEvents\":[{events}],\"displayTimeUnit\":\"ms\",\
         \"otherData\":{{\"source\":\"{source}\"}}}}"
    )
}

/// What a process or a thread is called.
fn named(events: &mut String, what: &str, process: usize, thread: usize, name: &str) {
    add(
        events,
        format_args!(
            "{{\"name\":\"{what}_name\",\"ph\":\"M\",\"pid\":{process},\"tid\":{thread},\
             \"args\":{{\"name\":{}}}}},",
            Json::from(name.to_owned()),
        ),
    );
}

/// When the page was hidden; and every attempt of every call, in the order in
/// which they were over.
fn calls(
    events: &mut String,
    process: usize,
    run: &Run,
    tasks: &[Task],
    firsts: [usize; Resource::ALL.len()],
) {
    for stretch in run.hidden() {
        complete(events, (process, 0), "page", "hidden", stretch, "");
    }
    let mut over = vec![0; tasks.len()];
    for event in run.timeline().events() {
        let (outcome, failure) = match event.kind {
            EventKind::Answered => ("answered", None),
            EventKind::Retrying(failure) => ("retried", Some(failure)),
            EventKind::Ended(outcome @ Outcome::Failed(failure)) => (outcome.word(), Some(failure)),
            EventKind::Ended(outcome) => (outcome.word(), None),
            _ => continue,
        };
        let index = over[event.task];
        over[event.task] += 1;
        // None, if it was cancelled before it was sent or while it backed off.
        let Some(attempt) = run.timeline().spans()[event.task].attempts.get(index) else {
            continue;
        };
        let what = match attempt.holds {
            Resource::Connection => "call",
            _ => "work",
        };
        // It takes its place when it leaves: before that the browser held it back.
        let departed = attempt.departed().min(event.at);
        let attempts = index + 1;
        let mut more = format!("\"outcome\":\"{outcome}\",\"attempt\":{attempts}");
        if departed > attempt.started {
            let stalled = decimal::short((departed - attempt.started).ms());
            more += &format!(",\"stalledMs\":{stalled}");
        }
        if let Some(failure) = failure {
            more += &format!(",\"error\":\"{failure}\"");
        }
        let thread = attempt.slot + firsts[attempt.holds as usize];
        let name = &tasks[event.task].name;
        complete(
            events,
            (process, thread),
            what,
            name,
            (departed, event.at),
            &more,
        );
    }
}

/// Something that went on for a while.
fn complete(
    events: &mut String,
    (process, thread): (usize, usize),
    what: &str,
    name: &str,
    (from, until): (Millis, Millis),
    more: &str,
) {
    add(
        events,
        format_args!(
            "{{\"name\":{},\"cat\":\"{what}\",\"ph\":\"X\",\"pid\":{process},\"tid\":{thread},\
             \"ts\":{},\"dur\":{},\"args\":{{{more}}}}},",
            Json::from(name.to_owned()),
            microseconds(from),
            microseconds(until - from),
        ),
    );
}

fn add(events: &mut String, event: fmt::Arguments<'_>) {
    // Nothing that is written into a string fails.
    let _ = events.write_fmt(event);
}

fn microseconds(at: Millis) -> String {
    decimal::short(at.ms() * 1000.0)
}
