//! The chef, whose posture alone has to tell who waits from who works: arms
//! folded and hat drooping, or knife going and hat up.

mod pose;

pub use pose::{Pose, pose};

use super::burners::Burners;
use super::draw::{
    Shapes, draw, draw_all, draw_at, group, label, phase, put, shown, transform, translate, wave,
};
use super::rack::{kind, name};
use crate::markup::{Element, Text, svg};
use crate::shown::scene::{Chef, Scene};
use pose::{Arm, DROOPY, PERKY};

/// Where the chef stands: between rack and stove, feet on the floor.
const FEET: (f64, f64) = (127.0, 212.0);

/// How long a cut with the knife takes.
const CHOP: f64 = 340.0;

/// A head larger than life, so that its face can be read.
const HEAD: f64 = 1.16;

/// Where everything of the chef is that is so far lower than when standing.
fn stand(pose: &Pose, sink: f64) -> Element {
    group(Text::Owned(transform(&[
        ("translate", &[FEET.0 + pose.step, FEET.1]),
        ("rotate", &[pose.lean]),
        ("translate", &[0.0, sink]),
    ])))
}

/// All of the chef that is behind table and stove.
pub fn body(scene: &Scene, pose: &Pose) -> Element {
    let staring = matches!(scene.chef, Chef::Staring(_));
    let tap = if staring {
        wave(scene.at.ms(), 560.0)
    } else {
        0.0
    };
    let tap = transform(&[("rotate", &[-16.0 * tap, 5.0, 0.0])]);
    let mut legs = stand(pose, 0.0);
    draw_at(&mut legs, "k-shoe", "M4 0V-10H12Q22-10 23-4V0Z", tap);
    draw_all(&mut legs, LEGS);
    let mut trunk = stand(pose, pose.sink);
    draw_all(&mut trunk, TRUNK);
    put(&mut trunk, head(pose));
    let mut chef = svg("g");
    put(&mut chef, legs);
    put(&mut chef, trunk);
    chef
}

fn head(pose: &Pose) -> Element {
    let at = transform(&[
        ("translate", &[pose.hang, -130.0 + pose.hang]),
        ("rotate", &[pose.nod, 0.0, 18.0]),
        ("scale", &[HEAD]),
    ]);
    let mut head = group(Text::Owned(at)).num("stroke-width", 2.0 / HEAD);
    draw_all(&mut head, SKULL);
    let (x, y) = pose.turn;
    let mut face = group(Text::Owned(translate(x, y)));
    let features = pose.face;
    draw(&mut face, "k-blush", CHEEKS);
    draw(&mut face, "k-eye", features.eyes);
    let gaze = translate((x / 4.0).clamp(-2.0, 2.0), (y / 2.0).clamp(-2.5, 2.5));
    let pupil = shown("k-pupil", !features.eyes.is_empty());
    draw_at(&mut face, pupil, PUPILS, gaze);
    draw(&mut face, "k-skin", features.lids);
    draw(&mut face, "k-feature", features.brows);
    draw(&mut face, "k-nose", "M-1 0Q6 1 5 5T-1 7");
    draw(&mut face, features.lips, features.mouth);
    put(&mut head, face);
    draw(
        &mut head,
        "k-white",
        if pose.perky { PERKY } else { DROOPY },
    );
    draw(&mut head, "k-white", "M-19-21Q0-16 19-21V-10Q0-5-19-10Z");
    head
}

/// The table in front of the chef, with what there is to chop.
pub fn table(scene: &Scene, pose: &Pose, names: &[&str]) -> Element {
    let mut table = group(Text::Owned(translate(FEET.0, FEET.1)));
    draw_all(&mut table, TABLE);
    // Who is at ease has put everything away.
    let work = match scene.chef {
        Chef::Working(task) => Some(task),
        _ => None,
    };
    if scene.chef != Chef::AtEase {
        draw_all(&mut table, GREENS);
    }
    let flying = phase(scene.at.ms(), CHOP);
    let flying = translate(4.0 * flying, -36.0 * flying * (1.0 - flying));
    let chops = work.is_some() || scene.chef == Chef::Chopping;
    let chips = shown("k-carrot", chops);
    draw_at(&mut table, chips, CHIPS, flying);
    let (x, y, tilt) = pose.knife;
    let knife = transform(&[("translate", &[x, y]), ("rotate", &[tilt])]);
    let mut knife = group(Text::Owned(knife));
    if scene.chef != Chef::AtEase {
        draw_all(&mut knife, KNIFE);
    }
    put(&mut table, knife);
    if let Some(task) = work {
        draw(&mut table, kind(task), ONION);
        label(&mut table, "k-label", (0.0, 14.5), name(names, task));
    }
    table
}

/// A chef at a table and nothing else, seen from the feet.
pub fn alone(scene: &Scene) -> Element {
    let pose = pose(scene, &Burners::of(0));
    let mut alone = group(Text::Owned(translate(-FEET.0, -FEET.1)));
    put(&mut alone, body(scene, &pose));
    put(&mut alone, table(scene, &pose, &[]));
    put(&mut alone, arms(&pose));
    alone
}

/// The arms, in front of everything, since they reach everywhere.
pub fn arms(pose: &Pose) -> Element {
    let mut arms = stand(pose, pose.sink);
    for Arm { sleeve, hand } in [&pose.back, &pose.front] {
        for class in ["k-sleeve-line", "k-sleeve"] {
            let sleeve = svg("path").class(class).attr("d", sleeve.clone());
            put(&mut arms, sleeve);
        }
        let at = translate(hand.0, hand.1);
        draw_at(&mut arms, "k-skin", HAND, at);
    }
    let (x, y) = pose.front.hand;
    draw_at(
        &mut arms,
        shown("k-teal", pose.has_cup),
        CUP,
        translate(x, y),
    );
    arms
}

const LEGS: Shapes = &[
    ("k-shoe", "M-21 0V-4Q-20-10-12-10H-4V0Z"),
    ("k-cloth", "M-19-62H19L17-6H4L1-44H-1L-4-6H-17Z"),
];
const TRUNK: Shapes = &[
    (
        "k-white",
        "M-12-113Q-26-111-27-96L-26-38Q0-32 26-38L27-96Q26-111 12-113Z",
    ),
    (
        "k-shade",
        "M14-112Q26-110 27-96L26-38Q18-36 10-35 20-70 14-112Z",
    ),
    ("k-seam", "M-24-66H24M-5-98V-72M5-98V-72"),
    (
        "k-red",
        "M-14-113Q0-106 14-113L12-104 3-101 7-90-1-93-3-101-12-104Z",
    ),
];
const SKULL: Shapes = &[
    ("k-skin", "M-18-2q-7-2-7 4t8 6ZM18-2q7-2 7 4t-8 6Z"),
    ("k-skin", "M-19-12V2C-19 14-10 21 0 21S19 14 19 2V-12Z"),
    ("k-hair", "M-19-12H19V-4Q16-4 15-10H-15Q-16-4-19-4Z"),
];
const CHEEKS: &str = "M-15 7a4 3 0 1 0 8 0a4 3 0 1 0-8 0ZM8 7a4 3 0 1 0 8 0a4 3 0 1 0-8 0Z";
const PUPILS: &str =
    "M-9-1a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0ZM4-1a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0Z";
const TABLE: Shapes = &[
    (
        "k-wood",
        "M-33-56H-25V0H-33ZM29-56H37V0H29ZM-39-62H41V-55H-39Z",
    ),
    ("k-board", "M-36-66H38V-62H-36Z"),
];
const GREENS: Shapes = &[
    ("k-carrot", "M-28-67Q-33-79-24-79L7-73Q13-70 7-67Z"),
    ("k-leaf", "M-27-74q-11 2-9-3-5-4 1-5 1-6 5-3 5 4 3 11Z"),
];
const ONION: &str = "M-30-67Q-37-84-18-86L-12-92-9-86Q9-84 2-67Z";
const CHIPS: &str = "M12-70a3 3 0 1 0 6 0a3 3 0 1 0-6 0ZM20-70a3 3 0 1 0 6 0a3 3 0 1 0-6 0ZM16-76a3 3 0 1 0 6 0a3 3 0 1 0-6 0Z";
const KNIFE: Shapes = &[
    ("k-blade", "M-5 5H-30Q-38 3-38-6H-5Z"),
    ("k-iron", "M-6-6H9Q11-2 8-2H-6Z"),
];
const HAND: &str = "M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0Z";
const CUP: &str = "M-9-13H6V-2Q6 4 0 4H-3Q-9 4-9-2ZM6-10h2q4 0 4 4t-4 4H6";
