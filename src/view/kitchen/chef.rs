//! The chef, whose posture alone has to tell who waits from who works: arms
//! folded and hat drooping, or knife going and hat up.

mod pose;

pub use pose::pose;

use super::draw::{group, path, phase, rotate, shown, translate, wave};
use crate::decimal::short;
use crate::kitchen::{Chef, Scene};
use crate::markup::{Element, svg};
use pose::{Arm, Pose};

/// Where the chef stands: between rack and stove, feet on the floor.
const FEET: (f64, f64) = (127.0, 212.0);

/// How long a cut with the knife takes.
const CHOP: f64 = 340.0;

/// How long the hand of the clock takes to go round.
const TURN: f64 = 1200.0;

fn stand(pose: &Pose) -> String {
    format!(
        "translate({} {}) rotate({})",
        short(FEET.0 + pose.step),
        short(FEET.1),
        short(pose.lean)
    )
}

/// All of the chef that is behind table and stove.
pub fn body(scene: &Scene, pose: &Pose) -> Element {
    let ms = scene.at.ms();
    let staring = matches!(scene.chef, Chef::Staring(_));
    let tap = if staring {
        -16.0 * wave(ms, 560.0)
    } else {
        0.0
    };
    svg("g")
        .child(
            group(stand(pose))
                .child(path("k-cloth", "M-19-62H19L17-6H4L1-44H-1L-4-6H-17Z"))
                .child(path("k-shoe", "M-21 0V-4Q-20-10-12-10H-4V0Z"))
                .child(
                    path("k-shoe", "M4 0V-10H12Q22-10 23-4V0Z")
                        .attr("transform", rotate(tap, 5.0, 0.0)),
                )
                .child(path(
                    "k-white",
                    "M-12-113Q-26-111-27-96L-26-38Q0-32 26-38L27-96Q26-111 12-113Z",
                ))
                .child(path(
                    "k-shade",
                    "M14-112Q26-110 27-96L26-38Q18-36 10-35 20-70 14-112Z",
                ))
                .child(path("k-seam", "M-24-66H24M-5-98V-72M5-98V-72"))
                .child(path(
                    "k-red",
                    "M-14-113Q0-106 14-113L12-104 3-101 7-90-1-93-3-101-12-104Z",
                ))
                .child(head(pose)),
        )
        .child(thought(scene))
}

fn head(pose: &Pose) -> Element {
    let face = &pose.face;
    let (x, y) = pose.turn;
    let gaze = translate((x / 4.0).clamp(-2.0, 2.0), (y / 2.0).clamp(-2.5, 2.5));
    let nod = rotate(pose.nod, 0.0, 18.0);
    // A head larger than life, so that its face can be read; its lines are
    // thinner by as much.
    group(format!("translate(0-130) {nod} scale(1.16)"))
        .attr("stroke-width", "1.72")
        .child(path("k-skin", "M-18-2q-7-2-7 4t8 6ZM18-2q7-2 7 4t-8 6Z"))
        .child(path(
            "k-skin",
            "M-19-12V2C-19 14-10 21 0 21S19 14 19 2V-12Z",
        ))
        .child(path("k-hair", "M-19-12H19V-4Q16-4 15-10H-15Q-16-4-19-4Z"))
        .child(
            group(translate(x, y))
                .child(path("k-blush", CHEEKS))
                .child(path("k-eye", face.eyes))
                .child(
                    path(shown("k-pupil", !face.eyes.is_empty()), PUPILS).attr("transform", gaze),
                )
                .child(path("k-skin", face.lids))
                .child(path("k-feature", face.brows))
                .child(path("k-nose", "M-1 0Q6 1 5 5T-1 7"))
                .child(path(
                    if face.open { "k-mouth" } else { "k-feature" },
                    face.mouth,
                )),
        )
        .child(path(
            "k-white",
            if pose.perky {
                pose::PERKY
            } else {
                pose::DROOPY
            },
        ))
        .child(path("k-white", "M-19-21Q0-16 19-21V-10Q0-5-19-10Z"))
}

/// A thought of time going by.
fn thought(scene: &Scene) -> Element {
    let thought = group("translate(66 28)");
    if !matches!(scene.chef, Chef::Staring(_)) {
        return thought;
    }
    let turned = phase(scene.at.ms(), TURN);
    thought
        .child(path(
            "k-white",
            "M21 10a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0ZM-19 0a19 19 0 1 0 38 0a19 19 0 1 0-38 0Z",
        ))
        .child(
            // Half as wide as its line is thick, a circle is a pie, and its
            // dash a slice.
            svg("circle")
                .class("k-pie")
                .attr("r", "7")
                .attr("pathLength", "100")
                .attr("transform", "rotate(-90)")
                .attr("stroke-dasharray", format!("{} 100", short(100.0 * turned))),
        )
        .child(path(
            "k-line",
            "M-14 0a14 14 0 1 0 28 0a14 14 0 1 0-28 0ZM0-14v2M14 0h-2M0 14v-2M-14 0h2",
        ))
        .child(path("k-line", "M0 0V-10").attr("transform", rotate(360.0 * turned, 0.0, 0.0)))
}

/// The table in front of the chef, with what there is to chop.
pub fn table(scene: &Scene, pose: &Pose) -> Element {
    let flying = phase(scene.at.ms(), CHOP);
    let chips = path(shown("k-flame", scene.chef == Chef::Chopping), CHIPS);
    group(translate(FEET.0, FEET.1))
        .child(path(
            "k-wood",
            "M-33-56H-25V0H-33ZM29-56H37V0H29ZM-39-62H41V-55H-39Z",
        ))
        .child(path("k-board", "M-36-66H38V-62H-36Z"))
        .child(path("k-carrot", "M-28-67Q-33-79-24-79L7-73Q13-70 7-67Z"))
        .child(path(
            "k-leaf",
            "M-27-74q-11 2-9-3-5-4 1-5 1-6 5-3 5 4 3 11Z",
        ))
        .child(chips.attr(
            "transform",
            translate(4.0 * flying, -36.0 * flying * (1.0 - flying)),
        ))
        .child(
            group(pose.knife.clone())
                .child(path("k-blade", "M-5 5H-30Q-38 3-38-6H-5Z"))
                .child(path("k-iron", "M-6-6H9Q11-2 8-2H-6Z")),
        )
}

const CHEEKS: &str = "M-15 7a4 3 0 1 0 8 0a4 3 0 1 0-8 0ZM8 7a4 3 0 1 0 8 0a4 3 0 1 0-8 0Z";
const PUPILS: &str =
    "M-9-1a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0ZM4-1a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0Z";
const CHIPS: &str = "M12-70a3 3 0 1 0 6 0a3 3 0 1 0-6 0ZM20-70a3 3 0 1 0 6 0a3 3 0 1 0-6 0ZM16-76a3 3 0 1 0 6 0a3 3 0 1 0-6 0Z";

/// The arms, in front of everything, since they reach everywhere.
pub fn arms(pose: &Pose) -> Element {
    let stand = group(stand(pose));
    [&pose.back, &pose.front]
        .into_iter()
        .fold(stand, |stand, arm| {
            stand
                .child(path("k-sleeve-line", arm.sleeve.clone()))
                .child(path("k-sleeve", arm.sleeve.clone()))
                .child(hand(arm))
        })
}

fn hand(arm: &Arm) -> Element {
    let (x, y) = arm.hand;
    path(
        "k-skin",
        if arm.thumb {
            "M-8-5Q-6-7-3-8L-3-15Q4-18 4-8H8Q11-6 9-4T9 0 8 4Q7 8 1 8H-6Q-9 2-8-5ZM3-4H9M3 0H9M3 4H8"
        } else {
            "M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0Z"
        },
    )
    .attr("transform", translate(x, y))
}
