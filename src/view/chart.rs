//! The chart on the page: the ruler, the scrubber, and for each kitchen its
//! lanes with their names beside them.

use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::outside::isolated;
use expert_chef_core::panel;
use expert_chef_core::shown::chart::{Chart, Grid, HANDS_NAME, LanesCache, Names, Row, UNIT, rem};
use expert_chef_core::text::concat;

/// The chart, with the lanes as last drawn.
#[must_use]
pub fn chart(chart: &Chart<'_>, caches: &mut Vec<LanesCache>) -> Element {
    caches.resize_with(chart.rows.len(), LanesCache::default);
    let class = if chart.is_dense {
        "chart chart--dense"
    } else {
        "chart"
    };
    let mut drawn = html("div")
        .class(class)
        .attr("data-part", "chart")
        .child(ruler(chart))
        .child(scrubber(chart));
    for (row, cache) in chart.rows.iter().zip(caches) {
        let lanes = chart.lanes(row, Grid::Stretched, cache);
        drawn = drawn.child(
            html("div")
                .class("chart__row")
                .child(title(row))
                .child(
                    html("div")
                        .class("chart__side")
                        .child(names(row))
                        .child(html("span").class("chart__hands-name").text(HANDS_NAME)),
                )
                .child(wide(lanes, row.height)),
        );
    }
    drawn
}

fn ruler(chart: &Chart<'_>) -> Element {
    html("div")
        .class("chart__row chart__row--ruler")
        .child(html("span").class("chart__unit").text(UNIT))
        .child(wide(chart.ruler(), panel::RULER))
}

/// As wide as there is room, and so high.
fn wide(drawn: Element, height: f64) -> Element {
    drawn.attr("width", "100%").attr("height", rem(height))
}

/// Whose lanes they are, and what the reader thinks of it.
fn title(row: &Row<'_>) -> Element {
    let title = html("h4").class("chart__title").text(row.title.clone());
    let Some(guess) = row.guess else { return title };
    let guess = concat(&[" your guess: ", &guess.spoken()]);
    title.child(html("span").class("chart__guess").text(guess))
}

/// Where the playhead can be taken hold of.
fn scrubber(chart: &Chart<'_>) -> Element {
    let playhead = chart.playhead.unwrap_or(Millis::ZERO);
    html("div")
        .class("chart__row chart__row--scrubber")
        .child(
            html("span")
                .class("chart__time")
                .attr("data-part", "time")
                .text(playhead.to_string()),
        )
        .child(
            html("input")
                .class("scrubber")
                .attr("type", "range")
                .attr("data-input", "seek")
                .attr("aria-label", "Playhead")
                .attr("aria-valuetext", playhead.to_string())
                .attr("min", "0")
                .num("max", chart.axis.end.ms())
                .attr("step", "any")
                .flag("disabled", !chart.is_seekable)
                .attr(".value", decimal::short(playhead.ms())),
        )
}

/// The names of the lanes, that of the latest event picked out.
fn names(row: &Row<'_>) -> Element {
    let list = html("ul").class("chart__names");
    let tasks = match &row.names {
        Names::Each(tasks) => tasks,
        Names::Number(number) => return list.child(html("li").text(number.clone())),
    };
    let lit = row.moment.and_then(|moment| moment.lit);
    list.children(tasks.iter().enumerate().map(|(lane, task)| {
        html("li")
            .class(if lit == Some(lane) { "is-now" } else { "" })
            .attr("title", task.name.clone())
            .text(isolated(&task.name))
    }))
}
