//! What more workers bring: the total of a pool against how many tasks it has
//! under way together, as theory says and as it was measured. Whoever looks for
//! the right size of a pool finds it at the knee, where more bring no more.

mod draw;

use std::cmp::Ordering;

use crate::asked::hosts::Hosts;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::Task;
use crate::asked::strategy::Strategy;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::recording::Run;

/// How much longer than the least a total may be that nobody would tell from it,
/// as a part of the least.
const ALIKE: f64 = 0.05;

/// Totals of the same tasks against numbers of workers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// What theory says, the fewest workers first; none where it does not know.
    pub theory: Vec<Point>,
    /// What was measured, the fewest workers first.
    pub measured: Vec<Point>,
}

/// What so many workers come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// How many tasks are under way together, at the most.
    pub workers: usize,
    /// How long all of them take.
    pub total: Millis,
    /// How many of them do not end well.
    pub refused: usize,
}

impl Curve {
    /// Theory's curve of these tasks, for pools of one worker up to that many.
    /// It goes through as many runs, one moment after another, and knows of no host
    /// that has few connections.
    #[must_use]
    pub fn of(tasks: &[Task], policy: &RetryPolicy, up_to: usize) -> Self {
        let hosts = Hosts::default();
        let foreseen = |workers| {
            let forecast = Strategy::Pool(workers).forecast(tasks, policy, &hosts)?;
            let outcomes = forecast.outcomes.iter();
            Some(Point {
                workers,
                total: forecast.makespan,
                refused: outcomes.filter(|one| **one != Some(Ok(()))).count(),
            })
        };
        Self {
            theory: (1..=up_to).filter_map(foreseen).collect(),
            measured: Vec::new(),
        }
    }

    /// Takes a run of a pool in, in the place of an earlier one of as many workers.
    /// Any other run, and one that is not over, is left out.
    pub fn add(&mut self, run: &Run) {
        let (Some(Strategy::Pool(workers)), Some(total)) = (run.strategy(), run.total()) else {
            return;
        };
        let outcomes = run.recorded().outcomes();
        let point = Point {
            workers,
            total,
            refused: outcomes.filter(|one| *one != Outcome::Ok).count(),
        };
        let measured = &mut self.measured;
        let place = measured.partition_point(|other| other.workers < workers);
        match measured.get_mut(place) {
            Some(other) if other.workers == workers => *other = point,
            _ => measured.insert(place, point),
        }
    }

    /// The fewest workers that are enough: of those with whom the fewest tasks
    /// fail, theory's total is by no more than a twentieth longer than its least.
    #[must_use]
    pub fn knee(&self) -> Option<usize> {
        let mut best = *self.theory.first()?;
        for point in &self.theory {
            let is_better = match point.refused.cmp(&best.refused) {
                Ordering::Equal => point.total < best.total,
                order => order == Ordering::Less,
            };
            if is_better {
                best = *point;
            }
        }
        let most = best.total * (1.0 + ALIKE);
        let is_enough = |point: &&Point| point.refused == best.refused && point.total <= most;
        self.theory
            .iter()
            .find(is_enough)
            .map(|point| point.workers)
    }
}
