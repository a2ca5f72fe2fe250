//! Promises of theory: whatever tasks hold, it says when each of them ends.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::VecDeque;

use expert_chef_core::asked::hosts::PER_HOST;
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::theory::{Capacities, Step, schedule};
use expert_chef_core::millis::Millis;
use proptest::prelude::*;

/// What a step waits for, as the simulation has it: of the hosts, by name.
type Wanted = (Resource, Option<&'static str>);

fn step(takes: u32, holds: Option<Wanted>) -> Step<'static> {
    Step {
        takes: Millis::new(takes.into()),
        holds: holds.map(|(resource, _)| resource),
        host: holds.and_then(|(_, host)| host),
    }
}

fn wait(takes: u32) -> Step<'static> {
    step(takes, None)
}

fn call(takes: u32) -> Step<'static> {
    step(takes, Some((Resource::Connection, None)))
}

fn call_of(host: &'static str, takes: u32) -> Step<'static> {
    step(takes, Some((Resource::Connection, Some(host))))
}

fn by_hand(takes: u32) -> Step<'static> {
    step(takes, Some((Resource::Hands, None)))
}

fn by_worker(takes: u32) -> Step<'static> {
    step(takes, Some((Resource::Worker, None)))
}

fn ends(tasks: &[Vec<Step<'_>>], places: usize, workers: usize) -> Vec<f64> {
    let ends = schedule(tasks, Capacities { places, workers });
    let last = |ends: Vec<Millis>| ends.last().map_or(0.0, |end| end.ms());
    ends.into_iter().map(last).collect()
}

/// A world in which all that is real happens: time goes on from one end to the
/// next, what is free is taken, and who finds nothing free stands in line.
struct World<'a> {
    tasks: &'a [Vec<Step<'a>>],
    workers: usize,
    /// The next step of each task.
    next: Vec<usize>,
    /// Those under way: until when.
    busy: Vec<(usize, f64)>,
    /// Those that are at their next step and have not been seen to.
    here: Vec<usize>,
    lines: Vec<(Wanted, VecDeque<usize>)>,
    unbegun: VecDeque<usize>,
    ends: Vec<f64>,
}

impl<'a> World<'a> {
    fn ends(tasks: &'a [Vec<Step<'a>>], places: usize, workers: usize) -> Vec<f64> {
        let mut world = Self {
            tasks,
            workers,
            next: vec![0; tasks.len()],
            busy: Vec::new(),
            here: (0..tasks.len().min(places)).collect(),
            lines: Vec::new(),
            unbegun: (places..tasks.len()).collect(),
            ends: vec![f64::NAN; tasks.len()],
        };
        let mut now = 0.0;
        loop {
            world.settle(now);
            let soonest = world.busy.iter().map(|(_, until)| *until);
            let Some(soonest) = soonest.reduce(f64::min) else {
                return world.ends;
            };
            now = soonest;
        }
    }

    fn wanted(&self, task: usize) -> Option<Wanted> {
        let step = self.tasks[task].get(self.next[task])?;
        let is_short = step.holds != Some(Resource::Connection) || step.host.is_some();
        let host = step.host.map(|host| if host == "a" { "a" } else { "b" });
        step.holds.filter(|_| is_short).map(|what| (what, host))
    }

    fn is_free(&self, wanted: Wanted) -> bool {
        let held = self.busy.iter();
        let held = held.filter(|(task, _)| self.wanted(*task) == Some(wanted));
        let all = match wanted.0 {
            Resource::Connection => PER_HOST,
            Resource::Hands => 1,
            Resource::Worker => self.workers,
        };
        held.count() < all
    }

    /// Everything that happens at this moment.
    fn settle(&mut self, now: f64) {
        loop {
            if let Some(done) = self.busy.iter().position(|(_, until)| *until <= now) {
                let (task, _) = self.busy.remove(done);
                self.next[task] += 1;
                self.here.push(task);
                continue;
            }
            let mut lines = self.lines.iter();
            let open = lines.position(|(what, line)| !line.is_empty() && self.is_free(*what));
            if let Some(task) = open.and_then(|open| self.lines[open].1.pop_front()) {
                self.begin(task, now);
                continue;
            }
            let Some(first) = (0..self.here.len()).min_by_key(|&place| self.here[place]) else {
                return;
            };
            let task = self.here.remove(first);
            match (self.next[task] < self.tasks[task].len(), self.wanted(task)) {
                (false, _) => {
                    self.ends[task] = now;
                    self.here.extend(self.unbegun.pop_front());
                }
                (true, Some(wanted)) if !self.is_free(wanted) => self.line_up(task, wanted),
                (true, _) => self.begin(task, now),
            }
        }
    }

    fn begin(&mut self, task: usize, now: f64) {
        let takes = self.tasks[task][self.next[task]].takes.ms();
        self.busy.push((task, now + takes));
    }

    fn line_up(&mut self, task: usize, wanted: Wanted) {
        match self.lines.iter_mut().find(|(what, _)| *what == wanted) {
            Some((_, line)) => line.push_back(task),
            None => self.lines.push((wanted, VecDeque::from([task]))),
        }
    }
}

/// Short, so that much happens at one moment.
fn any_step() -> impl Strategy<Value = Step<'static>> {
    let kinds = [
        wait,
        call,
        |takes| call_of("a", takes),
        |takes| call_of("b", takes),
        by_hand,
        by_worker,
    ];
    (proptest::sample::select(kinds.to_vec()), 0..9_u32).prop_map(|(kind, takes)| kind(takes))
}

fn any_tasks() -> impl Strategy<Value = Vec<Vec<Step<'static>>>> {
    let steps = proptest::collection::vec(any_step(), 0..5);
    proptest::collection::vec(steps, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn theory_says_what_happens(
        tasks in any_tasks(), places in 1..32_usize, workers in 1..4_usize,
    ) {
        prop_assert_eq!(ends(&tasks, places, workers), World::ends(&tasks, places, workers));
    }

    #[test]
    fn the_hands_do_one_thing_at_a_time(
        work in proptest::collection::vec(0..500_u32, 1..40), places in 1..50_usize,
    ) {
        let tasks: Vec<_> = work.iter().map(|&takes| vec![by_hand(takes)]).collect();
        let ends = ends(&tasks, places, 1);
        let last = ends.into_iter().fold(0.0, f64::max);
        prop_assert_eq!(last, f64::from(work.iter().sum::<u32>()));
    }

    #[test]
    fn as_many_workers_as_tasks_are_as_good_as_waiting(
        work in proptest::collection::vec(0..500_u32, 1..40),
    ) {
        let by = |step: fn(u32) -> Step<'static>| -> Vec<_> {
            work.iter().map(|&takes| vec![step(takes)]).collect()
        };
        let many = ends(&by(by_worker), work.len(), work.len());
        prop_assert_eq!(many, ends(&by(wait), work.len(), 1));
        let one = ends(&by(by_worker), work.len(), 1);
        prop_assert_eq!(one, ends(&by(by_hand), work.len(), 1));
    }
}

#[test]
fn waits_overlap_and_work_of_the_hands_does_not() {
    let tasks = vec![vec![call(100), by_hand(50)]; 3];
    assert_eq!(ends(&tasks, 3, 1), [150.0, 200.0, 250.0]);
    assert_eq!(ends(&tasks, 1, 1), [150.0, 300.0, 450.0]);
    // Two have places: the third starts when one is free.
    assert_eq!(ends(&tasks, 2, 1), [150.0, 200.0, 300.0]);
}

#[test]
fn workers_take_what_the_hands_would_do_in_turn() {
    let tasks = vec![vec![by_worker(100)]; 4];
    assert_eq!(ends(&tasks, 4, 1), [100.0, 200.0, 300.0, 400.0]);
    assert_eq!(ends(&tasks, 4, 2), [100.0, 100.0, 200.0, 200.0]);
    assert_eq!(ends(&tasks, 4, 4), [100.0; 4]);
}

#[test]
fn each_host_has_connections_of_its_own() {
    let mut tasks = vec![vec![call_of("a", 100)]; PER_HOST + 1];
    tasks.push(vec![call_of("b", 100)]);
    tasks.push(vec![call(100)]);
    let ends = ends(&tasks, tasks.len(), 1);
    assert_eq!(ends[PER_HOST - 1..], [100.0, 200.0, 100.0, 100.0]);
}

#[test]
fn nothing_to_do_takes_no_time() {
    assert_eq!(ends(&[], 1, 1), [0.0; 0]);
    assert_eq!(ends(&[vec![], vec![]], 0, 0), [0.0, 0.0]);
}
