//! What is unfolded below the bar when it is asked for: the guess that is
//! typed, all that can be changed, what can be taken away, and the keys.

use expert_chef_core::asked::config::{Config, Mode};
use expert_chef_core::markup::{Element, html};
use expert_chef_core::shown::stage::{Drawer, Stage};
use expert_chef_core::shown::words;

use crate::view::compare::compare;
use crate::view::editor::editor;
use crate::view::question;
use crate::view::share_panel::share;

/// The keys, as they are listed under `?`.
const KEYS: [(&str, &str); 7] = [
    ("Space", "play or pause"),
    ("← →", "back or forward by 100 ms"),
    ("Home End", "to the beginning or the end"),
    (", .", "to the event before or after"),
    ("?", "show or hide this list"),
    ("Esc", "close this, or what else is unfolded"),
    ("Tab", "to the next control"),
];

/// A drawer that is pulled out.
#[must_use]
pub fn drawer(stage: &Stage, drawer: Drawer) -> Element {
    let pulled = pulled(drawer);
    match drawer {
        Drawer::Guess => pulled.child(question::form(stage.guess(), &stage.config().compare)),
        Drawer::Edit => pulled
            .child(compare(stage.config()))
            .child(mode(stage.config()))
            .child(editor(stage.editor())),
        Drawer::Share => pulled.child(share(stage)),
        Drawer::Keys => pulled.child(keys()),
        // Drawn with each moment, by who draws the stage.
        Drawer::Code => pulled,
    }
}

/// The drawer, with nothing in it but what closes it.
#[must_use]
pub fn pulled(drawer: Drawer) -> Element {
    let (part, label) = match drawer {
        Drawer::Guess => ("guess-form", "Your own guess"),
        Drawer::Edit => ("edit", "Change what is run"),
        Drawer::Share => ("share", "Share it, or take it away"),
        Drawer::Code => ("programs", "The same in code"),
        Drawer::Keys => ("help", "Keys"),
    };
    html("section")
        .class("drawer")
        .attr("data-part", part)
        .attr("aria-label", label)
        // Where the reader is taken when it opens.
        .attr("tabindex", "-1")
        .child(
            html("button")
                .class("drawer__close")
                .attr("type", "button")
                .attr("data-action", "close")
                .attr("aria-label", "Close")
                .text("×"),
        )
}

/// Whether the kitchens run together.
fn mode(config: &Config) -> Element {
    let current = config.mode_in_effect();
    let options = Mode::ALL.iter().map(|mode| {
        html("option")
            .attr("value", mode.word())
            .text(words::mode(*mode))
    });
    html("label")
        .class("field drawer__mode")
        .child(html("span").class("field__label").text("Kitchens run"))
        .child(
            html("select")
                .class("field__input")
                .attr("data-input", "mode")
                .children(options)
                .attr(".value", current.word()),
        )
}

fn keys() -> Element {
    let mut list = html("dl").class("player__keys");
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
