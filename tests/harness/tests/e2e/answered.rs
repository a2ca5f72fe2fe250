//! URLs on the page's own host that come by `endpoint`: the label, before the
//! run and after it, and the result tell what answered, as the server knows it.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options, ServiceWorkers};
use harness::site::Site;
use harness::wait::PATIENCE;
use serde_json::Value;

/// Runs two kitchens that each call this file of the site's, and gives how often
/// the server was asked for it and what the page says of it all.
async fn call(file: &str, service_workers: ServiceWorkers) -> Result<(usize, Value)> {
    let site = Site::start()?;
    let options = Options {
        service_workers,
        ..Options::default()
    };
    let query = format!("endpoint=own@{}{file}", site.url(""));
    let browser = Browser::with_page(&site, &query, &options).await?;
    if matches!(service_workers, ServiceWorkers::Allowed) {
        browser.wait_for_worker().await?;
    }
    let served = || {
        let path = file.split('?').next();
        let asked = site.served().into_iter();
        asked.filter(|one| Some(one.file.as_str()) == path).count()
    };
    let before = served();
    let label = "return document.querySelector('[data-source]').dataset.source;";
    let expected: String = browser.js(label).await?;
    browser.press_run().await?;
    let result = browser.finished_event(0, PATIENCE).await?;
    let shown: String = browser.js(label).await?;
    ensure!(
        expected == result.source && shown == result.source,
        "“{expected}” before, “{shown}” after, “{}” in the result",
        result.source
    );
    Ok((served() - before, browser.result().await?))
}

const SERVICE: &str = "expert-chef-services/user?ms=60";

#[tokio::test]
async fn a_service_of_the_pages_own_is_said_to_be_answered_by_the_worker() -> Result<()> {
    for file in [SERVICE, "x/../expert-chef-services/user?ms=60"] {
        let (served, result) = call(file, ServiceWorkers::Allowed).await?;
        assert_eq!(
            (served, result["source"].as_str()),
            (0, Some("service-worker"))
        );
        assert!(
            result["runs"][0]["tasks"][0].get("phases").is_none(),
            "{result}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn without_the_worker_the_same_url_is_the_networks() -> Result<()> {
    let (served, result) = call(SERVICE, ServiceWorkers::Forbidden).await?;
    assert_eq!((served, result["source"].as_str()), (2, Some("network")));
    Ok(())
}

#[tokio::test]
async fn a_file_of_the_pages_own_is_called_over_the_network() -> Result<()> {
    // One for which nobody else asks: the browser wants the icon too.
    let (served, result) = call("index.html", ServiceWorkers::Allowed).await?;
    assert_eq!((served, result["source"].as_str()), (2, Some("network")));
    Ok(())
}
