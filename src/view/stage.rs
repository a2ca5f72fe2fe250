//! The whole stage: what is wrong, controls, kitchens, chart and verdict.

use crate::decimal;
use crate::kitchen::Scene;
use crate::markup::{Element, Node, html};
use crate::millis::Millis;
use crate::recording::Run;
use crate::stage::{Stage, State};
use crate::view::controls::{controls, endpoints};
use crate::view::kitchen::kitchen;
use crate::view::lanes::{LanesCache, chart};
use crate::view::verdict::verdict;
use crate::view::words;

/// What is kept from one rendering to the next because building it costs more
/// than remembering it.
#[derive(Debug, Default)]
pub struct Cache {
    lanes: Vec<LanesCache>,
}

/// The stage as it looks now, `now` being the stage's clock.
#[must_use]
pub fn stage(stage: &Stage, now: Millis, cache: &mut Cache) -> Element {
    let recording = stage.recording();
    let times: Vec<Millis> = (0..recording.runs.len())
        .map(|run| stage.time(run, now))
        .collect();
    let names: Vec<&str> = recording
        .scenario
        .tasks
        .iter()
        .map(|task| task.name.as_str())
        .collect();
    let kitchens = recording
        .runs
        .iter()
        .zip(&times)
        .map(|(run, &at)| card(run, at, &names));
    html("div")
        .class("stage")
        .child(notices(stage))
        .child(controls(stage))
        .child(html("div").class("kitchens").children(kitchens))
        .child(chart(
            &recording.runs,
            &recording.scenario.tasks,
            stage.axis(),
            &times,
            &mut cache.lanes,
        ))
        .child(verdict(stage))
        .child(source(stage))
        .child(
            html("p")
                .class("visually-hidden")
                .attr("role", "status")
                .text(stage.announcement().to_owned()),
        )
}

/// One kitchen with its name and its clock.
fn card(run: &Run, at: Millis, names: &[&str]) -> Element {
    let scene = Scene::at(&run.timeline, at);
    let done = run.total().is_some();
    let readout = match run.began {
        None => Millis::ZERO,
        Some(_) => at,
    };
    let theory = run.predicted.map_or_else(String::new, |predicted| {
        format!("theory {}", predicted.spoken())
    });
    html("section")
        .class(format!("card card--{}", run.strategy))
        .attr("data-run", run.strategy.word())
        .child(
            html("header")
                .class("card__header")
                .child(
                    html("div")
                        .child(
                            html("h3")
                                .class("card__title")
                                .text(words::title(run.strategy)),
                        )
                        .child(
                            html("p")
                                .class("card__chef")
                                .text(words::chef(run.strategy)),
                        ),
                )
                .child(
                    html("div")
                        .class(if done {
                            "card__clock card__clock--done"
                        } else {
                            "card__clock"
                        })
                        .child(html("span").class("card__time").text(readout_text(readout)))
                        .child(html("small").class("card__theory").text(theory)),
                ),
        )
        .child(kitchen(&scene, names, words::title(run.strategy)))
}

/// Seconds with two digits, which move without making the line jump.
fn readout_text(time: Millis) -> String {
    format!("{} s", decimal::fixed(time.ms() / 1000.0))
}

/// What was wrong with the configuration, and which URLs wait.
fn notices(stage: &Stage) -> Element {
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

/// Where the latencies came from.
fn source(stage: &Stage) -> Element {
    let line = html("p").class("source").attr("data-part", "source");
    if stage.state() == State::Loading {
        return line.text("Setting up the services…");
    }
    let source = stage.recording().source;
    let (label, sentence) = words::source(source);
    line.child(
        html("strong")
            .class("source__label")
            .attr("data-source", source.word())
            .text(label),
    )
    .text(" ")
    .text(sentence)
}
