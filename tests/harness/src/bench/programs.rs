//! Readers' programs in Python: what the page adds to what they wait for, how soon one
//! begins and is stopped, what it costs that they are recorded, and what Python weighs.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;

use super::{Asked, Row, Unit, median, middle};
use crate::browser::{Browser, Options};
use crate::dist;
use crate::programs::{Home, Program, Ran, url};
use crate::site::Site;
use crate::wait::{PATIENCE, until};

/// Runs of what takes seconds by itself.
const FEW: usize = 3;
/// Runs of what is short.
const MANY: usize = 5;
/// Runs of what is set beside itself, a few hundredths apart.
const PAIRS: usize = 7;

/// How many interpreters the page keeps for the next programs.
const SPARES: usize = 2;

const SEED: [(&str, &str, f64); 2] = [
    ("in turn", include_str!("programs/in_turn.py"), 4000.0),
    ("together", include_str!("programs/together.py"), 2000.0),
];
const CALLS: &str = include_str!("programs/calls.py");
const COMPUTES: &str = include_str!("programs/computes.py");
const PROCESSES: &str = include_str!("programs/processes.py");
const WIRE: &str = include_str!("programs/wire.js");
const FIRST: &str = include_str!("programs/first.js");

const TWELVE: &str = "twelve-calls";

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).start()?;
    let mut rows = Vec::new();
    let bench = Bench::open(&site, "free").await?;
    eprintln!("  sleeps and calls …");
    rows.extend(bench.seed().await?);
    rows.extend(twelve_calls(&site).await?);
    eprintln!("  beginnings and ends …");
    rows.extend(bench.beginnings().await?);
    rows.extend(openings(&site).await?);
    eprintln!("  recording …");
    rows.push(bench.recording("bound by calls", CALLS, 1.05).await?);
    rows.push(
        bench
            .recording("bound by the processor", COMPUTES, 1.3)
            .await?,
    );
    eprintln!("  processes …");
    rows.extend(bench.processes().await?);
    rows.push(weight(dist)?);
    Ok(rows)
}

/// A page for readers' programs, with its spare interpreters.
struct Bench(Browser);

impl Bench {
    async fn open(site: &Site, exercise: &str) -> Result<Self> {
        let browser = browser().await?;
        browser.open(&url(site, exercise)).await?;
        let bench = Self(browser);
        bench.rest().await?;
        Ok(bench)
    }

    /// Waits until the page has all its spares: it is at rest then.
    async fn rest(&self) -> Result<()> {
        let look = "return harnessWire.ready - (harnessWire.used ?? 0);";
        let spares = async || self.0.js::<usize>(look).await;
        until("spares", 3 * PATIENCE, spares, |spares| *spares >= SPARES).await?;
        Ok(())
    }

    async fn used(&self, interpreters: usize) -> Result<()> {
        let note = format!("harnessWire.used = (harnessWire.used ?? 0) + {interpreters};");
        self.0.js(&note).await
    }

    /// Runs a program that ends well.
    async fn run(&self, name: &str, source: &str) -> Result<Ran> {
        self.rest().await?;
        let ran = self.0.run_program(&Program::named(name, source)).await?;
        self.used(1).await?;
        ensure!(
            ran.outcome == "ok",
            "{name} ends by “{}”: {}",
            ran.outcome,
            ran.printed
        );
        Ok(ran)
    }

    /// Two functions that sleep, as the question has them.
    async fn seed(&self) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for (how, source, theory) in SEED {
            let mut ratios = Vec::new();
            for _ in 0..FEW {
                ratios.push(self.run(how, source).await?.ms / theory);
            }
            let what = format!("two sleeps of 2 s {how} ÷ {} s", theory / 1000.0);
            rows.push(middle(&what, &mut ratios, Unit::Ratio, Asked::AtMost(1.02)));
        }
        Ok(rows)
    }

    /// From the press on the button to the first thing that the program is known to
    /// have done, and from the next press to its end.
    async fn press(&self) -> Result<[f64; 2]> {
        self.0.js_async(FIRST).await
    }

    async fn beginnings(&self) -> Result<Vec<Row>> {
        let (mut warm, mut stopped, mut cold) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..MANY {
            self.rest().await?;
            for _ in 0..SPARES {
                let [first, over] = self.press().await?;
                warm.push(first);
                stopped.push(over);
            }
            // Its interpreter has been starting since the first of them was stopped.
            let [first, _] = self.press().await?;
            cold.push(first);
            self.used(SPARES + 1).await?;
        }
        let row = |what: &str, figures: &mut [f64], most| {
            middle(what, figures, Unit::Millis, Asked::AtMost(most))
        };
        Ok(vec![
            row("Run to the first line, with a spare", &mut warm, 100.0),
            row("Stop to ready, with a spare", &mut stopped, 100.0),
            row(
                "Run to the first line, all spares used up",
                &mut cold,
                2500.0,
            ),
        ])
    }

    /// What it costs that a program is recorded.
    async fn recording(&self, what: &str, source: &str, most: f64) -> Result<Row> {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for round in 0..2 * PAIRS {
            // In turns, and not always the same one first.
            let is_recorded = matches!(round % 4, 0 | 3);
            let switch = format!("harnessWire.isRecorded = {is_recorded};");
            self.0.js::<()>(&switch).await?;
            let ms = self.run(what, source).await?.ms;
            if is_recorded { &mut with } else { &mut without }.push(ms);
        }
        self.0.js::<()>("harnessWire.isRecorded = true;").await?;
        let (with, without) = (median(&mut with), median(&mut without));
        Ok(Row {
            what: format!("a program {what}: recorded ÷ not recorded"),
            measured: with / without,
            unit: Unit::Ratio,
            asked: Asked::AtMost(most),
            note: format!("medians of {PAIRS}: {with:.0} and {without:.0} ms"),
        })
    }

    async fn processes(&self) -> Result<Vec<Row>> {
        let home = Home::start().await?;
        let program = Program::named("processes", PROCESSES);
        let (mut page, mut desk) = (Vec::new(), Vec::new());
        for _ in 0..MANY {
            page.push(gain(&self.run("processes", PROCESSES).await?)?);
            desk.push(gain(&home.run(&program).await?)?);
        }
        let what = "two pieces of work, ProcessPoolExecutor(2) ÷ in turn";
        let row = |whose: &str, ratios: &mut [f64], asked| {
            middle(&format!("{what}, {whose}"), ratios, Unit::Ratio, asked)
        };
        Ok(vec![
            row("in the page", &mut page, Asked::AtMost(0.65)),
            row("in python3", &mut desk, Asked::Nothing),
        ])
    }
}

async fn browser() -> Result<Browser> {
    let options = Options {
        inject: vec![WIRE.into()],
        ..Options::default()
    };
    Browser::start(&options).await
}

/// What a program printed: how long it took in turn, and by processes.
fn gain(ran: &Ran) -> Result<f64> {
    let [in_turn, together]: [f64; 2] = serde_json::from_str(ran.printed.trim())
        .with_context(|| format!("it printed {}", ran.printed))?;
    Ok(together / in_turn)
}

/// Twelve calls with three in flight, beside the same in `python3`, whose calls are
/// answered after the same time by real HTTP services.
async fn twelve_calls(site: &Site) -> Result<Vec<Row>> {
    let folder = dist::workspace().join("www/exercises").join(TWELVE);
    let read = |file: &str| {
        let path = folder.join(file);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let exercise = read("exercise.txt")?;
    let services = exercise
        .lines()
        .find_map(|line| line.strip_prefix("services: "));
    let latencies = services.context("no services")?.split(',').map(|one| {
        let (name, ms) = one.split_once(':')?;
        Some((name.to_owned(), ms.parse::<Value>().ok()?))
    });
    let latencies: Option<serde_json::Map<_, _>> = latencies.collect();
    let home = Home::with_latencies(latencies.context("no latencies")?).await?;
    let bench = Bench::open(site, TWELVE).await?;
    let mut rows = Vec::new();
    for (how, file) in [
        ("ThreadPoolExecutor(max_workers=3)", "junior.py"),
        ("asyncio.Semaphore(3)", "senior.py"),
    ] {
        let source = read(file)?;
        let program = Program::named(file, &source);
        let (mut page, mut desk) = (Vec::new(), Vec::new());
        for _ in 0..MANY {
            page.push(bench.run(file, &source).await?.ms);
            desk.push(home.run(&program).await?.ms);
        }
        let (page, desk) = (median(&mut page), median(&mut desk));
        rows.push(Row {
            what: format!("twelve calls, {how}: in the page ÷ in python3"),
            measured: page / desk,
            unit: Unit::Ratio,
            asked: Asked::AtMost(1.05),
            note: format!("medians of {MANY}: {page:.0} and {desk:.0} ms"),
        });
    }
    Ok(rows)
}

/// How soon a program begins whose button is pressed as soon as there is one: in a
/// browser that has never seen the page, and when it is opened again.
async fn openings(site: &Site) -> Result<Vec<Row>> {
    let (mut never, mut again) = (Vec::new(), Vec::new());
    for _ in 0..FEW {
        let bench = Bench(browser().await?);
        for figures in [&mut never, &mut again] {
            bench.0.open(&url(site, "free")).await?;
            let there = "return Boolean(document.querySelector('[data-part=exercises] *'));";
            let look = async || Ok(bench.0.js::<bool>(there).await.unwrap_or_default());
            until("the exercises", PATIENCE, look, |is_there| *is_there).await?;
            let [first, _] = bench.press().await?;
            figures.push(first);
            // All of it is stored by then.
            bench.0.wait_for_worker().await?;
            bench.used(1).await?;
            bench.rest().await?;
        }
    }
    let row = |what: &str, figures: &mut [f64]| {
        let what = format!("Run to the first line, pressed at once, {what}");
        middle(&what, figures, Unit::Millis, Asked::Nothing)
    };
    Ok(vec![
        row("nothing fetched (local server)", &mut never),
        row("page opened again", &mut again),
    ])
}

/// A part of what an interpreter is made of, as the build lists it.
#[derive(Deserialize)]
struct Part {
    bytes: u32,
    brotli: u32,
}

/// What Python's parts weigh, as the build found when it compressed them at the highest
/// level (`make build` does so once more, and prints it).
fn weight(dist: &Path) -> Result<Row> {
    for entry in std::fs::read_dir(dist)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !name.starts_with("python-") || !name.ends_with(".json") {
            continue;
        }
        // Another one is the sources of ours.
        let Ok(parts) = serde_json::from_slice::<Vec<Part>>(&std::fs::read(&path)?) else {
            continue;
        };
        let sum = |of: fn(&Part) -> u32| parts.iter().map(|part| f64::from(of(part))).sum();
        let (bytes, brotli) = (sum(|part| part.bytes), sum(|part| part.brotli));
        return Ok(Row {
            what: "Python, brotli".into(),
            measured: brotli,
            unit: Unit::Bytes,
            asked: Asked::AtMost(4_500_000.0),
            note: format!("{} files, {} raw", parts.len(), Unit::Bytes.show(bytes)),
        });
    }
    bail!("no manifest lists Python's parts")
}
