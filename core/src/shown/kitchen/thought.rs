//! What is over the chef's head: the thought of time going by, and in the end
//! a sign with what that came to. Right above it, where it stays to be seen
//! when the picture is cut to chef and stove.

use super::draw::{draw, draw_at, group, label, phase, put, transform};
use crate::decimal::short;
use crate::markup::{Element, Text, svg};
use crate::shown::scene::{Chef, Scene, Spare};

/// How long the hand of the clock takes to go round.
const TURN: f64 = 1200.0;

/// The thought, or the sign.
pub fn thought(scene: &Scene) -> Element {
    if let Some(spare) = scene.spare {
        return sign(spare);
    }
    let mut thought = group(Text::Borrowed("translate(154 20)scale(.86)"));
    if !matches!(scene.chef, Chef::Staring(_) | Chef::Watching) {
        return thought;
    }
    let turned = phase(scene.at.ms(), TURN);
    draw(&mut thought, "k-white", BUBBLE);
    // Half as wide as its line is thick, a circle is a pie, and its dash a
    // slice.
    let mut slice = short(100.0 * turned);
    slice.push_str(" 100");
    let pie = svg("circle")
        .class("k-pie")
        .attr("r", "7")
        .attr("pathLength", "100")
        .attr("transform", "rotate(-90)")
        .attr("stroke-dasharray", slice);
    put(&mut thought, pie);
    draw(&mut thought, "k-line", DIAL);
    let hand = transform(&[("rotate", &[360.0 * turned])]);
    draw_at(&mut thought, "k-line", "M0 0V-10", hand);
    thought
}

fn sign(spare: Spare) -> Element {
    let (time, class, word) = match spare {
        Spare::Counting(time) | Spare::Free(time) => (time, "k-free", "free"),
        Spare::Lost(time) => (time, "k-lost", "lost"),
    };
    let mut sign = group(Text::Borrowed("translate(128 0)"));
    draw(&mut sign, "k-line", "M-28 0V3M28 0V3");
    draw(&mut sign, "k-badge", "M-40 3H40V40H-40Z");
    label(&mut sign, class, (0.0, 19.5), &time.spoken());
    label(&mut sign, class, (0.0, 36.0), word);
    sign
}

const BUBBLE: &str =
    "M-17 19a3 3 0 1 0 6 0a3 3 0 1 0-6 0ZM-19 0a19 19 0 1 0 38 0a19 19 0 1 0-38 0Z";
const DIAL: &str = "M-14 0a14 14 0 1 0 28 0a14 14 0 1 0-28 0ZM0-14v2M14 0h-2M0 14v-2M-14 0h2";
