//! A browser that translates the page puts every text into elements of its own.
//! What the page says goes on all the same.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::RUN;
use harness::result::RunResult;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

/// Does to each text of the stage what browsers do.
const TRANSLATE: &str = "
    const stage = document.querySelector('[data-expert-chef]');
    const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
    for (const text of texts) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.append(text.data);
      outer.append(inner);
      text.replaceWith(outer);
    }
    return texts.length;";

async fn translate(browser: &Browser) -> Result<()> {
    let texts: usize = browser.js(TRANSLATE).await?;
    ensure!(texts > 20, "only {texts} texts were translated");
    Ok(())
}

async fn texts(browser: &Browser, selector: &str) -> Result<Vec<String>> {
    browser
        .js_with(
            "return [...document.querySelectorAll(arguments[0])].map(one => one.textContent);",
            vec![selector.into()],
        )
        .await
}

/// The kitchens' clocks, in milliseconds.
async fn clocks(browser: &Browser) -> Result<Vec<f64>> {
    let shown = texts(browser, ".card__time").await?;
    let read = shown.iter().map(|shown| {
        let seconds = shown.strip_suffix(" s").context("no clock")?;
        Ok(seconds.parse::<f64>().context(shown.clone())? * 1000.0)
    });
    read.collect()
}

/// Waits until every clock has gone on for a while.
async fn clocks_go_on(browser: &Browser) -> Result<()> {
    let before = clocks(browser).await?;
    let look = async || clocks(browser).await;
    let has_gone_on = |now: &Vec<f64>| {
        now.iter()
            .zip(&before)
            .all(|(now, then)| *now > then + 50.0)
    };
    until("the clocks to go on", PATIENCE, look, has_gone_on).await?;
    Ok(())
}

/// Clocks and labels say what the result does.
async fn ends_right(browser: &Browser, result: &RunResult) -> Result<()> {
    browser.wait_for_playback("paused").await?;
    let clocks = clocks(browser).await?;
    for (clock, run) in clocks.iter().zip(&result.runs) {
        ensure!(
            (clock - run.total_ms).abs() <= 10.0,
            "the clock stands at {clock} after {}",
            run.total_ms
        );
    }
    let tasks = result.runs.iter().flat_map(|run| &run.tasks);
    let labels = texts(browser, ".chart__label").await?;
    for (label, task) in labels.iter().zip(tasks) {
        let took = label.strip_prefix("✓ ").context(label.clone())?;
        let took: f64 = took.parse().context(label.clone())?;
        let is_right = (took - (task.end_ms - task.start_ms.unwrap_or_default())).abs() < 1.0;
        ensure!(is_right, "{label} of {task:?}");
    }
    assert_eq!(clocks.len(), 2);
    assert_eq!(labels.len(), 4);
    assert_eq!(texts(browser, RUN).await?, ["Run again"]);
    let said = texts(browser, "[data-expert-chef] [role=status]").await?;
    ensure!(said[0].contains("as fast"), "{said:?}");
    browser.check_clean().await
}

const QUERY: &str = "tasks=tea:3500,toast:2500";

#[tokio::test]
async fn a_page_translated_before_a_run_shows_it_as_it_is() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUERY, &Options::default()).await?;
    translate(&browser).await?;
    for run in 0..2 {
        browser.click(RUN).await?;
        browser.wait_for_state("running").await?;
        clocks_go_on(&browser).await?;
        let result = browser.finished_event(run, PATIENCE).await?;
        ends_right(&browser, &result).await?;
        translate(&browser).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_page_translated_during_a_run_goes_on_showing_it() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUERY, &Options::default()).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    for _ in 0..3 {
        translate(&browser).await?;
        clocks_go_on(&browser).await?;
    }
    assert_eq!(browser.state().await?, "running", "it was over meanwhile");
    let result = browser.finished_event(0, PATIENCE).await?;
    ends_right(&browser, &result).await?;
    // What is sought, chosen and reset afterwards is shown as well.
    translate(&browser).await?;
    browser.seek(0.0).await?;
    assert_eq!(texts(&browser, ".card__time").await?, ["0.00 s", "0.00 s"]);
    browser.configure("tasks=eggs:50").await?;
    assert_eq!(texts(&browser, RUN).await?, ["Run"]);
    browser.check_clean().await
}
