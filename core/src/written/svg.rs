//! The stage's pictures as files of their own: what the page draws, with the
//! words that stand around it in HTML set as text.

use crate::markup::{Element, Text, svg};
use crate::millis::Millis;
use crate::panel;
use crate::recorded::recording::Run;
use crate::shown::chart::{Chart, Grid, HANDS_NAME, LanesCache, Names, Row, UNIT};
use crate::shown::kitchen::{cut, kitchen, put};
use crate::shown::stage::Stage;
use crate::shown::words;
use crate::text::concat;

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

/// How high the line is that says how many lanes there are.
const LINE: f64 = 28.0;

/// Letters of usual width that find room beside a lane.
const NAME_FITS: f64 = 16.0;

/// All kitchens at the playhead.
#[must_use]
pub fn kitchens(stage: &Stage, now: Millis) -> Element {
    let recording = stage.drawn();
    let tasks = &recording.scenario().tasks;
    let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
    let count = recording.runs().len();
    let times = stage.times(now);
    let columns = if count == 4 { 2 } else { count.max(1) };
    let place = |index: usize, side: f64| MARGIN + to_f64(index) * (side + MARGIN);
    let (width, height) = (KITCHEN.0, HEAD + KITCHEN.1);
    let mut sheet = svg("g");
    for (index, run) in recording.runs().iter().enumerate() {
        let at = times[index];
        let left = place(index % columns, width);
        let top = place(index / columns, height);
        let scene = stage.scene(index, &times);
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
        .map_or_else(String::new, |theory| concat(&["theory ", &theory.spoken()]));
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
/// now.
#[must_use]
pub fn timeline(stage: &Stage, now: Millis) -> Element {
    let chart = Chart::whole(stage, now);
    let lanes = 2.0 * MARGIN + NAMES;
    let mut sheet = svg("g");
    let mut top = 2.0 * MARGIN;
    let unit = (lanes - MARGIN, top + 46.0);
    write(
        &mut sheet,
        "export__note export__end",
        unit.0,
        unit.1,
        UNIT.into(),
    );
    place_at(
        &mut sheet,
        chart.ruler(),
        (lanes, top),
        (LANES, panel::RULER),
    );
    top += panel::RULER + MARGIN / 2.0;
    for row in &chart.rows {
        let title = row.title.clone();
        write(&mut sheet, "export__note", 2.0 * MARGIN, top + 18.0, title);
        top += TITLE;
        names(&mut sheet, row, top);
        let drawn = chart.lanes(row, Grid::Wide(LANES), &mut LanesCache::default());
        place_at(&mut sheet, drawn, (lanes, top), (LANES, row.height));
        top += row.height + MARGIN / 2.0;
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
fn names(sheet: &mut Element, row: &Row<'_>, top: f64) {
    let mut name = |name: &str, lane: f64, height: f64| {
        let (left, middle) = (2.0 * MARGIN, top + (lane + 0.5) * height);
        let name = cut(name, NAME_FITS).0.into_owned();
        write(sheet, "export__name", left, middle + 4.5, name.into());
    };
    match &row.names {
        Names::Each(tasks) => {
            for (index, task) in tasks.iter().enumerate() {
                name(&task.name, to_f64(index), row.lane);
            }
        }
        Names::Number(number) => name(number, 0.0, row.height.min(LINE)),
    }
    let middle = top + row.height - row.hands / 2.0 + 4.5;
    write(
        sheet,
        "export__note",
        2.0 * MARGIN,
        middle,
        HANDS_NAME.into(),
    );
}

/// What is drawn, on a sheet whose foot says what was run and how real it is.
fn on_sheet(stage: &Stage, drawn: Element, width: f64, height: f64) -> Element {
    let recording = stage.drawn();
    let (source, _) = words::source(recording.source());
    let title = concat(&["Expert Chef · ", &recording.scenario().title]);
    let foot = Text::Owned(concat(&[&title, " · source: ", source]));
    let mut whole = drawn;
    write(&mut whole, "export__note", MARGIN, height + 14.0, foot);
    sheet(width, height + FOOT, title, whole)
}

/// A sheet of that size, with its ground.
#[inline(never)]
pub(super) fn sheet(width: f64, height: f64, title: String, drawn: Element) -> Element {
    let mut sheet = svg("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        // As the page: browsers choose fonts by it.
        .attr("lang", "en")
        .class("export")
        .num("width", width)
        .num("height", height)
        .child(svg("title").text(title));
    rectangle(&mut sheet, "export__paper", (0.0, 0.0), (width, height));
    put(&mut sheet, drawn);
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

/// Words at a place.
pub(super) fn label(sheet: &mut Element, class: &'static str, at: (f64, f64), words: Text) {
    write(sheet, class, at.0, at.1, words);
}

/// Puts what is drawn at a place and in a size of its own.
#[inline(never)]
pub(super) fn place_at(
    sheet: &mut Element,
    drawn: Element,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
) {
    let drawn = drawn.num("x", x).num("y", y);
    let drawn = drawn.num("width", width).num("height", height);
    put(sheet, drawn);
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn to_f64(count: usize) -> f64 {
    count as f64
}
