//! Web Workers: started when they are first needed, kept for the next run, and
//! ended in the middle of what nobody wants any more. One that cannot start or
//! that dies fails its task, and nothing else.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options, ServiceWorkers};
use harness::crew::{Crew, watching};
use harness::dist;
use harness::embed::{self, Host};
use harness::page::{RESET, RUN};
use harness::result::RunResult;
use harness::site::Site;
use harness::wait::PATIENCE;

const NO_WORKER: &str = "no worker could be started";
const DIED: &str = "its worker died";

/// Two that work, beside a kitchen without workers.
const TWO: &str = "tasks=a:20cpu,b:20cpu&compare=workers:2,join";

async fn open(query: &str) -> Result<(Site, Browser)> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, query, &watching(Options::default())).await?;
    Ok((site, browser))
}

/// On this host, where what is injected runs first.
async fn open_on(site: &Site, query: &str, inject: &str) -> Result<Browser> {
    let mut options = watching(Options::default());
    options.inject.push(inject.into());
    Browser::with_page(site, query, &options).await
}

/// What the tasks of a run came to, without their names.
fn ends<'a>(result: &'a RunResult, strategy: &str) -> Result<Vec<(&'a str, Option<&'a str>)>> {
    let ends = result.run(strategy)?.ends().into_iter();
    Ok(ends.map(|(_, outcome, error)| (outcome, error)).collect())
}

const OK: (&str, Option<&str>) = ("ok", None);

/// Runs two tasks of which the workers' fail and the page's own do not.
async fn fails_for_want_of_workers(browser: &Browser) -> Result<()> {
    let before = browser.probe().await?.finished.len();
    browser.click(RUN).await?;
    let result = browser.finished_event(before, PATIENCE).await?;
    assert_eq!(
        ends(&result, "workers:2")?,
        [("failed", Some(NO_WORKER)); 2]
    );
    assert_eq!(ends(&result, "join")?, [OK; 2]);
    assert_eq!(browser.state().await?, "failed");
    let lines = browser.log_of(0).await?;
    assert!(
        lines.contains(&format!("a failed: {NO_WORKER}")),
        "{lines:#?}"
    );
    let probe = browser.probe().await?;
    assert!(probe.errors.is_empty(), "{probe:#?}");
    let notices = browser.notices().await?;
    ensure!(
        !notices.iter().any(|notice| notice.is_error),
        "the page gave up: {notices:#?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_host_that_forbids_workers_fails_their_tasks_and_no_others() -> Result<()> {
    let site = Site::of(&dist::folder()?)
        .under_policy("worker-src 'none'")?
        .start()?;
    let browser = Browser::with_page(&site, TWO, &Options::default()).await?;
    for _ in 0..2 {
        fails_for_want_of_workers(&browser).await?;
    }
    Ok(())
}

/// Has the page start other workers than its own, and then its own again.
async fn starts_none_like(browser: &Browser, class: &str) -> Result<()> {
    browser
        .js::<()>(&format!(
            "window.kept = window.Worker; window.Worker = {class};"
        ))
        .await?;
    fails_for_want_of_workers(browser).await?;
    browser.js::<()>("window.Worker = window.kept;").await?;
    let result = browser.run_of(TWO).await?;
    assert_eq!(ends(&result, "workers:2")?, [OK; 2]);
    Ok(())
}

#[tokio::test]
async fn one_that_cannot_start_is_not_waited_for_and_the_next_run_may_have_some() -> Result<()> {
    // Where a script that is not there may be named, too.
    let site = Site::of(&dist::folder()?)
        .rewriting(|html| {
            html.replace(
                "trusted-types expert-chef",
                "trusted-types expert-chef gone",
            )
        })
        .start()?;
    let gone = "window.goneUrl = () => (window.gonePolicy ??= trustedTypes.createPolicy('gone',
        { createScriptURL: (url) => url })).createScriptURL('./gone.js');";
    let browser = open_on(&site, TWO, gone).await?;
    for class in [
        "class { constructor() { throw new Error('sabotage'); } }",
        // Its script is not there.
        "class extends kept { constructor(url, options) { super(goneUrl(), options); } }",
        // Its program is none.
        "class extends kept { postMessage([_, lock]) { super.postMessage(['no program', lock]); } }",
    ] {
        let begun = starts_none_like(&browser, class).await;
        begun.with_context(|| class.to_owned())?;
        // The next ones are to be started anew.
        browser.js::<()>("harnessCrew.kill();").await?;
        browser.wait_for_threads(0).await?;
    }
    // A file that is not there is an error of the network's in the console.
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await
}

#[tokio::test]
async fn one_that_dies_at_work_fails_its_task_and_another_takes_its_place() -> Result<()> {
    // Longer than any test would wait for it.
    let (_site, browser) = open("tasks=a:5000cpu&compare=workers:1,workers:2").await?;
    browser.click(RUN).await?;
    // By its thread's end, of which nobody tells; and by an error in it.
    for (kitchen, death) in ["harnessCrew.kill();", "harnessCrew.err();"]
        .into_iter()
        .enumerate()
    {
        browser.wait_for_lines(kitchen, "work begins", 1).await?;
        browser.js::<()>(death).await?;
    }
    let result = browser.finished_event(0, PATIENCE).await?;
    for run in ["workers:1", "workers:2"] {
        assert_eq!(ends(&result, run)?, [("failed", Some(DIED))], "{run}");
    }
    assert_eq!(browser.state().await?, "failed");
    browser.wait_for_threads(0).await?;
    let dead = browser.crew().await?;
    assert_eq!((dead.created, dead.ended), (2, 2));

    let result = browser.run_of(TWO).await?;
    assert_eq!(ends(&result, "workers:2")?, [OK; 2]);
    assert_eq!(browser.crew().await?.created, 4);
    browser.check_clean().await
}

#[tokio::test]
async fn one_that_dies_idle_is_missed_by_nobody() -> Result<()> {
    let (_site, browser) = open(TWO).await?;
    for death in ["harnessCrew.kill();", "harnessCrew.err();"] {
        let result = browser.run_of(TWO).await?;
        assert_eq!(ends(&result, "workers:2")?, [OK; 2], "before {death}");
        browser.js::<()>(death).await?;
        if death.contains("kill") {
            browser.wait_for_threads(0).await?;
        }
        let result = browser.run_of(TWO).await?;
        assert_eq!(ends(&result, "workers:2")?, [OK; 2], "after {death}");
    }
    browser.check_clean().await
}

#[tokio::test]
async fn reset_ends_what_they_do_at_once_and_the_next_run_has_others() -> Result<()> {
    let query = "tasks=a:5000cpu,b:5000cpu&compare=workers:2,join";
    let (_site, browser) = open(query).await?;
    browser.click(RUN).await?;
    browser.wait_for_lines(0, "work begins", 2).await?;
    browser.click(RESET).await?;
    browser.wait_for_state("ready").await?;
    let Crew { created, ended } = browser.crew().await?;
    assert_eq!((created, ended), (2, 2));
    // The cores are free: a worker that is only done keeps its thread.
    browser.wait_for_threads(0).await?;
    let result = browser.run_of(TWO).await?;
    assert_eq!(ends(&result, "workers:2")?, [OK; 2]);
    let Crew { created, ended } = browser.crew().await?;
    assert_eq!((created, ended), (4, 2));
    browser.wait_for_threads(2).await?;
    assert_eq!(browser.probe().await?.finished.len(), 1);
    browser.check_clean().await
}

#[tokio::test]
async fn fifty_runs_are_done_by_the_same_two_workers() -> Result<()> {
    let (_site, browser) = open("tasks=a:1cpu,b:1cpu&compare=workers:2,join").await?;
    for _ in 0..10 {
        let outcomes: Vec<String> = browser
            .js_async(
                "const outcomes = [];
                 for (let count = 0; count < 5; count += 1) {
                   const { runs } = await expertChef.run();
                   outcomes.push(...runs.map((run) => run.outcome));
                 }
                 return outcomes;",
            )
            .await?;
        assert!(
            outcomes.iter().all(|outcome| outcome == "ok"),
            "{outcomes:?}"
        );
    }
    let Crew { created, ended } = browser.crew().await?;
    assert_eq!((created, ended), (2, 0));
    browser.wait_for_threads(2).await?;
    browser.check_clean().await
}

#[tokio::test]
async fn none_is_started_before_it_is_needed() -> Result<()> {
    let (_site, browser) = open(TWO).await?;
    let none = Crew {
        created: 0,
        ended: 0,
    };
    assert_eq!(browser.crew().await?, none, "to load the page");
    for tasks in ["a:50,b:60", "a:20cpu,b:50%2B20cpu"] {
        let query = format!("tasks={tasks}&compare=sequential,join");
        browser.run_of(&query).await?;
    }
    assert_eq!(browser.crew().await?, none, "for runs without workers");
    browser.run_of(TWO).await?;
    assert_eq!(browser.crew().await?.created, 2);
    Ok(())
}

/// Called, and worked on: by workers and by the page.
const CALLS: &str = "tasks=a:50%2B5cpu,b:5cpu,c:40&compare=workers:2,join";

async fn calls_from_workers(browser: &Browser) -> Result<RunResult> {
    let result = browser.run_by_click(PATIENCE * 2).await?;
    for run in &result.runs {
        assert_eq!(ends(&result, &run.strategy)?, [OK; 3], "{}", run.strategy);
    }
    Ok(result)
}

#[tokio::test]
async fn they_work_offline_though_none_was_ever_needed_before_and_from_a_sub_path() -> Result<()> {
    let mut site = Site::of(&dist::folder()?).at("/some/sub/path/").start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    site.stop();
    browser.open("about:blank").await?;
    browser.open(&site.url(CALLS)).await?;
    browser.wait_for_state("ready").await?;
    let result = calls_from_workers(&browser).await?;
    assert_eq!(result.source, "service-worker");
    browser.check_clean().await
}

#[tokio::test]
async fn the_service_worker_answers_them_from_a_sub_path_and_after_a_reload_past_it() -> Result<()>
{
    let site = Site::of(&dist::folder()?).at("/some/sub/path/").start()?;
    let browser = Browser::with_page(&site, CALLS, &Options::default()).await?;
    assert_eq!(calls_from_workers(&browser).await?.source, "service-worker");
    browser.reload(true).await?;
    browser.wait_for_state("ready").await?;
    assert_eq!(calls_from_workers(&browser).await?.source, "service-worker");
    let mut served = site.served();
    served
        .retain(|served| served.status != 200 || served.file.starts_with("expert-chef-services/"));
    assert!(served.is_empty(), "{served:#?}");
    browser.check_clean().await
}

#[tokio::test]
async fn without_service_workers_timers_stand_in_within_them_too() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        service_workers: ServiceWorkers::Absent,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, CALLS, &options).await?;
    assert_eq!(calls_from_workers(&browser).await?.source, "simulated");
    let mut served = site.served();
    served.retain(|served| served.file.starts_with("expert-chef-services/"));
    assert!(served.is_empty(), "{served:#?}");
    browser.check_clean().await
}

#[tokio::test]
async fn they_work_in_an_embed_on_another_site() -> Result<()> {
    for blocks_third_parties in [false, true] {
        let site = Site::start()?;
        let body = "<expert-chef id=\"one\" tasks=\"a:50+5cpu,b:5cpu,c:40\" \
            compare=\"workers:2,join\"></expert-chef>";
        let host = Host::start(&site, body)?;
        let options = Options {
            blocks_third_parties,
            ..Options::default()
        };
        let browser = embed::browser(options).await?;
        browser.open(&host.url()).await?;
        browser.told_by("one", "ready", 1).await?;
        let result = browser.js_async("return await one.run();").await?;
        let result = RunResult::parse_of(&result, true)?;
        let source = if blocks_third_parties {
            "simulated"
        } else {
            "service-worker"
        };
        assert_eq!(result.source, source);
        for run in &result.runs {
            assert_eq!(ends(&result, &run.strategy)?, [OK; 3], "{}", run.strategy);
        }
        // Firefox's own words about storage that is refused are none of the page's.
        if !blocks_third_parties {
            browser.check_clean().await?;
        }
    }
    Ok(())
}
