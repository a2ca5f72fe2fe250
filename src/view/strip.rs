//! The strip between lanes and bar: what it comes to, in a line or two that are
//! there from the beginning, so that nothing moves when they change.

use expert_chef_core::markup::{Element, html};
use expert_chef_core::shown::stage::{Stage, State};
use expert_chef_core::shown::words;

use crate::view::question;
use crate::view::verdict::headline;

/// What it comes to, in a line or two that are there from the beginning.
#[must_use]
pub fn strip(stage: &Stage) -> Element {
    let state = stage.state();
    let strip = html("div").class("strip").attr("data-part", "result");
    if stage.is_guessing() {
        let says = match state {
            State::Loading => "Setting up the services…",
            State::Asked => "Waiting in line took the sum. And the other way?",
            State::Running => "Started by itself, with the page’s own services.",
            State::Ready => "How long will it take?",
            // Over, there is nothing left to be guessed.
            State::Finished | State::Failed => "",
        };
        let strip = strip.child(
            html("p")
                .class("verdict__headline verdict__headline--plain")
                .text(says),
        );
        return match stage.asked() {
            Some(_) => strip.child(question::ways(stage)),
            None => strip.child(about(stage)),
        };
    }
    let recording = stage.recording();
    let judged = question::verdicts(stage.guess(), recording.runs());
    strip
        .child(headline(recording, state))
        .child(judged.unwrap_or_else(|| about(stage)))
}

/// What there is to be seen in the scenario.
fn about(stage: &Stage) -> Element {
    let scenario = &stage.config().scenario;
    let note = html("p")
        .class("strip__note")
        .text(words::about(stage.config()));
    if !scenario.needs_real_host() {
        return note;
    }
    note.text(" ")
        .child(
            html("a")
                .attr("href", scenario.on_real_services())
                .text("Call a real one on this machine"),
        )
        .text(", where make services runs.")
}
