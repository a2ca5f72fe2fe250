//! The pass: the shelf under the heat lamps where a dish is served.

use super::draw::{
    Shapes, badge, column, draw, draw_all, fade, group, label, phase, put, shown, smooth, translate,
};
use super::rack::{kind, lit, name};
use super::stove::{self, Latest};
use crate::markup::{Element, Text, svg};
use crate::shown::scene::{Dish, Scene};

/// How many dishes there is room to show.
const PLACES: usize = 3;

/// How long a dish is on its way from burner to pass.
const CARRYING: f64 = 280.0;

/// How long the bell rings for a dish.
const RINGING: f64 = 700.0;

/// What stands on the pass: all that was served, and what boiled over on a
/// burner that was needed again.
pub struct Served {
    /// The latest, oldest first.
    latest: Vec<Ended>,
    /// How many more there are.
    more: usize,
}

/// A dish that is over, one way or the other.
struct Ended {
    dish: Dish,
    is_good: bool,
}

impl Served {
    /// By the time of this scene.
    pub fn by(scene: &Scene, latest: &Latest) -> Self {
        let mut good = scene.pass.iter().rev().peekable();
        let moved = |dish: &&Dish| latest.get(dish.burner) != Some(dish.task);
        let mut spoilt = scene.spilled.iter().rev().filter(moved).peekable();
        let mut served = Self {
            latest: Vec::with_capacity(PLACES),
            more: 0,
        };
        while served.latest.len() < PLACES {
            let is_good = match (good.peek(), spoilt.peek()) {
                (Some(good), Some(spoilt)) => good.age <= spoilt.age,
                (good, _) => good.is_some(),
            };
            let next = if is_good { good.next() } else { spoilt.next() };
            let Some(&dish) = next else { break };
            served.latest.push(Ended { dish, is_good });
        }
        served.latest.reverse();
        served.more = good.count() + spoilt.count();
        served
    }

    /// Where the newest dish is that is good to serve.
    pub fn newest(&self, scene: &Scene) -> Option<(f64, f64)> {
        let place = self.latest.iter().rposition(|ended| ended.is_good)?;
        Some(position(scene, &self.latest[place].dish, place))
    }
}

/// Adds the shelf and its lamps.
pub fn shelf(into: &mut Element) {
    draw_all(into, SHELF);
}

/// The dishes on the pass.
pub fn dishes(scene: &Scene, served: &Served, names: &[&str]) -> Element {
    let mut dishes = svg("g");
    for place in 0..PLACES {
        let plate = match served.latest.get(place) {
            Some(ended) => plate(scene, ended, place, names),
            None => svg("g"),
        };
        put(&mut dishes, plate);
    }
    badge(&mut dishes, 344.0, 13.0, served.more);
    dishes
}

/// Where a dish is by now: on its way to its place, then there.
fn position(scene: &Scene, dish: &Dish, place: usize) -> (f64, f64) {
    let (x, y) = (column(place, PLACES), 48.0);
    let (from_x, from_y) = stove::reach(scene, dish.burner);
    let left = 1.0 - smooth(dish.age.ms() / CARRYING);
    (x + (from_x - x) * left, y + (from_y - y) * left)
}

fn plate(scene: &Scene, ended: &Ended, place: usize, names: &[&str]) -> Element {
    let Dish { task, age, .. } = ended.dish;
    let age = age.ms();
    let good = ended.is_good;
    let there = age >= CARRYING;
    let rings = good && there && age < RINGING;
    let (x, y) = position(scene, &ended.dish, place);
    let mut plate = group(Text::Owned(translate(x, y)));
    draw(&mut plate, shown("k-white", good), PLATE);
    if good {
        draw(&mut plate, kind(task), CLOCHE);
    } else {
        draw(&mut plate, "k-spoilt", SPOILT);
    }
    draw(
        &mut plate,
        shown("k-shade", good),
        "M6-20Q18-18 18-4H8Q12-12 6-20Z",
    );
    draw(
        &mut plate,
        shown("k-ring", rings),
        "M-16-24-22-29M0-29V-35M16-24 22-29",
    );
    fade(
        &mut plate,
        if rings {
            1.0 - phase(age, 210.0) * 0.7
        } else {
            0.0
        },
    );
    let (seal, mark) = if good {
        ("k-tick", "M14.5-6l2.5 3 4.5-6")
    } else {
        ("k-cross", "M15-9l6 6M21-9l-6 6")
    };
    draw(
        &mut plate,
        shown(seal, there),
        "M11-6a7 7 0 1 0 14 0a7 7 0 1 0-14 0Z",
    );
    draw(&mut plate, shown("k-mark", there), mark);
    let class = lit(scene, task, "k-label", "k-label k-lit");
    label(
        &mut plate,
        shown(class, there || scene.lit == Some(task)),
        (0.0, 20.0),
        name(names, task),
    );
    plate
}

const SHELF: Shapes = &[
    (
        "k-glow",
        "M192 12H216L230 48H178ZM251 12H275L289 48H237ZM311 12H335L349 48H297Z",
    ),
    ("k-line", "M204 0V6M263 0V6M323 0V6"),
    (
        "k-iron",
        "M190 13Q192 5 204 5T218 13ZM249 13Q251 5 263 5T277 13ZM309 13Q311 5 323 5T337 13Z",
    ),
    ("k-wood", "M172 48H356V53H172Z"),
];
const PLATE: &str = "M-25-4H25Q22 0 12 0H-12Q-22 0-25-4Z";
const CLOCHE: &str = "M-18-4Q-18-20-4-21V-22a4 4 0 1 1 8 0V-21Q18-20 18-4Z";
const SPOILT: &str = "M-16-19H16V-15H20V-11H16V-6Q16 0 10 0H-10Q-16 0-16-6V-11H-20V-15H-16Z";
