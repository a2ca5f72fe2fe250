//! The stove: a burner for each call in flight, and cold iron where more pots
//! could be.

use super::draw::{badge, column, group, label, path, phase, shown, smooth, translate, wave};
use super::rack::kind;
use crate::decimal::short;
use crate::kitchen::{Chef, Dish, Scene};
use crate::markup::{Element, svg};

/// Burners on the smallest stove: also a chef who uses one has this many.
const LEAST: usize = 3;

/// Burners that can be told apart in the picture.
const MOST: usize = 6;

/// How long a pot takes to land.
const LANDING: f64 = 180.0;

/// How long a pot takes to come to a full boil.
const BOILING: f64 = 900.0;

/// What stands on a burner.
enum On {
    Pot {
        task: usize,
        age: f64,
    },
    Spilled {
        task: usize,
        age: f64,
    },
    /// Nothing, though a dish waits and the chef only stares.
    Missed,
    Nothing,
}

/// How many burners are drawn.
pub fn burners(scene: &Scene) -> usize {
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

/// The task whose pot was put last on each burner: what boiled over stays
/// where it is until its burner is needed.
pub fn latest(scene: &Scene) -> Vec<Option<usize>> {
    let mut latest = vec![None; scene.burners];
    let mut ended: Vec<&Dish> = scene.pass.iter().chain(&scene.spilled).collect();
    ended.sort_by(|a, b| b.age.total_cmp(&a.age));
    let ended = ended.iter().map(|dish| (dish.burner, dish.task));
    let on = scene.stove.iter().map(|pot| (pot.burner, pot.task));
    for (burner, task) in ended.chain(on) {
        if let Some(latest) = latest.get_mut(burner) {
            *latest = Some(task);
        }
    }
    latest
}

/// The stove with all that is on it.
pub fn stove(scene: &Scene, latest: &[Option<usize>], names: &[&str]) -> Element {
    let of = burners(scene);
    let beyond = scene.stove.iter().filter(|pot| pot.burner >= of).count();
    svg("g")
        .child(path(
            "k-steel",
            "M178 206H188V212H178ZM340 206H350V212H340ZM174 152H354V203Q354 207 350 207H178Q174 207 174 203Z",
        ))
        .child(path(
            "k-shade",
            "M174 152H354V157H174ZM344 157H354V203Q354 207 350 207H342ZM192 198H330V202H192Z",
        ))
        .child(path("k-iron", "M172 147H356V152H172Z"))
        .children((0..of).flat_map(|burner| {
            let on = on(scene, latest, burner);
            let [knob, name] = tag(&on, burner, of, names);
            [knob, name, place(&on, burner, of)]
        }))
        .child(badge(338.0, 88.0, beyond))
}

fn on(scene: &Scene, latest: &[Option<usize>], burner: usize) -> On {
    let latest = latest.get(burner).copied().flatten();
    let is_latest = |task: usize| latest == Some(task);
    if let Some(pot) = scene.stove.iter().find(|pot| is_latest(pot.task)) {
        return On::Pot {
            task: pot.task,
            age: pot.age.ms(),
        };
    }
    if let Some(dish) = scene.spilled.iter().find(|dish| is_latest(dish.task)) {
        return On::Spilled {
            task: dish.task,
            age: dish.age.ms(),
        };
    }
    // The chef stares at one pot: each cold burner is where a waiting dish
    // could be.
    let staring = matches!(scene.chef, Chef::Staring(_));
    if staring && (1..=scene.waiting.len()).contains(&burner) {
        On::Missed
    } else {
        On::Nothing
    }
}

fn size(of: usize) -> f64 {
    (LEAST as f64 / of as f64 * 1.1).min(1.0)
}

/// The knob, and the name of what it heats.
fn tag(on: &On, burner: usize, of: usize, names: &[&str]) -> [Element; 2] {
    let (task, knob) = match on {
        On::Pot { task, .. } => (Some(*task), "k-knob-on"),
        On::Spilled { task, .. } => (Some(*task), "k-knob"),
        On::Missed | On::Nothing => (None, "k-knob"),
    };
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
        column(burner, of).clamp(column(0, LEAST), column(2, LEAST))
    };
    let name = task.and_then(|task| names.get(task)).unwrap_or(&"");
    [
        path(knob, "M-4 163a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z")
            .attr("transform", translate(column(burner, of), -1.5)),
        label("k-label-steel", x, y, name),
    ]
}

/// A burner and what is on it.
fn place(on: &On, burner: usize, of: usize) -> Element {
    let (task, age) = match on {
        On::Pot { task, age } | On::Spilled { task, age } => (Some(*task), *age),
        On::Missed | On::Nothing => (None, 0.0),
    };
    let spilled = matches!(on, On::Spilled { .. });
    let lit = task.is_some() && !spilled;
    let full = task.is_some();
    let boil = if lit { smooth(age / BOILING) } else { 0.0 };
    let rise = phase(age, 1100.0);
    let (body, outline) = match on {
        On::Missed => ("k-ghost", GHOST),
        _ => (task.map_or("k-off", kind), POT),
    };
    let lid = if spilled {
        "translate(9-6) rotate(20)".to_owned()
    } else {
        // It dances when it boils.
        format!(
            "translate(0 {}) rotate({})",
            short(-2.0 * boil * wave(age, 130.0)),
            short(7.0 * boil * (wave(age, 190.0) - 0.5))
        )
    };
    let scale = size(of);
    let lift = if lit { lift(age) } else { 0.0 };
    let place = group(format!(
        "translate({} {}) scale({})",
        short(column(burner, of)),
        short(147.0 - lift),
        short(scale)
    ))
    .num("stroke-width", 2.0 / scale)
    .child(path(shown("k-flame", lit && age > LANDING), FLAME).attr(
        "transform",
        format!(
            "scale(1 {})",
            short(0.85 + 0.3 * wave(age + 70.0 * burner as f64, 230.0))
        ),
    ))
    .child(path("k-iron", GRATE).attr("transform", translate(0.0, lift / scale)))
    .child(
        path(
            if spilled {
                "k-smoke"
            } else {
                shown("k-steam", lit)
            },
            STEAM,
        )
        .attr("transform", translate(0.0, 4.0 - 9.0 * rise))
        .num(
            "opacity",
            if spilled { 1.0 } else { boil } * smooth(4.0 * rise.min(1.0 - rise)),
        ),
    )
    .child(path(body, outline))
    .child(path(
        shown("k-shade", full),
        "M8-38H20V-17Q20-10 13-10H2Q9-18 8-38Z",
    ))
    .child(path(shown("k-lid", full), LID).attr("transform", lid));
    if !spilled {
        return place;
    }
    place
        .child(path("k-foam", FOAM))
        .child(path(
            "k-cross",
            "M-10-24a10 10 0 1 0 20 0a10 10 0 1 0-20 0Z",
        ))
        .child(path("k-mark", "M-4-28 4-20M4-28-4-20"))
}

/// How high above its burner a pot still is that is being set on it.
fn lift(age: f64) -> f64 {
    16.0 * (1.0 - smooth(age / LANDING))
}

const GRATE: &str = "M-24-3H-20V-9H-16V-3H16V-9H20V-3H24V0H-24Z";
const POT: &str = "M-21-38H21V-31H27V-26H21V-17Q21-10 14-10H-14Q-21-10-21-17V-26H-27V-31H-21Z";
const LID: &str = "M-23-38Q-20-47-4-47V-48a4 4 0 1 1 8 0V-47Q20-47 23-38Z";
const GHOST: &str =
    "M-21-36Q-21-47-6-47H6Q21-47 21-36V-17Q21-10 14-10H-14Q-21-10-21-17ZM-4-48a4 4 0 1 1 8 0";
const FLAME: &str = "M-15 0Q-27-3-24-12-23-15-21-17-21-12-16-11-11-13-11-18-6-13-4-11 0-16 0-18 4-14 5-11 10-14 11-18 13-13 16-11 21-12 21-17 23-15 24-12 27-3 15 0Z";
const STEAM: &str = "M-11-50q-4-4.5 0-9t0-9M0-55q-4-4.5 0-9t0-9M11-50q-4-4.5 0-9t0-9";
const FOAM: &str = "M-24-37q-1-7 7-7 2-6 9-4 5-5 11-1 8-2 10 4 9 0 10 8 0 5-4 6v9q-3 5-6 0v-8q-3 4-6 0v3q-3 4-6 0v-4q-4 4-8 0v10q-3 5-6 0v-10q-10 1-11-6Z";
