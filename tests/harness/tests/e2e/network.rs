//! The user's own URLs, called over the network, as the server at the other
//! end sees it.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::{RESET, RUN};
use harness::result::RunResult;
use harness::services::{Call, Services};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::json;
use thirtyfour::Key;

const THREE: [(&str, u32); 3] = [("user", 750), ("billing", 800), ("orders", 900)];

/// Runs three calls in two kitchens, one kitchen after the other, and gives
/// the calls of each.
async fn three_calls_in_turns() -> Result<(Vec<Call>, Vec<Call>, RunResult)> {
    let (site, services) = (Site::start()?, Services::start()?);
    let query = format!("mode=turns&{}", services.endpoints(&THREE));
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    browser.check_clean().await?;
    let mut sequential = services.calls();
    ensure!(
        sequential.len() == 6,
        "six calls were to be made: {sequential:#?}"
    );
    let join = sequential.split_off(3);
    Ok((sequential, join, result))
}

fn names(calls: &[Call]) -> Vec<&str> {
    calls.iter().map(|call| call.name.as_str()).collect()
}

#[tokio::test]
async fn under_join_every_request_arrives_before_the_first_answer_leaves() -> Result<()> {
    let (_, join, _) = three_calls_in_turns().await?;
    let first_answer = join.iter().filter_map(Call::answered).min();
    let last_arrival = join.iter().map(|call| call.arrived).max();
    assert!(last_arrival < first_answer, "{join:#?}");
    Ok(())
}

#[tokio::test]
async fn under_sequential_each_request_arrives_after_the_answer_before_it() -> Result<()> {
    let (sequential, join, result) = three_calls_in_turns().await?;
    assert_eq!(names(&sequential), ["user", "billing", "orders"]);
    for pair in sequential.windows(2) {
        let before = pair[0].answered();
        assert!(
            before.is_some_and(|before| before < pair[1].arrived),
            "{sequential:#?}"
        );
    }
    // In turns means: the second kitchen waits for the first.
    let end = sequential.iter().filter_map(Call::answered).max();
    assert!(
        join.iter().all(|call| Some(call.arrived) > end),
        "{join:#?}"
    );
    assert_eq!(result.source, "network");
    assert_eq!(result.run("sequential")?.predicted_ms, Some(2450.0));
    assert_eq!(result.run("join")?.predicted_ms, Some(900.0));
    Ok(())
}

#[tokio::test]
async fn even_in_a_race_kitchens_that_call_one_host_take_turns() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let query = format!("mode=race&{}", services.endpoints(&[("only", 300)]));
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    browser.run_by_click(PATIENCE).await?;
    let calls = services.calls();
    assert_eq!(calls.len(), 2, "{calls:#?}");
    // Or they would steal each other's connections.
    assert!(Some(calls[1].arrived) > calls[0].answered(), "{calls:#?}");
    Ok(())
}

#[tokio::test]
async fn a_reset_in_mid_run_closes_every_connection_and_is_ready_again() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let slow = services.endpoints(&[("slow", 20_000), ("slower", 25_000)]);
    let query = format!("compare=join,sequential&{slow}");
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    browser.press_run().await?;
    services
        .wait("two calls in flight", PATIENCE, |calls| calls.len() == 2)
        .await?;
    assert_eq!(browser.state().await?, "running");

    browser.click(RESET).await?;
    browser.wait_for_state("ready").await?;
    let closed = |calls: &[Call]| calls.iter().all(Call::was_closed);
    let calls = services
        .wait("all connections to be closed", PATIENCE, closed)
        .await?;
    assert_eq!(
        calls.len(),
        2,
        "nothing is called after a reset: {calls:#?}"
    );
    assert!(browser.result().await?.is_null());
    assert!(browser.probe().await?.finished.is_empty());
    browser.check_clean().await
}

#[tokio::test]
async fn running_again_in_mid_run_cancels_the_first_run_and_finishes_the_second() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let slow = services.endpoints(&[("one", 2_500), ("two", 2_000)]);
    let query = format!("compare=join,sequential&{slow}");
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    browser.press_run().await?;
    services
        .wait("the first run's calls", PATIENCE, |calls| calls.len() == 2)
        .await?;
    browser.click(RUN).await?;
    let result = browser.finished_event(0, PATIENCE).await?;
    assert_eq!(result.runs.len(), 2);

    let calls = services.calls();
    let (first, second) = calls.split_at(2);
    assert!(first.iter().all(Call::was_closed), "{first:#?}");
    assert_eq!(second.len(), 4, "{second:#?}");
    assert!(
        second.iter().all(|call| call.answered().is_some()),
        "{second:#?}"
    );
    // A cancelled run finishes nothing: begun first, it would have by now.
    assert_eq!(browser.probe().await?.finished.len(), 1);
    browser.check_clean().await
}

#[tokio::test]
async fn calls_carry_no_credentials_and_no_referrer() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let query = services.endpoints(&[("one", 50), ("two", 50)]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    // Cookies know no ports: without care this one would go to the services.
    browser
        .js::<()>("document.cookie = 'secret=1; path=/';")
        .await?;
    browser.run_by_click(PATIENCE).await?;
    let calls = services.calls();
    assert_eq!(calls.len(), 4);
    for call in calls {
        assert_eq!(
            call.method, "GET",
            "no leave had to be asked for: {call:#?}"
        );
        for header in ["cookie", "authorization", "referer"] {
            assert!(!call.headers.contains_key(header), "{call:#?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn urls_from_outside_wait_for_the_users_own_click_whatever_autorun_says() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let url = services.url("one", "ms=50");
    let endpoints = services.endpoints(&[("one", 50)]);
    for autorun in ["load", "visible"] {
        let query = format!("autorun={autorun}&{endpoints}");
        let browser = Browser::with_page(&site, &query, &Options::default()).await?;
        assert!(
            browser.text().await?.contains(&url),
            "the URL is shown before it is called"
        );
        // A script may not stand in for the user, in any way it knows.
        let refusal: String = browser
            .js_async("return window.expertChef.run().then(() => 'ran', error => error.message);")
            .await?;
        assert!(refusal.to_lowercase().contains("click"), "{refusal}");
        browser
            .js_with::<()>(
                "document.querySelector(arguments[0]).click();",
                vec![json!(RUN)],
            )
            .await?;
        assert!(browser.is_stage_in_sight().await?);
        assert_eq!(browser.state().await?, "ready");
        assert!(services.calls().is_empty(), "{:#?}", services.calls());
        browser.check_clean().await?;
        // The last of the two gives its consent, by keyboard.
        if autorun == "visible" {
            browser
                .js_with::<()>(
                    "document.querySelector(arguments[0]).focus();",
                    vec![json!(RUN)],
                )
                .await?;
            browser.press(Key::Enter).await?;
            browser.agree().await?;
            browser.finished_event(0, PATIENCE).await?;
            assert_eq!(services.calls().len(), 2);
        }
    }
    Ok(())
}

#[tokio::test]
async fn urls_that_come_by_configure_wait_for_a_click_of_their_own() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let browser = Browser::with_page(
        &site,
        &services.endpoints(&[("one", 50)]),
        &Options::default(),
    )
    .await?;
    browser.run_by_click(PATIENCE).await?;
    assert_eq!(services.calls().len(), 2);
    browser
        .configure(&services.endpoints(&[("other", 50)]))
        .await?;
    browser.wait_for_state("ready").await?;
    let ran: bool = browser
        .js_async("return window.expertChef.run().then(() => true, () => false);")
        .await?;
    assert!(!ran, "the click on one URL is no consent to another");
    assert_eq!(services.calls().len(), 2);
    Ok(())
}

#[tokio::test]
async fn an_endpoint_without_tasks_is_the_whole_scenario_and_has_no_prediction() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let url = services.url("lone", "ms=150");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("endpoint", &format!("lone@{url}"));
    let browser = Browser::with_page(&site, &query.finish(), &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.scenario, "custom");
    for run in &result.runs {
        assert_eq!(run.predicted_ms, None);
        assert_eq!(run.tasks.len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_call_that_fails_stops_no_other_and_is_shown_with_its_reason() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let faults = [
        ("fine", "ms=300"),
        ("unavailable", "ms=100&status=503"),
        ("cut", "ms=100&fault=drop"),
        ("broken", "ms=100&fault=malformed"),
        ("slow", "ms=400&fault=slow-body"),
    ];
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, how) in faults {
        query.append_pair("endpoint", &format!("{name}@{}", services.url(name, how)));
    }
    let browser = Browser::with_page(&site, &query.finish(), &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(browser.state().await?, "failed");
    let shown = browser.text().await?;
    for run in &result.runs {
        assert_eq!(run.outcome, "failed");
        let outcomes: Vec<&str> = run.tasks.iter().map(|task| task.outcome.as_str()).collect();
        assert_eq!(outcomes, ["ok", "failed", "failed", "failed", "ok"]);
        assert_eq!(run.tasks[1].error.as_deref(), Some("HTTP 503"));
        for error in run.tasks.iter().filter_map(|task| task.error.as_ref()) {
            assert!(
                shown.contains(error.as_str()),
                "“{error}” is not on the page"
            );
        }
    }
    // The browser itself says on the console that a call failed.
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await
}

#[tokio::test]
async fn the_url_that_is_not_there_fails_and_does_not_hang() -> Result<()> {
    let site = Site::start()?;
    let mut gone = Services::start()?;
    let query = gone.endpoints(&[("gone", 100)]);
    gone.stop();
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.run("join")?.outcome, "failed");
    let shown = until(
        "the failure on the page",
        PATIENCE,
        async || browser.text().await,
        |text| text.to_lowercase().contains("network"),
    );
    shown.await?;
    Ok(())
}

#[tokio::test]
async fn an_address_typed_on_the_page_is_called_and_goes_into_the_link() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let browser = Browser::with_page(&site, "tasks=a:50,b:80", &Options::default()).await?;
    browser.open_drawer("edit").await?;
    let field = "[data-edit=address][data-index=\"1\"]";
    let url = services.url("b", "ms=120");
    browser.focus(field).await?;
    browser.press("ftp://x").await?;
    let said: String = browser
        .js("return document.querySelector('.editor__error').textContent;")
        .await?;
    ensure!(
        said.contains("http"),
        "what is wrong with it is not said: {said}"
    );
    browser.js::<()>("document.activeElement.select();").await?;
    browser.press(url.as_str()).await?;
    browser.press(Key::Tab).await?;
    let search: String = browser
        .js("return decodeURIComponent(location.search);")
        .await?;
    ensure!(search.contains(&format!("endpoint=b@{url}")), "{search}");
    ensure!(
        browser.text().await?.contains(&url),
        "the address is not shown before it is called"
    );
    ensure!(services.calls().is_empty(), "called without a click");

    let result = browser.run_by_click(PATIENCE).await?;
    ensure!(services.calls().len() == 2, "{:?}", services.calls());
    // Of the sources the least real: the other call is an embedded service's.
    ensure!(result.source == "service-worker", "{result:?}");
    // What the service took before is what the address is expected to take.
    ensure!(result.run("join")?.predicted_ms == Some(80.0), "{result:?}");
    browser.check_clean().await
}
