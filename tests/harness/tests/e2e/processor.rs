//! Work for the processor on the page's own thread: one block at a time, nothing
//! else meanwhile, and the reader's word between two of them.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::crew::watching;
use harness::page::{RESET, RUN};
use harness::result::RunResult;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

/// Works, a call, a call and then work, and two calls that fail.
const MIX: &str = "tasks=chop:60cpu,user:80,report:60%2B50cpu,x:50:503,y:60:503%2B40cpu&compare=sequential,join,pool:2,workers:2";

async fn open(query: &str) -> Result<(Site, Browser)> {
    let site = Site::start()?;
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, query, &watching(options)).await?;
    Ok((site, browser))
}

async fn run(query: &str) -> Result<(Browser, RunResult)> {
    let (_site, browser) = open(query).await?;
    let result = browser.run_by_click(PATIENCE * 2).await?;
    browser.check_clean().await?;
    Ok((browser, result))
}

#[tokio::test]
async fn the_same_comes_of_the_same_tasks_whoever_does_them() -> Result<()> {
    let (site, browser) = open(MIX).await?;
    let result = browser.run_by_click(PATIENCE * 2).await?;
    assert_eq!(result.source, "service-worker");
    for run in &result.runs {
        assert_eq!(
            run.ends(),
            [
                ("chop", "ok", None),
                ("user", "ok", None),
                ("report", "ok", None),
                ("x", "failed", Some("HTTP 503")),
                ("y", "failed", Some("HTTP 503")),
            ],
            "{}",
            run.strategy
        );
        // A call and then work are no two attempts.
        assert_eq!(run.task("report")?.attempts, None, "{}", run.strategy);
    }
    // What failed is not worked on.
    for kitchen in 0..result.runs.len() {
        let lines = browser.log_of(kitchen).await?;
        let begun = lines.iter().filter(|line| line.ends_with("work begins"));
        assert_eq!(begun.count(), 2, "{lines:#?}");
    }
    // The services are inside the browser for a worker's calls too.
    let called = |file: &str| file.starts_with("expert-chef-services/");
    assert!(!site.served().iter().any(|served| called(&served.file)));
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await
}

#[tokio::test]
async fn the_page_has_one_pair_of_hands_and_each_worker_its_own() -> Result<()> {
    let query = "tasks=a:800cpu,b:800cpu&compare=sequential,join,workers:2";
    let (_, result) = run(query).await?;
    assert_eq!(result.source, "processor");
    for on_page in ["sequential", "join"] {
        let run = result.run(on_page)?;
        let (a, b) = (run.task("a")?, run.task("b")?);
        assert!(b.start_ms >= Some(a.end_ms), "{on_page}: {run:?}");
        assert_eq!(run.predicted_ms, Some(1600.0), "{on_page}");
    }
    let workers = result.run("workers:2")?;
    assert!(
        workers.task("a")?.overlaps(workers.task("b")?),
        "{workers:?}"
    );
    assert_eq!(workers.predicted_ms, Some(800.0));
    Ok(())
}

/// `there at 204 ms`, in milliseconds.
fn there_at(line: &str) -> Result<f64> {
    let time = line.split_once("there at ").context("no time")?.1;
    millis(time.trim_end_matches(')'))
}

/// `204 ms` or `1.2 s`, in milliseconds.
fn millis(text: &str) -> Result<f64> {
    let (number, unit) = text
        .trim()
        .rsplit_once([' ', '\u{a0}', '\u{202f}'])
        .context("no unit")?;
    let number: f64 = number.replace(',', "").parse()?;
    match unit {
        "ms" => Ok(number),
        "s" => Ok(number * 1000.0),
        _ => anyhow::bail!("{text} is no time"),
    }
}

#[tokio::test]
async fn an_answer_that_finds_the_hands_full_is_noticed_when_they_are_free() -> Result<()> {
    let query = "tasks=chop:800cpu,user:100&compare=join,workers:2";
    let (browser, result) = run(query).await?;
    let join = result.run("join")?;
    let (user, chop) = (join.task("user")?, join.task("chop")?);
    assert!(user.start_ms <= chop.start_ms, "{join:?}");
    assert!(user.end_ms >= chop.end_ms, "{join:?}");
    let lines = browser.log_of(0).await?;
    let done = lines.iter().find(|line| line.starts_with("user done"));
    let done = done.with_context(|| format!("{lines:#?}"))?;
    let there = there_at(done)?;
    assert!(there < chop.end_ms, "{lines:#?}");
    assert!(Some(there) > user.start_ms, "{lines:#?}");
    // Who has hands of their own leaves the others' free.
    let workers = result.run("workers:2")?;
    assert!(workers.task("user")?.end_ms < workers.task("chop")?.end_ms);
    Ok(())
}

/// How long the page stood still, as each kitchen says.
async fn stood_still(browser: &Browser) -> Result<Vec<f64>> {
    let said: Vec<String> = browser
        .js("return [...document.querySelectorAll('.card__pulse')].map(said => said.textContent);")
        .await?;
    let said = said.iter().map(|said| said.strip_prefix("stood still "));
    said.map(|time| millis(time.context("not yet")?)).collect()
}

#[tokio::test]
async fn the_page_stands_still_for_its_own_work_and_not_for_workers() -> Result<()> {
    let query = "tasks=a:1500cpu,b:1500cpu&compare=join,workers:2";
    let (browser, result) = run(query).await?;
    let look = async || Ok(stood_still(&browser).await.unwrap_or_default());
    let still = until("the times", PATIENCE, look, |still| still.len() == 2).await?;
    let took = |task: &harness::result::Task| task.end_ms - task.start_ms.unwrap_or_default();
    let longest = result.run("join")?.tasks.iter().map(took);
    let longest = longest.fold(0.0, f64::max);
    assert!(still[0] >= longest * 0.9, "{still:?}, {result:?}");
    assert!(still[1] < still[0] / 2.0, "{still:?}, {result:?}");
    Ok(())
}

/// How many of the first kitchen's tasks are served by the time of the first
/// click on Reset, as its picture says.
const SERVED_AT_RESET: &str = "
    addEventListener('click', (event) => {
      if (!event.target.closest('[data-action=reset]')) return;
      const said = document.querySelector('.card[data-run] svg.kitchen').getAttribute('aria-label');
      const served = said.match(/; served: ([^;]*)/)?.[1].replace(/\\.$/, '') ?? '';
      window.servedAtReset ??= served === '' ? 0 : Number(served) || served.split(', ').length;
      window.saidAtReset ??= said;
    }, true);";

#[tokio::test]
async fn between_two_blocks_the_reader_can_stop_the_rest() -> Result<()> {
    const TASKS: usize = 100;
    let tasks: Vec<String> = (0..TASKS).map(|n| format!("t{n}:150cpu")).collect();
    let query = format!("tasks={}&compare=join,sequential", tasks.join(","));
    let (_site, browser) = open(&query).await?;
    browser.js::<()>(SERVED_AT_RESET).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    browser.click(RESET).await?;
    browser.wait_for_state("ready").await?;
    let (served, said): (usize, String) =
        browser.js("return [servedAtReset, saidAtReset];").await?;
    ensure!(served < TASKS, "all was over by then: {said}");
    // Nothing is left to come, and nothing comes.
    browser.rest().await?;
    assert_eq!(browser.state().await?, "ready");
    assert!(browser.result().await?.is_null());
    let probe = browser.probe().await?;
    assert!(probe.finished.is_empty(), "{probe:#?}");
    let result = browser
        .run_of("tasks=a:20cpu&compare=join,sequential")
        .await?;
    assert_eq!(result.run("join")?.ends(), [("a", "ok", None)]);
    browser.check_clean().await
}

#[tokio::test]
async fn the_log_says_who_has_a_task_and_when_the_work_on_it_begins() -> Result<()> {
    let query = "tasks=report:60%2B50cpu&compare=join,workers:1";
    let (browser, _) = run(query).await?;
    let heads = |lines: Vec<String>| -> Vec<String> {
        let heads = lines.iter().map(|line| line.split([',', '(']).next());
        heads
            .map(|head| head.unwrap_or_default().trim().to_owned())
            .collect()
    };
    let steps = [
        "report start",
        "report headers",
        "report answered",
        "report work begins",
        "report done",
    ];
    let on_page = heads(browser.log_of(0).await?);
    assert_eq!(on_page[0], "report queued");
    assert_eq!(on_page[1..], steps);
    let in_worker = heads(browser.log_of(1).await?);
    assert_eq!(in_worker[..2], ["report queued", "report to a worker"]);
    assert_eq!(in_worker[2..], steps);
    Ok(())
}

/// Waits until the address says that.
async fn asked(browser: &Browser, wanted: &str) -> Result<()> {
    let look = async || {
        browser
            .js::<String>("return decodeURIComponent(location.search);")
            .await
    };
    until(wanted, PATIENCE, look, |search| search.contains(wanted)).await?;
    Ok(())
}

/// Sets a field of the editor and leaves it, as a reader does.
async fn set(browser: &Browser, selector: &str, value: &str) -> Result<()> {
    browser
        .js_with(
            "const field = document.querySelector(arguments[0]);
             field.focus();
             field.value = arguments[1];
             for (const kind of ['input', 'change'])
               field.dispatchEvent(new Event(kind, { bubbles: true }));",
            vec![selector.into(), value.into()],
        )
        .await
}

#[tokio::test]
async fn a_task_is_given_work_and_a_kitchen_workers_in_the_editor() -> Result<()> {
    let (_site, browser) = open("tasks=user:50,b:60").await?;
    browser.open_drawer("edit").await?;
    set(&browser, "[data-edit=compute]", "30").await?;
    asked(&browser, "tasks=user:50+30cpu").await?;
    let kinds = "select:has(option[value=workers])";
    set(&browser, kinds, "workers").await?;
    asked(&browser, "compare=workers,join").await?;
    set(&browser, "[data-input=workers]", "3").await?;
    asked(&browser, "compare=workers:3,join").await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.run("workers:3")?.outcome, "ok");
    browser.check_clean().await
}
