//! The whole stage: those of its parts that its place asks for, each kept for as
//! long as what it was made from stays the same.
//!
//! On a panel (an embedded stage, a figure in a text) its height depends on the
//! width and on what is run, never on what has happened so far: the page around
//! it must not move. It needs 280 pixels.

use std::rc::Rc;

use expert_chef_core::asked::config::{Config, Ground, Problem};
use expert_chef_core::asked::editor::Editor;
use expert_chef_core::asked::link::Share;
use expert_chef_core::markup::{Element, Memo, Node, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::{Key, Run};
use expert_chef_core::shown::chart::{Chart, LanesCache};
use expert_chef_core::shown::figure::{Figure, Part, Size};
use expert_chef_core::shown::guess::Guess;
use expert_chef_core::shown::kitchen::kitchen;
use expert_chef_core::shown::playback::PlayState;
use expert_chef_core::shown::scene::Scene;
use expert_chef_core::shown::stage::{Stage, State};
use expert_chef_core::shown::words;

use crate::view::chart::chart;
use crate::view::compare::{code, compare};
use crate::view::controls::{buttons, controls, endpoints};
use crate::view::log::{LogCache, log};
use crate::view::phases::legend;
use crate::view::player::player;
use crate::view::share_panel::share;
use crate::view::table::table;
use crate::view::verdict::{headline, verdict};
use crate::view::{self, question};

/// What is shared and never changed in place: the same as long as it is there.
#[derive(Debug)]
struct Same<T: ?Sized>(Rc<T>);

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What is kept from one rendering to the next because building it costs more
/// than remembering it.
#[derive(Debug, Default)]
pub struct Cache {
    lanes: Vec<LanesCache>,
    log: Vec<LogCache>,
    editor: Memo<Same<Editor>>,
    result: Memo<(Key, State, bool)>,
    table: Memo<Key>,
    around: Option<(Basis, Around)>,
}

/// What the parts around the recording are made from.
#[derive(Debug, PartialEq)]
struct Basis {
    config: Same<Config>,
    problems: Same<[Problem]>,
    editor: Same<Editor>,
    state: State,
    source: Source,
    /// Whether the reader is asked, whether URLs wait, whether keys are listed.
    flags: [bool; 3],
    guess: Guess,
    share: Share,
    playback: (PlayState, f64, bool),
}

impl Basis {
    fn of(stage: &Stage) -> Self {
        let playback = stage.playback();
        Self {
            config: Same(Rc::clone(stage.config())),
            problems: Same(Rc::clone(stage.problems())),
            editor: Same(Rc::clone(stage.editor())),
            state: stage.state(),
            source: stage.recording().source(),
            flags: [stage.is_guessing(), stage.needs_click(), stage.shows_keys()],
            guess: stage.guess().clone(),
            share: stage.share().clone(),
            playback: (playback.state(), playback.rate(), playback.is_looping()),
        }
    }
}

/// The parts around the recording, as the figure has them.
#[derive(Clone, Debug)]
struct Around {
    /// Above the kitchens.
    above: Vec<Rc<Element>>,
    player: Option<Rc<Element>>,
    /// Below what has been recorded.
    below: Vec<Rc<Element>>,
}

impl Around {
    fn of(stage: &Stage, editor: &mut Memo<Same<Editor>>) -> Self {
        let figure = stage.figure();
        let has_controls = figure.shows(Part::Controls);
        let (mut above, mut below) = (Vec::new(), Vec::new());
        if figure.shows(Part::Code) {
            below.push(code(stage.config()));
        }
        match figure.size {
            Size::Panel => {
                above.extend([header(stage, has_controls), notices(stage)]);
                below.push(footer(stage));
            }
            Size::Page => {
                above.push(notices(stage));
                below.push(source(stage));
                if has_controls {
                    above.extend([controls(stage), compare(stage.config())]);
                    below.push(share(stage));
                }
            }
        }
        let mut above: Vec<_> = above.into_iter().map(Rc::new).collect();
        if figure == Figure::PAGE {
            let calls = stage.editor();
            above.push(editor.get(Same(Rc::clone(calls)), || view::editor::editor(calls)));
            above.push(Rc::new(question(stage)));
        }
        Self {
            above,
            player: has_controls.then(|| Rc::new(player(stage))),
            below: below.into_iter().map(Rc::new).collect(),
        }
    }
}

impl Cache {
    fn around(&mut self, stage: &Stage) -> Around {
        let basis = Basis::of(stage);
        match &self.around {
            Some((known, around)) if *known == basis => around.clone(),
            _ => {
                let around = Around::of(stage, &mut self.editor);
                self.around = Some((basis, around.clone()));
                around
            }
        }
    }
}

/// The stage as it looks now, `now` being the stage's clock.
#[must_use]
pub fn stage(stage: &Stage, now: Millis, cache: &mut Cache) -> Element {
    let figure = stage.figure();
    let recording = stage.recording();
    let is_page = figure.size == Size::Page;
    let around = cache.around(stage);
    let mut times = Vec::new();
    for run in 0..recording.runs().len() {
        times.push(stage.time(run, now));
    }
    let mut drawn = html("div").class(if is_page {
        "stage"
    } else {
        "stage stage--alone"
    });
    if is_page {
        drawn = drawn.child(html("h2").class("visually-hidden").text("The kitchens"));
    }
    // First, where nothing that comes and goes can take its place.
    drawn = drawn.child(status(stage)).children(around.above);
    if figure.shows(Part::Picture) {
        drawn = drawn.child(kitchens(stage, &times));
    }
    if figure.shows(Part::Lanes) {
        let shown = Chart::at(stage, now, &times);
        drawn = drawn.child(chart(&shown, &mut cache.lanes));
        if is_page && recording.is_measured() {
            drawn = drawn.child(legend());
        }
    }
    drawn = drawn.children(around.player);
    if figure.shows(Part::Result) {
        let key = (recording.key(), stage.state(), stage.is_guessing());
        drawn = drawn.child(cache.result.get(key, || result(stage)));
    }
    if figure.shows(Part::Log) {
        drawn = drawn.child(aftermath(stage, &times, cache));
    }
    drawn.children(around.below)
}

/// What it comes to.
fn result(stage: &Stage) -> Element {
    match stage.figure().size {
        // In its place already, so that what follows keeps its own.
        Size::Page if stage.is_guessing() => html("div").flag("hidden", true),
        Size::Page => verdict(stage),
        Size::Panel => headline(stage.recording(), stage.state().is_over()),
    }
}

/// What a screen reader says.
fn status(stage: &Stage) -> Element {
    html("p")
        .class("visually-hidden")
        .attr("role", "status")
        .text(stage.announcement().to_owned())
}

/// The kitchens, each at its time.
fn kitchens(stage: &Stage, times: &[Millis]) -> Element {
    let recording = stage.recording();
    let tasks = recording.scenario().tasks.iter();
    let names: Vec<&str> = tasks.map(|task| task.name.as_str()).collect();
    let mut kitchens = html("div").class("kitchens");
    for (run, &at) in recording.runs().iter().zip(times) {
        kitchens = kitchens.child(card(run, at, &names, stage.is_guessing()));
    }
    kitchens
}

/// What there is to read once something has happened.
fn aftermath(stage: &Stage, times: &[Millis], cache: &mut Cache) -> Element {
    let place = html("div").class("aftermath");
    if !stage.state().has_recording() {
        return place;
    }
    let recording = stage.recording();
    let tasks = &recording.scenario().tasks;
    let mut place = place
        .children(question::verdicts(stage.guess(), recording.runs()))
        .child(log(recording.runs(), tasks, times, &mut cache.log));
    if stage.state().is_over() {
        place = place.child(cache.table.get(recording.key(), || table(recording)));
    }
    place
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
    let scene = Scene::at(run, at);
    let done = run.total().is_some();
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
        .child(kitchen(&scene, names, &words::title_of(run.provenance())))
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

/// A panel's title and its buttons.
fn header(stage: &Stage, has_controls: bool) -> Element {
    html("header")
        .class("controls")
        .child(
            html("h2")
                .class("stage__title")
                .text(stage.config().scenario.title.clone()),
        )
        .children(has_controls.then(|| buttons(stage)))
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

/// Where the latencies come from, and the way to the whole page, which goes on
/// with the same calls.
fn footer(stage: &Stage) -> Element {
    let whole = Config {
        embed: false,
        ground: Ground::None,
        ..Config::clone(stage.config())
    };
    let mut link = String::from("./?");
    link += &whole.to_query();
    let origin = html("p").class("source").attr("data-part", "source");
    let source = stage.recording().source();
    let origin = match stage.state() {
        State::Loading => origin.text("Setting up…"),
        _ => origin.child(label(source).attr("title", words::source(source).1)),
    };
    html("footer").class("stage__foot").child(origin).child(
        html("a")
            .attr("href", link)
            .attr("target", "_blank")
            .attr("rel", "noopener")
            .text("Open the whole page"),
    )
}

/// Where they came from, in a word.
fn label(source: Source) -> Element {
    html("strong")
        .class("source__label")
        .attr("data-source", source.word())
        .text(words::source(source).0)
}
