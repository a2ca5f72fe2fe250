//! A panel as a still, for where the page itself is not loaded yet: kitchens and
//! lanes as theory expects them, or kitchens alone where there is nothing to be
//! expected. It is written when the page is built, and no part of the program.

use crate::markup::{Element, svg};
use crate::millis::Millis;
use crate::panel;
use crate::recorded::provenance::Source;
use crate::shown::chart::{Chart, Grid, LanesCache, Names};
use crate::shown::kitchen::kitchen;
use crate::shown::scene::Scene;
use crate::shown::stage::Stage;
use crate::shown::words;
use crate::written::svg::{label, place_at, sheet};

/// Two kitchens beside each other, as wide as they are drawn.
const WIDTH: f64 = 2.0 * (panel::PADDING + panel::PICTURE.0) + panel::GAP;
/// A kitchen's heading.
const HEAD: f64 = 32.0;
/// The names of the lanes.
const NAMES: f64 = 96.0;
/// How far a line of text stands above the middle of its letters.
const BASE: f64 = 5.0;

/// The still of a stage that is drawn ahead, or of one that is at rest.
#[must_use]
pub fn poster(stage: &Stage) -> Element {
    let recording = stage.drawn();
    let is_ahead = recording.source() == Source::Ahead;
    let left = panel::PADDING;
    let mut drawn = svg("g");
    let mut top = panel::PADDING + panel::LINE;
    let title = recording.scenario().title.clone();
    label(
        &mut drawn,
        "export__title",
        (left, top - BASE),
        title.into(),
    );
    top += panel::GAP;

    let tasks = &recording.scenario().tasks;
    let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
    let mut times = Vec::new();
    for (index, run) in recording.runs().iter().enumerate() {
        let at = stage.time(index, Millis::ZERO);
        times.push(at);
        let side = if index % 2 == 0 {
            0.0
        } else {
            panel::PICTURE.0 + panel::GAP
        };
        let left = left + side;
        let title = words::title_of(run.provenance());
        label(
            &mut drawn,
            "export__title",
            (left, top + HEAD / 2.0 + BASE),
            title.clone(),
        );
        if is_ahead {
            let shown = run.total().map_or(at, |total| at.min(total));
            let end = (left + panel::PICTURE.0, top + HEAD / 2.0 + BASE);
            let clock = words::readout(shown).into();
            label(&mut drawn, "export__title export__end", end, clock);
        }
        let picture = kitchen(&Scene::at(run, at), &names, &title);
        place_at(&mut drawn, picture, (left, top + HEAD), panel::PICTURE);
        if index % 2 == 1 || index + 1 == recording.runs().len() {
            top += HEAD + panel::PICTURE.1 + panel::GAP;
        }
    }
    if is_ahead {
        top = lanes(stage, &times, &mut drawn, top);
    }
    top += panel::LINE;
    let (source, _) = words::source(recording.source());
    let foot = if is_ahead { source } else { "Expert Chef" };
    label(&mut drawn, "export__note", (left, top - BASE), foot.into());
    let height = top + panel::PADDING;
    let area = format!("0 0 {WIDTH} {height}");
    sheet(WIDTH, height, "Expert Chef".into(), drawn).attr("viewBox", area)
}

/// The chart, from there on; to where it reaches.
fn lanes(stage: &Stage, times: &[Millis], drawn: &mut Element, top: f64) -> f64 {
    let chart = Chart::at(stage, Millis::ZERO, times);
    let left = panel::PADDING + NAMES;
    let width = WIDTH - left - panel::PADDING;
    let mut top = top;
    place_at(drawn, chart.ruler(), (left, top), (width, panel::RULER));
    top += panel::RULER;
    for row in &chart.rows {
        let title = (panel::PADDING, top + panel::CHART_TITLE - BASE);
        label(drawn, "export__note", title, row.title.clone());
        top += panel::CHART_TITLE;
        let mut name = |name: &str, middle: f64| {
            let at = (panel::PADDING, top + middle + BASE);
            label(drawn, "export__name", at, name.to_owned().into());
        };
        match &row.names {
            Names::Each(tasks) => {
                let mut middle = row.lane / 2.0;
                for task in *tasks {
                    name(&task.name, middle);
                    middle += row.lane;
                }
            }
            Names::Number(number) => name(number, panel::LANES / 2.0),
        }
        let bars = chart.lanes(row, Grid::Wide(width), &mut LanesCache::default());
        place_at(drawn, bars, (left, top), (width, row.height));
        top += row.height + panel::GAP;
    }
    top
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::asked::config::Config;
    use crate::shown::figure::Figure;

    fn still(query: &str) -> String {
        let (config, problems) = Config::parse(query, |_| None);
        assert!(problems.is_empty(), "{problems:?}");
        let figure = Figure::panel(config.show);
        poster(&Stage::new(figure, config, problems, "")).to_string()
    }

    #[test]
    fn it_says_that_it_is_drawn_ahead_and_shows_lanes_at_their_moment() {
        let still = still("scenario=dashboard&at=1500");
        for part in [
            "drawn ahead",
            "1.50 s",
            "1.20 s",
            "chart__ok",
            "chart__lanes",
            "k-flame",
        ] {
            assert!(still.contains(part), "{part}: {still}");
        }
    }

    #[test]
    fn at_rest_there_are_kitchens_and_no_times() {
        let still = still("tasks=one:500,two:800");
        assert!(still.contains("kitchen") && still.contains("Expert Chef"));
        for part in ["drawn ahead", "chart__lanes", "0.00 s"] {
            assert!(!still.contains(part), "{part}: {still}");
        }
    }
}
