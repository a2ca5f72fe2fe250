//! A page behind another tab, whose timers browsers slow down: whether an answer
//! came in time is judged by the clock all the same, and the page says that it
//! was hidden, and when.

use anyhow::{Context as _, Result};
use harness::browser::{Browser, Options};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::Value;

/// Runs what the page is told to, says in its storage when it is over, and keeps
/// what `now` or being hidden `begins`.
const RUN: &str = "
    window.seen = [];
    document.addEventListener('visibilitychange', () => seen.push(document.visibilityState));
    const run = () => expertChef.run().then(() => localStorage.setItem('over', 'yes'));
    if (BEGIN === 'now') run();
    else document.addEventListener('visibilitychange', run, { once: true });";

/// The result of a run behind another tab that is there until it is over.
async fn run_behind(query: &str, begin: &str) -> Result<(Site, Browser, Value)> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    let run = format!("const BEGIN = '{begin}'; {RUN}");
    browser.js::<()>(&run).await?;
    // A text of the same site, that knows nothing of the page.
    browser.cover(&format!("{}embed.js", site.url(""))).await?;
    let over = async || {
        let look = "return localStorage.getItem('over') === 'yes';";
        browser.js::<bool>(look).await
    };
    until("the run's end behind the tab", PATIENCE, over, |&over| over).await?;
    browser.uncover().await?;
    let seen = async || browser.js::<Vec<String>>("return window.seen;").await;
    let seen = until("being seen again", PATIENCE, seen, |seen| seen.len() > 1).await?;
    assert_eq!(seen, ["hidden", "visible"]);
    let result = browser.result().await?;
    Ok((site, browser, result))
}

/// What the page says of it, and its bands in the lanes.
async fn told(browser: &Browser) -> Result<(String, usize)> {
    browser
        .js(
            "const notes = [...document.querySelectorAll('.verdict__note')].map(one => one.textContent);
             return [notes.find(note => note.startsWith('This tab was hidden for ')) ?? '',
               document.querySelectorAll('.chart__hidden').length];",
        )
        .await
}

#[tokio::test]
async fn an_answer_that_takes_too_long_behind_another_tab_is_late_all_the_same() -> Result<()> {
    let query = "tasks=a:309,b:1&compare=sequential,join,workers:2&timeout=250&mode=turns";
    let (_site, browser, result) = run_behind(query, "hidden").await?;
    let runs = result["runs"].as_array().context("there are no runs")?;
    for run in runs {
        assert_eq!(run["tasks"][0]["outcome"], "timed-out", "{result:#}");
        let (hidden, total) = (run["hiddenMs"].as_f64(), run["totalMs"].as_f64());
        let hidden = hidden.context("it was not hidden")?;
        let total = total.context("it has no total")?;
        // From its beginning to its end.
        assert!((total - hidden).abs() < 50.0, "{result:#}");
    }
    let (note, bands) = told(&browser).await?;
    assert!(
        note.contains("back-offs and time-outs may be longer"),
        "{note:?}"
    );
    assert_eq!(bands, 3);
    // Failed services are told there, and that the other tab has no icon.
    let is_of_network = Some("network");
    browser
        .check_clean_but(|entry| entry.source.as_deref() == is_of_network)
        .await
}

#[tokio::test]
async fn a_run_that_goes_on_behind_another_tab_says_from_when_on() -> Result<()> {
    let query = "tasks=a:20:503*2,b:2500&compare=join&retries=2&backoff=750&timeout=4000";
    let (_site, browser, result) = run_behind(query, "now").await?;
    let run = &result["runs"][0];
    assert_eq!(run["outcome"], "ok", "{result:#}");
    let hidden = run["hiddenMs"].as_f64().context("it was not hidden")?;
    let total = run["totalMs"].as_f64().context("it has no total")?;
    assert!(hidden > 0.0 && hidden < total, "{hidden} of {total}");
    let (note, bands) = told(&browser).await?;
    assert_ne!(note, "");
    assert_eq!(bands, 1);
    // The band begins where it was hidden, and is as wide as that lasted.
    let part: f64 = browser
        .js(
            "const band = document.querySelector('.chart__hidden').getBoundingClientRect();
             const line = document.querySelector('.chart__lanes').getBoundingClientRect();
             return band.width / line.width;",
        )
        .await?;
    assert!(part > 0.0 && part < 1.0, "{part}");
    // What is run in sight says nothing of it.
    browser.configure("tasks=a:20").await?;
    browser.run_by_click(PATIENCE).await?;
    assert_eq!(told(&browser).await?, (String::new(), 0));
    // Failed services are told there, and that the other tab has no icon.
    let is_of_network = Some("network");
    browser
        .check_clean_but(|entry| entry.source.as_deref() == is_of_network)
        .await
}
