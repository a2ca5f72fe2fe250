//! Wherever and however the page is served: at any path, offline, with service
//! workers and without.

use anyhow::Result;
use harness::browser::{Browser, Options, ServiceWorkers};
use harness::chromium_only;
use harness::dist;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

const QUICK: &str = "tasks=a:80,b:60";

#[tokio::test]
async fn the_first_visit_is_ready_when_the_worker_controls_the_page_without_a_reload() -> Result<()>
{
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let states = browser.probe().await?.states;
    assert_eq!(
        states[0].state, "loading",
        "the page says its state before the program is there"
    );
    let ready = states.iter().find(|change| change.state == "ready");
    assert!(ready.is_some_and(|ready| ready.controlled), "{states:?}");
    let navigations = site
        .served()
        .iter()
        .filter(|served| served.is_navigation)
        .count();
    assert_eq!(navigations, 1, "{:#?}", site.served());
    browser.check_clean().await
}

#[tokio::test]
async fn everything_the_page_loads_is_its_own_and_there() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    browser.run_by_click(PATIENCE).await?;
    let foreign: Vec<String> = browser
        .js(
            "return performance.getEntriesByType('resource').map(entry => entry.name)
               .filter(url => new URL(url).origin !== location.origin);",
        )
        .await?;
    assert!(foreign.is_empty(), "{foreign:?}");
    let missing: Vec<_> = site
        .served()
        .into_iter()
        .filter(|served| served.status != 200)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let mut console = browser.console().await?;
    console.retain(|entry| matches!(entry.level.as_str(), "WARNING" | "SEVERE"));
    assert!(console.is_empty(), "{console:#?}");
    Ok(())
}

#[tokio::test]
async fn it_works_from_a_sub_path() -> Result<()> {
    let site = Site::of(&dist::folder()?).at("/some/sub/path/").start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "service-worker");
    let outside: Vec<_> = site
        .served()
        .into_iter()
        .filter(|served| served.status != 200)
        .collect();
    assert!(
        outside.is_empty(),
        "asked for what is not below the path: {outside:?}"
    );
    browser.check_clean().await
}

#[tokio::test]
async fn it_works_when_opened_by_the_name_of_its_file() -> Result<()> {
    let site = Site::of(&dist::folder()?).at("/some/sub/path/").start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser
        .open(
            &site
                .url("")
                .replace("/path/", "/path/index.html?tasks=a:50"),
        )
        .await?;
    browser.wait_for_state("ready").await?;
    assert_eq!(
        browser.run_by_click(PATIENCE).await?.source,
        "service-worker"
    );
    browser.check_clean().await
}

async fn runs_simulated_and_says_so(service_workers: ServiceWorkers) -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        service_workers,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, QUICK, &options).await?;
    assert!(
        browser
            .source_text()
            .await?
            .to_lowercase()
            .contains("simulated")
    );
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "simulated");
    assert_eq!(result.run("join")?.outcome, "ok");
    assert!(
        browser
            .source_text()
            .await?
            .to_lowercase()
            .contains("simulated")
    );
    assert!(
        site.served()
            .iter()
            .all(|served| !served.file.starts_with("expert-chef-services/"))
    );
    browser.check_clean().await
}

#[tokio::test]
async fn with_service_workers_refused_timers_stand_in_and_the_page_says_so() -> Result<()> {
    runs_simulated_and_says_so(ServiceWorkers::Forbidden).await
}

#[tokio::test]
async fn with_a_registration_that_fails_timers_stand_in_and_the_page_says_so() -> Result<()> {
    runs_simulated_and_says_so(ServiceWorkers::Rejected).await
}

#[tokio::test]
async fn without_service_workers_timers_stand_in_and_the_page_says_so() -> Result<()> {
    runs_simulated_and_says_so(ServiceWorkers::Absent).await
}

#[tokio::test]
async fn simulated_faults_fail_as_real_ones_do() -> Result<()> {
    let site = Site::start()?;
    let query = "tasks=fine:100,busy:50:503,cut:50:drop,broken:50:malformed,slow:80:slow-body";
    let real = Browser::with_page(&site, query, &Options::default()).await?;
    let real = real.run_by_click(PATIENCE).await?;
    let options = Options {
        service_workers: ServiceWorkers::Forbidden,
        ..Options::default()
    };
    let simulated = Browser::with_page(&site, query, &options).await?;
    let simulated = simulated.run_by_click(PATIENCE).await?;
    for (real, simulated) in real.runs.iter().zip(&simulated.runs) {
        for (real, simulated) in real.tasks.iter().zip(&simulated.tasks) {
            assert_eq!(
                (&real.outcome, &real.error),
                (&simulated.outcome, &simulated.error)
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_reload_past_the_worker_still_runs_on_the_worker() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    browser.reload(true).await?;
    browser.wait_for_state("ready").await?;
    assert_eq!(
        browser.run_by_click(PATIENCE).await?.source,
        "service-worker"
    );
    browser.check_clean().await
}

#[tokio::test]
async fn the_second_visit_works_offline_with_any_query() -> Result<()> {
    let mut site = Site::of(&dist::folder()?).at("/kitchen/").start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    site.stop();
    browser.open("about:blank").await?;
    browser.open(&site.url(QUICK)).await?;
    browser.wait_for_state("ready").await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(
        (result.source.as_str(), result.scenario.as_str()),
        ("service-worker", "custom")
    );
    // Styled, too: an unstyled page would be all there and unreadable.
    let rules: usize = browser
        .js("return [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0);")
        .await?;
    assert!(rules > 0, "no style sheet came out of the cache");
    browser.check_clean().await
}

#[tokio::test]
async fn a_reload_with_the_server_gone_runs_and_saves_what_it_saw() -> Result<()> {
    let mut site = Site::of(&dist::folder()?).at("/kitchen/").start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    browser.run_by_click(PATIENCE).await?;
    site.stop();
    browser.reload(false).await?;
    browser.wait_for_state("ready").await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "service-worker");
    browser.open_share_panel().await?;
    let folder = tempfile::TempDir::new()?;
    browser.save_into(folder.path()).await?;
    for file in ["timeline.svg", "kitchens.png", "trace.json"] {
        let (_, saved) = browser.save_file(file, folder.path()).await?;
        assert!(!saved.is_empty(), "{file}");
    }
    browser.check_clean().await
}

#[tokio::test]
async fn a_worker_that_was_stopped_wakes_up_for_the_next_run() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    browser.run_by_click(PATIENCE).await?;
    browser
        .cdp("ServiceWorker.enable", serde_json::json!({}))
        .await?;
    browser
        .cdp("ServiceWorker.stopAllWorkers", serde_json::json!({}))
        .await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "service-worker");
    browser.check_clean().await
}

#[tokio::test]
async fn the_content_security_policy_allows_nothing_inline_and_nothing_foreign() -> Result<()> {
    let site = Site::of(&dist::folder()?)
        .rewriting(|html| {
            html.replacen(
                "</main>",
                "</main><script>window.inlineRan = true</script>",
                1,
            )
        })
        .start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    let policy: String = browser
        .js("return document.querySelector('meta[http-equiv=\"Content-Security-Policy\" i]').content;")
        .await?;
    assert!(policy.contains("default-src 'none'"), "{policy}");
    assert!(!policy.contains("'unsafe-inline'"), "{policy}");
    assert!(
        !policy
            .replace("'wasm-unsafe-eval'", "")
            .contains("unsafe-eval"),
        "{policy}"
    );
    // In force, too: this is what it is there to refuse. It comes with the page: what
    // comes later, trusted types refuse (`headers`).
    let ran: bool = browser.js("return window.inlineRan === true;").await?;
    assert!(!ran, "an inline script ran");
    let reported = async || Ok(browser.probe().await?.violations.len());
    until("the report of it", PATIENCE, reported, |&count| count == 1).await?;
    Ok(())
}
