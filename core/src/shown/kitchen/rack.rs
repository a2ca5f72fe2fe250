//! The rack of dishes whose turn has not come, in raw state, and of those that
//! nobody wants any more.

use super::draw::{Shapes, badge, draw, draw_all, group, label, put, shown, translate};
use crate::markup::{Element, Text, svg};
use crate::shown::scene::Scene;

/// How many shelves there are.
const SHELVES: usize = 3;

/// What is in a bowl, by kind of dish: tomatoes, greens, mushrooms, carrots.
const RAW: [(&str, &str); 4] = [
    (
        "k-red",
        "M-13-13a7 7 0 0 1 11-8 7.5 7.5 0 0 1 13 3 6 6 0 0 1 2 5Z",
    ),
    (
        "k-leaf",
        "M-13-13Q-17-22-8-21-5-29 2-24 10-26 11-20 16-18 13-13Z",
    ),
    (
        "k-cream",
        "M-13-13V-17Q-14-24-7-24T0-18Q1-27 7-27T14-18L12-13Z",
    ),
    (
        "k-carrot",
        "M-13-13-14-21-9-23-5-17-3-26H2L3-17 9-24 14-20 12-13Z",
    ),
];

/// The rack with the next few dishes on it.
pub fn rack(scene: &Scene, names: &[&str]) -> Element {
    let mut rack = svg("g").class("k-rack");
    draw(
        &mut rack,
        "k-wood",
        "M8 60H13V212H8ZM77 60H82V212H77ZM6 86H84V91H6ZM6 136H84V141H6ZM6 186H84V191H6Z",
    );
    // What is no longer wanted stays behind what is.
    let left: Vec<usize> = scene.waiting.iter().chain(&scene.unmade).copied().collect();
    for shelf in 0..SHELVES {
        // With a shelf for each, a dish keeps its place until its turn comes.
        let dish = if names.len() > SHELVES {
            left.get(shelf).copied()
        } else {
            left.contains(&shelf).then_some(shelf)
        };
        let y = 86.0 + 50.0 * shelf as f64;
        let mut place = group(Text::Owned(translate(45.0, y)));
        if let Some(task) = dish {
            let is_unmade = scene.unmade.contains(&task);
            let (raw, heap) = RAW[task % RAW.len()];
            draw(&mut place, shown(raw, !is_unmade), heap);
            let bowl = if is_unmade { "k-cold" } else { kind(task) };
            draw(&mut place, bowl, "M-17-14H17Q16-3 7-1V0H-7V-1Q-16-3-17-14Z");
            draw(&mut place, "k-shade", "M6-14H17Q16-3 7-1V0H0Q6-4 6-14Z");
            if is_unmade {
                draw_all(&mut place, UNMADE);
            }
            let again_by = scene.again.iter().find(|(again, _)| *again == task);
            if let Some((_, attempt)) = again_by {
                draw(&mut place, "k-badge k-label", TICKET);
                let words = again(scene, *attempt);
                label(&mut place, "k-label", (0.0, -13.5), &words);
            }
            let class = lit(scene, task, "k-label", "k-label k-lit");
            label(&mut place, class, (0.0, 15.5), name(names, task));
        }
        put(&mut rack, place);
    }
    let more = left.len().saturating_sub(SHELVES);
    badge(&mut rack, 45.0, 46.0, more);
    rack
}

/// Which attempt of how many it is.
pub fn again(scene: &Scene, attempt: usize) -> String {
    let mut words = String::from("try ");
    words.push_str(&attempt.to_string());
    if let Some(tries) = scene.tries {
        words.push_str(" of ");
        words.push_str(&tries.to_string());
    }
    words
}

/// A mark that nobody wants it any more, and the note that it waits to be tried
/// again.
const UNMADE: Shapes = &[
    ("k-iron", "M-9-20a9 9 0 1 0 18 0a9 9 0 1 0-18 0Z"),
    ("k-dash", "M-4.5-20H4.5"),
];
const TICKET: &str = "M-30-27H30V-8H-30Z";

/// The class of what belongs to a task, or the one that it has in the light.
pub fn lit(scene: &Scene, task: usize, plain: &'static str, lit: &'static str) -> &'static str {
    if scene.lit == Some(task) { lit } else { plain }
}

/// What a dish is called.
pub fn name<'a>(names: &[&'a str], task: usize) -> &'a str {
    names.get(task).copied().unwrap_or("")
}

/// The colour that a dish keeps from bowl to pot to plate.
pub fn kind(task: usize) -> &'static str {
    ["k-teal", "k-red", "k-yolk", "k-leaf"][task % 4]
}
