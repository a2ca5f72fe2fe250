//! The kitchens, each in a card with its name and its clock.

use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, html, svg};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::shown::kitchen::{kitchen, wave};
use expert_chef_core::shown::scene::Scene;
use expert_chef_core::shown::stage::Stage;
use expert_chef_core::shown::words;
use expert_chef_core::text::concat;

use crate::view::question;

/// The kitchens, each at its time; one of them may ask.
#[must_use]
pub fn kitchens(stage: &Stage, times: &[Millis]) -> Element {
    let recording = stage.drawn();
    let tasks = recording.scenario().tasks.iter();
    let names: Vec<&str> = tasks.map(|task| task.name.as_str()).collect();
    let mut kitchens = html("div").class("kitchens");
    for (index, (run, &at)) in recording.runs().iter().zip(times).enumerate() {
        let scene = stage.scene(index, times);
        let mut card = card(run, at, &scene, &names, stage.is_guessing());
        if stage.asked() == Some(index) {
            card = card
                .and_class("card--asks")
                .child(question::ask(stage, index));
        }
        kitchens = kitchens.child(card);
    }
    kitchens
}

/// The page's heartbeat, and afterwards for how long it stood still.
fn pulse(run: &Run, at: Millis, done: bool) -> Element {
    let still = run.stood_still().filter(|_| done);
    let said = still.map_or_else(String::new, |still| {
        concat(&["stood still ", &still.spoken()])
    });
    html("p")
        .class("card__pulse")
        .attr("title", "The page’s longest time between two frames")
        .text(said)
        .child(heart(at))
}

/// It beats with each frame that the page draws.
fn heart(at: Millis) -> Element {
    const BEAT: f64 = 700.0;
    let size = decimal::short(0.8 + 0.2 * wave(at.ms(), BEAT));
    svg("svg")
        .class("card__heart")
        .attr("viewBox", "-8 -8 16 16")
        .attr("role", "img")
        .attr("aria-label", "The page’s heartbeat")
        .child(
            svg("path")
                .attr("d", "M0 7C-12-1-6-9 0-3 6-9 12-1 0 7Z")
                .attr("transform", concat(&["scale(", &size, ")"])),
        )
}

/// One kitchen with its name and its clock.
fn card(run: &Run, at: Millis, scene: &Scene, names: &[&str], is_guessing: bool) -> Element {
    let done = run.total().is_some_and(|total| total <= at);
    let readout = run.total().map_or(at, |total| at.min(total));
    let theory = run.predicted().filter(|_| !is_guessing);
    let theory = theory.map_or_else(String::new, |theory| format!("theory {}", theory.spoken()));
    html("section")
        .class(format!("card card--{}", run.provenance().kind()))
        .attr("data-run", run.provenance().to_string())
        .child(
            html("header")
                .class("card__header")
                .child(
                    html("div")
                        .child(
                            html("h3")
                                .class("card__title")
                                .text(words::title_of(run.provenance())),
                        )
                        .child(
                            html("p")
                                .class("card__chef")
                                .text(words::chef_of(run.provenance())),
                        ),
                )
                .child(
                    html("div")
                        .class(if done {
                            "card__clock card__clock--done"
                        } else {
                            "card__clock"
                        })
                        // It is rewritten all the time, in no language.
                        .attr("translate", "no")
                        .child(
                            html("span")
                                .class("card__time")
                                .text(words::readout(readout.max(Millis::ZERO))),
                        )
                        .child(html("small").class("card__theory").text(theory)),
                ),
        )
        .child(kitchen(scene, names, &words::title_of(run.provenance())))
        .children(scene.pulse.map(|at| pulse(run, at, done)))
}
