//! The pass: the shelf under the heat lamps where a dish is served.

use super::draw::{badge, column, group, label, path, phase, shown, smooth, translate};
use super::rack::kind;
use super::stove;
use crate::kitchen::{Dish, Scene};
use crate::markup::{Element, svg};

/// How many dishes there is room to show.
const PLACES: usize = 3;

/// How long a dish is on its way from burner to pass.
const CARRYING: f64 = 280.0;

/// How long the bell rings for a dish.
const RINGING: f64 = 700.0;

/// A dish that is over, one way or the other.
#[derive(Clone, Copy)]
pub struct Ended {
    pub dish: Dish,
    pub is_good: bool,
}

/// What stands on the pass, oldest first: all that was served, and what boiled
/// over on a burner that was needed again.
pub fn ended(scene: &Scene, latest: &[Option<usize>]) -> Vec<Ended> {
    let served = scene.pass.iter().map(|&dish| Ended {
        dish,
        is_good: true,
    });
    let spoilt = scene
        .spilled
        .iter()
        .filter(|dish| latest.get(dish.burner) != Some(&Some(dish.task)))
        .map(|&dish| Ended {
            dish,
            is_good: false,
        });
    let mut ended: Vec<Ended> = served.chain(spoilt).collect();
    ended.sort_by(|a, b| b.dish.age.total_cmp(&a.dish.age));
    ended
}

/// The shelf and its lamps.
pub fn shelf() -> Element {
    svg("g")
        .child(path(
            "k-glow",
            "M192 12H216L230 48H178ZM251 12H275L289 48H237ZM311 12H335L349 48H297Z",
        ))
        .child(path("k-cord", "M204 0V6M263 0V6M323 0V6"))
        .child(path(
            "k-iron",
            "M190 13Q192 5 204 5T218 13ZM249 13Q251 5 263 5T277 13ZM309 13Q311 5 323 5T337 13Z",
        ))
        .child(path("k-wood", "M172 48H356V53H172Z"))
}

/// The latest dishes on the pass.
pub fn dishes(scene: &Scene, ended: &[Ended], names: &[&str]) -> Element {
    let more = ended.len().saturating_sub(PLACES);
    svg("g")
        .children((0..PLACES).map(|place| plate(scene, ended.get(more + place), place, names)))
        .child(badge(344.0, 13.0, more))
}

/// Where the dish in that place is by now: on its way, then there.
pub fn position(scene: &Scene, ended: &Ended, place: usize) -> (f64, f64) {
    let (x, y) = (column(place, PLACES), 48.0);
    let (from_x, from_y) = stove::reach(scene, ended.dish.burner);
    let left = 1.0 - smooth(ended.dish.age.ms() / CARRYING);
    (x + (from_x - x) * left, y + (from_y - y) * left)
}

/// Where the newest dish is that is good to serve.
pub fn newest(scene: &Scene, ended: &[Ended]) -> Option<(f64, f64)> {
    let newest = ended.iter().rposition(|ended| ended.is_good)?;
    let place = newest.checked_sub(ended.len().saturating_sub(PLACES))?;
    Some(position(scene, &ended[newest], place))
}

fn plate(scene: &Scene, ended: Option<&Ended>, place: usize, names: &[&str]) -> Element {
    let Some(ended) = ended else {
        return svg("g");
    };
    let Dish { task, age, .. } = ended.dish;
    let age = age.ms();
    let good = ended.is_good;
    let there = age >= CARRYING;
    let (x, y) = position(scene, ended, place);
    let ((cloche, outline), (seal, mark)) = if good {
        ((kind(task), CLOCHE), ("k-tick", "M14.5-6l2.5 3 4.5-6"))
    } else {
        (("k-spoilt", SPOILT), ("k-cross", "M15-9l6 6M21-9l-6 6"))
    };
    let rings = good && (CARRYING..RINGING).contains(&age);
    group(translate(x, y))
        .child(path(
            shown("k-white", good),
            "M-25-4H25Q22 0 12 0H-12Q-22 0-25-4Z",
        ))
        .child(path(cloche, outline))
        .child(path(
            shown("k-shade", good),
            "M6-20Q18-18 18-4H8Q12-12 6-20Z",
        ))
        .child(
            path(shown("k-ring", rings), "M-16-24-22-29M0-29V-35M16-24 22-29").num(
                "opacity",
                if rings {
                    1.0 - phase(age, 210.0) * 0.7
                } else {
                    0.0
                },
            ),
        )
        .child(path(
            shown(seal, there),
            "M11-6a7 7 0 1 0 14 0a7 7 0 1 0-14 0Z",
        ))
        .child(path(shown("k-mark", there), mark))
        .child(label(
            shown("k-label", there),
            0.0,
            20.0,
            names.get(task).unwrap_or(&""),
        ))
}

const CLOCHE: &str = "M-18-4Q-18-20-4-21V-22a4 4 0 1 1 8 0V-21Q18-20 18-4Z";
const SPOILT: &str = "M-16-19H16V-15H20V-11H16V-6Q16 0 10 0H-10Q-16 0-16-6V-11H-20V-15H-16Z";
