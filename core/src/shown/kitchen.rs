//! The picture of one kitchen, which has to say without a word who is wasting
//! time: dishes wait on the rack, pots boil on the stove, plates are served on
//! the pass, and the chef stares at one pot or gets on with the work.
//!
//! The picture is a pure function of the [`Scene`]. Everything that moves does
//! so by the scene's own clock, and every part keeps its place in the tree, so
//! that from one frame to the next only a few attributes change.

mod burners;
mod caption;
mod chef;
mod draw;
mod pass;
mod rack;
mod stove;
mod thought;
mod workers;

use crate::markup::{Element, svg};
use crate::shown::scene::Scene;
use burners::Burners;
pub use draw::wave;
use draw::{Shapes, draw_all};
pub(crate) use draw::{cut, put};

/// Draws the scene, as large as [`PICTURE`](crate::panel::PICTURE) says; `names`
/// are the scenario's task names and `title` says whose kitchen it is.
///
/// The room goes on far beyond that to both sides, for whoever lets it show.
#[must_use]
pub fn kitchen(scene: &Scene, names: &[&str], title: &str) -> Element {
    let burners = Burners::of(scene.burners);
    let pose = chef::pose(scene, &burners);
    let mut kitchen = svg("svg")
        .class("kitchen")
        .attr("viewBox", "0 0 360 232")
        .attr("role", "img")
        .attr("aria-label", caption::sentence(scene, names, title));
    draw_all(&mut kitchen, ROOM);
    put(&mut kitchen, rack::rack(scene, names));
    pass::shelf(&mut kitchen);
    put(&mut kitchen, chef::body(scene, &pose));
    put(&mut kitchen, chef::table(scene, &pose, names));
    if scene.workers.is_empty() || scene.burners > 0 {
        put(&mut kitchen, stove::stove(scene, &burners, names));
    } else {
        put(&mut kitchen, workers::workers(scene, names));
    }
    put(&mut kitchen, pass::dishes(scene, names));
    put(&mut kitchen, chef::arms(&pose));
    put(&mut kitchen, thought::thought(scene));
    kitchen
}

const ROOM: Shapes = &[
    ("k-wall", "M-400 0H760V208H-400Z"),
    ("k-dado", "M-400 116H760V208H-400Z"),
    ("k-floor", "M-400 208H760V232H-400Z"),
    (
        "k-shade",
        "M10 212H84V218H10ZM92 212H166V218H92ZM176 212H350V218H176Z",
    ),
];
