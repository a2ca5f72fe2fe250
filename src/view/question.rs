//! The question before the other kitchen is run, and how near the answer was.
//! It needs no more than the width of four short answers in two rows.

use expert_chef_core::asked::strategy::Strategy;
use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::shown::guess::{Guess, Measured, judge};
use expert_chef_core::shown::stage::{Drawer, Stage};
use expert_chef_core::shown::words;
use expert_chef_core::text::concat;

use crate::view::bar::truth;

/// The question for a kitchen with what can be tapped: a tap is guess and run in
/// one.
#[must_use]
pub fn ask(stage: &Stage, kitchen: usize) -> Element {
    let calls = stage.config().scenario.tasks.len();
    let question = words::question(stage.config().compare[kitchen], calls);
    let answers = stage.answers();
    let taps = answers.iter().map(|time| {
        html("button")
            .class("ask__answer")
            .attr("type", "button")
            .attr("data-action", "answer")
            .attr("data-index", kitchen.to_string())
            .attr("data-value", ms(time.ms()))
            .text(time.spoken())
    });
    html("div")
        .class("ask")
        .attr("data-part", "guess")
        .attr("role", "group")
        .attr("aria-label", "Your guess")
        .child(html("p").class("ask__question").text(question))
        .child(html("div").class("ask__answers").children(taps))
}

/// As the guess's field would have it.
fn ms(time: f64) -> String {
    let mut written = decimal::short(time);
    written.push_str(" ms");
    written
}

/// What the strip says while the question stands: the ways to answer it.
#[must_use]
pub fn ways(stage: &Stage) -> Element {
    let own = html("button")
        .class("link")
        .attr("type", "button")
        .attr("data-action", "drawer")
        .attr("data-value", Drawer::Guess.word())
        .attr(
            "aria-expanded",
            truth(stage.drawer() == Some(Drawer::Guess)),
        )
        .text("type your own");
    let (before, after) = if stage.answers().is_empty() {
        ("Guess how long it takes (", "), or just press Run.")
    } else {
        ("Tap a guess, ", ", or just press Run.")
    };
    html("p")
        .class("strip__note")
        .text(before)
        .child(own)
        .text(after)
}

/// A field for each kitchen that has not run.
#[must_use]
pub fn form(guess: &Guess, strategies: &[Strategy]) -> Element {
    let mut fields = html("div").class("guess__fields");
    for (kitchen, &strategy) in strategies.iter().enumerate() {
        fields = fields.child(field(guess, kitchen, strategy));
    }
    html("div")
        .class("guess")
        .child(
            html("h3")
                .class("guess__question")
                .text("How long will each kitchen take?"),
        )
        .child(fields)
        .child(
            html("button")
                .class("button guess__mark")
                .attr("type", "button")
                .attr("data-action", "guess")
                .text("Mark my guess"),
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

/// How near each guess was, once every run is over.
#[must_use]
pub fn verdicts(guess: &Guess, runs: &[Run]) -> Option<Element> {
    let mut judged = html("p")
        .class("strip__note")
        .attr("data-part", "guess-verdict");
    let mut has_guess = false;
    for (kitchen, run) in runs.iter().enumerate() {
        let measured = Measured::of(run)?;
        let Some(time) = guess.time(kitchen) else {
            continue;
        };
        let (sentence, hint) = judge(time, measured);
        if has_guess {
            judged = judged.text(" ");
        }
        // Of one guess it is clear whose it is.
        if runs.len() > 2 || kitchen == 0 || has_guess {
            let title = words::title_of(run.provenance());
            judged = judged.child(html("strong").text(title)).text(" ");
        }
        has_guess = true;
        judged = judged.child(html("span").text(sentence));
        if !hint.is_empty() {
            judged = judged.child(html("span").class("strip__hint").text(concat(&[" ", hint])));
        }
    }
    has_guess.then_some(judged)
}
