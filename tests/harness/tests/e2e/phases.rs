//! What the network did during real calls: on the page, in the result, and as
//! the server at the other end counts.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::result::{Phases, RunResult};
use harness::services::{Services, most_in_flight};
use harness::site::Site;
use harness::wait::{PATIENCE, until};

const LEGEND: &str = "[data-part=\"legend\"]";

/// As many calls of one host.
fn many(count: usize, ms: u32) -> Vec<(String, u32)> {
    (0..count)
        .map(|call| (format!("call-{call}"), ms))
        .collect()
}

fn query(services: &Services, calls: &[(String, u32)]) -> String {
    let calls: Vec<(&str, u32)> = calls
        .iter()
        .map(|(name, ms)| (name.as_str(), *ms))
        .collect();
    services.endpoints(&calls)
}

fn phases(result: &RunResult, strategy: &str) -> Result<Vec<Phases>> {
    let tasks = result.run(strategy)?.tasks.iter();
    let phases = tasks.map(|task| {
        task.phases
            .with_context(|| format!("{} has no phases", task.name))
    });
    phases.collect()
}

async fn has(browser: &Browser, selector: &str) -> Result<bool> {
    browser
        .js(&format!(
            "return document.querySelector({selector:?}) !== null;"
        ))
        .await
}

#[tokio::test]
async fn each_call_says_into_what_its_time_went() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let three = [("user", 250), ("billing", 400), ("orders", 600)];
    let browser =
        Browser::with_page(&site, &services.endpoints(&three), &Options::default()).await?;
    ensure!(
        !has(&browser, LEGEND).await?,
        "there is nothing to explain yet"
    );
    let result = browser.run_by_click(PATIENCE).await?;
    for strategy in ["sequential", "join"] {
        let run = result.run(strategy)?;
        for ((phases, task), (_, ms)) in
            phases(&result, strategy)?.iter().zip(&run.tasks).zip(three)
        {
            let Phases {
                stalled_ms,
                connecting_ms,
                waiting_ms,
                receiving_ms,
                server_ms,
            } = *phases;
            ensure!(
                waiting_ms >= f64::from(ms) - 1.0,
                "{task:?} answered too soon"
            );
            ensure!(
                server_ms == Some(f64::from(ms)),
                "{task:?}: what the server said is lost"
            );
            let whole = stalled_ms + connecting_ms + waiting_ms + receiving_ms;
            let took = task.end_ms - task.start_ms.unwrap_or_default();
            // The browser knows of the end a little before the program does.
            ensure!(whole <= took + 1.0, "{task:?} took less than its phases");
        }
    }
    ensure!(has(&browser, LEGEND).await?, "the phases are not explained");
    let text = browser.text().await?;
    ensure!(
        !text.contains("HTTP/1.1"),
        "three calls need no more than six connections"
    );
    browser.check_clean().await
}

/// The stretches of waiting that are drawn in each kitchen's lanes, in
/// milliseconds.
async fn waits(browser: &Browser) -> Result<Vec<Vec<f64>>> {
    browser
        .js(
            "return [...document.querySelectorAll('.chart__lanes')].map(lanes => {
               const d = lanes.querySelector('path.chart__waiting')?.getAttribute('d') ?? '';
               // In tenths of a millisecond.
               return [...d.matchAll(/M(\\d+) [\\d.]+H(\\d+)/g)].map(([, from, to]) => (to - from) / 10);
             });",
        )
        .await
}

/// Waits that are drawn are those that are known.
fn ensure_drawn(drawn: &[f64], known: &[Phases]) -> Result<()> {
    let is_same = |(drawn, known): (&f64, &Phases)| (drawn - known.waiting_ms).abs() < 0.3;
    ensure!(
        drawn.len() == known.len() && drawn.iter().zip(known).all(is_same),
        "{drawn:?} is drawn of {known:?}"
    );
    Ok(())
}

#[tokio::test]
async fn phases_are_drawn_in_lanes_as_soon_as_they_are_known() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let three = [("user", 900), ("billing", 1000), ("orders", 1100)];
    let query = format!("compare=join,sequential&{}", services.endpoints(&three));
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    browser.press_run().await?;
    let look = async || waits(&browser).await;
    let is_first_drawn = |drawn: &Vec<Vec<f64>>| drawn.first().is_some_and(|one| one.len() == 3);
    let early = until("the first phases", PATIENCE, look, is_first_drawn).await?;
    assert_eq!(browser.state().await?, "running", "not while it goes on");

    let result = browser.finished_event(0, PATIENCE).await?;
    // Nobody has touched the player.
    browser.wait_for_playback("paused").await?;
    let known = phases(&result, "join")?;
    ensure_drawn(&early[0], &known)?;
    let drawn = waits(&browser).await?;
    ensure_drawn(&drawn[0], &known)?;
    ensure_drawn(&drawn[1], &phases(&result, "sequential")?)?;
    browser.check_clean().await
}

#[tokio::test]
async fn a_call_of_the_embedded_services_has_no_phases() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:50,b:80", &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    let mut tasks = result.runs.iter().flat_map(|run| &run.tasks);
    ensure!(tasks.all(|task| task.phases.is_none()), "{result:?}");
    ensure!(!has(&browser, LEGEND).await?, "there is nothing to explain");
    Ok(())
}

#[tokio::test]
async fn twelve_calls_of_one_host_have_six_burners_and_the_page_says_why() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let query = query(&services, &many(12, 600));
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    // The server's own count of the second kitchen's calls.
    let calls = services.calls().split_off(12);
    ensure!(
        most_in_flight(&calls) == 6,
        "the browser has another limit: {calls:#?}"
    );
    // What theory said before anybody knew stays with the run.
    ensure!(
        result.run("join")?.predicted_ms == Some(600.0),
        "{result:?}"
    );
    let stalled = phases(&result, "join")?;
    let stalled = stalled.iter().filter(|phases| phases.stalled_ms > 300.0);
    ensure!(stalled.count() == 6, "{result:?}");
    let burners: usize = browser
        .js("return document.querySelectorAll('svg.kitchen')[1].querySelectorAll('.k-knob, .k-knob-on').length;")
        .await?;
    ensure!(burners == 6, "{burners} burners");
    let text = browser.text().await?;
    ensure!(
        text.contains("HTTP/1.1") && text.contains("6 connections") && text.contains("next run"),
        "{text}"
    );

    // For the next run theory knows the host: two rounds of six.
    let theory: Vec<String> = browser
        .js("document.querySelector('[data-action=reset]').click();
             return [...document.querySelectorAll('.card__theory')].map(one => one.textContent);")
        .await?;
    ensure!(theory == ["theory 7.2 s", "theory 1.2 s"], "{theory:?}");
    browser.check_clean().await
}
