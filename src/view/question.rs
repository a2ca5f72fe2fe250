//! The question before the first run, and how near the answer was. It needs
//! no more than the width of one field.

use expert_chef_core::asked::strategy::Strategy;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::shown::guess::{Guess, Measured, judge};
use expert_chef_core::shown::words;

/// The question with a field for each kitchen; once answered, what was said.
#[must_use]
pub fn ask(guess: &Guess, strategies: &[Strategy]) -> Element {
    let strip = html("div")
        .class("guess")
        .attr("data-part", "guess")
        .attr("role", "group")
        .attr("aria-label", "Your guess");
    if !guess.is_open() {
        return strip.child(html("p").class("guess__said").text(said(guess, strategies)));
    }
    let mut fields = html("div").class("guess__fields");
    for (kitchen, &strategy) in strategies.iter().enumerate() {
        fields = fields.child(field(guess, kitchen, strategy));
    }
    strip
        .child(
            html("h3")
                .class("guess__question")
                .text("Before you run it: how long will each kitchen take?"),
        )
        .child(fields)
        .child(
            html("div")
                .class("guess__buttons")
                .child(button("button guess__mark", "guess", "Mark my guess"))
                .child(button("button button--quiet", "skip-guess", "Just run it")),
        )
}

/// A kitchen's field. What is wrong with it stands in its label, so that it is
/// read out with it.
fn field(guess: &Guess, kitchen: usize, strategy: Strategy) -> Element {
    let error = guess.error(kitchen);
    html("label")
        .class("field")
        .child(
            html("span")
                .class("field__label")
                .text(words::title(strategy)),
        )
        .child(
            html("input")
                .class("field__input")
                .attr("type", "text")
                .attr("inputmode", "decimal")
                .attr("autocomplete", "off")
                .attr("placeholder", "2 s, 800 ms, …")
                .attr("data-input", "guess")
                .attr("data-run", kitchen.to_string())
                .maybe("aria-invalid", error.map(|_| "true"))
                .attr(".value", guess.text(kitchen).to_owned()),
        )
        .children(error.map(|error| html("span").class("guess__error").text(error.sentence())))
}

fn button(class: &'static str, action: &'static str, label: &'static str) -> Element {
    html("button")
        .class(class)
        .attr("type", "button")
        .attr("data-action", action)
        .text(label)
}

fn said(guess: &Guess, strategies: &[Strategy]) -> String {
    let mut sentence = String::new();
    for (kitchen, &strategy) in strategies.iter().enumerate() {
        if let Some(time) = guess.time(kitchen) {
            let joint = if sentence.is_empty() {
                "Your guess is on the axis: "
            } else {
                ", "
            };
            sentence += joint;
            sentence += &time.spoken();
            sentence += " for “";
            sentence += &words::title(strategy);
            sentence += "”";
        }
    }
    if sentence.is_empty() {
        return "No guess, no harm.".into();
    }
    sentence += ". Now run it and see.";
    sentence
}

/// How near each guess was, once every run is over.
#[must_use]
pub fn verdicts(guess: &Guess, runs: &[Run]) -> Option<Element> {
    let mut rows = Vec::new();
    for (kitchen, run) in runs.iter().enumerate() {
        let measured = Measured::of(run)?;
        if let Some(time) = guess.time(kitchen) {
            rows.push(
                html("li")
                    .child(html("strong").text(words::title_of(run.provenance())))
                    .text(" ")
                    .child(html("span").text(judge(time, measured))),
            );
        }
    }
    if rows.is_empty() {
        return None;
    }
    Some(
        html("div")
            .class("guess")
            .attr("data-part", "guess-verdict")
            .child(html("h3").class("guess__question").text("Your guess"))
            .child(html("ul").class("guess__verdicts").children(rows)),
    )
}
