//! What the reader sets and presses: scenario, mode, Run and Reset; and the
//! URLs that wait for their click.

use expert_chef_core::asked::config::Mode;
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::shown::stage::{Stage, State};
use expert_chef_core::shown::words;

/// The control bar.
#[must_use]
pub fn controls(stage: &Stage) -> Element {
    let config = stage.config();
    html("div")
        .class("controls")
        .child(field(
            "Scenario",
            "scenario",
            &config.scenario.id,
            scenarios(&config.scenario),
        ))
        .child(field(
            "Kitchens",
            "mode",
            config.mode_in_effect().word(),
            Mode::ALL
                .iter()
                .map(|mode| (mode.word().into(), words::mode(*mode).into()))
                .collect(),
        ))
        .child(buttons(stage))
}

/// Reset and Run.
pub(super) fn buttons(stage: &Stage) -> Element {
    let state = stage.state();
    let run = match state {
        State::Loading => "Warming up…",
        State::Ready => "Run",
        _ => "Run again",
    };
    html("div")
        .class("controls__buttons")
        .child(
            html("button")
                .class("button button--quiet")
                .attr("type", "button")
                .attr("data-action", "reset")
                .flag("disabled", !state.has_recording())
                .text("Reset"),
        )
        .child(
            html("button")
                .class("button button--primary")
                .attr("type", "button")
                .attr("data-action", "run")
                .flag("disabled", state == State::Loading)
                .text(run),
        )
}

fn scenarios(current: &Scenario) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = Scenario::PRESETS
        .iter()
        .map(|preset| (preset.id.into(), preset.title.into()))
        .collect();
    if choices.iter().all(|(id, _)| *id != current.id) {
        choices.push((current.id.clone(), current.title.clone()));
    }
    choices
}

fn field(
    label: &'static str,
    input: &'static str,
    value: &str,
    choices: Vec<(String, String)>,
) -> Element {
    let options = choices
        .into_iter()
        .map(|(id, title)| html("option").attr("value", id).text(title));
    html("label")
        .class("field")
        .child(html("span").class("field__label").text(label))
        .child(
            html("select")
                .class("field__input")
                .attr("data-input", input)
                .children(options)
                .attr(".value", value.to_owned()),
        )
}

/// The URLs that a run would call, and that they wait for the reader's click.
#[must_use]
pub fn endpoints(stage: &Stage) -> Option<Element> {
    let mut endpoints = stage.config().scenario.endpoints().peekable();
    endpoints.peek()?;
    let waits = stage.needs_click();
    let rows = endpoints.map(|(name, url)| {
        html("li")
            .child(html("strong").text(name.to_owned()))
            .text(" ")
            .child(html("code").text(url.as_str().to_owned()))
    });
    Some(
        html("div")
            .class("notice")
            .attr("data-part", "endpoints")
            .child(html("p").text(if waits {
                "These addresses are called, without credentials, only when you press Run:"
            } else {
                "A run calls these addresses, without credentials:"
            }))
            .child(
                // What scrolls must be within the keyboard's reach.
                html("ul")
                    .class("notice__list")
                    .attr("tabindex", "0")
                    .flag("data-scrolls", true)
                    .attr("aria-label", "Addresses")
                    .children(rows),
            ),
    )
}
