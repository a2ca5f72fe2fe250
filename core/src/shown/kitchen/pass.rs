//! The pass: the shelf under the heat lamps where every dish ends, good or
//! spoilt, in the order in which they were done.

use super::draw::{
    Shapes, column, draw, draw_all, fade, group, label, phase, put, shown, translate,
};
use super::rack::{kind, lit, name};
use crate::markup::{Element, Text, svg};
use crate::shown::scene::{Dish, Scene};
use crate::text::concat;

/// How many dishes there is room to show; where there are more, the first place
/// is a pile's of all but the latest.
const PLACES: usize = 3;

/// How long the bell rings for a dish.
const RINGING: f64 = 700.0;

/// Adds the shelf and its lamps.
pub fn shelf(into: &mut Element) {
    draw_all(into, SHELF);
}

/// The dishes on the pass. Each is there as soon as its answer is: nothing is
/// done to it on the way that could take time.
pub fn dishes(scene: &Scene, names: &[&str]) -> Element {
    let mut dishes = svg("g");
    let over = scene.pass.len();
    let piled = if over > PLACES { over + 1 - PLACES } else { 0 };
    let (pile_of, latest) = scene.pass.split_at(piled);
    let first = usize::from(piled > 0);
    for place in 0..PLACES {
        let at = translate(column(place, PLACES), 48.0);
        let mut on = group(Text::Owned(at));
        if place < first {
            pile(&mut on, pile_of);
        } else if let Some(dish) = latest.get(place - first) {
            plate(&mut on, scene, dish, names);
        }
        put(&mut dishes, on);
    }
    dishes
}

/// All but the latest, counted.
fn pile(into: &mut Element, dishes: &[Dish]) {
    draw(into, "k-white", PILE);
    let all_good = dishes.iter().all(|dish| dish.is_good);
    seal(into, all_good);
    let count = concat(&["+", &dishes.len().to_string()]);
    label(into, "k-count", (0.0, 20.0), &count);
}

fn plate(into: &mut Element, scene: &Scene, dish: &Dish, names: &[&str]) {
    let age = dish.age.ms();
    let good = dish.is_good;
    let rings = good && age < RINGING;
    draw(into, shown("k-white", good), PLATE);
    if good {
        draw(into, kind(dish.task), CLOCHE);
    } else {
        draw(into, "k-spoilt", SPOILT);
    }
    draw(into, shown("k-shade", good), GLOSS);
    draw(into, shown("k-ring", rings), RING);
    let ringing = 1.0 - phase(age, 210.0) * 0.7;
    fade(into, if rings { ringing } else { 0.0 });
    seal(into, good);
    let class = lit(scene, dish.task, "k-label", "k-label k-lit");
    label(into, class, (0.0, 20.0), name(names, dish.task));
}

/// How it ended.
fn seal(into: &mut Element, good: bool) {
    let (seal, mark) = if good {
        ("k-tick", "M14.5-6l2.5 3 4.5-6")
    } else {
        ("k-cross", "M15-9l6 6M21-9l-6 6")
    };
    draw(into, seal, "M11-6a7 7 0 1 0 14 0a7 7 0 1 0-14 0Z");
    draw(into, "k-mark", mark);
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
const GLOSS: &str = "M6-20Q18-18 18-4H8Q12-12 6-20Z";
const RING: &str = "M-16-24-22-29M0-29V-35M16-24 22-29";
const PILE: &str = "M-25-14H25Q22-10 12-10H-12Q-22-10-25-14ZM-25-9H25Q22-5 12-5H-12Q-22-5-25-9ZM-25-4H25Q22 0 12 0H-12Q-22 0-25-4Z";
