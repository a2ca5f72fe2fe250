//! Less motion, for who asked their system for it: the picture changes only
//! when something happens.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::RUN;
use harness::playback::{NEXT, PLAY};
use harness::site::Site;
use harness::wait::{PATIENCE, until};

/// Counts how often what is drawn of the pictures and the chart changes, and
/// looks for animations at each of these times.
const WATCH: &str = "
    window.harnessChanges = { pictures: 0, chart: 0, animations: 0 };
    const stage = document.querySelector('[data-expert-chef]');
    const deep = { subtree: true, childList: true, attributes: true, characterData: true };
    const count = (selector, what) => {
      for (const one of stage.querySelectorAll(selector)) {
        new MutationObserver(() => {
          harnessChanges[what] += 1;
          harnessChanges.animations += document.getAnimations().length;
        }).observe(one, deep);
      }
    };
    count('svg.kitchen', 'pictures');
    count('[data-part=chart]', 'chart');";

#[derive(Debug, serde::Deserialize)]
struct Changes {
    pictures: u32,
    chart: u32,
    animations: u32,
}

async fn changes(browser: &Browser) -> Result<Changes> {
    let seen = browser.js("return harnessChanges;").await?;
    browser
        .js::<()>("Object.assign(harnessChanges, { pictures: 0, chart: 0, animations: 0 });")
        .await?;
    Ok(seen)
}

/// How many steps lead from the beginning to the end.
async fn steps(browser: &Browser) -> Result<u32> {
    browser.seek(0.0).await?;
    let mut steps = 0;
    let mut at = 0.0;
    loop {
        browser.click(NEXT).await?;
        let next = browser.playback().await?.at;
        if (next - at).abs() < 1e-6 {
            return Ok(steps);
        }
        ensure!(steps < 100, "stepping does not come to an end");
        at = next;
        steps += 1;
    }
}

#[tokio::test]
async fn with_less_motion_pictures_change_only_at_events() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        reduced_motion: true,
        ..Options::default()
    };
    let query = "tasks=tea:700,toast:1100:503,eggs:1500";
    let browser = Browser::with_page(&site, query, &options).await?;
    browser.js::<()>(WATCH).await?;
    browser.click(RUN).await?;
    browser.finished_event(0, PATIENCE).await?;
    browser.wait_for_playback("paused").await?;
    let live = changes(&browser).await?;
    let steps = steps(&browser).await?;
    changes(&browser).await?;
    browser.seek(0.0).await?;
    changes(&browser).await?;
    browser.click(PLAY).await?;
    browser.wait_for_playback("paused").await?;
    let played = changes(&browser).await?;

    // Each event, the start and the end, in each of two pictures; over three
    // seconds, a change for each frame would be hundreds.
    let most = 2 * (steps + 2);
    for (what, seen) in [("live", live), ("played", played)] {
        ensure!(
            (1..=most).contains(&seen.pictures) && (1..=most).contains(&seen.chart),
            "{what}, with {steps} steps: {seen:?}"
        );
        ensure!(seen.animations == 0, "{what}: {seen:?}");
    }
    Ok(())
}

#[tokio::test]
async fn with_motion_pictures_change_in_between() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=tea:20000", &Options::default()).await?;
    browser.js::<()>(WATCH).await?;
    browser.click(RUN).await?;
    let look = async || browser.js::<Changes>("return harnessChanges;").await;
    let enough = |seen: &Changes| seen.pictures > 20;
    until("pictures between the events", PATIENCE, look, enough).await?;
    Ok(())
}

#[tokio::test]
async fn with_less_motion_the_end_is_as_with_motion() -> Result<()> {
    let site = Site::start()?;
    let mut words = Vec::new();
    for reduced_motion in [false, true] {
        let options = Options {
            reduced_motion,
            ..Options::default()
        };
        let query = "tasks=tea:150,toast:260:503,eggs:400";
        let (browser, _) = Browser::with_recording(&site, query, &options).await?;
        let said: Vec<String> = browser
            .js("return [...document.querySelectorAll('svg.kitchen')].map(one => one.getAttribute('aria-label'));")
            .await?;
        words.push(said);
    }
    assert_eq!(words[0], words[1]);
    Ok(())
}
