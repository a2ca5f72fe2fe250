//! What can be taken away from a stage, as files: pictures, the run's result
//! and its trace. Pure, so that the same recording gives the same bytes; the
//! shell adds what only a browser can, and saves (`www/share.js`).

pub mod poster;
pub mod result;
pub mod svg;
pub mod trace;

use crate::millis::Millis;
use crate::shown::stage::{Stage, State};
use crate::text::{before, concat};

/// The files: how their names end, and what they are called on the page.
pub const FILES: [(&str, &str); 6] = [
    ("kitchens.svg", "Kitchens, SVG"),
    ("kitchens.png", "Kitchens, PNG"),
    ("timeline.svg", "Timeline, SVG"),
    ("timeline.png", "Timeline, PNG"),
    ("result.json", "Result, JSON"),
    ("trace.json", "Trace, JSON"),
];

/// Whether there is such a file by now: pictures from a run's beginning on,
/// the others once it is over.
#[must_use]
pub fn is_there(state: State, file: &str) -> bool {
    match state {
        State::Loading | State::Ready => false,
        State::Running | State::Asked => !file.ends_with("json"),
        State::Finished | State::Failed => true,
    }
}

/// That file's content, for a `png` as SVG, `now` being the stage's clock; `None` if there is none.
#[must_use]
pub fn content(stage: &Stage, now: Millis, file: &str) -> Option<String> {
    let recording = stage.recording();
    if !is_there(stage.state(), file) {
        return None;
    }
    Some(match before(file, b'.') {
        "kitchens" => svg::kitchens(stage, now).to_string(),
        "timeline" => svg::timeline(stage, now).to_string(),
        "result" => result::result(recording)?.to_string(),
        "trace" => trace::trace(recording),
        _ => return None,
    })
}

/// A file's whole name: `expert-chef-dashboard-timeline.svg`.
#[must_use]
pub fn name(stage: &Stage, file: &str) -> String {
    let scenario = &stage.recording().scenario().id;
    concat(&["expert-chef-", scenario, "-", file])
}
