//! What was wrong with what the stage was told, and the URLs that wait for the
//! reader's click.

use expert_chef_core::markup::{Element, Node, html};
use expert_chef_core::shown::stage::{Refusal, Stage};

/// Sentences, and the addresses; nothing where there are none.
#[must_use]
pub fn notices(stage: &Stage) -> Element {
    let problems = stage.problems().iter().map(|problem| {
        html("p")
            .class("notice notice--problem")
            .text(problem.sentence.clone())
    });
    html("div")
        .class("notices")
        .children(problems)
        .children(endpoints(stage).map(Node::from))
}

/// The URLs that a run would call, and that they wait for the reader's click.
fn endpoints(stage: &Stage) -> Option<Element> {
    let mut endpoints = stage.config().scenario.endpoints().peekable();
    endpoints.peek()?;
    let waits = stage.needs_click();
    let words = if stage.plan().is_too_much() {
        Refusal::TooMuch.to_string()
    } else if waits {
        "These addresses are called, without credentials, only when you have pressed Run, seen \
         them all and agreed:"
            .into()
    } else {
        "A run calls these addresses, without credentials:".into()
    };
    let rows = endpoints.map(|(name, url)| {
        html("li")
            .child(html("bdi").class("notice__name").text(name.to_owned()))
            .text(" ")
            .child(html("code").text(url.as_str().to_owned()))
    });
    Some(
        html("div")
            .class("notice")
            .attr("data-part", "endpoints")
            .flag("data-waits", waits)
            .child(html("p").text(words))
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
