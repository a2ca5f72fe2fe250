//! On every screen: nothing is cut off or scrolls the page sideways, and what
//! is pressed is large enough for a finger.

use anyhow::{Result, bail};
use harness::browser::{Browser, Options};
use harness::chromium_only;
use harness::page::RUN;
use harness::shifts::{self, Shift};
use harness::site::Site;
use harness::wait::PATIENCE;
use serde::Deserialize;

/// Widths of the page, and pixels of the screen to each of its own: the last
/// two are 1280 and 768 at 200 % zoom.
const SIZES: &[((u32, u32), u32)] = &[
    ((320, 640), 1),
    ((360, 740), 1),
    ((768, 1024), 1),
    ((1280, 800), 1),
    ((640, 400), 2),
    ((384, 512), 2),
];

/// The smallest side of what can be pressed: WCAG 2.2, 2.5.8.
const TARGET: f64 = 24.0;

/// What is found on the way, to be told of all at once.
#[derive(Default)]
struct Findings(Vec<String>);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    page: f64,
    screen: f64,
    /// What reaches beyond the screen and is not within something that scrolls
    /// by itself.
    beyond: Vec<String>,
    /// What can be pressed and is too small.
    small: Vec<String>,
}

const LOOK: &str = "
    const name = (element) => {
      const classes = [...element.classList].map(one => '.' + one).join('');
      const data = ['action', 'input', 'part'].filter(one => element.dataset?.[one])
        .map(one => `[data-${one}=${element.dataset[one]}]`).join('');
      const box = element.getBoundingClientRect();
      return `${element.localName}${classes}${data} (${Math.round(box.left)} to ${Math.round(box.right)}, ${box.width.toFixed(1)} × ${box.height.toFixed(1)})`;
    };
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      && !element.closest('.visually-hidden')
      && element.getBoundingClientRect().right > 0;
    const scrolls = (element) => {
      for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
        if (getComputedStyle(one).overflowX !== 'visible') return true;
      }
      return false;
    };
    const all = [...document.body.querySelectorAll('*')].filter(isSeen);
    // Without what the scrollbar takes. A picture within a picture is cut off by it.
    const screen = document.documentElement.clientWidth;
    const beyond = all.filter(one => one.getBoundingClientRect().right > screen + 0.5)
      .filter(one => !scrolls(one) && !one.matches('svg svg'));
    const isRunningText = (one) => one.localName === 'a' && getComputedStyle(one).display === 'inline';
    const targets = all.filter(one => one.matches('button, input, select, summary, a, [tabindex]'))
      .filter(one => !isRunningText(one));
    const small = targets.filter(one => {
      // A field is pressed by its label as well.
      const boxes = [one, ...(one.labels ?? [])].map(element => element.getBoundingClientRect());
      return !boxes.some(box => box.width >= arguments[0] - 0.01 && box.height >= arguments[0] - 0.01);
    });
    return {
      page: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
      screen,
      beyond: beyond.slice(0, 5).map(name),
      small: small.slice(0, 20).map(name),
    };";

impl Findings {
    /// Looks at the page as it is, at every size.
    async fn look(&mut self, browser: &Browser, what: &str) -> Result<()> {
        for (size, zoom) in SIZES {
            browser.resize(*size, *zoom).await?;
            let seen: Seen = browser.js_with(LOOK, vec![TARGET.into()]).await?;
            let what = format!("{what}, {} px wide at zoom {zoom}", size.0);
            if seen.page > seen.screen || !seen.beyond.is_empty() {
                self.0.push(format!(
                    "{what}: the page is {} px wide: {:#?}",
                    seen.page, seen.beyond
                ));
            }
            if !seen.small.is_empty() {
                self.0.push(format!("{what}: too small: {:#?}", seen.small));
            }
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

async fn everything_open(browser: &Browser) -> Result<()> {
    browser
        .js(
            "for (const details of document.querySelectorAll('details')) details.open = true;
             document.querySelector('[data-action=help][aria-expanded=false]')?.click();
             return null;",
        )
        .await
}

/// Looks at the page ready, running, and over.
async fn every_state(findings: &mut Findings, what: &str, slow: &str, quick: &str) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, slow, &Options::default()).await?;
    findings.look(&browser, &format!("{what}, ready")).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    findings.look(&browser, &format!("{what}, running")).await?;
    assert_eq!(
        browser.state().await?,
        "running",
        "it was not looked at running"
    );

    browser.open(&site.url(quick)).await?;
    browser.wait_for_state("ready").await?;
    browser.run_by_click(PATIENCE * 6).await?;
    browser.wait_for_playback("paused").await?;
    everything_open(&browser).await?;
    let state = browser.state().await?;
    findings.look(&browser, &format!("{what}, {state}")).await
}

#[tokio::test]
async fn nothing_is_cut_off_or_too_small_with_three_calls() -> Result<()> {
    let mut findings = Findings::default();
    let slow = "tasks=user:20000,billing:800,orders:20000";
    every_state(
        &mut findings,
        "as it is",
        slow,
        "tasks=user:50,billing:80,orders:120",
    )
    .await?;
    let quick = "tasks=user:50,billing:80:503,orders:120";
    every_state(&mut findings, "with a failure", slow, quick).await?;
    findings.check()
}

#[tokio::test]
async fn nothing_is_cut_off_or_too_small_where_there_is_work() -> Result<()> {
    let mut findings = Findings::default();
    for quick in ["scenario=cpu", "scenario=mixed", "scenario=crumbs"] {
        // Ready, it is what it is; running, one that the looks do not outlast.
        let slow = "tasks=chop:20cpu,user:20000,report:20000%2B20cpu&compare=workers:3,join";
        every_state(&mut findings, quick, slow, quick).await?;
    }
    findings.check()
}

#[tokio::test]
async fn nothing_is_cut_off_with_the_longest_names() -> Result<()> {
    let mut findings = Findings::default();
    // The widest letter, without a place to break; and a wide script.
    let names = ["W".repeat(40), "m".repeat(40), "寿".repeat(40)];
    let with = |fault: &str, ms: u32| {
        let tasks = names.iter().enumerate();
        let tasks = tasks.map(|(index, name)| {
            let fault = if index == 1 { fault } else { "" };
            format!(
                "{name}:{}{fault}",
                ms + 10 * u32::try_from(index).unwrap_or(0)
            )
        });
        format!("tasks={}", tasks.collect::<Vec<_>>().join(","))
    };
    let (slow, quick) = (with("", 20_000), with(":drop", 50));
    every_state(&mut findings, "long names", &slow, &quick).await?;
    findings.check()
}

#[tokio::test]
async fn nothing_is_cut_off_with_a_thousand_calls() -> Result<()> {
    let mut findings = Findings::default();
    let tasks = |ms: u32| {
        let tasks = (0..1000).map(|n| format!("task-number-{n}:{}", ms + n % 50));
        format!(
            "compare=join,join&tasks={}",
            tasks.collect::<Vec<_>>().join(",")
        )
    };
    every_state(&mut findings, "a thousand", &tasks(25_000), &tasks(20)).await?;
    findings.check()
}

#[tokio::test]
async fn nothing_is_cut_off_in_four_kitchens_with_complaints_and_urls() -> Result<()> {
    let mut findings = Findings::default();
    let site = Site::start()?;
    let long = "a".repeat(120);
    let query = format!(
        "compare=sequential,join,sequential,join&theme={long}&scenario={long}\
         &endpoint=a@https://example.invalid/{long}&endpoint={long}"
    );
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    findings.look(&browser, "with complaints").await?;
    let query = "compare=sequential,join,sequential,join&tasks=user:50,billing:80:503,orders:120";
    browser.open(&site.url(query)).await?;
    browser.wait_for_state("ready").await?;
    browser.run_by_click(PATIENCE).await?;
    everything_open(&browser).await?;
    findings.look(&browser, "four kitchens").await?;
    findings.check()
}

#[tokio::test]
async fn nothing_is_cut_off_in_a_stage_alone_or_after_a_guess() -> Result<()> {
    let mut findings = Findings::default();
    let quick = "embed=1&tasks=user:50,billing:80,orders:120";
    let slow = "embed=1&tasks=user:20000,billing:800,orders:20000";
    every_state(&mut findings, "embedded", slow, quick).await?;

    let site = Site::start()?;
    let query = "tasks=user:50,billing:80,orders:120";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    browser.open_drawer("guess").await?;
    browser
        .js::<()>("document.querySelector('[data-input=guess]').focus();")
        .await?;
    browser.press("no number at all").await?;
    browser.click("[data-action=guess]").await?;
    findings.look(&browser, "a guess that is refused").await?;
    browser
        .js::<()>("document.querySelector('[data-input=guess]').select();")
        .await?;
    browser.press("9.5 min").await?;
    browser
        .js::<()>("document.querySelector('[data-input=guess]').select();")
        .await?;
    browser.press("599 s").await?;
    browser.click("[data-action=guess]").await?;
    findings.look(&browser, "guessed").await?;
    browser.run_by_click(PATIENCE).await?;
    findings.look(&browser, "judged").await?;
    findings.check()
}

#[tokio::test]
async fn nothing_jumps_when_the_stage_comes_or_a_run_begins() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    for size in [(1280, 800), (360, 740)] {
        let options = shifts::recorded(size);
        let browser = Browser::with_page(&site, "tasks=a:100,b:200", &options).await?;
        browser
            .js::<()>("window.expertChef.run().catch(() => {});")
            .await?;
        browser.finished_event(0, PATIENCE).await?;
        browser.wait_for_playback("paused").await?;
        let shifts = browser.shifts().await?;
        let shift = Shift::sum(shifts.iter().filter(|shift| !shift.had_recent_input));
        // Core Web Vitals call up to 0.1 good.
        assert!(shift <= 0.1, "{} px wide: {shift}", size.0);
    }
    Ok(())
}
