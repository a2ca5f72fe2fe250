//! The whole stage: those of its parts that its place asks for, each kept for as
//! long as what it was made from stays the same.
//!
//! On a panel (an embedded stage, a figure in a text) its height depends on the
//! width and on what is run, never on what has happened so far: the page around
//! it must not move. It needs 280 pixels.

use std::rc::Rc;

use expert_chef_core::asked::config::{Config, Problem};
use expert_chef_core::asked::editor::Editor;
use expert_chef_core::asked::link::Share;
use expert_chef_core::markup::{Element, Memo, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::part::Part;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::{ForecastKey, Key, Run};
use expert_chef_core::shown::chart::{Chart, LanesCache};
use expert_chef_core::shown::figure::Size;
use expert_chef_core::shown::guess::Guess;
use expert_chef_core::shown::playback::PlayState;
use expert_chef_core::shown::stage::{Drawer, Stage, State};
use expert_chef_core::shown::words;
use expert_chef_core::text::concat;

use crate::view;
use crate::view::bar::bar;
use crate::view::chart::chart;
use crate::view::compare::code;
use crate::view::drawer::drawer;
use crate::view::kitchens::kitchens;
use crate::view::log::{LogCache, log};
use crate::view::notices::notices;
use crate::view::phases::legend;
use crate::view::strip::strip;
use crate::view::table::table;
use crate::view::verdict::{notes, verdict};

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
    strip: Memo<StripKey>,
    result: Memo<(Known, bool)>,
    notes: Memo<(Key, State)>,
    table: Memo<Known>,
    around: Option<(Basis, Around)>,
}

/// What the strip is made from.
type StripKey = (Known, Option<usize>, Guess, Option<Drawer>);

/// What is known of the results: between its events nothing of that changes in a
/// run that goes on.
#[derive(Debug, PartialEq)]
struct Known {
    state: State,
    foreseen: Option<ForecastKey>,
    totals: Vec<Option<Millis>>,
    /// All of it, once it is over.
    recorded: Option<Key>,
}

impl Known {
    fn of(stage: &Stage) -> Self {
        let (recording, state) = (stage.recording(), stage.state());
        let runs = recording.runs();
        Self {
            state,
            foreseen: runs.first().map(Run::forecast_key),
            totals: runs.iter().map(Run::total).collect(),
            recorded: state.is_over().then(|| recording.key()),
        }
    }
}

/// What the parts around the recording are made from.
#[derive(Debug, PartialEq)]
struct Basis {
    config: Same<Config>,
    problems: Same<[Problem]>,
    editor: Same<Editor>,
    state: State,
    source: Source,
    /// Whether URLs wait.
    needs_click: bool,
    drawer: Option<Drawer>,
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
            source: stage.drawn().source(),
            needs_click: stage.needs_click(),
            drawer: stage.drawer(),
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
    /// The bar, and what it has unfolded.
    bar: Vec<Rc<Element>>,
    /// Below what has been recorded.
    below: Vec<Rc<Element>>,
}

impl Around {
    fn of(stage: &Stage, editor: &mut Memo<Same<Editor>>) -> Self {
        let figure = stage.figure();
        let mut around = Self {
            above: Vec::new(),
            bar: Vec::new(),
            below: Vec::new(),
        };
        if figure.size == Size::Panel {
            around.above.push(Rc::new(title(stage)));
        }
        around.above.push(Rc::new(notices(stage)));
        if figure.shows(Part::Controls) {
            around.bar.push(Rc::new(bar(stage)));
            around.bar.extend(stage.drawer().map(|open| {
                let pulled = drawer(stage, open);
                Rc::new(match open {
                    Drawer::Edit => {
                        let calls = stage.editor();
                        let same = Same(Rc::clone(calls));
                        pulled.child(editor.get(same, || view::editor::editor(calls)))
                    }
                    _ => pulled,
                })
            }));
        }
        if figure.shows(Part::Code) {
            around.below.push(Rc::new(code(stage.config())));
        }
        around.below.push(Rc::new(match figure.size {
            Size::Panel => footer(stage),
            Size::Page => source(stage),
        }));
        around
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
    let (recording, drawn_of) = (stage.recording(), stage.drawn());
    let is_page = figure.size == Size::Page;
    let around = cache.around(stage);
    let times = stage.times(now);
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
    }
    if figure.shows(Part::Result) {
        let key = (
            Known::of(stage),
            stage.asked(),
            stage.guess().clone(),
            stage.drawer(),
        );
        drawn = drawn.child(cache.strip.get(key, || strip(stage)));
    }
    drawn = drawn.children(around.bar);
    if is_page && recording.is_measured() {
        drawn = drawn.child(legend());
    }
    if is_page && figure.shows(Part::Result) {
        let key = (Known::of(stage), stage.is_guessing());
        drawn = drawn.child(cache.result.get(key, || verdict(stage)));
    }
    if figure.shows(Part::Log) {
        let tasks = &recording.scenario().tasks;
        let key = Known::of(stage);
        let stands =
            stage.playback().state() == PlayState::Paused || !stage.state().has_recording();
        drawn = drawn
            .child(log(drawn_of.runs(), tasks, &times, stands, &mut cache.log))
            .child(cache.table.get(key, || table(recording, stage.state())));
    }
    drawn = drawn.children(around.below);
    if is_page && figure.shows(Part::Result) {
        let key = (recording.key(), stage.state());
        drawn = drawn.child(cache.notes.get(key, || notes(recording)));
    }
    drawn
}

/// What a screen reader says.
fn status(stage: &Stage) -> Element {
    html("p")
        .class("visually-hidden")
        .attr("role", "status")
        .text(stage.announcement().to_owned())
}

/// A panel's title: the scenario's, or what its host says instead.
fn title(stage: &Stage) -> Element {
    let title = stage.config().title().to_owned();
    html("h2").class("stage__title").text(title)
}

/// Where the latencies came from.
fn source(stage: &Stage) -> Element {
    let line = html("p").class("source").attr("data-part", "source");
    if stage.state() == State::Loading {
        return line.text("Setting up the services…");
    }
    let source = stage.drawn().source();
    line.child(label(source))
        .text(" ")
        .text(words::source(source).1)
}

/// Where the latencies come from, and the way to the whole page, which goes on
/// with the same calls.
fn footer(stage: &Stage) -> Element {
    let link = concat(&["./?", &stage.config().to_page_query()]);
    let origin = html("p").class("source").attr("data-part", "source");
    let source = stage.drawn().source();
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
