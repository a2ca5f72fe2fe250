//! Work for the processor: what is gained by doing it all at once, and what by
//! workers; beside that the same with Python's processes on this machine, which
//! says how much there is to be gained here at all. All in one run, in turns.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::{Asked, Row, Unit, middle};
use crate::browser::{Browser, Options};
use crate::result::{Run, RunResult};
use crate::site::Site;

const RUNS: usize = 5;

/// How long each of the two tasks is asked to take, in milliseconds.
const WORK: f64 = 600.0;

/// Tasks that are nothing but messages.
const MESSAGES: usize = 100;

const PLAIN: &str = include_str!("processor/plain.js");
const BEATS: &str = include_str!("processor/beats.js");
const PROCESSES: &str = include_str!("processor/processes.py");

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).start()?;
    let mut rows = contest(&site).await?;
    rows.push(beats(&site).await?);
    rows.push(messages(&site).await?);
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let mut ratios: Vec<f64> = browser.js_async(PLAIN).await?;
    let most = Asked::AtMost(1.0);
    let what = "Fibonacci in wasm ÷ in plain JavaScript";
    rows.push(middle(what, &mut ratios, Unit::Ratio, most));
    Ok(rows)
}

/// Two tasks, one after another, all at once and by two workers; and by Python's
/// processes.
async fn contest(site: &Site) -> Result<Vec<Row>> {
    let query = "tasks=a:600cpu,b:600cpu&compare=sequential,join,workers:2";
    let browser = Browser::with_page(site, query, &Options::default()).await?;
    let (mut join, mut workers, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let mut python = Vec::new();
    for _ in 0..RUNS {
        let result = run(&browser).await?;
        let sequential = result.run("sequential")?;
        let total = |strategy| Ok::<f64, anyhow::Error>(result.run(strategy)?.total_ms);
        join.push(total("join")? / sequential.total_ms);
        workers.push(total("workers:2")? / sequential.total_ms);
        errors.push(error(sequential));
        python.push(processes()?);
    }
    let (ratio, two) = (Unit::Ratio, "two CPU tasks: ");
    Ok(vec![
        middle(
            &format!("{two}join ÷ sequential"),
            &mut join,
            ratio,
            Asked::Within(0.95, 1.1),
        ),
        middle(
            &format!("{two}workers:2 ÷ sequential"),
            &mut workers,
            ratio,
            Asked::AtMost(0.6),
        ),
        middle(
            &format!("{two}Python’s ProcessPoolExecutor(2) ÷ its own sequential"),
            &mut python,
            ratio,
            Asked::Nothing,
        ),
        middle(
            "error of the calibration, of 1",
            &mut errors,
            ratio,
            Asked::AtMost(0.15),
        ),
    ])
}

async fn run(browser: &Browser) -> Result<RunResult> {
    let result = browser
        .js_async("return await window.expertChef.run();")
        .await?;
    let result = RunResult::parse_of(&result, true)?;
    ensure!(
        result.runs.iter().all(|run| run.outcome == "ok"),
        "not all is well: {result:?}"
    );
    Ok(result)
}

/// How far the time that its tasks took on average is from what was asked.
fn error(run: &Run) -> f64 {
    let took = run
        .tasks
        .iter()
        .map(|task| task.end_ms - task.start_ms.unwrap_or(f64::NAN));
    #[expect(clippy::cast_precision_loss, reason = "two tasks")]
    let mean = took.sum::<f64>() / run.tasks.len() as f64;
    (mean / WORK - 1.0).abs()
}

/// What Python's processes make of its own time.
fn processes() -> Result<f64> {
    let output = Command::new("python3")
        .args(["-c", PROCESSES, &WORK.to_string()])
        .output()
        .context("cannot start python3, beside which the page is measured")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "python3 failed: {}", output.status);
    let [in_turn, together]: [f64; 2] = serde_json::from_str(printed.trim())
        .with_context(|| format!("python3 printed {printed}"))?;
    Ok(together / in_turn)
}

/// The longest time between two frames while two workers work.
async fn beats(site: &Site) -> Result<Row> {
    let query = "tasks=a:600cpu,b:600cpu&compare=workers:2,workers:2";
    let browser = Browser::with_page(site, query, &Options::default()).await?;
    let mut longest = Vec::new();
    for _ in 0..RUNS {
        longest.push(browser.js_async(BEATS).await?);
    }
    let what = "longest gap between frames during workers:2";
    Ok(middle(
        what,
        &mut longest,
        Unit::Millis,
        Asked::AtMost(50.0),
    ))
}

/// What a task costs that is nothing but the way to a worker and back.
async fn messages(site: &Site) -> Result<Row> {
    let tasks: Vec<String> = (0..MESSAGES).map(|task| format!("t{task}:0cpu")).collect();
    let query = format!("tasks={}&compare=sequential,workers:1", tasks.join(","));
    let browser = Browser::with_page(site, &query, &Options::default()).await?;
    run(&browser).await?;
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        #[expect(clippy::cast_precision_loss, reason = "a hundred")]
        let each = run(&browser).await?.run("workers:1")?.total_ms / MESSAGES as f64;
        costs.push(each);
    }
    let what = "messages to a worker and back, a task";
    Ok(middle(what, &mut costs, Unit::Millis, Asked::AtMost(2.0)))
}
