//! A program's calls, and the times in which it slept as if it had called: a
//! kitchen's pots.

use crate::asked::exercise::{Exercise, Job};
use crate::asked::language::Language;
use crate::asked::resource::Resource;
use crate::asked::scenario::{Behaviour, MAX_TASKS, Scenario, Target, Task, Work};
use crate::decimal::short;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::outside::legible;
use crate::recorded::provenance::{Origin, Source};
use crate::recorded::recording::Recording;
use crate::recorded::timeline::Timeline;
use crate::run::event::{Event, EventKind};
use crate::text::concat;

/// The longest name that a lane gets, in characters.
const NAME: usize = 40;

/// The most calls that are compared with theory: a schedule of more takes longer to
/// find than anybody looks at it.
const MOST_IN_THEORY: usize = 200;

/// What the kitchen is called in which they were made.
const TITLE: &str = "Your program";

/// The calls of a program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Calls(Vec<Called>);

/// A call, or a sleep.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    /// The number that the program gave it; a sleep has none.
    id: Option<u32>,
    /// What was called.
    pub name: String,
    /// By which thread, as the interpreter names them, and at which line.
    pub from: (String, Option<u32>),
    /// When it began.
    pub begun: Millis,
    /// When it was over, and how.
    pub ended: Option<(Millis, Outcome)>,
}

impl Called {
    /// How long it took, once it is over.
    #[must_use]
    pub fn takes(&self) -> Millis {
        (self.until() - self.begun).settled()
    }

    /// When it was over.
    #[must_use]
    pub fn until(&self) -> Millis {
        self.ended.map_or(self.begun, |(ended, _)| ended)
    }

    /// How it ended; what has not is cancelled.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let ended = self.ended.map(|(_, outcome)| outcome);
        ended.unwrap_or(Outcome::Cancelled)
    }

    /// Whether a service was asked.
    #[must_use]
    pub fn is_call(&self) -> bool {
        self.id.is_some()
    }
}

impl Calls {
    pub(super) fn all(&self) -> &[Called] {
        &self.0
    }

    /// The place of the call that is begun.
    pub(super) fn begin(
        &mut self,
        id: Option<u32>,
        name: &str,
        from: (&str, Option<u32>),
        at: Millis,
    ) -> usize {
        self.0.push(Called {
            id,
            name: legible(name, NAME),
            from: (from.0.into(), from.1),
            begun: at,
            ended: None,
        });
        self.0.len() - 1
    }

    pub(super) fn end(&mut self, id: u32, outcome: Outcome, at: Millis) {
        let mut calls = self.0.iter_mut();
        if let Some(call) = calls.find(|call| call.id == Some(id) && call.ended.is_none()) {
            call.ended = Some((at.max(call.begun), outcome));
        }
    }

    pub(super) fn wake(&mut self, place: usize, outcome: Outcome, at: Millis) {
        if let Some(call) = self.0.get_mut(place).filter(|call| call.ended.is_none()) {
            call.ended = Some((at.max(call.begun), outcome));
        }
    }

    /// Those that are not over are cancelled.
    pub(super) fn give_up(&mut self, at: Millis) {
        for call in &mut self.0 {
            if call.ended.is_none() {
                call.ended = Some((at.max(call.begun), Outcome::Cancelled));
            }
        }
    }

    /// How often one has begun or has ended.
    pub(super) fn steps(&self) -> usize {
        let ended = self.0.iter().filter(|call| call.ended.is_some()).count();
        self.0.len() + ended
    }

    /// In the order in which they began: what slept was told later.
    fn in_order(&self) -> Vec<&Called> {
        let mut calls: Vec<&Called> = Vec::new();
        for call in self.0.iter().take(MAX_TASKS) {
            let place = calls.partition_point(|other| other.begun <= call.begun);
            calls.insert(place, call);
        }
        calls
    }

    /// In a kitchen of their own that has been at work since `began` and goes on.
    pub(super) fn underway(&self, began: Millis, language: Language) -> Option<Recording> {
        let calls = self.in_order();
        let begun: Vec<Millis> = calls.iter().map(|call| call.begun).collect();
        let timeline = timeline(&calls, &begun)?;
        Recording::underway(
            scenario(&calls, language),
            (Origin::Program, TITLE.into(), timeline),
            began,
        )
    }

    /// In kitchens: as they were made, and what the same would take in turn and, with
    /// what the exercise says, at the best.
    pub(super) fn recording(&self, exercise: &Exercise, language: Language) -> Option<Recording> {
        let calls = self.in_order();
        let first = calls.first()?.begun;
        let scenario = scenario(&calls, language);
        let mut runs = Vec::new();
        let mut kitchen = |origin, title: &str, begun: &[Millis]| {
            runs.push((origin, title.to_owned(), timeline(&calls, begun)?));
            Some(())
        };
        let own: Vec<Millis> = calls.iter().map(|call| call.begun).collect();
        kitchen(Origin::Program, TITLE, &own)?;
        if (2..=MOST_IN_THEORY).contains(&calls.len()) {
            let mut turn = first;
            let mut in_turn = Vec::new();
            for call in &calls {
                in_turn.push(turn);
                turn = (turn + call.takes()).settled();
            }
            kitchen(Origin::Theory, "Theory: in turn", &in_turn)?;
            let jobs: Vec<Job<'_>> = (0..calls.len()).map(|place| job(&calls, place)).collect();
            let best = exercise.schedule(&jobs);
            let best: Vec<Millis> = best.into_iter().map(|at| (first + at).settled()).collect();
            let title = match exercise.name.is_empty() {
                true => "Theory: at once",
                false => "Theory: at best",
            };
            kitchen(Origin::Theory, title, &best)?;
        }
        Recording::from_others(scenario, Source::Program, runs).ok()
    }
}

/// What these calls are, all together.
fn scenario(calls: &[&Called], language: Language) -> Scenario {
    let mut scenario = Scenario::custom(tasks(calls));
    scenario.title = concat(&["Your own program, in ", language.title()]);
    scenario
}

/// A call as it is scheduled anew: one that had failed was tried again.
fn job<'a>(calls: &[&'a Called], place: usize) -> Job<'a> {
    let call = calls[place];
    let again = calls[..place].iter().rposition(|one| {
        let has_failed = matches!(one.outcome(), Outcome::Failed(_));
        has_failed && one.name == call.name && one.until() <= call.begun
    });
    Job {
        name: &call.name,
        takes: call.takes(),
        again,
    }
}

/// A task for each call: one that was made more than once has a number behind its
/// name.
fn tasks(calls: &[&Called]) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    for (place, call) in calls.iter().enumerate() {
        let before = calls[..place].iter().filter(|one| one.name == call.name);
        let mut name = call.name.clone();
        let mut number = before.count();
        // Others may be called so.
        while number > 0 && (name == call.name || tasks.iter().any(|task| task.name == name)) {
            number += 1;
            #[expect(clippy::cast_precision_loss, reason = "there are a thousand at most")]
            let digits = short(number as f64);
            name = [&*call.name, " (", &digits, ")"].concat();
            if tasks.iter().all(|task| task.name != name) {
                break;
            }
        }
        tasks.push(Task {
            name,
            start: Millis::ZERO,
            work: Work::Call(Target::Service(Behaviour {
                latency: call.takes(),
                jitter: Millis::ZERO,
                fault: None,
            })),
        });
    }
    tasks
}

/// The calls, each begun then, as long and with the same end as they were. What is
/// not over has no end.
fn timeline(calls: &[&Called], begun: &[Millis]) -> Option<Timeline> {
    let mut events: Vec<(Millis, u8, Event)> = Vec::new();
    for (task, (call, &from)) in calls.iter().zip(begun).enumerate() {
        let until = (from + call.takes()).settled();
        // What ends makes room for what begins at the same moment.
        let ends = if until > from { 0 } else { 2 };
        for (at, order, kind) in [
            (from, 1, EventKind::Queued),
            (from, 1, EventKind::Started(Resource::Connection)),
            (until, ends, EventKind::Ended(call.outcome())),
        ] {
            if matches!(kind, EventKind::Ended(_)) && call.ended.is_none() {
                continue;
            }
            let is_before = |other: &(Millis, u8, Event)| (other.0, other.1) <= (at, order);
            let place = events.partition_point(is_before);
            events.insert(place, (at, order, Event { at, task, kind }));
        }
    }
    let mut timeline = Timeline::new(calls.len());
    for (_, _, event) in events {
        timeline.record(event).ok()?;
    }
    Some(timeline)
}
