//! The scenarios that are there from the beginning. Each shows what it is named
//! for without anything being set: it brings its kitchens and its policy along.

use super::{Scenario, Task, Work, parse_tasks};
use crate::asked::retry::RetryPolicy;
use crate::asked::strategy::Strategy;
use crate::millis::Millis;

/// The kitchens of a scenario that does not say which.
const USUAL: &[Strategy] = &[Strategy::Sequential, Strategy::Join];

/// Those of one with work for the processor.
const WORKING: &[Strategy] = &[Strategy::Sequential, Strategy::Join, Strategy::Workers(0)];

/// A scenario that has a name in the query string.
#[derive(Debug)]
pub struct Preset {
    /// Its name there.
    pub id: &'static str,
    /// What people see it called.
    pub title: &'static str,
    /// The same in twelve characters at the most.
    pub chip: &'static str,
    /// What to look for, in about a hundred characters.
    pub sentence: &'static str,
    /// The kitchens in which that shows.
    pub compare: &'static [Strategy],
    /// What is done in them about slow and failing calls.
    pub policy: RetryPolicy,
    /// As `tasks=` has them, or how they are made.
    tasks: Tasks,
}

/// Where a preset's tasks come from.
#[derive(Debug)]
enum Tasks {
    Listed(&'static str),
    /// `name 1`, `name 2` and so on, with the latency that each number gives.
    Numbered(&'static str, u32, fn(u32) -> u32),
    /// The same with so much work for the processor each, in milliseconds.
    Crumbs(&'static str, u32, f64),
}

/// The presets, the default first.
pub(super) static PRESETS: [Preset; 9] = [
    Preset {
        id: "dashboard",
        title: "Dashboard: three services",
        chip: "3 services",
        sentence: "Services of 500, 800 and 1200 ms: 2.5 s is their sum, and 1.2 s the longest.",
        compare: USUAL,
        policy: RetryPolicy::NONE,
        tasks: Tasks::Listed("user:500,billing:800,orders:1200"),
    },
    Preset {
        id: "two-calls",
        title: "Interview: two slow calls",
        chip: "2 calls",
        sentence: "The interview’s two calls of 2 s each: 4 s one after another, 2 s all at once.",
        compare: USUAL,
        policy: RetryPolicy::NONE,
        tasks: Tasks::Listed("first:2000,second:2000"),
    },
    Preset {
        id: "flaky",
        title: "Flaky: a service that fails twice",
        chip: "Flaky",
        sentence: "Billing fails twice, 400 ms each time; with two retries its third attempt comes \
                   through.",
        compare: USUAL,
        policy: RetryPolicy {
            retries: 2,
            ..RetryPolicy::NONE
        },
        tasks: Tasks::Listed("user:300,billing:400:503*2,orders:500"),
    },
    Preset {
        id: "fifty-orders",
        title: "Pool: fifty orders",
        chip: "50 orders",
        sentence: "All at once takes 0.3 s with 50 calls in flight; six at a time spares the \
                   service, and takes 1.8 s.",
        compare: &[Strategy::Join, Strategy::Pool(6)],
        policy: RetryPolicy::NONE,
        // As uneven as orders are, and the same each time.
        tasks: Tasks::Numbered("order", 50, |n| 100 + n * 37 % 11 * 20),
    },
    Preset {
        id: "one-slow",
        title: "Straggler: one slow among many",
        chip: "Straggler",
        sentence: "Ten calls at once are only 1.9 times as fast: nine take 200 ms, and the one of \
                   2 s decides.",
        compare: USUAL,
        policy: RetryPolicy::NONE,
        tasks: Tasks::Numbered("call", 10, |n| if n == 4 { 2000 } else { 200 }),
    },
    Preset {
        id: TWELVE_CALLS,
        title: "Browser: twelve calls on one host",
        chip: "One host",
        sentence: "Browsers give an HTTP/1.1 host six connections. The page’s own services know \
                   no such limit.",
        compare: &[Strategy::Join, Strategy::Pool(6)],
        policy: RetryPolicy::NONE,
        tasks: Tasks::Numbered("call", 12, |_| 300),
    },
    Preset {
        id: "cpu",
        title: "CPU: two tasks of work",
        chip: "CPU work",
        sentence: "Work is not waiting: 1.2 s either way, and the page stands still. Workers have \
                   hands of their own.",
        compare: WORKING,
        policy: RetryPolicy::NONE,
        tasks: Tasks::Listed("onions:600cpu,carrots:600cpu"),
    },
    Preset {
        id: "mixed",
        title: "Mixed: calls and work",
        chip: "Mixed",
        sentence: "Answers that come while the hands are full are there, and nobody notices: the \
                   page stands still.",
        compare: WORKING,
        policy: RetryPolicy::NONE,
        tasks: Tasks::Listed("onions:500cpu,user:200,report:300+200cpu,orders:900"),
    },
    Preset {
        id: "crumbs",
        title: "Crumbs: many small pieces of work",
        chip: "Crumbs",
        sentence: "A fifth of a millisecond each: starting workers and sending them messages costs \
                   more than it gives.",
        compare: &[Strategy::Sequential, Strategy::Workers(0)],
        policy: RetryPolicy::NONE,
        tasks: Tasks::Crumbs("crumb", 100, 0.2),
    },
];

/// The one that shows a limit which the page's own services do not have.
const TWELVE_CALLS: &str = "twelve-calls";

/// The dashboard on the services that `make services` starts.
const REAL_DASHBOARD: &str = "?scenario=dashboard\
    &endpoint=user@http%3A%2F%2F127.0.0.1%3A7001%2Fuser%3Fms%3D500\
    &endpoint=billing@http%3A%2F%2F127.0.0.1%3A7002%2Fbilling%3Fms%3D800\
    &endpoint=orders@http%3A%2F%2F127.0.0.1%3A7003%2Forders%3Fms%3D1200";

impl Preset {
    /// What is run.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        let mut tasks = Vec::new();
        match self.tasks {
            // Every list here is one that can be read; a test sees to it.
            Tasks::Listed(list) => tasks = parse_tasks(list).unwrap_or_default(),
            Tasks::Numbered(name, count, latency) => {
                for number in 1..=count {
                    let latency = Millis::new(latency(number).into());
                    tasks.push(Task::service(&format!("{name} {number}"), latency));
                }
            }
            Tasks::Crumbs(name, count, takes) => {
                for number in 1..=count {
                    tasks.push(Task {
                        name: format!("{name} {number}"),
                        start: Millis::ZERO,
                        work: Work::Compute(Millis::new(takes)),
                    });
                }
            }
        }
        Scenario {
            id: self.id.into(),
            title: self.title.into(),
            tasks,
        }
    }
}

impl Scenario {
    /// The preset that it is.
    #[must_use]
    pub fn of_preset(&self) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.id == self.id)
    }

    /// Its kitchens where nobody says which.
    #[must_use]
    pub fn usual_kitchens(&self) -> &'static [Strategy] {
        match self.of_preset() {
            Some(preset) => preset.compare,
            None if self.computes() => WORKING,
            None => USUAL,
        }
    }

    /// What is done about slow and failing calls where nobody says what.
    #[must_use]
    pub fn usual_policy(&self) -> RetryPolicy {
        self.of_preset()
            .map_or(RetryPolicy::NONE, |preset| preset.policy)
    }

    /// Whether what it is named for shows on a real host only.
    #[must_use]
    pub fn needs_real_host(&self) -> bool {
        self.id == TWELVE_CALLS
    }

    /// The query string that calls the services that `make services` starts:
    /// the dashboard's three, or for twelve calls on one host that of the first,
    /// which speaks HTTP/1.1.
    #[must_use]
    pub fn on_real_services(&self) -> String {
        if !self.needs_real_host() {
            return REAL_DASHBOARD.into();
        }
        let mut query = String::from("?scenario=twelve-calls&compare=join,pool:6");
        for number in 1..=self.tasks.len() {
            // Each has its own URL, so that the browser's account of one is not
            // taken for another's.
            let number = &number.to_string();
            query += "&endpoint=call+";
            query += number;
            query += "@http%3A%2F%2F127.0.0.1%3A7001%2Fuser%3Fms%3D300%26call%3D";
            query += number;
        }
        query
    }
}
