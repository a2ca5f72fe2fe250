//! The whole stage: those of its parts that its place asks for, each kept for as
//! long as what it was made from stays the same.
//!
//! On a panel (an embedded stage, a figure in a text) its height depends on the
//! width and on what is run, never on what has happened so far: the page around
//! it must not move. It needs 280 pixels.

use std::rc::Rc;

use expert_chef_core::markup::{Element, Memo, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::part::Part;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::shown::chart::{Chart, LanesCache, PHASES, WORK};
use expert_chef_core::shown::figure::Size;
use expert_chef_core::shown::playback::PlayState;
use expert_chef_core::shown::stage::{Drawer, Stage, State};
use expert_chef_core::shown::words;
use expert_chef_core::text::concat;

use crate::view::bar::bar;
use crate::view::chart::chart;
use crate::view::code::{CodeCache, code};
use crate::view::drawer::{drawer, pulled};
use crate::view::exhibit::exhibit;
use crate::view::kitchens::kitchens;
use crate::view::log::{self, LogCache, log};
use crate::view::notices::notices;
use crate::view::phases::legend;
use crate::view::processor::processor;
use crate::view::strip::strip;
use crate::view::table::table;
use crate::view::verdict::{notes, verdict};

/// What is kept from one rendering to the next because building it costs more
/// than remembering it.
#[derive(Debug, Default)]
pub struct Cache {
    lanes: Vec<LanesCache>,
    log: Vec<LogCache>,
    code: Vec<CodeCache>,
    curve: Memo<u32>,
    kept: Option<(u32, Kept)>,
}

/// The parts that are the same for as long as the stage's revision is, by where
/// they stand.
#[derive(Clone, Debug, Default)]
struct Kept {
    /// Above the kitchens.
    above: Vec<Rc<Element>>,
    /// Between lanes and what is pulled out.
    between: Vec<Rc<Element>>,
    /// Between that and the log.
    after: Vec<Rc<Element>>,
    /// Below the log.
    below: Vec<Rc<Element>>,
}

impl Kept {
    fn of(stage: &Stage) -> Self {
        let (figure, recording) = (stage.figure(), stage.recording());
        let is_page = figure.size == Size::Page;
        let mut kept = Self::default();
        if !is_page && !figure.is_in_article {
            keep(&mut kept.above, title(stage));
        }
        keep(&mut kept.above, notices(stage));
        let between = &mut kept.between;
        if figure.shows(Part::Result) {
            keep(between, strip(stage));
        }
        if figure.shows(Part::Controls) {
            keep(between, bar(stage));
            // What moves with the moment is drawn anew with it.
            let open = stage.drawer().filter(|open| *open != Drawer::Code);
            if let Some(open) = open {
                keep(between, drawer(stage, open));
            }
        }
        let after = &mut kept.after;
        if is_page && recording.scenario().computes() {
            keep(after, legend(&WORK));
        }
        if is_page && recording.is_measured() {
            keep(after, legend(&PHASES));
        }
        if is_page && figure.shows(Part::Result) {
            keep(after, verdict(stage));
        }
        let below = &mut kept.below;
        if figure.shows(Part::Log) {
            keep(below, table(recording, stage.state()));
        }
        keep(
            below,
            if is_page {
                source(stage)
            } else {
                footer(stage)
            },
        );
        if is_page && figure.shows(Part::Result) {
            keep(below, notes(recording));
            if recording.scenario().computes() {
                keep(below, processor(recording));
            }
        }
        kept
    }
}

#[inline(never)]
fn keep(kept: &mut Vec<Rc<Element>>, part: Element) {
    kept.push(Rc::new(part));
}

impl Cache {
    fn kept(&mut self, stage: &Stage) -> Kept {
        let revision = stage.revision();
        match &self.kept {
            Some((known, kept)) if *known == revision => kept.clone(),
            _ => {
                let kept = Kept::of(stage);
                self.kept = Some((revision, kept.clone()));
                kept
            }
        }
    }
}

/// The stage as it looks now, `now` being the stage's clock; with what others
/// draw below its lanes.
#[must_use]
pub fn stage(stage: &Stage, now: Millis, annex: Option<Element>, cache: &mut Cache) -> Element {
    let figure = stage.figure();
    let is_page = figure.size == Size::Page;
    let kept = cache.kept(stage);
    let times = stage.times(now);
    let mut drawn = html("div").class(if is_page {
        "stage"
    } else {
        "stage stage--alone"
    });
    let has_code = figure.shows(Part::Code);
    let mut programs = None;
    if has_code || stage.drawer() == Some(Drawer::Code) {
        programs = Some(code(stage, &times, &mut cache.code));
    }
    if is_page {
        drawn = drawn.child(html("h2").class("visually-hidden").text("The kitchens"));
    }
    // First, where nothing that comes and goes can take its place.
    drawn = drawn.child(status(stage)).children(kept.above);
    if figure.shows(Part::Picture) {
        drawn = drawn.child(kitchens(stage, &times));
    }
    if let Some(which) = figure.exhibit {
        drawn = drawn.child(exhibit(which, stage, &times, &mut cache.curve));
    }
    if figure.shows(Part::Lanes) {
        let shown = Chart::at(stage, now, &times);
        drawn = drawn.child(chart(&shown, &mut cache.lanes));
    }
    drawn = drawn.children(annex);
    drawn = drawn.children(kept.between);
    if !has_code && let Some(programs) = programs.take() {
        drawn = drawn.child(pulled(Drawer::Code).child(programs));
    }
    drawn = drawn.children(kept.after);
    if figure.shows(Part::Log) {
        let playback = stage.playback().state();
        let stands = playback == PlayState::Paused || !stage.state().has_recording();
        let (recorded, tasks) = (stage.drawn().runs(), &stage.recording().scenario().tasks);
        let moment = (stage.revision(), stands);
        let lines = log(recorded, tasks, &times, moment, &mut cache.log);
        drawn = drawn.child(lines.children(log::note(stage.recording())));
    }
    if figure.is_in_article {
        let drawn = drawn.children(kept.below);
        return html("div")
            .class("figure__row")
            .child(html("div").class("figure__panel").child(drawn))
            .children(programs);
    }
    drawn.children(programs).children(kept.below)
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
    let source = stage.drawn().source();
    if stage.state() != State::Loading {
        return line
            .child(label(source))
            .text(" ")
            .text(words::source(source).1);
    }
    // It keeps the room of what it will most likely say, lest all below it move.
    let expected = match source {
        Source::Simulated => Source::ServiceWorker,
        known => known,
    };
    let room = html("span")
        .class("source__room")
        .attr("aria-hidden", "true");
    let wait = html("span").class("source__wait");
    line.child(wait.text("Setting up the services…")).child(
        room.child(label(expected))
            .text(" ")
            .text(words::source(expected).1),
    )
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
    let foot = html("footer").class("stage__foot").child(origin);
    // There the whole page is.
    if stage.figure().is_in_article {
        return foot;
    }
    foot.child(
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
