//! The player's buttons, and the list of its keys.

use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, html, svg};
use expert_chef_core::shown::playback::{PlayState, RATES};
use expert_chef_core::shown::stage::{Stage, State};

/// The keys, as they are listed under `?`.
const KEYS: [(&str, &str); 6] = [
    ("Space", "play or pause"),
    ("← →", "back or forward by 100 ms"),
    ("Home End", "to the beginning or the end"),
    (", .", "to the event before or after"),
    ("?", "show or hide this list"),
    ("Tab", "to the next control"),
];

const PLAY: &str = "M4 2 14 8 4 14Z";
const PAUSE: &str = "M4 2H7V14H4ZM9 2H12V14H9Z";
const PREVIOUS: &str = "M3 2H5V14H3ZM14 2V14L6 8Z";
const NEXT: &str = "M11 2H13V14H11ZM2 2V14L10 8Z";
const LOOP: &str = "M3 3H11V1L15 4 11 7V5H5V8H3ZM13 13H5V15L1 12 5 9V11H11V8H13Z";
const KEYBOARD: &str = "M1 3H15V13H1ZM3 5V7H5V5ZM7 5V7H9V5ZM11 5V7H13V5ZM4 9V11H12V9Z";

/// The bar under the chart.
#[must_use]
pub fn player(stage: &Stage) -> Element {
    let shows_keys = stage.shows_keys();
    let playback = stage.playback();
    let has_recording = stage.state().has_recording();
    let is_paused = playback.state() == PlayState::Paused;
    let (icon, verb) = if is_paused || !has_recording {
        (PLAY, "Play")
    } else {
        (PAUSE, "Pause")
    };
    let button = |action: &'static str, label: &'static str, icon: &'static str| {
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
    };
    let mut rates = html("select")
        .class("field__input player__rate")
        .attr("data-input", "rate")
        .attr("aria-label", "Speed");
    let rate = playback.rate();
    for choice in RATES {
        rates = rates.child(rate_option(choice));
    }
    #[expect(clippy::float_cmp, reason = "copied, not computed")]
    if RATES.iter().all(|&choice| choice != rate) {
        rates = rates.child(rate_option(rate));
    }
    let is_running = stage.state() == State::Running;
    html("div")
        .class("player")
        .attr("data-part", "player")
        // Who pressed Run goes on here, where keys play what was run.
        .attr("role", "group")
        .attr("aria-label", "Player")
        .attr("tabindex", "-1")
        .child(button("previous", "Previous event", PREVIOUS).flag("disabled", !has_recording))
        .child(button("play", verb, icon).flag("disabled", !has_recording))
        .child(button("next", "Next event", NEXT).flag("disabled", !has_recording))
        .child(rates.attr(".value", decimal::short(rate)))
        .child(button("loop", "Loop", LOOP).attr(
            "aria-pressed",
            if playback.is_looping() {
                "true"
            } else {
                "false"
            },
        ))
        .child(
            html("button")
                .class("player__button player__live")
                .attr("type", "button")
                .attr("data-action", "live")
                .flag(
                    "disabled",
                    !is_running || playback.state() == PlayState::Live,
                )
                .text("Live"),
        )
        .child(
            button("help", "Keys", KEYBOARD)
                .attr("aria-expanded", if shows_keys { "true" } else { "false" }),
        )
        .child(keys(shows_keys))
}

fn rate_option(rate: f64) -> Element {
    let rate = decimal::short(rate);
    html("option").attr("value", rate.clone()).text(rate + "×")
}

fn keys(shown: bool) -> Element {
    let mut list = html("dl")
        .class("player__keys")
        .attr("data-part", "help")
        .flag("hidden", !shown);
    list = list.child(
        html("div")
            .child(html("dt").text("Where"))
            .child(html("dd").text(
            "on the player and all over the stage, unless what has the focus uses the key itself",
        )),
    );
    for (key, does) in KEYS {
        list = list.child(
            html("div")
                .child(html("dt").child(html("kbd").text(key)))
                .child(html("dd").text(does)),
        );
    }
    list
}
