//! The chef's postures: what each of them does with body, face and arms.

use std::borrow::Cow;

use super::{CHOP, FEET};
use crate::decimal::short;
use crate::kitchen::{Chef, Scene};
use crate::markup::Text;
use crate::view::kitchen::draw::wave;
use crate::view::kitchen::pass::{self, Ended};
use crate::view::kitchen::stove;

/// A posture, seen from the feet.
pub struct Pose {
    /// How far nearer to the stove.
    pub step: f64,
    /// Of the whole body, in degrees.
    pub lean: f64,
    /// Of the head, in degrees.
    pub nod: f64,
    /// Where the face is turned.
    pub turn: (f64, f64),
    pub face: Face,
    /// Whether the hat stands.
    pub perky: bool,
    pub back: Arm,
    pub front: Arm,
    /// Where the knife is.
    pub knife: Text,
}

/// From shoulder to wrist, and the hand.
pub struct Arm {
    pub sleeve: Text,
    pub hand: (f64, f64),
    /// Whether its thumb is up.
    pub thumb: bool,
}

/// A face; which lines are empty depends on the expression.
pub struct Face {
    pub eyes: &'static str,
    pub lids: &'static str,
    pub brows: &'static str,
    pub mouth: &'static str,
    /// Whether the mouth is open.
    pub open: bool,
}

const EYES: &str =
    "M-11-1a4.5 5.5 0 1 0 9 0a4.5 5.5 0 1 0-9 0ZM2-1a4.5 5.5 0 1 0 9 0a4.5 5.5 0 1 0-9 0Z";

const CALM: Face = Face {
    eyes: EYES,
    lids: "",
    brows: "M-12-10q5-3 9 0M3-10q4-3 9 0",
    mouth: "M-4 11q4 3 9 0",
    open: false,
};
const BORED: Face = Face {
    eyes: EYES,
    lids: "M-12-1Q-12-8-6.5-8T-1-1ZM1-1Q1-8 6.5-8T12-1Z",
    brows: "M-12-9H-3M3-9H12",
    mouth: "M-3 13q4-3 8-1",
    open: false,
};
const BUSY: Face = Face {
    eyes: EYES,
    lids: "",
    brows: "M-12-11q5-4 9-1M3-12q4-3 9 1",
    mouth: "M-7 8Q1 19 9 8",
    open: false,
};
const HAPPY: Face = Face {
    eyes: "",
    lids: "",
    brows: "M-11 0q4.5-7 9 0M2 0q4.5-7 9 0",
    mouth: "M-8 7H9Q8 17 0 17T-8 7Z",
    open: true,
};
const SHOCKED: Face = Face {
    eyes: EYES,
    lids: "",
    brows: "M-13-10q4-5 9-5M4-15q5 0 9 5",
    mouth: "M-4 14Q-4 9 0 9T5 14 0 18-4 14Z",
    open: true,
};

pub const PERKY: &str = "M-17-17C-31-17-32-38-18-38-15-52 15-52 18-38 32-38 31-17 17-17Z";
pub const DROOPY: &str = "M-18-16C-28-4-44-10-42-22-42-35-24-38-14-36-2-44 20-38 18-16Z";

fn arm(sleeve: impl Into<Text>, x: f64, y: f64) -> Arm {
    Arm {
        sleeve: sleeve.into(),
        hand: (x, y),
        thumb: false,
    }
}

/// The posture that goes with what the chef does.
pub fn pose(scene: &Scene, ended: &[Ended]) -> Pose {
    let ms = scene.at.ms();
    let idle = Pose {
        step: 0.0,
        lean: 0.0,
        nod: 0.0,
        turn: (1.0, 1.0),
        face: CALM,
        perky: true,
        back: arm("M-20-97Q-31-82-25-66", -24.0, -65.0),
        front: arm("M20-97Q31-82 25-66", 24.0, -65.0),
        knife: Cow::Borrowed("translate(26-67)"),
    };
    match scene.chef {
        Chef::Ready => idle,
        Chef::Staring(burner) => {
            let (x, y) = stove::reach(scene, burner);
            Pose {
                step: 6.0,
                lean: -2.0,
                nod: 6.0,
                turn: ((x - FEET.0) / 40.0 + 2.0, (y - 60.0) / 20.0),
                face: BORED,
                perky: false,
                back: arm("M-20-97-28-75 6-80", 13.0, -82.0),
                front: arm("M20-97 29-76-6-72", -13.0, -71.0 - 2.0 * wave(ms, 420.0)),
                ..idle
            }
        }
        Chef::Chopping => {
            let up = wave(ms, CHOP);
            let y = -70.0 - 22.0 * up;
            Pose {
                nod: 5.0 + 3.0 * up,
                turn: (3.0, 4.0),
                face: BUSY,
                back: arm("M-20-97Q-38-84-26-75", -21.0, -74.0),
                front: arm(format!("M20-97Q60-94 39 {}", short(y)), 37.0, y),
                knife: Cow::Owned(format!(
                    "translate(37 {}) rotate({})",
                    short(y),
                    short(17.0 * up)
                )),
                ..idle
            }
        }
        Chef::Setting(burner) => {
            let (x, y) = stove::reach(scene, burner);
            reaching(idle, x, y)
        }
        Chef::Plating(_) => match pass::newest(scene, ended) {
            Some((x, y)) => reaching(idle, x - 20.0, y + 2.0),
            None => idle,
        },
        Chef::Proud => Pose {
            nod: -4.0,
            face: HAPPY,
            back: arm("M-20-97-37-82-22-67", -21.0, -66.0),
            front: Arm {
                thumb: true,
                ..arm("M20-97 37-84 39-104", 39.0, -109.0)
            },
            ..idle
        },
        Chef::Dismayed => Pose {
            turn: (0.0, 1.0),
            face: SHOCKED,
            perky: false,
            back: arm("M-20-97-36-94-24-116", -22.0, -120.0),
            front: arm("M20-97 36-94 24-116", 22.0, -120.0),
            ..idle
        },
    }
}

/// An arm as long as it takes.
fn reaching(idle: Pose, x: f64, y: f64) -> Pose {
    let step = 10.0;
    let (x, y) = (x - FEET.0 - step, y - FEET.1);
    Pose {
        step,
        turn: (4.0, if y < -130.0 { -3.0 } else { 3.0 }),
        face: BUSY,
        front: arm(
            format!(
                "M20-97Q{} {} {} {}",
                short(x * 0.6),
                short(y.min(-98.0)),
                short(x),
                short(y)
            ),
            x,
            y,
        ),
        ..idle
    }
}
