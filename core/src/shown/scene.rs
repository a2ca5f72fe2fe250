//! What a kitchen looks like at time t. The picture is a pure function of the
//! run and t, so live, replayed and exported are the same.
//!
//! This is the one place where the program becomes a kitchen: a task is a
//! dish, a call in flight a pot on a burner, and the one thread the chef.

mod chef;

use crate::asked::resource::Resource;
use crate::asked::scenario::Task;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::recording::Run;
use crate::recorded::timeline::{Span, Status};
use crate::run::event::EventKind;

pub use chef::Chef;

/// How long the hands are seen setting a pot on, at the most.
const SETTING: Millis = Millis::new(220.0);

/// How long they are seen plating a dish that is done, at the most.
const PLATING: Millis = Millis::new(320.0);

/// The part of a call that a gesture lasts at the most: hands that are seen at
/// work for much of it would look as if calls were work.
const SHARE: f64 = 0.15;

/// How long a call is thought to take of which nothing is known.
const UNKNOWN: Millis = Millis::new(200.0);

/// The time and every age in a [settled](Scene::settled) scene: a pot has long
/// come to the boil by then, and the bell has long rung.
const STEADY: Millis = Millis::new(24_700.0);

/// What a kitchen looks like at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Since the run began.
    pub at: Millis,
    /// What the chef does.
    pub chef: Chef,
    /// What the chef does once no gesture is being made.
    pub lasting: Chef,
    /// Tasks whose turn has not come, in order: dishes on the counter.
    pub waiting: Vec<usize>,
    /// Those of them that wait to be tried again, with the number, from 1, that
    /// the attempt will have.
    pub again: Vec<(usize, usize)>,
    /// Calls in flight: pots on burners, by burner.
    pub stove: Vec<Pot>,
    /// The task that the chef's own hands are on.
    pub in_hand: Option<usize>,
    /// The workers, where there are any: each has a kitchen of its own.
    pub workers: Vec<Worker>,
    /// Ended, one way or the other, in the order in which they did: on the pass.
    pub pass: Vec<Dish>,
    /// Cancelled, before they were sent or in flight: dishes that nobody wants
    /// any more, back on the counter.
    pub unmade: Vec<usize>,
    /// The task of the latest event, which lights up here, in its lane and in
    /// the log.
    pub lit: Option<usize>,
    /// How many burners there are: as many as calls could be in flight.
    pub burners: usize,
    /// How often a call may be tried, where that is known.
    pub tries: Option<u32>,
    /// The page's heartbeat, where there is work that can stop it: when it drew
    /// last, since the run began.
    pub pulse: Option<Millis>,
    /// What the chef's way of working came to, once that is to be said.
    pub spare: Option<Spare>,
}

/// What is seen of a worker.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Worker {
    /// The task that it has.
    pub task: Option<usize>,
    /// What it does.
    pub does: Doing,
}

/// What a worker does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doing {
    /// It has not been there yet.
    #[default]
    Away,
    /// It has been sent a task and has not begun on it: it has to be started
    /// first, or to read its message.
    Opening,
    /// It waits for an answer, or to try again.
    Waiting,
    /// It works.
    Working,
    /// It has nothing to do.
    Resting,
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
    /// For how long of that it is being set on.
    pub setting: Millis,
    /// Which attempt it is, from 1.
    pub attempt: usize,
    /// Whether it is done and nobody has noticed.
    pub is_unnoticed: bool,
}

/// A task that has ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dish {
    /// The task.
    pub task: usize,
    /// Whether it ended well; if not, it is spoilt.
    pub is_good: bool,
    /// How long ago it ended.
    pub age: Millis,
    /// For how long of that it is being plated.
    pub plating: Millis,
}

/// The time that a kitchen has left over for other things, or has not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spare {
    /// It has been done for that long, and others are not yet.
    Counting(Millis),
    /// It was done that much sooner.
    Free(Millis),
    /// It threw that much away.
    Lost(Millis),
}

impl Scene {
    /// The scene of that run at that time since it began.
    #[must_use]
    pub fn at(run: &Run, at: Millis) -> Scene {
        let timeline = run.timeline();
        let mut scene = Scene {
            workers: vec![Worker::default(); run.workers()],
            lit: timeline.latest(at).map(|event| event.task),
            burners: run.page_burners(),
            tries: run.policy().map(|policy| policy.retries + 1),
            pulse: run.computes().then(|| run.last_frame(at)),
            ..Self::empty(at)
        };
        let mut stove = vec![None; scene.burners];
        for (task, span) in timeline.spans().iter().enumerate() {
            let status = span.status(at);
            let handed = span.handed.filter(|(handed, _)| *handed <= at);
            let worker = match (handed, status) {
                (Some((_, worker)), _) | (None, Status::Holding(Resource::Worker, _, worker)) => {
                    Some(worker)
                }
                _ => None,
            };
            if let Some(worker) = worker {
                if let Some(worker) = scene.workers.get_mut(worker) {
                    worker.take(task, status);
                }
                continue;
            }
            match status {
                // What finds no connection free waits at the counter: the
                // browser holds it back.
                Status::Queued | Status::Stalled(_) | Status::Answered(_) => {
                    scene.waiting.push(task);
                }
                Status::BackingOff(_) => {
                    scene.waiting.push(task);
                    scene.again.push((task, tried(span, at) + 1));
                }
                Status::Holding(Resource::Connection, since, burner) => {
                    stove[burner] = Some(Pot {
                        task,
                        burner,
                        age: at - since,
                        setting: setting(run, task),
                        attempt: tried(span, at),
                        is_unnoticed: span.is_unnoticed(at),
                    });
                }
                Status::Holding(..) => scene.in_hand = Some(task),
                // Those come in the order in which they ended, below; and who is
                // sent to a worker is there.
                Status::Ended(..) | Status::Opening(..) => {}
            }
        }
        scene.stove.extend(stove.into_iter().flatten());
        for event in timeline.events().iter().take_while(|event| event.at <= at) {
            let EventKind::Ended(outcome) = event.kind else {
                continue;
            };
            if outcome == Outcome::Cancelled {
                scene.unmade.push(event.task);
                continue;
            }
            let last = timeline.spans()[event.task].attempts.last();
            let took = last.map_or(Millis::ZERO, |last| event.at - last.departed());
            scene.pass.push(Dish {
                task: event.task,
                is_good: outcome == Outcome::Ok,
                age: at - event.at,
                plating: (took * SHARE).min(PLATING),
            });
        }
        scene.pose(run);
        scene
    }

    /// One at the same time in which there is nothing but a chef who does that.
    #[must_use]
    pub fn with_only(&self, does: Chef) -> Scene {
        Scene {
            chef: does,
            lasting: does,
            ..Self::empty(self.at)
        }
    }

    fn empty(at: Millis) -> Self {
        Self {
            at,
            chef: Chef::Ready,
            lasting: Chef::Ready,
            waiting: Vec::new(),
            again: Vec::new(),
            stove: Vec::new(),
            in_hand: None,
            workers: Vec::new(),
            pass: Vec::new(),
            unmade: Vec::new(),
            lit: None,
            burners: 0,
            tries: None,
            pulse: None,
            spare: None,
        }
    }

    /// With a sign that says what it came to.
    #[must_use]
    pub fn with_spare(mut self, spare: Option<Spare>) -> Self {
        self.spare = spare;
        self
    }

    /// The same with nothing in between, for whoever wants no motion: each pot
    /// has landed and boils, no hand makes a gesture, and nothing depends on
    /// the exact time. So it changes only when something happens.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.at = STEADY;
        self.chef = self.lasting;
        self.pulse = self.pulse.map(|_| Millis::ZERO);
        self.spare = self
            .spare
            .filter(|spare| !matches!(spare, Spare::Counting(_)));
        for pot in &mut self.stove {
            pot.age = STEADY;
        }
        for dish in &mut self.pass {
            dish.age = STEADY;
        }
        self
    }
}

impl Worker {
    /// Has this task, or had it.
    fn take(&mut self, task: usize, status: Status) {
        let does = match status {
            Status::Opening(..) => Doing::Opening,
            Status::Holding(Resource::Worker, ..) => Doing::Working,
            Status::Ended(..) if self.task.is_none() => Doing::Resting,
            Status::Ended(..) => return,
            _ => Doing::Waiting,
        };
        self.does = does;
        self.task = (does != Doing::Resting).then_some(task);
    }
}

impl Pot {
    /// Whether hands are on it still.
    #[must_use]
    pub fn is_being_set_on(&self) -> bool {
        self.age < self.setting
    }
}

/// How many attempts there have been by that time.
fn tried(span: &Span, at: Millis) -> usize {
    let attempts = span.attempts.iter();
    attempts.take_while(|attempt| attempt.started <= at).count()
}

/// How long setting a pot on takes, by how short the call may be expected to be.
fn setting(run: &Run, task: usize) -> Millis {
    let behaviour = run.tasks().get(task).and_then(Task::behaviour);
    let shortest = behaviour.map_or(UNKNOWN, |behaviour| behaviour.latency - behaviour.jitter);
    let timeout = run.policy().and_then(|policy| policy.timeout);
    let expected = timeout.map_or(shortest, |timeout| shortest.min(timeout));
    (expected * SHARE).min(SETTING)
}
