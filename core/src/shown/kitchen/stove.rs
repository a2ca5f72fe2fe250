//! The stove: a burner for each call in flight, and cold iron where more pots
//! could be.

use super::draw::{
    Shapes, badge, column, draw, draw_all, draw_at, fade, group, label, phase, put, shown, smooth,
    transform, translate, wave,
};
use super::rack::{kind, lit, name};
use crate::markup::{Element, Text, svg};
use crate::millis::Millis;
use crate::shown::scene::{Chef, Scene};

/// Burners on the smallest stove: also a chef who uses one has this many.
const LEAST: usize = 3;

/// Burners that can be told apart in the picture.
const MOST: usize = 6;

/// How long a pot takes to land.
const LANDING: f64 = 180.0;

/// How long a pot takes to come to a full boil.
const BOILING: f64 = 900.0;

/// Whose pot was put last on each burner: what boiled over stays where it is
/// until its burner is needed.
pub struct Latest(Vec<Option<(Millis, usize)>>);

impl Latest {
    /// By the time of this scene.
    pub fn by(scene: &Scene) -> Self {
        let mut latest = vec![None; scene.burners];
        let over = scene.pass.iter().chain(&scene.spilled);
        for dish in over.chain(&scene.taken_off) {
            if let Some(latest) = latest.get_mut(dish.burner)
                && latest.is_none_or(|(age, _)| dish.age < age)
            {
                *latest = Some((dish.age, dish.task));
            }
        }
        for pot in &scene.stove {
            if let Some(latest) = latest.get_mut(pot.burner) {
                *latest = Some((Millis::ZERO, pot.task));
            }
        }
        Self(latest)
    }

    /// The task whose pot that was.
    pub fn get(&self, burner: usize) -> Option<usize> {
        let (_, task) = (*self.0.get(burner)?)?;
        Some(task)
    }
}

/// What stands on a burner.
#[derive(Clone, Copy, PartialEq)]
enum On {
    Pot,
    Spilled,
    /// A pot that was no longer wanted, the gas turned off.
    TakenOff,
    /// Nothing, though a dish waits and the chef only stares.
    Missed,
    Nothing,
}

/// How many burners are drawn.
fn burners(scene: &Scene) -> usize {
    scene.burners.clamp(LEAST, MOST)
}

/// Where the hand has to go to touch what is on a burner.
pub fn reach(scene: &Scene, burner: usize) -> (f64, f64) {
    let of = burners(scene);
    let pot = scene.stove.iter().find(|pot| pot.burner == burner);
    let lift = pot.map_or(0.0, |pot| lift(pot.age.ms()));
    (
        column(burner.min(of - 1), of),
        147.0 - lift - 44.0 * size(of),
    )
}

/// The stove with all that is on it.
pub fn stove(scene: &Scene, latest: &Latest, names: &[&str]) -> Element {
    let of = burners(scene);
    let mut stove = svg("g");
    draw_all(&mut stove, RANGE);
    for burner in 0..of {
        let (on, task, age) = on(scene, latest, burner);
        let name = task.map_or("", |task| name(names, task));
        let knob = if on == On::Pot { "k-knob-on" } else { "k-knob" };
        draw_at(&mut stove, knob, KNOB, translate(column(burner, of), 161.5));
        let class = task.map_or("k-label-steel", |task| {
            lit(scene, task, "k-label-steel", "k-label-steel k-lit")
        });
        label(&mut stove, class, label_place(burner, of), name);
        put(&mut stove, place(on, task, age, burner, of));
    }
    let beyond = scene.stove.iter().filter(|pot| pot.burner >= of).count();
    badge(&mut stove, 338.0, 88.0, beyond);
    stove
}

fn on(scene: &Scene, latest: &Latest, burner: usize) -> (On, Option<usize>, f64) {
    let task = latest.get(burner);
    if let Some(pot) = scene.stove.iter().find(|pot| Some(pot.task) == task) {
        return (On::Pot, task, pot.age.ms());
    }
    if let Some(dish) = scene.spilled.iter().find(|dish| Some(dish.task) == task) {
        return (On::Spilled, task, dish.age.ms());
    }
    if scene.taken_off.iter().any(|dish| Some(dish.task) == task) {
        return (On::TakenOff, task, 0.0);
    }
    // The chef stares at one pot: each cold burner is where a waiting dish
    // could be.
    let staring = matches!(scene.chef, Chef::Staring(_));
    if staring && (1..=scene.waiting.len()).contains(&burner) {
        (On::Missed, None, 0.0)
    } else {
        (On::Nothing, None, 0.0)
    }
}

fn size(of: usize) -> f64 {
    (LEAST as f64 / of as f64 * 1.1).min(1.0)
}

/// Where the name of what is on a burner stands.
fn label_place(burner: usize, of: usize) -> (f64, f64) {
    // Side by side there is no room for more names than three: they go in two
    // rows, the left one of each pair above.
    let y = match (of > LEAST, burner % 2) {
        (false, _) => 182.0,
        (true, 0) => 180.0,
        (true, _) => 194.0,
    };
    let x = if of == MOST {
        column(burner / 2, LEAST)
    } else {
        // `clamp` would bring the printing of floats along, all 18 KB of it.
        column(burner, of)
            .max(column(0, LEAST))
            .min(column(2, LEAST))
    };
    (x, y)
}

/// A burner and what is on it.
fn place(on: On, task: Option<usize>, age: f64, burner: usize, of: usize) -> Element {
    let lit = on == On::Pot;
    let spilled = on == On::Spilled;
    let taken_off = on == On::TakenOff;
    let full = lit || spilled || taken_off;
    let boil = if lit { smooth(age / BOILING) } else { 0.0 };
    let lift = if lit { lift(age) } else { 0.0 };
    let scale = size(of);
    let at = transform(&[
        ("translate", &[column(burner, of), 147.0 - lift]),
        ("scale", &[scale]),
    ]);
    // Lines stay as thick when pots are small.
    let mut place = group(Text::Owned(at)).num("stroke-width", 2.0 / scale);

    let flicker = 0.85 + 0.3 * wave(age + 70.0 * burner as f64, 230.0);
    let flicker = transform(&[("scale", &[1.0, flicker])]);
    draw_at(
        &mut place,
        shown("k-flame", lit && age > LANDING),
        FLAME,
        flicker,
    );
    draw_at(&mut place, "k-iron", GRATE, translate(0.0, lift / scale));

    let rise = phase(age, 1100.0);
    let steam = if spilled {
        "k-smoke"
    } else {
        shown("k-steam", lit)
    };
    draw_at(&mut place, steam, STEAM, translate(0.0, 4.0 - 9.0 * rise));
    let thick = if spilled { 1.0 } else { boil };
    fade(&mut place, thick * smooth(4.0 * rise.min(1.0 - rise)));

    if on == On::Missed {
        draw(&mut place, "k-ghost", GHOST);
    } else {
        let class = task.filter(|_| full).map_or("k-off", kind);
        draw(&mut place, if taken_off { "k-cold" } else { class }, POT);
    }
    draw(&mut place, shown("k-shade", full), GLOSS);
    let (y, tilt) = (boil * wave(age, 130.0), boil * (wave(age, 190.0) - 0.5));
    // It dances when it boils.
    let lid: [(&str, &[f64]); 2] = if spilled {
        [("translate", &[9.0, -6.0]), ("rotate", &[20.0])]
    } else {
        [("translate", &[0.0, -2.0 * y]), ("rotate", &[7.0 * tilt])]
    };
    draw_at(&mut place, shown("k-lid", full), LID, transform(&lid));
    if spilled {
        draw_all(&mut place, SPILL);
    }
    if taken_off {
        draw_all(&mut place, TAKEN_OFF);
    }
    place
}

/// How high above its burner a pot still is that is being set on it.
fn lift(age: f64) -> f64 {
    16.0 * (1.0 - smooth(age / LANDING))
}

const RANGE: Shapes = &[
    (
        "k-steel",
        "M178 206H188V212H178ZM340 206H350V212H340ZM174 152H354V203Q354 207 350 207H178Q174 207 174 203Z",
    ),
    (
        "k-shade",
        "M174 152H354V157H174ZM344 157H354V203Q354 207 350 207H342ZM192 198H330V202H192Z",
    ),
    ("k-iron", "M172 147H356V152H172Z"),
];
const KNOB: &str = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z";
const GLOSS: &str = "M8-38H20V-17Q20-10 13-10H2Q9-18 8-38Z";
const SPILL: Shapes = &[
    ("k-foam", FOAM),
    ("k-cross", "M-10-24a10 10 0 1 0 20 0a10 10 0 1 0-20 0Z"),
    ("k-mark", "M-4-28 4-20M4-28-4-20"),
];
const TAKEN_OFF: Shapes = &[
    ("k-iron", "M-10-24a10 10 0 1 0 20 0a10 10 0 1 0-20 0Z"),
    ("k-mark", "M-5-24H5"),
];
const GRATE: &str = "M-24-3H-20V-9H-16V-3H16V-9H20V-3H24V0H-24Z";
const POT: &str = "M-21-38H21V-31H27V-26H21V-17Q21-10 14-10H-14Q-21-10-21-17V-26H-27V-31H-21Z";
const LID: &str = "M-23-38Q-20-47-4-47V-48a4 4 0 1 1 8 0V-47Q20-47 23-38Z";
const GHOST: &str =
    "M-21-36Q-21-47-6-47H6Q21-47 21-36V-17Q21-10 14-10H-14Q-21-10-21-17ZM-4-48a4 4 0 1 1 8 0";
const FLAME: &str = "M-15 0Q-27-3-24-12-23-15-21-17-21-12-16-11-11-13-11-18-6-13-4-11 0-16 0-18 4-14 5-11 10-14 11-18 13-13 16-11 21-12 21-17 23-15 24-12 27-3 15 0Z";
const STEAM: &str = "M-11-50q-4-4.5 0-9t0-9M0-55q-4-4.5 0-9t0-9M11-50q-4-4.5 0-9t0-9";
const FOAM: &str = "M-24-37q-1-7 7-7 2-6 9-4 5-5 11-1 8-2 10 4 9 0 10 8 0 5-4 6v9q-3 5-6 0v-8q-3 4-6 0v3q-3 4-6 0v-4q-4 4-8 0v10q-3 5-6 0v-10q-10 1-11-6Z";
