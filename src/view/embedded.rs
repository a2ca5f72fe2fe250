//! The stage alone, as other pages show it: kitchens, chart, player and what
//! it comes to, on one small panel. It needs 280 pixels, and its height depends
//! on the width and on what is run, never on what has happened so far: the page
//! around it must not move.

use std::rc::Rc;

use crate::view::controls::buttons;
use crate::view::player::player;
use crate::view::stage::{Cache, kitchens, label, notices, status};
use crate::view::verdict::headline;
use expert_chef_core::asked::config::{Config, Ground};
use expert_chef_core::markup::{Element, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::chart::chart;
use expert_chef_core::shown::chart::lanes::Grid;
use expert_chef_core::shown::stage::{Stage, State};
use expert_chef_core::shown::words;

/// What does not change with the time.
#[derive(Clone, Debug)]
pub struct Around {
    above: [Rc<Element>; 2],
    below: [Rc<Element>; 3],
}

/// The stage as it looks now, `now` being the stage's clock.
#[must_use]
pub fn embedded(stage: &Stage, now: Millis, cache: &mut Cache) -> Element {
    let around = match &cache.around {
        Some((version, around)) if *version == stage.version() => around.clone(),
        _ => {
            let around = Around::of(stage);
            cache.around = Some((stage.version(), around.clone()));
            around
        }
    };
    let runs = 0..stage.recording().runs().len();
    let times: Vec<Millis> = runs.map(|run| stage.time(run, now)).collect();
    html("div")
        .class("stage stage--alone")
        .child(status(stage))
        .children(around.above)
        .child(kitchens(stage, &times))
        .child(chart(
            stage,
            now,
            &times,
            Grid::Stretched,
            Vec::new(),
            &mut cache.lanes,
        ))
        .children(around.below)
}

impl Around {
    fn of(stage: &Stage) -> Self {
        Self {
            above: [Rc::new(header(stage)), Rc::new(notices(stage))],
            below: [
                Rc::new(player(stage, stage.shows_keys())),
                Rc::new(headline(stage.recording(), stage.is_over())),
                Rc::new(footer(stage)),
            ],
        }
    }
}

fn header(stage: &Stage) -> Element {
    html("header")
        .class("controls")
        .child(
            html("h2")
                .class("stage__title")
                .text(stage.config().scenario.title.clone()),
        )
        .child(buttons(stage))
}

/// Where the latencies come from, and the way to the whole page, which goes on
/// with the same calls.
fn footer(stage: &Stage) -> Element {
    let whole = Config {
        embed: false,
        ground: Ground::None,
        ..stage.config().clone()
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
