//! The best that calls can come to: scheduled over as many places as there may be,
//! none before what it needs.

use super::Exercise;
use crate::millis::Millis;

/// A call that took so long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Job<'a> {
    /// The service's name.
    pub name: &'a str,
    /// How long it took.
    pub takes: Millis,
    /// The place of the one that had failed before it was tried again.
    pub again: Option<usize>,
}

impl Exercise {
    /// When each of these would begin at the best. With few places for many calls
    /// that is within 4/3 of the optimum (list scheduling, the longest first: Graham
    /// 1969).
    #[must_use]
    pub fn schedule(&self, jobs: &[Job<'_>]) -> Vec<Millis> {
        let places = self.limit.unwrap_or(jobs.len()).clamp(1, jobs.len().max(1));
        let mut free = vec![Millis::ZERO; places];
        let mut begun: Vec<Option<Millis>> = vec![None; jobs.len()];
        for _ in jobs {
            let mut next: Option<(usize, Millis)> = None;
            for (place, job) in jobs.iter().enumerate() {
                if begun[place].is_none()
                    && let Some(at) = self.ready(jobs, &begun, place)
                    && next.is_none_or(|(other, _)| jobs[other].takes < job.takes)
                {
                    next = Some((place, at));
                }
            }
            // What needs each other in a circle can never begin.
            let Some((place, ready)) = next else { break };
            let mut slot = 0;
            for (other, at) in free.iter().enumerate() {
                if *at < free[slot] {
                    slot = other;
                }
            }
            let from = free[slot].max(ready).settled();
            begun[place] = Some(from);
            free[slot] = (from + jobs[place].takes).settled();
        }
        begun.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// From when on it can begin; unknown before what it needs has begun.
    fn ready(&self, jobs: &[Job<'_>], begun: &[Option<Millis>], place: usize) -> Option<Millis> {
        let mut ready = Millis::ZERO;
        for (other, job) in jobs.iter().enumerate() {
            let is_needed = self
                .needs
                .iter()
                .any(|(later, first)| later == jobs[place].name && first == job.name);
            let is_again = jobs[place].again == Some(other);
            if is_needed || is_again {
                ready = ready.max(begun[other]? + job.takes);
            }
        }
        Some(ready)
    }

    /// How long its services take at the best, if each takes as long as `takes` says
    /// of its name, or else as long as it is made to.
    #[must_use]
    pub fn best(&self, takes: impl Fn(&str) -> Option<Millis>) -> Millis {
        let mut jobs = Vec::new();
        for task in &self.services {
            let usual = task.behaviour().map_or(Millis::ZERO, |known| known.latency);
            jobs.push(Job {
                name: &task.name,
                takes: takes(&task.name).unwrap_or(usual),
                again: None,
            });
        }
        let begun = self.schedule(&jobs);
        let ends = jobs.iter().zip(begun).map(|(job, begun)| begun + job.takes);
        ends.fold(Millis::ZERO, Millis::max)
    }
}
