//! Promises of the chart, the log, the table and the guess.

#![cfg(not(target_arch = "wasm32"))]

mod chart;
mod compare;
mod editor;
mod elsewhere;
mod guess;
mod log;
mod stage;
mod table;
mod verdict;

use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Behaviour, Scenario, Target, Task, Work};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::markup::{Element, Node};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::{Recording, Run};
use expert_chef_core::run::event::Event;
use support::events;

/// Both kitchens' runs of the tasks, over.
fn runs(tasks: &[Task]) -> Vec<Run> {
    recording(tasks).runs().to_vec()
}

/// The recording that they are in.
fn recording(tasks: &[Task]) -> Recording {
    let both = [How::Sequential, How::Join].map(|how| events(tasks, how));
    recording_of(tasks, &both)
}

/// A recording of these events, run by run; those without any have not begun.
fn recording_of(tasks: &[Task], runs: &[Vec<Event>]) -> Recording {
    let scenario = Scenario {
        tasks: tasks.to_vec(),
        ..Scenario::default()
    };
    let mut recording = Recording::new(
        scenario,
        &[How::Sequential, How::Join],
        &RetryPolicy::default(),
        Source::Simulated,
        &Hosts::default(),
    );
    for (run, events) in runs.iter().enumerate() {
        recording.begin(run, Millis::ZERO);
        for event in events {
            recording.record(run, *event).expect("events come in order");
        }
    }
    recording
}

fn calls(count: usize) -> Vec<Task> {
    (0..count)
        .map(|index| Task {
            name: format!("call {index}"),
            start: Millis::ZERO,
            work: Work::Call(Target::Service(Behaviour::good(Millis::new(10.0)))),
        })
        .collect()
}

/// Every element below this one, and itself, that passes.
fn find<'a>(element: &'a Element, passes: &dyn Fn(&Element) -> bool) -> Vec<&'a Element> {
    let mut found = Vec::new();
    if passes(element) {
        found.push(element);
    }
    for child in &element.children {
        match child {
            Node::Element(child) => found.extend(find(child, passes)),
            Node::Shared(child) => found.extend(find(child, passes)),
            Node::Text(_) => {}
        }
    }
    found
}

fn has(element: &Element, name: &str, value: &str) -> bool {
    get(element, name) == Some(value)
}

fn get<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let found = element.attributes.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.as_ref())
}

fn content(element: &Element) -> String {
    let mut all = String::new();
    for child in &element.children {
        match child {
            Node::Element(child) => all += &content(child),
            Node::Shared(child) => all += &content(child),
            Node::Text(text) => all += text,
        }
    }
    all
}

fn tagged<'a>(element: &'a Element, tag: &str) -> Vec<&'a Element> {
    find(element, &|element| element.tag == tag)
}

fn class(element: &Element, class: &str) -> bool {
    get(element, "class").is_some_and(|all| all.split(' ').any(|one| one == class))
}
