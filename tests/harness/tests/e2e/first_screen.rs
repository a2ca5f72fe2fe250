//! The first screen: question, kitchens, lanes, result and bar are on it
//! together, nothing lies on anything else or is cut off, and nothing jumps.

use anyhow::{Result, bail};
use harness::browser::{Browser, Options};
use harness::chromium_only;
use harness::page::RUN;
use harness::shifts::{self, Shift};
use harness::site::Site;
use harness::wait::PATIENCE;
use serde::Deserialize;
use serde_json::json;

const SIZES: [(u32, u32); 5] = [(1280, 800), (1280, 720), (390, 844), (360, 740), (320, 568)];

/// What is on the first screen together.
const PARTS: [&str; 6] = [
    "h1",
    ".kitchens > :first-child",
    ".kitchens > :last-child",
    ".chart",
    ".strip",
    ".bar__player",
];

const TEXTS: &str = include_str!("../../src/browser/texts.js");

#[derive(Debug, Deserialize)]
struct Texts {
    overlaps: Vec<String>,
    cut: Vec<String>,
}

#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    /// No text lies on another or is cut off.
    async fn read(&mut self, browser: &Browser, what: &str) -> Result<()> {
        let Texts { overlaps, cut } = browser.js(TEXTS).await?;
        if !overlaps.is_empty() || !cut.is_empty() {
            self.0
                .push(format!("{what}: overlapping: {overlaps:#?}, cut: {cut:#?}"));
        }
        Ok(())
    }

    /// All of it is on the first screen of every size.
    async fn look(&mut self, browser: &Browser, what: &str) -> Result<()> {
        for (width, height) in SIZES {
            browser.resize((width, height), 1).await?;
            let what = format!("{what}, {width} × {height}");
            let beyond: Vec<String> = browser
                .js_with(
                    "scrollTo(0, 0);
                     return arguments[0].flatMap((part) => {
                       const box = document.querySelector(part).getBoundingClientRect();
                       const isIn = box.top >= -0.5 && box.bottom <= innerHeight + 0.5
                         && box.left >= -0.5 && box.right <= innerWidth + 0.5 && box.height > 0;
                       return isIn ? [] : [`${part}: ${Math.round(box.top)} to ${Math.round(box.bottom)}`];
                     });",
                    vec![json!(PARTS)],
                )
                .await?;
            if !beyond.is_empty() {
                self.0
                    .push(format!("{what}: not on the screen: {beyond:#?}"));
            }
            let room: f64 = browser
                .js("const [strip, bar] = ['.strip', '.bar__player']
                       .map(part => document.querySelector(part).getBoundingClientRect());
                     return bar.top - strip.bottom;")
                .await?;
            if room < -0.5 {
                let boxes: Vec<String> = browser
                    .js_with(
                        "return arguments[0].map(part => {
                           const { top, bottom } = document.querySelector(part).getBoundingClientRect();
                           return `${part}: ${Math.round(top)} to ${Math.round(bottom)}`;
                         });",
                        vec![json!(PARTS)],
                    )
                    .await?;
                self.0
                    .push(format!("{what}: the bar lies on the result: {boxes:?}"));
            }
            self.read(browser, &what).await?;
        }
        Ok(())
    }

    fn check(self) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        bail!("{} findings:\n{}", self.0.len(), self.0.join("\n"));
    }
}

async fn every_state(dark: bool) -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        dark,
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    let mut findings = Findings::default();
    browser.open(&site.url("")).await?;
    browser.wait_for_state("asked").await?;
    findings.look(&browser, "asked").await?;
    browser.click(RUN).await?;
    browser.finished_event(0, PATIENCE).await?;
    browser.wait_for_playback("paused").await?;
    findings.look(&browser, "finished").await?;

    browser
        .open(&site.url("tasks=user:500,billing:800,orders:1200"))
        .await?;
    browser.wait_for_state("ready").await?;
    findings.look(&browser, "ready").await?;
    browser
        .open(&site.url("tasks=user:15000,billing:300,orders:20000"))
        .await?;
    browser.wait_for_state("ready").await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    findings.look(&browser, "running").await?;
    assert_eq!(browser.state().await?, "running", "it was over meanwhile");
    browser
        .open(&site.url("tasks=user:50,billing:80:503,orders:120"))
        .await?;
    browser.wait_for_state("ready").await?;
    browser.run_by_click(PATIENCE).await?;
    browser.wait_for_playback("paused").await?;
    findings.look(&browser, "failed").await?;
    findings.check()
}

#[tokio::test]
async fn everything_that_counts_is_on_the_first_screen_by_day() -> Result<()> {
    every_state(false).await
}

#[tokio::test]
async fn everything_that_counts_is_on_the_first_screen_by_night() -> Result<()> {
    every_state(true).await
}

#[tokio::test]
async fn no_text_lies_on_another_or_is_cut_whatever_is_run() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    let mut findings = Findings::default();
    let calls = |count: usize| {
        let tasks = (0..count).map(|n| format!("order {n}:{}", 60 + n % 7 * 20));
        format!("tasks={}", tasks.collect::<Vec<_>>().join(","))
    };
    for query in [
        calls(1),
        calls(3),
        format!("{}&compare=sequential,pool:2,join", calls(3)),
        format!("{}&compare=sequential,fail-fast,join,first", calls(3)),
        "tasks=user:60,billing:80:503*2,orders:100&retries=2&backoff=60".into(),
        "tasks=user:60,billing:80:hang,orders:100&timeout=200&compare=fail-fast,first".into(),
        format!("{}&compare=join,pool:6", calls(12)),
        format!("{}&compare=join,pool:6", calls(50)),
        format!("{}&compare=join,pool:50", calls(1000)),
        "scenario=cpu".into(),
        "scenario=mixed".into(),
        "scenario=crumbs".into(),
    ] {
        let name: String = query.chars().take(60).collect();
        browser.open(&site.url(&query)).await?;
        browser.wait_for_state("ready").await?;
        for size in SIZES {
            browser.resize(size, 1).await?;
            findings
                .read(&browser, &format!("{name}, ready, {} px", size.0))
                .await?;
        }
        browser.run_by_click(PATIENCE * 6).await?;
        browser.wait_for_playback("paused").await?;
        for size in SIZES {
            browser.resize(size, 1).await?;
            findings
                .read(&browser, &format!("{name}, over, {} px", size.0))
                .await?;
        }
    }
    findings.check()
}

#[tokio::test]
async fn no_text_lies_on_another_or_is_cut_at_twice_the_size() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    let mut findings = Findings::default();
    let larger = "document.documentElement.style.fontSize = '200%';";
    for query in [
        "tasks=user:50,billing:80,orders:120",
        "tasks=user:50,billing:80:503,orders:120",
    ] {
        browser.open(&site.url(query)).await?;
        browser.wait_for_state("ready").await?;
        browser.js::<()>(larger).await?;
        for size in [(1280, 800), (390, 844)] {
            browser.resize(size, 1).await?;
            findings
                .read(&browser, &format!("ready, {} px", size.0))
                .await?;
        }
        browser.run_by_click(PATIENCE).await?;
        browser.wait_for_playback("paused").await?;
        for size in [(1280, 800), (390, 844)] {
            browser.resize(size, 1).await?;
            findings
                .read(&browser, &format!("over, {} px", size.0))
                .await?;
        }
    }
    findings.check()
}

#[tokio::test]
async fn nothing_shifts_from_load_to_finish() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    for size in SIZES {
        let options = shifts::recorded(size);
        let browser = Browser::start(&options).await?;
        browser.open(&site.url("")).await?;
        browser.wait_for_state("asked").await?;
        browser.click("[data-action=answer]").await?;
        browser.finished_event(0, PATIENCE).await?;
        browser.wait_for_playback("paused").await?;
        browser.click(RUN).await?;
        browser.finished_event(1, PATIENCE).await?;
        browser.wait_for_playback("paused").await?;
        // Also what comes right after the reader's own input; but for what moves
        // along the axis, where a run takes longer than theory says.
        let mut shifted = browser.shifts().await?;
        let is_off = |shift: &Shift| shift.sources.iter().any(|source| !source.is_on_axis);
        shifted.retain(|shift| shift.sources.is_empty() || is_off(shift));
        let sum = Shift::sum(&shifted);
        assert!(sum <= 0.001, "{} × {}: {sum}: {shifted:?}", size.0, size.1);
    }
    Ok(())
}

#[tokio::test]
async fn pressing_run_moves_nothing_and_makes_the_page_no_longer() -> Result<()> {
    let site = Site::start()?;
    for size in SIZES {
        let options = Options {
            size,
            ..Options::default()
        };
        let browser = Browser::with_page(&site, "", &options).await?;
        let parts = PARTS.map(|part| format!("{part:?}")).join(",");
        let places = format!(
            "[{parts}, '.log', '.lesson'].map(part => document.querySelector(part)
               .getBoundingClientRect().top + scrollY)"
        );
        let look = format!("return {places};");
        let before: Vec<f64> = browser.js(&look).await?;
        // As soon as it runs: it may be over by another look.
        let (state, running): (String, Vec<f64>) = browser
            .js_async(&format!(
                "const begun = new Promise(begun => document.addEventListener('expert-chef:run', begun, {{ once: true }}));
                 document.querySelector({RUN:?}).click();
                 await begun;
                 return [document.documentElement.dataset.state, {places}];"
            ))
            .await?;
        assert_eq!(state, "running");
        browser.finished_event(0, PATIENCE).await?;
        browser.wait_for_playback("paused").await?;
        let after: Vec<f64> = browser.js(&look).await?;
        for seen in [running, after] {
            for (index, (before, seen)) in before.iter().zip(seen).enumerate() {
                assert!(
                    (before - seen).abs() < 1.0,
                    "{size:?}: {index} from {before} to {seen}"
                );
            }
        }
    }
    Ok(())
}
