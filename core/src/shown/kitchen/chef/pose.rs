//! The chef's postures: what each of them does with body, face and arms.

use super::{CHOP, FEET};
use crate::markup::Text;
use crate::shown::kitchen::burners::Burners;
use crate::shown::kitchen::draw::{list, wave};
use crate::shown::kitchen::stove;
use crate::shown::scene::{Chef, Scene};

/// A posture, seen from the feet.
pub struct Pose {
    /// How far nearer to the stove.
    pub step: f64,
    /// Of the whole body, in degrees.
    pub lean: f64,
    /// How far lower the trunk is, knees bent.
    pub sink: f64,
    /// How far the head hangs, forward and down.
    pub hang: f64,
    /// Of the head, in degrees.
    pub nod: f64,
    /// Where the face is turned.
    pub turn: (f64, f64),
    pub face: &'static Face,
    /// Whether the hat stands.
    pub perky: bool,
    pub back: Arm,
    pub front: Arm,
    /// Whether there is a cup in the front hand.
    pub has_cup: bool,
    /// Where the knife is, and its tilt in degrees.
    pub knife: (f64, f64, f64),
}

/// From shoulder to wrist, and the hand.
pub struct Arm {
    pub sleeve: Text,
    pub hand: (f64, f64),
}

/// A face; which lines are empty depends on the expression.
pub struct Face {
    pub eyes: &'static str,
    pub lids: &'static str,
    pub brows: &'static str,
    pub mouth: &'static str,
    pub lips: &'static str,
}

const EYES: &str =
    "M-11-1a4.5 5.5 0 1 0 9 0a4.5 5.5 0 1 0-9 0ZM2-1a4.5 5.5 0 1 0 9 0a4.5 5.5 0 1 0-9 0Z";

const CALM: &Face = &Face {
    eyes: EYES,
    lids: "",
    brows: "M-12-10q5-3 9 0M3-10q4-3 9 0",
    mouth: "M-4 11q4 3 9 0",
    lips: "k-feature",
};
const BORED: &Face = &Face {
    eyes: EYES,
    lids: "M-12-1Q-12-8-6.5-8T-1-1ZM1-1Q1-8 6.5-8T12-1Z",
    brows: "M-12-9H-3M3-9H12",
    mouth: "M-3 13q4-3 8-1",
    lips: "k-feature",
};
const BUSY: &Face = &Face {
    eyes: EYES,
    lids: "",
    brows: "M-12-11q5-4 9-1M3-12q4-3 9 1",
    mouth: "M-7 8Q1 19 9 8",
    lips: "k-feature",
};
const HAPPY: &Face = &Face {
    eyes: "",
    lids: "",
    brows: "M-11 0q4.5-7 9 0M2 0q4.5-7 9 0",
    mouth: "M-8 7H9Q8 17 0 17T-8 7Z",
    lips: "k-mouth",
};
const WORRIED: &Face = &Face {
    eyes: EYES,
    lids: "",
    brows: "M-12-9-4-12M4-12 12-9",
    mouth: "M-3 13q4-2 8-1",
    lips: "k-feature",
};
const TIRED: &Face = &Face {
    eyes: EYES,
    lids: "M-12 0Q-12-8-6.5-8T-1 0ZM1 0Q1-8 6.5-8T12 0Z",
    brows: "M-13-8-4-13M4-13 13-8",
    mouth: "M-4 15q4-5 9-1",
    lips: "k-feature",
};
const SHOCKED: &Face = &Face {
    eyes: EYES,
    lids: "",
    brows: "M-13-10q4-5 9-5M4-15q5 0 9 5",
    mouth: "M-4 14Q-4 9 0 9T5 14 0 18-4 14Z",
    lips: "k-mouth",
};

pub const PERKY: &str = "M-17-17C-31-17-32-38-18-38-15-52 15-52 18-38 32-38 31-17 17-17Z";
pub const DROOPY: &str = "M-18-16C-28-4-44-10-42-22-42-35-24-38-14-36-2-44 20-38 18-16Z";

/// The posture that goes with what the chef does.
pub fn pose(scene: &Scene, burners: &Burners) -> Pose {
    let ms = scene.at.ms();
    let mut pose = Pose {
        step: 0.0,
        lean: 0.0,
        sink: 0.0,
        hang: 0.0,
        nod: 0.0,
        turn: (1.0, 1.0),
        face: CALM,
        perky: true,
        back: arm("M-20-97Q-31-82-25-66", -24.0, -65.0),
        front: arm("M20-97Q31-82 25-66", 24.0, -65.0),
        has_cup: false,
        knife: (26.0, -67.0, 0.0),
    };
    match scene.chef {
        Chef::Ready => {}
        Chef::Setting(burner) => {
            pose.front = pose.reach(stove::reach(scene, burners, burner));
            // Several at once: one with each hand.
            let mut pots = scene.stove.iter().filter(|pot| pot.is_being_set_on());
            if let Some(other) = pots.find(|pot| pot.burner != burner) {
                pose.back = pose.reach(stove::reach(scene, burners, other.burner));
            }
        }
        Chef::Plating => {
            // To the near end of the pass: past the face, and over no name.
            pose.turn = (4.0, -3.0);
            pose.face = BUSY;
            pose.front = arm("M20-97Q48-130 43-167", 43.0, -167.0);
        }
        Chef::Staring(burner) => {
            let (x, y) = stove::reach(scene, burners, burner);
            pose.step = 6.0;
            pose.lean = -2.0;
            pose.nod = 6.0;
            pose.turn = ((x - FEET.0) / 40.0 + 2.0, (y - 60.0) / 20.0);
            pose.face = BORED;
            pose.perky = false;
            let drumming = -71.0 - 2.0 * wave(ms, 420.0);
            pose.back = arm("M-20-97-28-75 6-80", 13.0, -82.0);
            pose.front = arm("M20-97 29-76-6-72", -13.0, drumming);
        }
        Chef::Watching => {
            pose.nod = -5.0;
            pose.turn = (5.0, -4.0);
            pose.face = WORRIED;
            pose.perky = false;
        }
        Chef::Chopping | Chef::Working(_) => {
            let up = wave(ms, CHOP);
            let y = -70.0 - 22.0 * up;
            pose.nod = 5.0 + 3.0 * up;
            pose.turn = (3.0, 4.0);
            pose.face = BUSY;
            pose.back = arm("M-20-97Q-38-84-26-75", -21.0, -74.0);
            pose.front = arm(sleeve("M20-97Q60-94 39 ", &[y]), 37.0, y);
            pose.knife = (37.0, y, 17.0 * up);
        }
        Chef::AtEase => {
            pose.step = 7.0;
            pose.lean = -4.0;
            pose.sink = 17.0;
            pose.nod = -3.0;
            pose.face = HAPPY;
            pose.back = arm("M-20-97-40-84-26-66", -23.0, -64.0);
            pose.front = arm("M20-97 36-78 17-84", 12.0, -86.0);
            pose.has_cup = true;
        }
        Chef::Spent => {
            pose.lean = 3.0;
            pose.sink = 14.0;
            pose.hang = 7.0;
            pose.nod = 14.0;
            pose.turn = (2.0, 5.0);
            pose.face = TIRED;
            pose.perky = false;
            pose.back = arm("M-19-94Q-34-80-32-54", -32.0, -46.0);
            pose.front = arm("M19-94Q36-80 35-54", 35.0, -46.0);
        }
        Chef::Dismayed => {
            pose.sink = 6.0;
            pose.turn = (0.0, 1.0);
            pose.face = SHOCKED;
            pose.perky = false;
            pose.back = arm("M-20-97-36-94-24-116", -22.0, -120.0);
            pose.front = arm("M20-97 36-94 24-116", 22.0, -120.0);
        }
    }
    // Nobody smiles while something has to be tried again.
    if !scene.again.is_empty() {
        pose.face = WORRIED;
    }
    pose
}

impl Pose {
    /// An arm that is stretched to that place of the picture, as far as it
    /// takes.
    fn reach(&mut self, (x, y): (f64, f64)) -> Arm {
        self.step = 10.0;
        self.face = BUSY;
        let (x, y) = (x - FEET.0 - self.step, y - FEET.1);
        self.turn = (4.0, if y < -130.0 { -3.0 } else { 3.0 });
        let bent = [x * 0.6, y.min(-98.0), x, y];
        arm(sleeve("M20-97Q", &bent), x, y)
    }
}

fn arm(sleeve: impl Into<Text>, x: f64, y: f64) -> Arm {
    Arm {
        sleeve: sleeve.into(),
        hand: (x, y),
    }
}

fn sleeve(from: &str, to: &[f64]) -> String {
    let mut sleeve = from.to_owned();
    list(&mut sleeve, to);
    sleeve
}
