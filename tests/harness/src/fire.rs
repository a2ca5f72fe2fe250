//! The page under fire: everything that networks, hosts, browsers and strangers
//! do to it, and what must hold after each of them. A clear outcome for every
//! task, the next run right, nothing left that goes on, and memory level.

mod generated;
mod ground;
mod hostile;
mod network;
mod page;
mod report;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use futures::future::LocalBoxFuture;

pub use ground::Ground;
pub use report::{Held, Report};

/// How long it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A minute for all, as part of the tests.
    Short,
    /// As often as is asked for.
    Long,
}

/// Something that is done to the page, so many times.
type Act = for<'a> fn(&'a mut Ground, usize) -> LocalBoxFuture<'a, Result<()>>;

/// One kind of fire.
#[derive(Clone, Copy)]
struct Scenario {
    /// By which it can be asked for.
    name: &'static str,
    /// What is done, for the table.
    what: &'static str,
    /// How often in the short form and in the long one.
    times: [usize; 2],
    act: Act,
}

/// A row of the table of scenarios.
macro_rules! scenario {
    ($name:literal, $what:literal, $times:expr, $act:path) => {
        Scenario {
            name: $name,
            what: $what,
            times: $times,
            act: |ground, times| Box::pin($act(ground, times)),
        }
    };
}

/// Every scenario, in the order of the report.
const SCENARIOS: &[Scenario] = &[
    scenario!(
        "killed",
        "services killed and restarted in mid-run",
        [1, 20],
        network::killed
    ),
    scenario!(
        "resets",
        "connections reset before and in the body",
        [1, 20],
        network::resets
    ),
    scenario!(
        "halves",
        "bodies that end in their middle",
        [1, 20],
        network::halves
    ),
    scenario!(
        "silences",
        "silences before and in the body",
        [1, 2],
        network::silences
    ),
    scenario!(
        "bodies",
        "endless, huge and compressed bodies",
        [1, 5],
        network::bodies
    ),
    scenario!(
        "types",
        "wrong types, encodings and contents",
        [1, 20],
        network::types
    ),
    scenario!(
        "redirects",
        "redirects, to here, away, in a circle, nowhere",
        [1, 20],
        network::redirects
    ),
    scenario!(
        "offline",
        "the network off and on",
        [1, 10],
        network::offline
    ),
    scenario!(
        "worker",
        "the service worker stopped and unregistered in mid-call",
        [1, 10],
        page::worker
    ),
    scenario!(
        "hidden",
        "the tab hidden and shown in mid-run",
        [1, 10],
        page::hidden
    ),
    scenario!(
        "reload",
        "the page reloaded in mid-run",
        [1, 20],
        page::reload
    ),
    scenario!(
        "back",
        "the page left and gone back to in mid-run",
        [1, 20],
        page::back
    ),
    scenario!("storage", "storage full", [1, 5], page::storage),
    scenario!("runs", "runs in a row", [30, 1000], page::runs),
    scenario!(
        "configurations",
        "generated configurations",
        [200, 20_000],
        generated::configurations
    ),
    scenario!(
        "messages",
        "generated messages to a frame",
        [2_000, 70_000],
        generated::messages
    ),
    scenario!(
        "attributes",
        "generated attributes of an element",
        [200, 10_000],
        generated::attributes
    ),
];

/// Puts the page in this folder under the fire of these names, or all of it if
/// there are none.
///
/// # Errors
/// If there is no such scenario. What does not hold is in the report.
pub async fn fire(dist: &Path, form: Form, names: &[String]) -> Result<Report> {
    for name in names {
        find(name)?;
    }
    let mut report = Report::default();
    for scenario in SCENARIOS {
        if names.is_empty() || names.iter().any(|name| name == scenario.name) {
            eprintln!("{} …", scenario.what);
            report.add(hold(dist, form, scenario).await);
        }
    }
    Ok(report)
}

/// One scenario's short form, for a test.
///
/// # Errors
/// If there is no such scenario, or the page does not hold.
pub async fn holds(dist: &Path, name: &str) -> Result<()> {
    let held = hold(dist, Form::Short, find(name)?).await;
    held.verdict.with_context(|| format!("under {}", held.what))
}

/// Every scenario's name.
#[must_use]
pub fn names() -> Vec<&'static str> {
    SCENARIOS.iter().map(|scenario| scenario.name).collect()
}

fn find(name: &str) -> Result<&'static Scenario> {
    let Some(found) = SCENARIOS.iter().find(|scenario| scenario.name == name) else {
        bail!("there is no “{name}”; there are {}", names().join(", "));
    };
    Ok(found)
}

async fn hold(dist: &Path, form: Form, scenario: &Scenario) -> Held {
    let [short, long] = scenario.times;
    let times = if form == Form::Short { short } else { long };
    let start = Instant::now();
    let mut held = Held {
        what: scenario.what,
        times,
        ..Held::default()
    };
    held.verdict = match Ground::prepare(dist, form).await {
        Ok(mut ground) => {
            let mut verdict = (scenario.act)(&mut ground, times).await;
            if verdict.is_ok() {
                verdict = ground.settle().await;
            }
            held.memory = ground.memory();
            held.notes = ground.notes.join("; ");
            verdict
        }
        Err(error) => Err(error.context("before it")),
    };
    held.took = start.elapsed();
    held
}
