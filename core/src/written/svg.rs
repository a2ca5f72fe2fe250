//! The stage's pictures as files of their own: what the page draws, with the
//! words that stand around it in HTML set as text.

use crate::decimal;
use crate::markup::{Element, Namespace, Node, Text, svg};
use crate::millis::Millis;
use crate::panel;
use crate::recorded::recording::Run;
use crate::shown::chart::chart;
use crate::shown::chart::guesses;
use crate::shown::chart::lanes::Grid;
use crate::shown::kitchen::{cut, kitchen, put};
use crate::shown::scene::Scene;
use crate::shown::stage::Stage;
use crate::shown::words;

// A sheet, in pixels: the room around everything, and at its foot.
const MARGIN: f64 = 16.0;
const FOOT: f64 = 40.0;

// A kitchen, as wide as it is drawn, below its name and its clock.
const KITCHEN: (f64, f64) = panel::PICTURE;
const HEAD: f64 = 58.0;

// The chart: names to the left of the lanes, a title above them.
const NAMES: f64 = 140.0;
const LANES: f64 = 664.0;
const TITLE: f64 = 26.0;

/// Letters of usual width that find room beside a lane.
const NAME_FITS: f64 = 16.0;

/// All kitchens at the playhead.
#[must_use]
pub fn kitchens(stage: &Stage, now: Millis) -> Element {
    let recording = stage.recording();
    let tasks = &recording.scenario().tasks;
    let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
    let count = recording.runs().len();
    let columns = if count == 4 { 2 } else { count.max(1) };
    let place = |index: usize, side: f64| MARGIN + to_f64(index) * (side + MARGIN);
    let (width, height) = (KITCHEN.0, HEAD + KITCHEN.1);
    let mut sheet = svg("g");
    for (index, run) in recording.runs().iter().enumerate() {
        let at = stage.time(index, now);
        let left = place(index % columns, width);
        let top = place(index / columns, height);
        let scene = Scene::at(&run.timeline(), at);
        let picture = kitchen(&scene, &names, &words::title_of(run.provenance()));
        panel(&mut sheet, left, top, width, height);
        heading(&mut sheet, run, at, left, top);
        place_at(&mut sheet, picture, (left, top + HEAD), KITCHEN);
    }
    let rows = count.div_ceil(columns);
    on_sheet(stage, sheet, place(columns, width), place(rows, height))
}

/// A kitchen's name, its chef, its clock and what theory says.
fn heading(sheet: &mut Element, run: &Run, at: Millis, left: f64, top: f64) {
    let shown = run
        .total()
        .map_or(at, |total| at.min(total))
        .max(Millis::ZERO);
    let theory = run
        .predicted()
        .map_or_else(String::new, |theory| ["theory ", &theory.spoken()].concat());
    let (start, end) = (left + MARGIN, left + KITCHEN.0 - MARGIN);
    let (upper, lower) = (top + 27.0, top + 46.0);
    let title = words::title_of(run.provenance());
    write(sheet, "export__title", start, upper, title);
    write(
        sheet,
        "export__note",
        start,
        lower,
        words::chef_of(run.provenance()).into(),
    );
    let clock = words::readout(shown).into();
    write(sheet, "export__title export__end", end, upper, clock);
    write(sheet, "export__note export__end", end, lower, theory.into());
}

/// The chart with every lane, as it is when all is over or, during a run, by
/// now. Its pictures are the page's own; what is HTML there becomes text.
#[must_use]
pub fn timeline(stage: &Stage, now: Millis) -> Element {
    let times = vec![stage.duration(now); stage.recording().runs().len()];
    let grid = Grid::Wide(LANES);
    let drawn = chart(stage, now, &times, grid, guesses(stage), &mut Vec::new());
    let lanes = 2.0 * MARGIN + NAMES;
    let mut sheet = svg("g");
    let mut top = 2.0 * MARGIN;
    for row in elements(&drawn) {
        let Some(picture) = elements(row).find(|part| part.namespace == Namespace::Svg) else {
            // The scrubber: a file has none.
            continue;
        };
        let height = attribute(picture, "height").and_then(decimal::parse);
        let height = height.unwrap_or_default();
        for part in elements(row) {
            match part.tag {
                "h4" => {
                    let title = Text::Owned(text_of(part).to_owned());
                    write(&mut sheet, "export__note", 2.0 * MARGIN, top + 18.0, title);
                    top += TITLE;
                }
                "span" => {
                    let unit = Text::Owned(text_of(part).to_owned());
                    let at = (lanes - MARGIN, top + 46.0);
                    write(&mut sheet, "export__note export__end", at.0, at.1, unit);
                }
                "ul" => names(&mut sheet, part, top, height),
                _ => {}
            }
        }
        place_at(&mut sheet, whole(picture), (lanes, top), (LANES, height));
        top += height + MARGIN / 2.0;
    }
    let (width, height) = (lanes + LANES + 2.0 * MARGIN, top + MARGIN);
    let mut ground = svg("g");
    panel(
        &mut ground,
        MARGIN,
        MARGIN,
        width - 2.0 * MARGIN,
        height - 2.0 * MARGIN,
    );
    put(&mut ground, sheet);
    on_sheet(stage, ground, width, height)
}

/// The names of the lanes, each level with its own.
fn names(sheet: &mut Element, list: &Element, top: f64, height: f64) {
    // Of very many lanes only their number is said.
    let each = match list.children.len() {
        0 | 1 => height.min(28.0),
        count => height / to_f64(count),
    };
    let mut middle = top + each / 2.0;
    for name in elements(list) {
        let name = cut(text_of(name), NAME_FITS).0.into_owned();
        write(
            sheet,
            "export__name",
            2.0 * MARGIN,
            middle + 4.5,
            name.into(),
        );
        middle += each;
    }
}

/// What is drawn, on a sheet whose foot says what was run and how real it is.
fn on_sheet(stage: &Stage, drawn: Element, width: f64, height: f64) -> Element {
    let recording = stage.recording();
    let (source, _) = words::source(recording.source());
    let title = ["Expert Chef · ", &recording.scenario().title].concat();
    let foot = Text::Owned([&title, " · source: ", source].concat());
    let mut sheet = svg("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        // As the page: browsers choose fonts by it.
        .attr("lang", "en")
        .class("export")
        .num("width", width)
        .num("height", height + FOOT)
        .child(svg("title").text(title));
    rectangle(
        &mut sheet,
        "export__paper",
        (0.0, 0.0),
        (width, height + FOOT),
    );
    put(&mut sheet, drawn);
    write(&mut sheet, "export__note", MARGIN, height + 14.0, foot);
    sheet
}

#[inline(never)]
fn rectangle(sheet: &mut Element, class: &'static str, at: (f64, f64), size: (f64, f64)) {
    place_at(sheet, svg("rect").class(class), at, size);
}

fn panel(sheet: &mut Element, x: f64, y: f64, width: f64, height: f64) {
    rectangle(sheet, "export__panel", (x, y), (width, height));
}

#[inline(never)]
fn write(sheet: &mut Element, class: &'static str, x: f64, y: f64, words: Text) {
    put(
        sheet,
        svg("text").class(class).num("x", x).num("y", y).text(words),
    );
}

/// Puts what is drawn at a place and in a size of its own.
#[inline(never)]
fn place_at(
    sheet: &mut Element,
    mut drawn: Element,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
) {
    let is_size = |name: &str| matches!(name, "width" | "height");
    drawn.attributes.retain(|(name, _)| !is_size(name));
    let drawn = drawn.num("x", x).num("y", y);
    let drawn = drawn.num("width", width).num("height", height);
    put(sheet, drawn);
}

/// The lanes without what is of the moment.
fn whole(picture: &Element) -> Element {
    let mut lanes = picture.clone();
    lanes.children.retain(|child| {
        let class = match child {
            Node::Element(child) => attribute(child, "class"),
            _ => None,
        };
        !matches!(class, Some("chart__playhead" | "chart__lit"))
    });
    lanes
}

fn elements(of: &Element) -> impl Iterator<Item = &Element> {
    of.children.iter().filter_map(|child| match child {
        Node::Element(element) => Some(element),
        Node::Shared(element) => Some(&**element),
        Node::Text(_) => None,
    })
}

fn attribute<'a>(of: &'a Element, name: &str) -> Option<&'a str> {
    let mut attributes = of.attributes.iter();
    attributes.find_map(|(other, value)| (*other == name).then_some(&**value))
}

fn text_of(element: &Element) -> &str {
    match element.children.first() {
        Some(Node::Text(text)) => text,
        _ => "",
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn to_f64(count: usize) -> f64 {
    count as f64
}
