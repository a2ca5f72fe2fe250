//! The one bar: Run, the player's buttons, the scenarios, and what pulls out the
//! drawers. It needs 16 rem; what has no room there goes into a second row.

use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, Text, html, svg};
use expert_chef_core::shown::figure::Size;
use expert_chef_core::shown::playback::{PlayState, RATES};
use expert_chef_core::shown::stage::{Drawer, Stage, State};

const PLAY: &str = "M4 2 14 8 4 14Z";
const PAUSE: &str = "M4 2H7V14H4ZM9 2H12V14H9Z";
const PREVIOUS: &str = "M3 2H5V14H3ZM14 2V14L6 8Z";
const NEXT: &str = "M11 2H13V14H11ZM2 2V14L10 8Z";
const LOOP: &str = "M3 3H11V1L15 4 11 7V5H5V8H3ZM13 13H5V15L1 12 5 9V11H11V8H13Z";
const KEYBOARD: &str = "M1 3H15V13H1ZM3 5V7H5V5ZM7 5V7H9V5ZM11 5V7H13V5ZM4 9V11H12V9Z";
const RESET: &str = "M8 2a6 6 0 1 1-6 6h2a4 4 0 1 0 4-4v3L3.5 3.5 8 0Z";

/// The bar: first what is always in reach.
#[must_use]
pub fn bar(stage: &Stage) -> Element {
    let is_page = stage.figure().size == Size::Page;
    let mut bar = html("div").class("bar").child(player(stage, is_page));
    if is_page {
        bar = bar.child(chips(&stage.config().scenario));
    }
    bar
}

/// Run and the player's buttons. Who pressed Run goes on here, where keys play
/// what was run.
fn player(stage: &Stage, is_page: bool) -> Element {
    let (state, playback) = (stage.state(), stage.playback());
    let has_recording = state.has_recording();
    let is_paused = playback.state() == PlayState::Paused;
    let (icon, verb) = if is_paused || !has_recording {
        (PLAY, "Play")
    } else {
        (PAUSE, "Pause")
    };
    let step = |action, label, icon| {
        button(action, label, icon)
            .and_class("bar__more")
            .flag("disabled", !has_recording)
    };
    let player = html("div")
        .class("bar__player")
        .attr("data-part", "player")
        .attr("role", "group")
        .attr("aria-label", "Player")
        .attr("tabindex", "-1")
        .child(run(state))
        .child(button("play", verb, icon).flag("disabled", !has_recording))
        .child(step("previous", "Previous event", PREVIOUS))
        .child(step("next", "Next event", NEXT))
        .child(rates(playback.rate()))
        .child(
            button("loop", "Loop", LOOP)
                .and_class("bar__more")
                .attr("aria-pressed", truth(playback.is_looping())),
        )
        .child(
            html("button")
                .class("player__button bar__more")
                .attr("type", "button")
                .attr("data-action", "live")
                .flag(
                    "disabled",
                    state != State::Running || playback.state() == PlayState::Live,
                )
                .text("Live"),
        )
        .child(button("reset", "Reset", RESET).flag("disabled", !has_recording))
        .child(
            button("help", "Keys", KEYBOARD)
                .and_class("bar__more")
                .attr("aria-expanded", truth(stage.drawer() == Some(Drawer::Keys))),
        );
    if !is_page {
        return player;
    }
    player
        .child(handle(stage, Drawer::Edit, "Edit").and_class("bar__first"))
        .child(handle(stage, Drawer::Code, "Code"))
        .child(handle(stage, Drawer::Share, "Share"))
}

fn run(state: State) -> Element {
    let (words, again) = match state {
        State::Loading => ("Wait…", None),
        State::Ready | State::Asked => ("Run", None),
        // Where there is room for it.
        _ => ("Run", Some(html("span").class("bar__again").text(" again"))),
    };
    html("button")
        .class("button button--primary bar__run")
        .attr("type", "button")
        .attr("data-action", "run")
        .flag("disabled", state == State::Loading)
        .text(words)
        .children(again)
}

fn button(action: &'static str, label: &'static str, icon: &'static str) -> Element {
    html("button")
        .class("player__button")
        .attr("type", "button")
        .attr("data-action", action)
        .attr("aria-label", label)
        .attr("title", label)
        .child(
            svg("svg")
                .class("icon")
                .attr("viewBox", "0 0 16 16")
                .attr("aria-hidden", "true")
                .child(svg("path").attr("d", icon)),
        )
}

/// What pulls out a drawer.
fn handle(stage: &Stage, drawer: Drawer, label: &'static str) -> Element {
    html("button")
        .class("player__button")
        .attr("type", "button")
        .attr("data-action", "drawer")
        .attr("data-value", drawer.word())
        .attr("aria-expanded", truth(stage.drawer() == Some(drawer)))
        .text(label)
}

fn rates(rate: f64) -> Element {
    let mut rates = html("select")
        .class("field__input player__rate")
        .attr("data-input", "rate")
        .attr("aria-label", "Speed");
    for choice in RATES {
        rates = rates.child(rate_option(choice));
    }
    #[expect(clippy::float_cmp, reason = "copied, not computed")]
    if RATES.iter().all(|&choice| choice != rate) {
        rates = rates.child(rate_option(rate));
    }
    rates.attr(".value", decimal::short(rate))
}

fn rate_option(rate: f64) -> Element {
    let rate = decimal::short(rate);
    html("option").attr("value", rate.clone()).text(rate + "×")
}

/// A chip for each scenario, and for the reader's own if that is on show.
fn chips(current: &Scenario) -> Element {
    let mut chips = html("div")
        .class("chips")
        .attr("role", "group")
        .attr("aria-label", "Scenarios");
    let mut is_preset = false;
    for preset in Scenario::PRESETS {
        let is_current = preset.id == current.id;
        is_preset |= is_current;
        chips = chips.child(
            chip("scenario", preset.id, preset.chip.into(), is_current).attr("title", preset.title),
        );
    }
    if !is_preset {
        chips = chips.child(chip("scenario", "", current.title.clone().into(), true));
    }
    chips
}

/// One of several that are chosen between.
pub(super) fn chip(
    action: &'static str,
    value: &'static str,
    label: Text,
    is_current: bool,
) -> Element {
    html("button")
        .class("chip")
        .attr("type", "button")
        .attr("data-action", action)
        .attr("data-value", value)
        .attr("aria-pressed", truth(is_current))
        .text(label)
}

pub(super) fn truth(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}
