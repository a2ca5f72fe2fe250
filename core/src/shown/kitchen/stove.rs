//! The stove: a burner for each call that could be in flight, and a pot with a
//! flame beneath for each that is. A burner has nothing on it otherwise.

mod many;

use super::burners::{Burners, LARGE};
use super::draw::{
    HIDDEN, Shapes, draw, draw_all, draw_at, fade, group, label, phase, put, shown, smooth,
    transform, translate, wave,
};
use super::rack::{again, kind, lit, name};
use crate::markup::{Element, Text, svg};
use crate::shown::scene::{Chef, Pot, Scene};

/// How long a pot takes to land, at the most.
const LANDING: f64 = 180.0;

/// How long a pot takes to come to a full boil.
const BOILING: f64 = 900.0;

/// Where the hand has to go to touch what is on a burner.
pub fn reach(scene: &Scene, burners: &Burners, burner: usize) -> (f64, f64) {
    let pot = scene.stove.iter().find(|pot| pot.burner == burner);
    let (x, y) = burners.place(burner);
    (x, y - pot.map_or(0.0, lift) - 44.0 * burners.scale)
}

/// The stove with all that is on it.
pub fn stove(scene: &Scene, burners: &Burners, names: &[&str]) -> Element {
    let mut stove = svg("g");
    if !burners.is_row() {
        many::draw(&mut stove, scene, burners);
        return stove;
    }
    draw_all(&mut stove, RANGE);
    for burner in 0..burners.count {
        let pot = scene.stove.iter().find(|pot| pot.burner == burner);
        let (x, _) = burners.place(burner);
        let knob = if pot.is_some() { "k-knob-on" } else { "k-knob" };
        draw_at(&mut stove, knob, KNOB, translate(x, 161.5));
        put(&mut stove, place(scene, burners, burner, pot));
        if burners.count <= LARGE {
            let class = pot.map_or("k-label-steel", |pot| {
                lit(scene, pot.task, "k-label-steel", "k-label-steel k-lit")
            });
            let called = pot.map_or("", |pot| name(names, pot.task));
            label(&mut stove, class, (x, 180.5), called);
            let tried = pot.filter(|pot| pot.attempt > 1);
            let tried = tried.map_or(String::new(), |pot| again(scene, pot.attempt));
            label(&mut stove, "k-label-steel", (x, 196.5), &tried);
        }
    }
    stove
}

/// Whether a dish that waits could be on this burner, if the chef did anything
/// but stare at one pot.
fn is_missed(scene: &Scene, burner: usize) -> bool {
    let staring = matches!(scene.chef, Chef::Staring(_));
    staring && (1..=scene.waiting.len()).contains(&burner)
}

/// A burner and the pot on it.
fn place(scene: &Scene, burners: &Burners, burner: usize, pot: Option<&Pot>) -> Element {
    let lit = pot.is_some();
    let age = pot.map_or(0.0, |pot| pot.age.ms());
    let boil = smooth(age / BOILING);
    let lift = pot.map_or(0.0, lift);
    let scale = burners.scale;
    let (x, y) = burners.place(burner);
    let at = transform(&[("translate", &[x, y - lift]), ("scale", &[scale])]);
    // Lines stay as thick when pots are small.
    let mut place = group(Text::Owned(at)).num("stroke-width", 2.0 / scale);

    let down = ("translate", &[0.0, lift / scale] as &[f64]);
    let flicker = 0.85 + 0.3 * wave(age + 70.0 * burner as f64, 230.0);
    let flicker = transform(&[down, ("scale", &[1.0, flicker])]);
    draw_at(&mut place, shown("k-flame", lit), FLAME, flicker);
    draw_at(&mut place, "k-iron", GRATE, transform(&[down]));

    let rise = phase(age, 1100.0);
    let up = translate(0.0, 4.0 - 9.0 * rise);
    draw_at(&mut place, shown("k-steam", lit), STEAM, up);
    fade(&mut place, boil * smooth(4.0 * rise.min(1.0 - rise)));

    if pot.is_none() && is_missed(scene, burner) {
        draw(&mut place, "k-ghost k-dashed", GHOST);
    } else {
        draw(&mut place, pot.map_or(HIDDEN, |pot| kind(pot.task)), POT);
    }
    draw(&mut place, shown("k-shade", lit), GLOSS);
    // It dances when it boils.
    let (y, tilt) = (boil * wave(age, 130.0), boil * (wave(age, 190.0) - 0.5));
    let lid = transform(&[("translate", &[0.0, -2.0 * y]), ("rotate", &[7.0 * tilt])]);
    draw_at(&mut place, shown("k-lid", lit), LID, lid);
    if pot.is_some_and(|pot| pot.is_unnoticed) {
        draw(&mut place, "k-ring", CALLS);
    }
    place
}

/// How high above its burner a pot still is that is being set on it.
fn lift(pot: &Pot) -> f64 {
    if !pot.is_being_set_on() {
        return 0.0;
    }
    16.0 * (1.0 - smooth(pot.age.ms() / pot.setting.ms().min(LANDING)))
}

const RANGE: Shapes = &[
    (
        "k-steel",
        "M178 206H188V212H178ZM340 206H350V212H340ZM174 152H354V203Q354 207 350 207H178Q174 207 174 203Z",
    ),
    (
        "k-shade",
        "M174 152H354V157H174ZM344 157H354V203Q354 207 350 207H342Z",
    ),
    ("k-iron", "M172 147H356V152H172Z"),
];
const KNOB: &str = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z";
const GLOSS: &str = "M8-38H20V-17Q20-10 13-10H2Q9-18 8-38Z";

// Each begins at the middle of the foot and goes on from there, so that it can
// be drawn wherever a burner is.
const GRATE: &str = "M0 0m-24-3h4v-6h4v6h32v-6h4v6h4v3h-48z";
const POT: &str = "M0 0m-21-38h42v7h6v5h-6v9q0 7-7 7h-28q-7 0-7-7v-9h-6v-5h6z";
const LID: &str = "M0 0m-23-38q3-9 19-9v-1a4 4 0 1 1 8 0v1q16 0 19 9z";
const CALLS: &str = "M0 0m-20-53-7-7m27 3v-9m20 13 7-7";
const GHOST: &str =
    "M0 0m-21-36q0-11 15-11h12q15 0 15 11v19q0 7-7 7h-28q-7 0-7-7zm17-12a4 4 0 1 1 8 0";
const FLAME: &str = "M0 0m-15 0q-12-3-9-12 1-3 3-5 0 5 5 6 5-2 5-7 5 5 7 7 4-5 4-7 4 4 5 7 5-3 6-7 2 5 5 7 5-1 5-6 2 2 3 5 3 9-9 12z";
const STEAM: &str = "M-11-50q-4-4.5 0-9t0-9M0-55q-4-4.5 0-9t0-9M11-50q-4-4.5 0-9t0-9";
