//! What a kitchen looks like at time t. The picture is a pure function of the
//! recording and t, so live, replayed and exported are the same.
//!
//! This is the one place where the program becomes a kitchen: a task is a
//! dish, a call in flight a pot on a burner, and the one thread the chef.

use crate::asked::resource::Resource;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::timeline::{Status, Timeline};
use crate::run::event::EventKind;

/// How long the chef is seen setting a pot on.
const SETTING: Millis = Millis::new(220.0);

/// How long the chef is seen plating a dish that is done.
const PLATING: Millis = Millis::new(320.0);

/// What a kitchen looks like at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Since the run began.
    pub at: Millis,
    /// What the chef does.
    pub chef: Chef,
    /// Tasks whose turn has not come, in order: dishes on the counter.
    pub waiting: Vec<usize>,
    /// Calls in flight: pots on burners, by burner.
    pub stove: Vec<Pot>,
    /// Work that somebody's hands are on, the chef's or a worker's.
    pub in_hand: Vec<(Resource, usize)>,
    /// Ended well, in the order in which they did: plates on the pass.
    pub pass: Vec<Dish>,
    /// Failed, in the order in which they did: pots that boiled over.
    pub spilled: Vec<Dish>,
    /// Cancelled in flight: pots whose gas was turned off.
    pub taken_off: Vec<Dish>,
    /// Cancelled before they were sent: dishes that nobody wants any more.
    pub unmade: Vec<usize>,
    /// The task of the latest event, which lights up here, in its lane and in
    /// the log.
    pub lit: Option<usize>,
    /// How many burners the stove needs for the whole recording.
    pub burners: usize,
}

/// A call in flight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pot {
    /// The task.
    pub task: usize,
    /// The burner that it stands on, from 0.
    pub burner: usize,
    /// How long it has been on.
    pub age: Millis,
}

/// A task that has ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dish {
    /// The task.
    pub task: usize,
    /// The burner on which it was made.
    pub burner: usize,
    /// How long ago it ended.
    pub age: Millis,
}

/// What the chef does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chef {
    /// Stands ready; nothing has begun.
    Ready,
    /// Sets this burner's pot on.
    Setting(usize),
    /// Stares at this burner's pot, arms folded, until it boils.
    Staring(usize),
    /// Chops: work of the hands', while the pots look after themselves.
    Chopping,
    /// Plates the dish from this burner.
    Plating(usize),
    /// All served.
    Proud,
    /// All over, and something boiled over.
    Dismayed,
}

impl Scene {
    /// The scene at that time since the run began.
    #[must_use]
    pub fn at(timeline: &Timeline, at: Millis) -> Scene {
        let mut scene = Scene {
            at,
            chef: Chef::Ready,
            waiting: Vec::new(),
            stove: Vec::new(),
            in_hand: Vec::new(),
            pass: Vec::new(),
            spilled: Vec::new(),
            taken_off: Vec::new(),
            unmade: Vec::new(),
            lit: timeline.latest(at).map(|event| event.task),
            burners: timeline.peak_in_flight(timeline.last_at()),
        };
        let mut stove = vec![None; scene.burners];
        for (task, span) in timeline.spans().iter().enumerate() {
            match span.status(at) {
                // Who backs off waits at the counter again, and so does what
                // finds no burner free: the browser holds it back.
                Status::Queued | Status::BackingOff(_) | Status::Stalled(_) => {
                    scene.waiting.push(task);
                }
                Status::Holding(Resource::Connection, since, burner) => {
                    let age = at - since;
                    stove[burner] = Some(Pot { task, burner, age });
                }
                Status::Holding(whose, ..) => scene.in_hand.push((whose, task)),
                // Those come in the order in which they ended, below.
                Status::Ended(..) => {}
            }
        }
        scene.stove.extend(stove.into_iter().flatten());
        for event in timeline.events().iter().take_while(|event| event.at <= at) {
            let task = event.task;
            let span = &timeline.spans()[task];
            let dish = Dish {
                task,
                burner: span.burner(event.at).unwrap_or(0),
                age: at - event.at,
            };
            match event.kind {
                EventKind::Ended(Outcome::Ok) => scene.pass.push(dish),
                EventKind::Ended(Outcome::Failed(_)) => scene.spilled.push(dish),
                EventKind::Ended(Outcome::Cancelled) => {
                    let attempt = span.attempts.last();
                    // Between two attempts it was on the counter.
                    if attempt.and_then(|attempt| attempt.ended) == Some(event.at) {
                        scene.taken_off.push(dish);
                    } else {
                        scene.unmade.push(task);
                    }
                }
                _ => {}
            }
        }
        scene.chef = scene.pose(timeline.peak_in_flight(at) > 1);
        scene
    }

    /// What the hands do. Whether a chef stares or chops while the pots boil
    /// follows from what has been seen so far: who has never had two pots on
    /// is one who waits.
    fn pose(&self, has_overlapped: bool) -> Chef {
        let fresh = self.pass.last().filter(|dish| dish.age < PLATING);
        let newest = self.stove.iter().min_by(|a, b| a.age.total_cmp(&b.age));
        let is_busy = |(whose, _): &(Resource, usize)| *whose == Resource::Hands;
        match (newest, fresh) {
            _ if self.in_hand.iter().any(is_busy) => Chef::Chopping,
            (None, _) if !self.waiting.is_empty() => Chef::Ready,
            (_, Some(dish)) => Chef::Plating(dish.burner),
            (Some(pot), None) if pot.age < SETTING => Chef::Setting(pot.burner),
            (Some(_), None) if has_overlapped => Chef::Chopping,
            (Some(pot), None) => Chef::Staring(pot.burner),
            (None, None) if self.spilled.is_empty() || self.has_won() => Chef::Proud,
            (None, None) => Chef::Dismayed,
        }
    }

    /// Whether a dish was served that made the others needless: it came last,
    /// and what was on the stove then was taken off.
    fn has_won(&self) -> bool {
        let newest = |dishes: &[Dish]| dishes.last().map(|dish| dish.age);
        let is_over = !self.taken_off.is_empty() || !self.unmade.is_empty();
        let (served, spilled) = (newest(&self.pass), newest(&self.spilled));
        is_over && served.is_some() && served < spilled
    }
}
