//! What happened: the recorded events of one run, and what can be asked of
//! them. Everything on the page that shows a run is drawn from a [`Timeline`]
//! at some time t; *live* is only t = now.

mod slots;

use std::fmt;

use crate::asked::resource::Resource;
use crate::millis::Millis;
use crate::outcome::{Failure, Outcome};
use crate::recorded::phases::Phases;
use crate::run::event::{Event, EventKind};
use slots::Slots;

/// A request is seen to be held back by the browser from that time on; every
/// one is for a moment.
const NOTICEABLE: Millis = Millis::new(20.0);

/// The recorded events of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    events: Vec<Event>,
    spans: Vec<Span>,
    /// How many of them have ended: asked with every event, of a thousand.
    over: usize,
    /// Of each kind of resource, which slots are taken; as many as ever were.
    slots: Slots,
}

/// When one task reached each of its stations; `None` where it has not yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// When it joined the queue.
    pub queued: Option<Millis>,
    /// When it was handed to a worker, and which place among those it took: the
    /// lowest that was free.
    pub handed: Option<(Millis, usize)>,
    /// Its attempts, in order; more than one only where it was retried.
    pub attempts: Vec<Attempt>,
    /// When it ended, and how.
    pub ended: Option<(Millis, Outcome)>,
}

/// One request of a task, or one go at its work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    /// When it was sent.
    pub started: Millis,
    /// When the headers of its answer arrived.
    pub first_byte: Option<Millis>,
    /// When it was over, as the program heard.
    pub ended: Option<Millis>,
    /// Whether it was a call that was answered well, with work to follow.
    pub was_answered: bool,
    /// What it held.
    pub holds: Resource,
    /// Which place of those for that it took: the lowest that was free when it
    /// left (a burner, in the kitchen).
    pub slot: usize,
    /// Into what its time went, where the browser told.
    pub phases: Option<Phases>,
    /// When the last of its answer was there, where the browser told.
    pub arrived: Option<Millis>,
}

/// What the browser tells of an attempt afterwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// The task.
    pub task: usize,
    /// Its attempt, from 0.
    pub attempt: usize,
    /// When the last of the answer was there.
    pub arrived: Millis,
    /// Into what its time went, if it went over a network.
    pub phases: Option<Phases>,
}

impl Attempt {
    /// When its answer was there, if that is known to have been before the program
    /// noticed it.
    #[must_use]
    pub fn answered(&self) -> Option<Millis> {
        let there = self.arrived?;
        let is_seen = self
            .ended
            .is_some_and(|noticed| noticed >= there + NOTICEABLE);
        is_seen.then_some(there)
    }

    /// When it was on its way: when the program sent it or, if the browser is
    /// known to have held it back for want of a connection, when it let it go.
    #[must_use]
    pub fn departed(&self) -> Millis {
        match self.phases {
            Some(phases) if phases.unstalled >= self.started + NOTICEABLE => phases.unstalled,
            _ => self.started,
        }
    }
}

/// What a task is doing at some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Status {
    /// Waiting for its turn.
    Queued,
    /// Sent by the program at that time, and held back by the browser.
    Stalled(Millis),
    /// In the hands of that worker since then, which has not begun on it: it has
    /// to be started, or to hear of it.
    Opening(Millis, usize),
    /// Answered, as the program has known since then; the work on it has not
    /// begun.
    Answered(Millis),
    /// Under way since then, with that resource, in that place: a call, in
    /// flight over its connection.
    Holding(Resource, Millis, usize),
    /// Waiting to be tried again since then.
    BackingOff(Millis),
    /// Over since then.
    Ended(Millis, Outcome),
}

/// An event that cannot follow those recorded before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Misordered(pub Event);

impl fmt::Display for Misordered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} came out of order", self.0)
    }
}

impl Timeline {
    /// An empty recording of that many tasks.
    #[must_use]
    pub fn new(tasks: usize) -> Self {
        Self {
            spans: vec![Span::default(); tasks],
            ..Self::default()
        }
    }

    /// Adds an event, unless it is earlier than the last or its task cannot
    /// do that now (start twice, end before it starts).
    pub fn record(&mut self, event: Event) -> Result<(), Misordered> {
        let refused = Err(Misordered(event));
        if self.events.last().is_some_and(|last| event.at < last.at) {
            return refused;
        }
        let Some(span) = self.spans.get_mut(event.task) else {
            return refused;
        };
        let is_over = span.ended.is_some();
        let open = span.attempts.last_mut();
        let open = open.filter(|attempt| attempt.ended.is_none());
        match (event.kind, open) {
            (EventKind::Queued, None) if span.queued.is_none() => span.queued = Some(event.at),
            (EventKind::Started(holds), None) if span.queued.is_some() && !is_over => {
                span.attempts.push(Attempt {
                    started: event.at,
                    first_byte: None,
                    ended: None,
                    was_answered: false,
                    holds,
                    slot: match span.handed {
                        Some((_, worker)) if holds == Resource::Worker => worker,
                        _ => self.slots.take(holds),
                    },
                    phases: None,
                    arrived: None,
                });
            }
            (EventKind::Handed, None)
                if span.queued.is_some() && span.handed.is_none() && !is_over =>
            {
                span.handed = Some((event.at, self.slots.take(Resource::Worker)));
            }
            (EventKind::FirstByte, Some(attempt)) if attempt.first_byte.is_none() => {
                attempt.first_byte = Some(event.at);
            }
            (EventKind::Retrying(_) | EventKind::Answered, Some(attempt)) => {
                attempt.ended = Some(event.at);
                attempt.was_answered = event.kind == EventKind::Answered;
                self.slots.give(attempt.holds, attempt.slot);
            }
            (EventKind::Ended(outcome), Some(attempt)) => {
                attempt.ended = Some(event.at);
                if attempt.holds != Resource::Worker || span.handed.is_none() {
                    self.slots.give(attempt.holds, attempt.slot);
                }
                span.ended = Some((event.at, outcome));
            }
            // Before it was sent, or between two attempts, it can only be
            // cancelled; but a worker may fail it.
            (EventKind::Ended(outcome), None)
                if span.queued.is_some()
                    && !is_over
                    && (outcome == Outcome::Cancelled || span.handed.is_some()) =>
            {
                span.ended = Some((event.at, outcome));
            }
            _ => return refused,
        }
        if let (EventKind::Ended(_), Some((_, worker))) = (event.kind, span.handed) {
            self.slots.give(Resource::Worker, worker);
        }
        self.over += usize::from(matches!(event.kind, EventKind::Ended(_)));
        self.events.push(event);
        Ok(())
    }

    /// The same events with what is told of the attempts laid over them: one that left later than was thought may have another
    /// place. Who tells sees what has been laid over so far.
    #[must_use]
    pub fn with_phases(&self, mut tell: impl FnMut(&Self) -> Option<Told>) -> Self {
        let mut timeline = self.clone();
        while let Some(told) = tell(&timeline) {
            let span = timeline.spans.get_mut(told.task);
            if let Some(attempt) = span.and_then(|span| span.attempts.get_mut(told.attempt)) {
                attempt.phases = told.phases;
                attempt.arrived = Some(told.arrived);
            }
        }
        timeline.settle_slots();
        timeline
    }

    /// Notes why attempts of a task were not answered; when is as it was.
    #[inline(never)]
    pub(super) fn explain(&mut self, task: usize, why: Failure) {
        let unknown = Outcome::Failed(Failure::Network);
        let outcome = Outcome::Failed(why);
        for event in &mut self.events {
            if event.task != task {
                continue;
            }
            if event.kind == EventKind::Retrying(Failure::Network) {
                event.kind = EventKind::Retrying(why);
            }
            if event.kind == EventKind::Ended(unknown) {
                event.kind = EventKind::Ended(outcome);
                self.spans[task].ended = Some((event.at, outcome));
            }
        }
    }

    /// Notes when the answer of an attempt was there, whenever it was noticed.
    pub(super) fn arrive(&mut self, task: usize, attempt: usize, at: Millis) {
        let span = self.spans.get_mut(task);
        if let Some(attempt) = span.and_then(|span| span.attempts.get_mut(attempt)) {
            attempt.arrived = Some(at);
        }
    }

    /// Every event, in order.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// A span for each task, in the scenario's order.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// How each task ended, in the scenario's order, so far as it has.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome> {
        let ended = self.spans.iter().filter_map(|span| span.ended);
        ended.map(|(_, outcome)| outcome)
    }

    /// Whether every task has ended.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.over == self.spans.len()
    }

    /// When the last event was; zero before the first.
    #[must_use]
    pub fn last_at(&self) -> Millis {
        self.events.last().map_or(Millis::ZERO, |event| event.at)
    }

    /// The total: from the beginning of the run to the end of its last task;
    /// `None` until that has come.
    #[must_use]
    pub fn makespan(&self) -> Option<Millis> {
        // Nothing happens after that.
        self.is_finished().then(|| self.last_at())
    }

    /// How long the calls were in flight, added up over all of them.
    #[must_use]
    pub fn time_in_flight(&self) -> Millis {
        self.spans.iter().filter_map(Span::duration).sum()
    }

    /// The longest that one call took: no way of running these calls to their
    /// ends could have been quicker than that.
    #[must_use]
    pub fn longest(&self) -> Millis {
        self.spans
            .iter()
            .filter_map(Span::duration)
            .fold(Millis::ZERO, Millis::max)
    }

    /// The time thrown away by waiting for one call while others could have
    /// been in flight too: the makespan less the [longest](Self::longest), if
    /// none had to wait for a time of its own.
    #[must_use]
    pub fn wasted_waiting(&self) -> Option<Millis> {
        Some((self.makespan()? - self.longest()).max(Millis::ZERO))
    }

    /// The chain of tasks that decided the makespan, first to last: each
    /// started because the one before it had ended, if none had to wait for a
    /// time of its own, and the last ended last.
    #[must_use]
    pub fn critical_path(&self) -> Vec<usize> {
        let mut path = Vec::new();
        let mut ended = self.events.iter().rev();
        // From the end of the recording: a task's end, then the end that came
        // last before its start, and so on, until a start that waited for none.
        let has_ended = |event: &&Event| {
            matches!(
                event.kind,
                EventKind::Ended(Outcome::Ok | Outcome::Failed(_))
            )
        };
        while let Some(end) = ended.find(has_ended) {
            path.push(end.task);
            // Its first start: between its attempts it kept its place.
            let attempts = self.spans[end.task].attempts.len();
            let starts = |event: &&Event| {
                event.task == end.task && matches!(event.kind, EventKind::Started(_))
            };
            ended
                .by_ref()
                .filter(starts)
                .nth(attempts.saturating_sub(1));
        }
        path.reverse();
        path
    }

    /// What a task was doing at that time.
    #[must_use]
    pub fn status(&self, task: usize, at: Millis) -> Status {
        self.spans
            .get(task)
            .map_or(Status::Queued, |span| span.status(at))
    }

    /// How many events there had been by that time.
    #[must_use]
    pub fn seen(&self, at: Millis) -> usize {
        self.events.partition_point(|event| event.at <= at)
    }

    /// The latest event at that time.
    #[must_use]
    pub fn latest(&self, at: Millis) -> Option<&Event> {
        self.events.get(self.seen(at).checked_sub(1)?)
    }

    /// The most calls that had been in flight together by that time.
    #[must_use]
    pub fn peak_in_flight(&self, at: Millis) -> usize {
        self.peak(Resource::Connection, at)
    }

    /// The most of a resource that had been held together by that time.
    #[must_use]
    pub fn peak(&self, holds: Resource, at: Millis) -> usize {
        // Slots are handed out lowest first, so the highest one ever taken
        // tells how many were taken at once.
        let mut most = 0;
        for span in &self.spans {
            for attempt in &span.attempts {
                if attempt.holds == holds && attempt.departed() <= at {
                    most = most.max(attempt.slot + 1);
                }
            }
        }
        most
    }
}

impl Span {
    /// When its first request was sent.
    #[must_use]
    pub fn started(&self) -> Option<Millis> {
        self.attempts.first().map(|attempt| attempt.started)
    }

    /// Its attempts that were calls.
    pub fn calls(&self) -> impl Iterator<Item = &Attempt> {
        let attempts = self.attempts.iter();
        attempts.filter(|attempt| attempt.holds == Resource::Connection)
    }

    /// Why it failed, if it has.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        match self.ended {
            Some((_, Outcome::Failed(failure))) => Some(failure),
            _ => None,
        }
    }

    /// Whether it brought a good answer.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self.ended, Some((_, Outcome::Ok)))
    }

    /// How long it took from its first request to its end; `None` before that,
    /// and if it was cancelled before it was sent.
    #[must_use]
    pub fn duration(&self) -> Option<Millis> {
        Some(self.ended?.0 - self.started()?)
    }

    /// What the task was doing at that time.
    #[must_use]
    pub fn status(&self, at: Millis) -> Status {
        if let Some((end, outcome)) = self.ended.filter(|(end, _)| *end <= at) {
            return Status::Ended(end, outcome);
        }
        let begun = |attempt: &&Attempt| attempt.started <= at;
        match self.attempts.iter().rev().find(begun) {
            None => match self.handed.filter(|(handed, _)| *handed <= at) {
                Some((handed, worker)) => Status::Opening(handed, worker),
                None => Status::Queued,
            },
            Some(attempt) => match attempt.ended.filter(|end| *end <= at) {
                Some(end) if attempt.was_answered => Status::Answered(end),
                Some(end) => Status::BackingOff(end),
                None if attempt.departed() > at => Status::Stalled(attempt.started),
                None => Status::Holding(attempt.holds, attempt.departed(), attempt.slot),
            },
        }
    }

    /// Whether its call was answered by that time and that was noticed later.
    #[must_use]
    pub fn is_unnoticed(&self, at: Millis) -> bool {
        let begun = self.attempts.iter().rev().find(|one| one.started <= at);
        let answered = begun.and_then(Attempt::answered);
        answered.is_some_and(|answered| answered <= at)
    }

    /// The place of its latest call by that time (a burner, in the kitchen).
    #[must_use]
    pub fn burner(&self, at: Millis) -> Option<usize> {
        let attempts = self.attempts.iter().rev();
        let mut begun =
            attempts.filter(|one| one.holds == Resource::Connection && one.started <= at);
        begun.next().map(|attempt| attempt.slot)
    }
}
