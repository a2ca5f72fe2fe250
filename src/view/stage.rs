//! The whole stage: what is wrong, controls, kitchens, chart and verdict.

use std::rc::Rc;

use crate::view::compare::compare;
use crate::view::controls::{controls, endpoints};
use crate::view::editor::EditorCache;
use crate::view::embedded::{Around, embedded};
use crate::view::log::{LogCache, log};
use crate::view::phases::legend;
use crate::view::player::player;
use crate::view::question;
use crate::view::share_panel::share;
use crate::view::table::table;
use crate::view::verdict::verdict;
use expert_chef_core::markup::{Element, Node, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::shown::chart::lanes::{Grid, LanesCache};
use expert_chef_core::shown::chart::{chart, guesses};
use expert_chef_core::shown::kitchen::kitchen;
use expert_chef_core::shown::scene::Scene;
use expert_chef_core::shown::stage::{Stage, State};
use expert_chef_core::shown::words;

/// What is kept from one rendering to the next because building it costs more
/// than remembering it.
#[derive(Debug, Default)]
pub struct Cache {
    pub(super) lanes: Vec<LanesCache>,
    log: Vec<LogCache>,
    /// The table of a recording that is over, by when its first run began.
    table: Option<(Millis, Rc<Element>)>,
    editor: EditorCache,
    /// What does not depend on the time, by the stage's version.
    fixed: Option<(u64, Fixed)>,
    /// The same of a stage that is alone.
    pub(super) around: Option<(u64, Around)>,
}

/// The parts of a stage that do not change with the time.
#[derive(Clone, Debug)]
struct Fixed {
    /// Above the kitchens.
    above: [Rc<Element>; 5],
    /// Below the chart; those that may be absent wait for what they have to say.
    legend: Option<Rc<Element>>,
    player: Rc<Element>,
    verdict: Rc<Element>,
    source: Rc<Element>,
    share: Rc<Element>,
}

impl Fixed {
    fn of(stage: &Stage, editor: &mut EditorCache) -> Self {
        Self {
            above: [
                Rc::new(notices(stage)),
                Rc::new(controls(stage)),
                Rc::new(compare(stage.config())),
                editor.editor(stage.editor()),
                Rc::new(question(stage)),
            ],
            legend: legend(stage.recording()).map(Rc::new),
            player: Rc::new(player(stage, stage.shows_keys())),
            // In its place already, so that what follows keeps its own.
            verdict: Rc::new(if stage.is_guessing() {
                html("div").flag("hidden", true)
            } else {
                verdict(stage)
            }),
            source: Rc::new(source(stage)),
            share: Rc::new(share(stage)),
        }
    }
}

/// The stage as it looks now, `now` being the stage's clock.
#[must_use]
pub fn stage(stage: &Stage, now: Millis, cache: &mut Cache) -> Element {
    if stage.config().embed {
        return embedded(stage, now, cache);
    }
    let fixed = cache.fixed(stage);
    let recording = stage.recording();
    let times: Vec<Millis> = (0..recording.runs().len())
        .map(|run| stage.time(run, now))
        .collect();
    html("div")
        .class("stage")
        .child(html("h2").class("visually-hidden").text("The kitchens"))
        // First, where nothing that comes and goes can take its place.
        .child(status(stage))
        .children(fixed.above)
        .child(kitchens(stage, &times))
        .child(chart(
            stage,
            now,
            &times,
            Grid::Stretched,
            guesses(stage),
            &mut cache.lanes,
        ))
        .children(fixed.legend)
        .child(fixed.player)
        .child(fixed.verdict)
        .child(aftermath(stage, &times, cache))
        .child(fixed.source)
        .child(fixed.share)
}

/// What a screen reader says.
pub(super) fn status(stage: &Stage) -> Element {
    html("p")
        .class("visually-hidden")
        .attr("role", "status")
        .text(stage.announcement().to_owned())
}

/// The kitchens, each at its time.
pub(super) fn kitchens(stage: &Stage, times: &[Millis]) -> Element {
    let recording = stage.recording();
    let tasks = recording.scenario().tasks.iter();
    let names: Vec<&str> = tasks.map(|task| task.name.as_str()).collect();
    let mut kitchens = html("div").class("kitchens");
    for (run, &at) in recording.runs().iter().zip(times) {
        kitchens = kitchens.child(card(run, at, &names, stage.is_guessing()));
    }
    kitchens
}

impl Cache {
    fn fixed(&mut self, stage: &Stage) -> Fixed {
        match &self.fixed {
            Some((version, fixed)) if *version == stage.version() => fixed.clone(),
            _ => {
                let fixed = Fixed::of(stage, &mut self.editor);
                self.fixed = Some((stage.version(), fixed.clone()));
                fixed
            }
        }
    }

    /// The run as a table, which is made once, when it is over.
    fn table(&mut self, stage: &Stage) -> Option<Rc<Element>> {
        if !matches!(stage.state(), State::Finished | State::Failed) {
            return None;
        }
        let recording = stage.recording();
        let began = recording.runs().first()?.began?;
        match &self.table {
            Some((known, table)) if *known == began => Some(Rc::clone(table)),
            _ => {
                let table = Rc::new(table(recording)?);
                self.table = Some((began, Rc::clone(&table)));
                Some(table)
            }
        }
    }
}

/// What there is to read once something has happened.
fn aftermath(stage: &Stage, times: &[Millis], cache: &mut Cache) -> Element {
    let place = html("div").class("aftermath");
    if matches!(stage.state(), State::Loading | State::Ready) {
        return place;
    }
    let recording = stage.recording();
    let tasks = &recording.scenario().tasks;
    place
        .children(question::verdicts(stage.guess(), &recording.runs()))
        .child(log(&recording.runs(), tasks, times, &mut cache.log))
        .children(cache.table(stage))
}

/// The question that is put before the first run.
fn question(stage: &Stage) -> Element {
    let place = html("div").class("question");
    if stage.is_guessing() {
        place.child(question::ask(stage.guess(), &stage.config().compare))
    } else {
        place
    }
}

/// One kitchen with its name and its clock.
fn card(run: &Run, at: Millis, names: &[&str], is_guessing: bool) -> Element {
    let scene = Scene::at(&run.timeline(), at);
    let done = run.total().is_some();
    let readout = run.total().map_or(at, |total| at.min(total));
    let theory = run.predicted().filter(|_| !is_guessing);
    let theory = theory.map_or_else(String::new, |theory| format!("theory {}", theory.spoken()));
    html("section")
        .class(format!("card card--{}", run.strategy.kind()))
        .attr("data-run", run.strategy.to_string())
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
                        .child(
                            html("span")
                                .class("card__time")
                                .text(words::readout(readout)),
                        )
                        .child(html("small").class("card__theory").text(theory)),
                ),
        )
        .child(kitchen(&scene, names, &words::title_of(run.provenance())))
}

/// What was wrong with the configuration, and which URLs wait.
pub(super) fn notices(stage: &Stage) -> Element {
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
    let source = stage.recording().source();
    line.child(label(source))
        .text(" ")
        .text(words::source(source).1)
}

/// Where they came from, in a word.
pub(super) fn label(source: Source) -> Element {
    html("strong")
        .class("source__label")
        .attr("data-source", source.word())
        .text(words::source(source).0)
}
