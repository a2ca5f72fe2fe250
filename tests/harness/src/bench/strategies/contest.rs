//! One number of calls, made in turns by everybody who is compared.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use super::{KITCHEN, LATENCY_MS, LIMIT, Strategy, Via};
use crate::browser::{Browser, Options};
use crate::result::{Run, RunResult};
use crate::services::{Services, most_in_flight};
use crate::site::Site;
use crate::wait::{PATIENCE, until};

const PLAIN: &str = include_str!("plain.js");
const THREADS: &str = include_str!("threads.py");

/// Who makes the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// This page.
    Page,
    /// Plain JavaScript in the same page.
    JavaScript,
    /// Python's threads as its documentation has them, a connection a call.
    Urllib,
    /// Python's threads, each with a connection that is kept.
    HttpClient,
}

impl Who {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Page => "the page",
            Self::JavaScript => "JavaScript",
            Self::Urllib => "Python (urllib)",
            Self::HttpClient => "Python (http.client)",
        }
    }
}

/// How long the whole took each time, in milliseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Totals(pub(super) Vec<f64>);

/// What came of it.
#[derive(Debug)]
pub(super) struct Contest {
    pub(super) via: Via,
    pub(super) calls: usize,
    pub(super) rounds: usize,
    /// The most that any run of a pool had in flight.
    pub(super) most_in_flight: usize,
    totals: Vec<(Who, Strategy, Totals)>,
}

impl Contest {
    pub(super) async fn hold(dist: &Path, via: Via, calls: usize, rounds: usize) -> Result<Self> {
        let mut contest = Self {
            via,
            calls,
            rounds,
            most_in_flight: 0,
            totals: Vec::new(),
        };
        let site = Site::of(dist).start()?;
        let lists = calls.div_ceil(KITCHEN);
        // A comparison needs two kitchens: either both strategies in turn, or
        // several of one strategy at once.
        if lists == 1 {
            contest.play(&site, &Strategy::ALL, 1).await?;
        } else {
            for strategy in Strategy::ALL {
                contest.play(&site, &[strategy], lists).await?;
            }
        }
        Ok(contest)
    }

    pub(super) fn totals(&self, who: Who, strategy: Strategy) -> Totals {
        let mut all = self.totals.iter();
        let found = all.find(|(one, how, _)| (*one, *how) == (who, strategy));
        found.map_or_else(Totals::default, |(_, _, totals)| totals.clone())
    }

    fn add(&mut self, who: Who, strategy: Strategy, total: f64) {
        let mut all = self.totals.iter_mut();
        match all.find(|(one, how, _)| (*one, *how) == (who, strategy)) {
            Some((_, _, totals)) => totals.0.push(total),
            None => self.totals.push((who, strategy, Totals(vec![total]))),
        }
    }

    /// All rounds of these strategies, each with so many lists of calls at once.
    async fn play(&mut self, site: &Site, strategies: &[Strategy], lists: usize) -> Result<()> {
        let services = Services::start()?;
        let each = self.calls / lists;
        let names: Vec<String> = (0..each).map(|call| format!("t{call}")).collect();
        let urls: Vec<String> = names
            .iter()
            .map(|name| match self.via {
                Via::ServiceWorker => format!("expert-chef-services/{name}?ms={LATENCY_MS}"),
                Via::Http => services.url(name, &format!("ms={LATENCY_MS}")),
            })
            .collect();
        let kitchens = strategies.iter().flat_map(|one| vec![one.word(); lists]);
        let query = format!(
            "compare={}&mode={}&{}",
            kitchens.collect::<Vec<_>>().join(","),
            if lists == 1 { "turns" } else { "race" },
            match self.via {
                Via::ServiceWorker => embedded(&names),
                Via::Http => {
                    let calls = names.iter().map(|name| (name.as_str(), LATENCY_MS));
                    services.endpoints(&calls.collect::<Vec<_>>())
                }
            }
        );
        let browser = Browser::with_page(site, &query, &Options::default()).await?;
        browser.js::<()>(PLAIN).await?;
        browser
            .js_with::<()>(
                "window.harnessLists = Array(arguments[1]).fill(arguments[0]);",
                vec![json!(urls), json!(lists)],
            )
            .await?;
        let mut turns: Vec<Who> = vec![Who::Page];
        turns.extend(self.via.others());
        for _ in 0..self.rounds {
            for &who in &turns {
                self.turn(who, strategies, &browser, &services, &urls)
                    .await?;
            }
            // Whoever went first goes last: none always has the same before it.
            turns.reverse();
        }
        Ok(())
    }

    async fn turn(
        &mut self,
        who: Who,
        strategies: &[Strategy],
        browser: &Browser,
        services: &Services,
        urls: &[String],
    ) -> Result<()> {
        let before = services.calls().len();
        match who {
            Who::Page => {
                let result = run(browser).await?;
                for run in &result.runs {
                    ensure!(run.outcome == "ok", "a call failed: {run:?}");
                }
                for &strategy in strategies {
                    let runs = result.runs.iter();
                    let runs = runs.filter(|run| run.strategy == strategy.word());
                    let longest = runs.clone().map(|run| run.total_ms);
                    self.add(who, strategy, longest.fold(f64::NAN, f64::max));
                    if strategy == Strategy::Pool {
                        let most = runs.map(recorded_in_flight).max();
                        self.most_in_flight = self.most_in_flight.max(most.unwrap_or_default());
                    }
                }
            }
            Who::JavaScript => {
                for &strategy in strategies {
                    let name = match strategy {
                        Strategy::Join => "join",
                        Strategy::Pool => "pool",
                    };
                    let body =
                        format!("return await harnessPlain('{name}', {LIMIT}, harnessLists);");
                    self.add(who, strategy, browser.js_async(&body).await?);
                }
            }
            // For its threads the two strategies are one; so that each total of
            // the page has one beside it, it runs twice.
            Who::Urllib | Who::HttpClient => {
                for &strategy in strategies {
                    self.add(who, strategy, threads(who, urls)?);
                }
            }
        }
        if self.via == Via::Http {
            let calls = services.calls();
            let calls = &calls[before..];
            let asked = urls.len() * strategies.len();
            ensure!(
                calls.len() == asked,
                "{} calls and not {asked}",
                calls.len()
            );
            if who == Who::Page {
                for (run, strategy) in calls.chunks(urls.len()).zip(strategies) {
                    if *strategy == Strategy::Pool {
                        self.most_in_flight = self.most_in_flight.max(most_in_flight(run));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The scenario of calls by those names, for the query string.
fn embedded(names: &[String]) -> String {
    let tasks = names.iter().map(|name| format!("{name}:{LATENCY_MS}"));
    format!("tasks={}", tasks.collect::<Vec<_>>().join(","))
}

/// Runs the page by a click, without looking at it while it runs, and lets it
/// come to rest.
async fn run(browser: &Browser) -> Result<RunResult> {
    browser
        .js::<()>(
            "window.harnessFinished = new Promise(resolve =>
               document.addEventListener('expert-chef:finished', resolve, { once: true }));",
        )
        .await?;
    browser.press_run().await?;
    let result = browser
        .js_async("return (await harnessFinished).detail;")
        .await?;
    let mode = async || {
        let mode = "return document.querySelector('[data-expert-chef]').dataset.playback;";
        browser.js::<String>(mode).await
    };
    until("the picture’s end", PATIENCE, mode, |mode| {
        mode == "paused"
    })
    .await?;
    RunResult::parse(&result)
}

/// The most calls in flight at once by what the page recorded of a run.
fn recorded_in_flight(run: &Run) -> usize {
    let starts = run.tasks.iter().filter_map(|task| task.start_ms);
    let in_flight = |at: f64| {
        let tasks = run.tasks.iter();
        tasks
            .filter(|task| task.start_ms.is_some_and(|start| start <= at) && task.end_ms > at)
            .count()
    };
    starts.map(in_flight).max().unwrap_or_default()
}

/// How long Python's threads take for the calls.
fn threads(who: Who, urls: &[String]) -> Result<f64> {
    let client = match who {
        Who::Urllib => "urllib",
        _ => "http.client",
    };
    let mut python = Command::new("python3")
        .args(["-c", THREADS])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start python3, beside which the page is measured")?;
    if let Some(mut input) = python.stdin.take() {
        input.write_all(
            json!({ "client": client, "urls": urls })
                .to_string()
                .as_bytes(),
        )?;
    }
    let output = python.wait_with_output()?;
    ensure!(output.status.success(), "python3 failed: {}", output.status);
    let printed = String::from_utf8(output.stdout)?;
    let total = printed.trim().parse();
    total.with_context(|| format!("python3 printed {printed}"))
}
