//! A run on the page as people open it, with the embedded services.

use std::time::Duration;

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::page::{RESET, RUN};
use harness::result::RunResult;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::Value;

/// What everyone knows of a preset: names, latencies, their sum and the longest.
struct Preset {
    query: &'static str,
    id: &'static str,
    tasks: &'static [(&'static str, f64)],
}

impl Preset {
    fn check(&self, result: &RunResult) -> Result<()> {
        let latencies = || self.tasks.iter().map(|(_, ms)| *ms);
        assert_eq!(result.scenario, self.id);
        assert_eq!(result.source, "service-worker");
        assert_eq!(result.runs.len(), 2);
        let sequential = result.run("sequential")?;
        assert_eq!(sequential.keeps_to_theory(3)?, latencies().sum::<f64>());
        let join = result.run("join")?;
        assert_eq!(join.keeps_to_theory(1)?, latencies().fold(0.0, f64::max));
        for run in [sequential, join] {
            assert_eq!(run.outcome, "ok");
            let names: Vec<&str> = run.tasks.iter().map(|task| task.name.as_str()).collect();
            assert_eq!(
                names,
                self.tasks.iter().map(|(name, _)| *name).collect::<Vec<_>>()
            );
            // A call takes the latency that it asked for, or more; it can
            // never take less, however fast the machine.
            for (task, latency) in run.tasks.iter().zip(latencies()) {
                let took = task.start_ms.map(|start| task.end_ms - start);
                assert!(took >= Some(latency - 1.0), "{task:?}");
            }
        }
        Ok(())
    }
}

async fn runs_with_the_contracts_event(preset: &Preset) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, preset.query, &Options::default()).await?;
    assert!(
        browser.result().await?.is_null(),
        "no result before the first run"
    );
    let result = browser.run_by_click(PATIENCE).await?;
    preset.check(&result)?;
    assert_eq!(browser.stage_states().await?[0], "finished");
    let source = browser.source_text().await?.to_lowercase();
    assert!(source.contains("service worker"), "{source}");
    let states: Vec<String> = browser
        .probe()
        .await?
        .states
        .into_iter()
        .map(|one| one.state)
        .collect();
    assert_eq!(states, ["loading", "ready", "running", "finished"]);
    // The embedded services are inside the browser.
    assert!(
        site.served()
            .iter()
            .all(|served| !served.file.starts_with("expert-chef-services/"))
    );
    browser.check_clean().await
}

#[tokio::test]
async fn dashboard_runs_with_the_contracts_event() -> Result<()> {
    let dashboard = Preset {
        query: "",
        id: "dashboard",
        tasks: &[("user", 500.0), ("billing", 800.0), ("orders", 1200.0)],
    };
    runs_with_the_contracts_event(&dashboard).await
}

#[tokio::test]
async fn two_calls_run_with_the_contracts_event() -> Result<()> {
    let two_calls = Preset {
        query: "scenario=two-calls",
        id: "two-calls",
        tasks: &[("first", 2000.0), ("second", 2000.0)],
    };
    runs_with_the_contracts_event(&two_calls).await
}

#[tokio::test]
async fn the_users_own_tasks_run_with_the_contracts_event() -> Result<()> {
    let own = Preset {
        query: "tasks=tea:900,toast:700,r%C3%BChrei%20%26%20speck:860",
        id: "custom",
        tasks: &[("tea", 900.0), ("toast", 700.0), ("rührei & speck", 860.0)],
    };
    runs_with_the_contracts_event(&own).await
}

#[tokio::test]
async fn run_resolves_to_what_result_returns() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:80,b:40", &Options::default()).await?;
    let resolved = browser
        .js_async("return await window.expertChef.run();")
        .await?;
    assert_eq!(browser.result().await?, resolved);
    RunResult::parse(&resolved)?;
    browser.finished_event(0, PATIENCE).await?;
    browser.check_clean().await
}

#[tokio::test]
async fn run_rejects_with_an_abort_error_when_reset_or_replaced_or_configured() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:5000,b:5000", &Options::default()).await?;
    for interruption in ["reset()", "run()", "configure('tasks=a:5000')"] {
        let error: Option<String> = browser
            .js_async(&format!(
                "const run = window.expertChef.run();
                 await new Promise(begun => document.addEventListener('expert-chef:run', begun, {{ once: true }}));
                 const other = window.expertChef.{interruption};
                 other?.catch(() => {{}});
                 return run.then(() => 'resolved', error =>
                   error instanceof DOMException ? error.name : String(error));"
            ))
            .await?;
        assert_eq!(error.as_deref(), Some("AbortError"), "after {interruption}");
        browser.js::<()>("window.expertChef.reset();").await?;
        browser.wait_for_state("ready").await?;
    }
    assert!(browser.probe().await?.finished.is_empty());
    browser.check_clean().await
}

/// Asks for a run as soon as there is something to ask, before the page is ready.
const IMPATIENT: &str = "
    let api;
    Object.defineProperty(window, 'expertChef', {
      get: () => api,
      set: (value) => {
        api = value;
        const state = document.documentElement.dataset.state;
        window.early = api.run().then(result => ({ state, result }), error => ({ state, error: error.name }));
      },
    });";

#[tokio::test]
async fn who_asks_while_it_loads_gets_the_one_run_whatever_autorun_says() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec![IMPATIENT.into()],
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    for autorun in ["none", "load", "visible"] {
        let query = format!("autorun={autorun}&tasks=a:60,b:80");
        browser.open(&site.url(&query)).await?;
        // A document may be loaded before its program has begun.
        let has_asked = async || browser.js("return 'early' in window;").await;
        until("somebody to ask", PATIENCE, has_asked, |&has_asked| {
            has_asked
        })
        .await?;
        let early: Value = browser.js_async("return await early;").await?;
        assert_eq!(early["state"], "loading", "{autorun}: not early enough");
        assert!(early["error"].is_null(), "{autorun}: {early}");
        RunResult::parse(&early["result"])?;
        assert_eq!(browser.result().await?, early["result"], "{autorun}");
        assert!(browser.is_stage_in_sight().await?);
        assert_eq!(browser.state().await?, "finished", "{autorun}");
        let finished = browser.probe().await?.finished.len();
        assert_eq!(finished, 1, "{autorun}");
    }
    browser.check_clean().await
}

/// Puts the page that runs by itself into a frame of the page, and asks for a run
/// as soon as there is something to ask.
const FRAMED: &str = "
    const frame = document.createElement('iframe');
    frame.src = './?autorun=load&tasks=a:60';
    document.body.append(frame);
    const early = await new Promise((resolve) => {
      const look = () => {
        const { expertChef, document } = frame.contentWindow;
        if (!expertChef) return setTimeout(look);
        const { state } = document.documentElement.dataset;
        expertChef.run().then(
          result => resolve({ state, result }),
          error => resolve({ state, error: error.name }));
      };
      look();
    });
    const own = frame.contentWindow.expertChef.result();
    return { ...early, own, finished: frame.contentWindow.harnessProbe?.finished.length };";

#[tokio::test]
async fn a_frame_that_runs_by_itself_gives_its_result_to_who_asks_at_once() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let early: Value = browser.js_async(FRAMED).await?;
    assert!(early["error"].is_null(), "{early}");
    RunResult::parse(&early["result"])?;
    assert_eq!(early["result"], early["own"]);
    browser.check_clean().await
}

#[tokio::test]
async fn in_turns_the_second_kitchen_starts_its_own_clock_at_zero() -> Result<()> {
    let site = Site::start()?;
    let browser =
        Browser::with_page(&site, "mode=turns&tasks=a:300,b:200", &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    let join = result.run("join")?;
    // Were it counted from the start of the first, it would be 500 or more.
    assert!(
        join.tasks.iter().all(|task| task.start_ms < Some(300.0)),
        "{join:?}"
    );
    Ok(())
}

#[tokio::test]
async fn the_order_of_compare_is_the_order_of_the_runs() -> Result<()> {
    let site = Site::start()?;
    let query = "compare=join,sequential&tasks=a:80,b:80";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    let order: Vec<&str> = result
        .runs
        .iter()
        .map(|run| run.strategy.as_str())
        .collect();
    assert_eq!(order, ["join", "sequential"]);
    Ok(())
}

#[tokio::test]
async fn every_fault_of_the_embedded_services_is_a_failed_call_with_its_reason() -> Result<()> {
    let site = Site::start()?;
    let query =
        "tasks=fine:200,gone:50:404,busy:50:503,cut:50:drop,broken:50:malformed,slow:300:slow-body";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(browser.state().await?, "failed");
    let shown = browser.text().await?;
    for run in &result.runs {
        let outcomes: Vec<&str> = run.tasks.iter().map(|task| task.outcome.as_str()).collect();
        assert_eq!(
            outcomes,
            ["ok", "failed", "failed", "failed", "failed", "ok"]
        );
        assert_eq!(run.tasks[1].error.as_deref(), Some("HTTP 404"));
        assert_eq!(run.tasks[2].error.as_deref(), Some("HTTP 503"));
        for error in run.tasks.iter().filter_map(|task| task.error.as_ref()) {
            assert!(
                shown.contains(error.as_str()),
                "“{error}” is not on the page"
            );
        }
    }
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await
}

#[tokio::test]
async fn a_failed_run_can_be_run_again_and_reset() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:50:500,b:60", &Options::default()).await?;
    browser.run_by_click(PATIENCE).await?;
    browser.run_by_click(PATIENCE).await?;
    browser.click(RESET).await?;
    browser.wait_for_state("ready").await
}

#[tokio::test]
async fn a_thousand_tasks_run() -> Result<()> {
    let site = Site::start()?;
    let tasks: Vec<String> = (0..1000).map(|n| format!("t{n}:10")).collect();
    let query = format!("tasks={}", tasks.join(","));
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let result = browser.run_by_click(Duration::from_secs(120)).await?;
    for run in &result.runs {
        assert_eq!(run.tasks.len(), 1000);
        assert_eq!(run.outcome, "ok");
    }
    assert_eq!(result.run("sequential")?.predicted_ms, Some(10_000.0));
    browser.check_clean().await
}

#[tokio::test]
async fn choosing_another_scenario_in_mid_run_cancels_the_run() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:20000", &Options::default()).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    browser.choose_scenario("two-calls").await?;
    browser.wait_for_state("ready").await?;
    assert!(browser.result().await?.is_null());
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.scenario, "two-calls");
    browser.check_clean().await
}

#[tokio::test]
async fn the_page_shows_totals_predictions_and_speed_up() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    let speedup = result.speedup.unwrap_or_default();
    let figure = format!("{speedup:.2}×");
    let text = until(
        "the figures",
        PATIENCE,
        async || browser.text().await,
        |text| text.contains(&figure),
    )
    .await?;
    for name in ["user", "billing", "orders"] {
        assert!(text.contains(name), "{name} is not on the page");
    }
    Ok(())
}
