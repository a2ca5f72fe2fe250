//! The workers' kitchens, in the place of the stove: a small one each, dashed
//! until its chef is there.

use super::chef;
use super::draw::{draw, draw_at, group, label, put, transform, translate};
use super::rack::{kind, lit, name};
use crate::markup::{Element, Text, svg};
use crate::shown::scene::{Chef, Doing, Scene, Worker};

/// From left to right, and from under the pass to the floor.
const LEFT: f64 = 175.0;
const WIDTH: f64 = 178.0;
const BOTTOM: f64 = 208.0;
const HEIGHT: f64 = 148.0;

/// How wide and how high a chef is with what is around it.
const ROOM: (f64, f64) = (94.0, 206.0);

/// As many have names beneath.
const NAMED: usize = 3;

/// What the picture says of those that have a task.
pub const DOING: [(Doing, &str); 3] = [
    (Doing::Opening, "a kitchen being opened for"),
    (Doing::Waiting, "waited for by a worker"),
    (Doing::Working, "chopped by a worker"),
];

/// The kitchens.
pub fn workers(scene: &Scene, names: &[&str]) -> Element {
    let count = scene.workers.len();
    let (columns, scale) = grid(count);
    let step = WIDTH / columns as f64;
    let rows = count.div_ceil(columns);
    let mut kitchens = svg("g");
    for (number, worker) in scene.workers.iter().enumerate() {
        let x = LEFT + step * ((number % columns) as f64 + 0.5);
        let above = (rows - 1 - number / columns) as f64;
        let y = BOTTOM - HEIGHT / rows as f64 * above;
        let at = transform(&[("translate", &[x, y]), ("scale", &[scale])]);
        let mut kitchen = group(Text::Owned(at)).num("stroke-width", 2.0 / scale);
        put(&mut kitchen, one(scene, worker));
        put(&mut kitchens, kitchen);
        if count <= NAMED {
            let class = worker.task.map_or("k-label", |task| {
                lit(scene, task, "k-label", "k-label k-lit")
            });
            let called = worker.task.map_or("", |task| name(names, task));
            label(&mut kitchens, class, (x, BOTTOM + 17.0), called);
        }
    }
    kitchens
}

/// In as many columns as make them largest.
fn grid(count: usize) -> (usize, f64) {
    let mut best = (1, 0.0);
    for columns in 1..=count.max(1) {
        let rows = count.div_ceil(columns).max(1);
        let scale = (WIDTH / columns as f64 / ROOM.0).min(HEIGHT / rows as f64 / ROOM.1);
        if scale > best.1 {
            best = (columns, scale);
        }
    }
    best
}

/// A kitchen, seen from its chef's feet.
fn one(scene: &Scene, worker: &Worker) -> Element {
    let mut kitchen = svg("g");
    let is_there = !matches!(worker.does, Doing::Away | Doing::Opening);
    draw(&mut kitchen, "k-wood", FLOOR);
    if !is_there {
        draw(&mut kitchen, "k-ghost k-dashed", WALLS);
        return kitchen;
    }
    let does = match (worker.does, worker.task) {
        (Doing::Working, Some(task)) => Chef::Working(task),
        (Doing::Waiting, _) => Chef::Watching,
        _ => Chef::Ready,
    };
    put(&mut kitchen, chef::alone(&scene.with_only(does)));
    if let Some(task) = worker.task {
        let dish = translate(-34.0, -66.0);
        draw_at(&mut kitchen, kind(task), DISH, dish);
    }
    kitchen
}

const FLOOR: &str = "M-44 0H44V5H-44Z";
const WALLS: &str = "M-38 0V-150Q-38-162-26-162H26Q38-162 38-150V0";
const DISH: &str = "M-7 0Q-9-13 0-13T7 0Z";
