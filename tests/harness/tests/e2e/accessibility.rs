//! The page for everyone: what axe-core checks, in every state, both themes,
//! and on a wide and a narrow screen.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use harness::axe::Violation;
use harness::browser::{Browser, Options};
use harness::page::RUN;
use harness::programs::Program;
use harness::site::Site;
use harness::wait::PATIENCE;

const SIZES: &[(u32, u32)] = &[(1280, 800), (360, 740)];

/// What is found on the way, to be told of all at once.
#[derive(Default)]
struct Findings {
    violations: Vec<String>,
    /// Not asked for by WCAG: shown where a test fails or is watched.
    advice: BTreeSet<String>,
}

impl Findings {
    /// Looks at the page as it is, at every size.
    async fn look(&mut self, browser: &Browser, what: &str) -> Result<()> {
        for size in SIZES {
            browser.resize(*size, 1).await?;
            for violation in browser.axe().await? {
                self.note(&violation, &format!("{what}, {} px wide", size.0));
            }
        }
        browser.resize(SIZES[0], 1).await
    }

    fn note(&mut self, violation: &Violation, what: &str) {
        let text = violation.to_string();
        if violation.is_of_wcag() {
            self.violations.push(format!("{what}: {text}"));
        } else {
            self.advice.insert(text);
        }
    }

    fn check(self) -> Result<()> {
        for advice in self.advice {
            println!("advice: {advice}");
        }
        let violations = self.violations;
        if violations.is_empty() {
            return Ok(());
        }
        bail!(
            "{} violations:\n{}",
            violations.len(),
            violations.join("\n")
        );
    }
}

/// Both ways to a theme: the reader's system, and the query string.
async fn every_state(dark: bool, theme: &str) -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        dark,
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    let mut findings = Findings::default();
    let open = async |query: &str| {
        browser.open(&site.url(&format!("{query}{theme}"))).await?;
        browser.wait_for_state("ready").await
    };

    open("tasks=a:20000,b:500,c:20000").await?;
    findings.look(&browser, "ready").await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    findings.look(&browser, "running").await?;
    assert_eq!(browser.state().await?, "running", "it was over meanwhile");
    browser.js::<()>("window.expertChef.reset();").await?;

    open("tasks=user:50,billing:80,orders:100").await?;
    browser.run_by_click(PATIENCE).await?;
    settled(&browser).await?;
    findings.look(&browser, "finished").await?;
    everything_open(&browser).await?;
    findings.look(&browser, "finished, all open").await?;

    open("tasks=user:50,billing:80:503,orders:100").await?;
    browser.run_by_click(PATIENCE).await?;
    browser.wait_for_state("failed").await?;
    settled(&browser).await?;
    findings.look(&browser, "failed").await?;
    everything_open(&browser).await?;
    findings.look(&browser, "failed, all open").await?;
    findings.check()
}

/// Waits for the last picture of a run.
async fn settled(browser: &Browser) -> Result<()> {
    browser.wait_for_playback("paused").await?;
    browser
        .js_async(
            "await Promise.all(document.getAnimations().map(one => one.finished.catch(() => {})));
             return null;",
        )
        .await
}

/// Opens whatever can be opened on the page.
async fn everything_open(browser: &Browser) -> Result<()> {
    browser
        .js(
            "for (const details of document.querySelectorAll('details')) details.open = true;
             const help = document.querySelector('[data-action=help][aria-expanded=false]');
             help?.click();
             return null;",
        )
        .await
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_in_the_light_theme() -> Result<()> {
    every_state(false, "").await
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_in_the_dark_theme() -> Result<()> {
    every_state(true, "").await
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_in_a_light_theme_on_a_dark_system() -> Result<()> {
    every_state(true, "&theme=light").await
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_in_a_dark_theme_on_a_light_system() -> Result<()> {
    every_state(false, "&theme=dark").await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_page_with_complaints_and_urls() -> Result<()> {
    let site = Site::start()?;
    let query = "scenario=lunch&theme=pink&endpoint=a@https://example.invalid/a&endpoint=nonsense";
    let mut findings = Findings::default();
    for dark in [false, true] {
        let options = Options {
            dark,
            ..Options::default()
        };
        let browser = Browser::with_page(&site, query, &options).await?;
        findings.look(&browser, "with complaints").await?;
    }
    findings.check()
}

#[tokio::test]
async fn axe_finds_nothing_where_there_is_work_for_the_processor() -> Result<()> {
    let site = Site::start()?;
    let mut findings = Findings::default();
    for dark in [false, true] {
        let options = Options {
            dark,
            ..Options::default()
        };
        let browser = Browser::start(&options).await?;
        for preset in ["cpu", "mixed"] {
            browser
                .open(&site.url(&format!("scenario={preset}")))
                .await?;
            browser.wait_for_state("ready").await?;
            findings.look(&browser, &format!("{preset}, ready")).await?;
            browser.run_by_click(PATIENCE * 2).await?;
            settled(&browser).await?;
            everything_open(&browser).await?;
            browser.open_drawer("edit").await?;
            findings.look(&browser, &format!("{preset}, over")).await?;
        }
    }
    findings.check()
}

#[tokio::test]
async fn axe_finds_nothing_in_a_stage_alone() -> Result<()> {
    let site = Site::start()?;
    let query = "embed=1&tasks=a:50,b:80:503";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    let mut findings = Findings::default();
    findings.look(&browser, "embedded, ready").await?;
    browser.run_by_click(PATIENCE).await?;
    settled(&browser).await?;
    findings.look(&browser, "embedded, failed").await?;
    findings.check()
}

/// With the editor there, what others wrote in it, and a verdict.
#[tokio::test]
async fn axe_finds_nothing_where_a_reader_runs_a_program() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    let mut findings = Findings::default();
    for theme in ["light", "dark"] {
        let page = site.section("exercise");
        browser
            .open(&format!("{page}?exercise=two-calls&theme={theme}"))
            .await?;
        browser.wait_for_interpreter().await?;
        browser.click("[data-action=share]").await?;
        let start = browser.value_of("[data-part=program]").await?;
        let slow = start + "raise ValueError('no')\n";
        browser.run_program(&Program::named("slow", &slow)).await?;
        settled(&browser).await?;
        everything_open(&browser).await?;
        findings
            .look(&browser, &format!("a verdict, {theme}"))
            .await?;
        browser
            .open(&format!("{page}?snippet=answer&theme={theme}"))
            .await?;
        browser.wait_for_interpreter().await?;
        findings
            .look(&browser, &format!("the lesson's program, {theme}"))
            .await?;
    }
    findings.check()
}

#[tokio::test]
async fn axe_finds_nothing_with_a_thousand_calls() -> Result<()> {
    let site = Site::start()?;
    let tasks: Vec<String> = (0..1000).map(|n| format!("t{n}:{}", 10 + n % 50)).collect();
    let query = format!("compare=join,join&tasks={}", tasks.join(","));
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let mut findings = Findings::default();
    findings.look(&browser, "a thousand, ready").await?;
    browser.run_by_click(PATIENCE * 6).await?;
    settled(&browser).await?;
    everything_open(&browser).await?;
    findings.look(&browser, "a thousand, finished").await?;
    findings.check()
}

#[tokio::test]
async fn axe_would_find_something() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    browser
        .js::<()>("document.body.append(document.createElement('button'));")
        .await?;
    let found = browser.axe().await?;
    assert!(
        found
            .iter()
            .any(|one| one.is_of_wcag() && one.id == "button-name"),
        "{found:?}"
    );
    Ok(())
}
