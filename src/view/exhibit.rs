//! What a figure of the lesson shows besides kitchens and lanes.

use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, Memo, html, svg};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::shown::exhibit::{Exhibit, MOST_USES, given_back, waiting};
use expert_chef_core::shown::stage::Stage;
use expert_chef_core::shown::words;
use expert_chef_core::text::concat;

use crate::view::log::grouped;

/// The exhibit, each kitchen at its own time.
#[must_use]
pub fn exhibit(which: Exhibit, stage: &Stage, times: &[Millis], curve: &mut Memo<u32>) -> Element {
    let shown = html("div").attr("data-part", "exhibit");
    match which {
        Exhibit::Meter => shown.child(meter(stage, times)),
        Exhibit::Desk => shown.child(desk(stage, times)),
        Exhibit::Curve => shown.child(curve.get(stage.revision(), || stage.curve().draw())),
    }
}

/// The least share that is said as a number, in percent.
const LEAST: f64 = 0.01;

/// Working against waiting, in the first kitchen.
fn meter(stage: &Stage, times: &[Millis]) -> Element {
    let first = stage.drawn().runs().iter().zip(times).next();
    let share = first.and_then(|(run, &at)| waiting(run.timeline(), at));
    let said = match share {
        Some(share) => {
            let working = (1.0 - share) * 100.0;
            // Nothing is ever done in no time at all.
            let (less, more) = match working < LEAST {
                true => ("< ", "> "),
                false => ("", ""),
            };
            let working = working.max(LEAST);
            let waiting = decimal::short(100.0 - working);
            let working = decimal::short(working);
            concat(&[
                "working ",
                less,
                &working,
                " %, waiting ",
                more,
                &waiting,
                " %",
            ])
        }
        None => "working and waiting: run it".into(),
    };
    html("div")
        .class("meter")
        .child(
            svg("svg")
                .class("meter__bar")
                .attr("viewBox", "0 0 100 4")
                .attr("preserveAspectRatio", "none")
                .attr("aria-hidden", "true")
                .child(
                    svg("rect")
                        .num("width", share.unwrap_or_default() * 100.0)
                        .attr("height", "4"),
                ),
        )
        .child(html("p").class("meter__said").text(said))
}

/// A customer's profile in each kitchen, and the hours that it gives back.
fn desk(stage: &Stage, times: &[Millis]) -> Element {
    let tasks = &stage.drawn().scenario().tasks;
    let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
    let mut profiles = html("div").class("desk__profiles");
    for (run, &at) in stage.drawn().runs().iter().zip(times) {
        profiles = profiles.child(profile(run, at, &names));
    }
    let uses = stage.uses();
    let back = given_back(stage.drawn()).map_or_else(String::new, |(each, is_measured)| {
        let hours = each.ms() * f64::from(uses) / 3_600_000.0;
        let by = if is_measured {
            "as measured"
        } else {
            "says theory"
        };
        let hours = decimal::short((hours * 10.0).round() / 10.0);
        concat(&[&hours, " hours a day given back, ", by])
    });
    let count = grouped(uses as usize);
    html("div").class("desk").child(profiles).child(
        html("label")
            .class("desk__uses")
            .text(concat(&[&count, " profiles a day: "]))
            .child(html("b").text(back))
            .child(
                html("input")
                    .attr("type", "range")
                    .attr("min", "100")
                    .attr("max", MOST_USES.to_string())
                    .attr("step", "100")
                    .attr("data-input", "uses")
                    .attr(".value", uses.to_string()),
            ),
    )
}

fn profile(run: &Run, at: Millis, names: &[&str]) -> Element {
    let done = run.total().filter(|total| *total <= at);
    let head = done.map_or_else(String::new, |total| {
        concat(&["complete: ", &total.spoken()])
    });
    let mut fields = html("dl").class("desk__fields");
    for (name, span) in names.iter().zip(run.timeline().spans()) {
        let there = span.ended.filter(|(ended, _)| *ended <= at);
        let value = match there {
            Some((ended, _)) if span.is_good() => ended.spoken(),
            Some(_) => "missing".into(),
            None => "…".into(),
        };
        fields = fields.child(
            html("div")
                .class(if there.is_some() { "is-there" } else { "" })
                .child(html("dt").text((*name).to_owned()))
                .child(html("dd").text(value)),
        );
    }
    html("section")
        .class("desk__profile")
        .child(
            html("h3")
                .class("listing__title")
                .text(words::title_of(run.provenance())),
        )
        .child(fields)
        .child(html("p").class("desk__done").text(head))
}
