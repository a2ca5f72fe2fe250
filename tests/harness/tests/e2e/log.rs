//! What happened, told four times: by picture, lanes, log and table. They agree,
//! and a screen reader hears what matters of it.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::RUN;
use harness::result::{Run, RunResult};
use harness::site::Site;
use harness::wait::PATIENCE;
use serde::Deserialize;

/// A failure in the middle, and no two events close to each other.
const TASKS: &str = "tasks=tea:150,toast:260:503,eggs:400";

/// What the stage tells of one kitchen at the moment that is shown.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    strategy: String,
    /// The picture in words.
    picture: String,
    /// The name in the picture that is lit.
    lit_pot: Vec<String>,
    /// The names of the lanes that are lit.
    lit_lane: Vec<String>,
    /// What is written at the ends of the bars.
    lanes: Vec<String>,
    /// The lines of the log that are lit.
    now: Vec<String>,
}

async fn told(browser: &Browser) -> Result<Vec<Told>> {
    browser
        .js("const stage = document.querySelector('[data-expert-chef]');
             const texts = (root, selector) =>
               [...root.querySelectorAll(selector)].map(one => one.innerText ?? one.textContent);
             const rows = [...stage.querySelectorAll('[data-part=chart] .chart__row')]
               .filter(row => row.querySelector('svg[role=img]'));
             const cards = [...stage.querySelectorAll('.card[data-run]')];
             const columns = [...stage.querySelectorAll('[data-part=log] [data-run]')];
             return cards.map((card, index) => ({
               strategy: card.dataset.run,
               picture: card.querySelector('svg.kitchen').getAttribute('aria-label'),
               litPot: texts(card, 'svg.kitchen .k-lit'),
               litLane: texts(rows[index], '.is-now'),
               lanes: texts(rows[index], 'svg[role=img] text').map(text => text.trim()),
               now: texts(columns[index], '.is-now').map(text => text.replace(/\\s+/g, ' ').trim()),
             }));")
        .await
}

/// The names that follow a word in the picture's sentence.
fn listed<'a>(sentence: &'a str, word: &str) -> Vec<&'a str> {
    let found = sentence.split("; ").find_map(|part| {
        let names = part.trim_end_matches('.').strip_prefix(word)?;
        names.strip_prefix(": ")
    });
    found
        .map(|names| names.split(", ").collect())
        .unwrap_or_default()
}

/// When it was sent; a task that was cancelled before never is.
fn starts(task: &harness::result::Task) -> f64 {
    task.start_ms.unwrap_or(f64::INFINITY)
}

/// What must be told of a run at a moment at which nothing happens.
fn check(told: &Told, run: &Run, at: f64) -> Result<()> {
    let named = |holds: &dyn Fn(&harness::result::Task) -> bool| -> Vec<&str> {
        let tasks = run.tasks.iter().filter(|task| holds(task));
        tasks.map(|task| task.name.as_str()).collect()
    };
    let is_over = |task: &harness::result::Task| task.end_ms <= at;
    let picture = |word| {
        let mut names = listed(&told.picture, word);
        names.sort_unstable();
        names
    };
    let sorted = |mut names: Vec<&str>| -> Vec<String> {
        names.sort_unstable();
        names.into_iter().map(String::from).collect()
    };
    for (word, holds) in [
        ("waiting", named(&|task| starts(task) > at)),
        (
            "on the stove",
            named(&|task| starts(task) <= at && !is_over(task)),
        ),
        (
            "served",
            named(&|task| is_over(task) && task.outcome == "ok"),
        ),
        (
            "spoilt",
            named(&|task| is_over(task) && task.outcome != "ok"),
        ),
    ] {
        let holds = sorted(holds);
        ensure!(
            picture(word) == holds,
            "{word} should be {holds:?} at {at}: {told:#?}"
        );
    }
    for (sign, outcome) in [('✓', "ok"), ('✗', "failed")] {
        let ended = run.tasks.iter();
        let ended = ended.filter(|task| is_over(task) && task.outcome == outcome);
        let lanes = told.lanes.iter().filter(|text| text.contains(sign));
        ensure!(
            lanes.count() == ended.count(),
            "{sign} of the lanes at {at}: {told:#?}"
        );
    }
    // Which event was the last: of those, where several were, any.
    let moments = |task: &harness::result::Task| {
        let moments = [starts(task), task.end_ms];
        moments
            .into_iter()
            .filter(|moment| *moment <= at)
            .fold(-1.0, f64::max)
    };
    let latest = run.tasks.iter().map(moments).fold(-1.0, f64::max);
    let [now] = told.now.as_slice() else {
        anyhow::bail!("one line of the log is now: {told:#?}");
    };
    // Headers are an event of their own, some time before the end.
    let has_headers = |task: &harness::result::Task| {
        now.contains(" headers") && starts(task) <= at && !is_over(task)
    };
    let candidates = run.tasks.iter();
    let candidates = candidates.filter(|task| moments(task) > latest - 2.0 || has_headers(task));
    let candidates: Vec<&str> = candidates.map(|task| task.name.as_str()).collect();
    let name = candidates.iter().find(|name| now.contains(**name));
    let name = name.with_context(|| format!("{now} is not of {candidates:?} at {at}"))?;
    ensure!(
        told.lit_lane == [*name],
        "another lane is lit than {name}'s at {at}: {told:#?}"
    );
    ensure!(
        told.lit_pot == [*name],
        "another dish is lit than {name} at {at}: {told:#?}"
    );
    Ok(())
}

/// Moments at which nothing happens in either kitchen, one between every two
/// events that are not close to each other.
fn quiet_moments(result: &RunResult) -> Vec<f64> {
    let tasks = result.runs.iter().flat_map(|run| &run.tasks);
    let mut moments: Vec<f64> = tasks.flat_map(|task| [starts(task), task.end_ms]).collect();
    moments.sort_by(f64::total_cmp);
    let pairs = moments.windows(2).filter(|two| two[1] - two[0] > 20.0);
    let mut quiet: Vec<f64> = pairs.map(|two| two[0] + (two[1] - two[0]) * 0.6).collect();
    quiet.extend(moments.last().map(|last| last + 30.0));
    quiet
}

#[tokio::test]
async fn picture_lanes_and_log_agree_at_any_moment() -> Result<()> {
    let site = Site::start()?;
    let (browser, result) = Browser::with_recording(&site, TASKS, &Options::default()).await?;
    let moments = quiet_moments(&result);
    assert!(moments.len() >= 4, "{moments:?}");
    for at in moments {
        browser.seek(at).await?;
        let told = told(&browser).await?;
        assert_eq!(told.len(), 2);
        for told in &told {
            let run = result.run(&told.strategy)?;
            check(told, run, at).with_context(|| format!("{at} of {}", told.strategy))?;
        }
    }
    Ok(())
}

/// The lines of a kitchen's log that say that something started or ended.
async fn starts_and_ends(browser: &Browser, strategy: &str) -> Result<Vec<String>> {
    browser
        .js(&format!(
            "const column = document.querySelector('[data-part=log] [data-run={strategy}]');
             return [...column.querySelectorAll('li')]
               .map(line => line.innerText.replace(/\\s+/g, ' ').trim())
               .map(line => line.match(/(\\S+) (start|done|failed)/))
               .filter(match => match).map(match => match[1] + ' ' + match[2]);"
        ))
        .await
}

#[tokio::test]
async fn the_log_shows_one_order_beside_the_other() -> Result<()> {
    let site = Site::start()?;
    let query = "tasks=tea:150,toast:260:503";
    let (browser, _) = Browser::with_recording(&site, query, &Options::default()).await?;
    assert_eq!(
        starts_and_ends(&browser, "sequential").await?,
        ["tea start", "tea done", "toast start", "toast failed"]
    );
    assert_eq!(
        starts_and_ends(&browser, "join").await?,
        ["tea start", "toast start", "tea done", "toast failed"]
    );
    let log: String = browser
        .js("return document.querySelector('[data-part=log]').innerText;")
        .await?;
    assert!(log.contains("HTTP 503"), "the reason is left out: {log}");
    let sides: Vec<f64> = browser
        .js(
            "return [...document.querySelectorAll('[data-part=log] [data-run]')]
               .map(column => column.getBoundingClientRect().top);",
        )
        .await?;
    assert!((sides[0] - sides[1]).abs() < 1.0, "not side by side");
    Ok(())
}

#[tokio::test]
async fn a_line_of_the_log_leads_to_its_moment() -> Result<()> {
    let site = Site::start()?;
    let (browser, result) = Browser::with_recording(&site, TASKS, &Options::default()).await?;
    // One after another, the next call starts at the same moment.
    let end = result.run("join")?.tasks[0].end_ms;
    browser
        .js::<()>(
            "const lines = document.querySelectorAll('[data-part=log] [data-run=join] button');
             [...lines].find(line => /tea.*done/s.test(line.innerText)).click();",
        )
        .await?;
    let seen = browser.playback().await?;
    assert_eq!(seen.mode, "paused");
    assert!((seen.at - end).abs() < 1.0, "{seen:?}, {end}");
    let told = told(&browser).await?;
    assert!(
        told[1].now.iter().any(|now| now.contains("tea done")),
        "{told:#?}"
    );
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await
}

#[tokio::test]
async fn the_table_has_every_call_of_every_kitchen() -> Result<()> {
    #[derive(Debug, Deserialize)]
    struct Table {
        caption: String,
        scopes: Vec<String>,
        rows: Vec<Vec<String>>,
    }
    let site = Site::start()?;
    let (browser, result) = Browser::with_recording(&site, TASKS, &Options::default()).await?;
    browser.click("details.calls summary").await?;
    let table: Table = browser
        .js("const table = document.querySelector('details.calls table');
             return {
               caption: table.caption?.innerText ?? '',
               scopes: [...table.querySelectorAll('th')].map(one => one.scope),
               rows: [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.innerText)),
             };")
        .await?;
    assert!(!table.caption.is_empty());
    assert!(
        table.scopes.iter().all(|scope| !scope.is_empty()),
        "{table:?}"
    );
    for run in &result.runs {
        for task in &run.tasks {
            let row = table.rows.iter().find(|row| row[0] == task.name);
            let row = row.with_context(|| format!("no row of {}: {table:?}", task.name))?;
            // Rounded from more digits than the result has, it may be one off.
            for time in [starts(task), task.end_ms, task.end_ms - starts(task)] {
                let has_it = row.iter().any(|cell| {
                    let digits: String = cell.chars().filter(|c| c.is_ascii_digit()).collect();
                    let shown = digits.parse::<f64>();
                    shown.is_ok_and(|shown| (shown - time).abs() <= 1.0)
                });
                ensure!(has_it, "{time} of {} is missing: {row:?}", task.name);
            }
            if let Some(error) = &task.error {
                ensure!(row.iter().any(|cell| cell.contains(error)), "{row:?}");
            }
        }
    }
    Ok(())
}

/// Remembers what the live regions come to say.
const LISTEN: &str = "
    const heard = [];
    Object.defineProperty(window, 'harnessHeard', { value: heard, configurable: true });
    const regions = document.querySelectorAll('[role=status], [role=alert], [aria-live]');
    for (const region of regions) {
      new MutationObserver(() => heard.push(region.textContent.trim()))
        .observe(region, { childList: true, characterData: true, subtree: true });
    }
    return regions.length;";

#[tokio::test]
async fn a_screen_reader_hears_the_start_the_results_and_failures() -> Result<()> {
    let site = Site::start()?;
    let query = "tasks=tea:150,toast:260:503,eggs:400";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    let regions: usize = browser.js(LISTEN).await?;
    assert_eq!(regions, 1, "one voice, or two speak at once");
    let result = browser.run_by_click(PATIENCE).await?;
    browser.wait_for_playback("paused").await?;
    let heard: Vec<String> = browser.js("return harnessHeard;").await?;
    let all = heard.join("\n");
    ensure!(!heard.is_empty(), "nothing is said");
    ensure!(
        ["Start", "Running", "start"]
            .iter()
            .any(|word| heard[0].contains(word)),
        "the start is not said: {heard:?}"
    );
    ensure!(all.contains("toast") && all.contains("503"), "{heard:?}");
    for run in &result.runs {
        let title: String = browser
            .js(&format!(
                "return document.querySelector('.card[data-run={}] h1, .card[data-run={0}] h2, .card[data-run={0}] h3').innerText;",
                run.strategy
            ))
            .await?;
        ensure!(all.contains(&title), "{title} is not heard of: {heard:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_screen_reader_is_not_told_every_event() -> Result<()> {
    let site = Site::start()?;
    let tasks: Vec<String> = (0..40).map(|n| format!("t{n}:{}", 20 + n)).collect();
    let query = format!("tasks={}", tasks.join(","));
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let _: usize = browser.js(LISTEN).await?;
    browser.run_by_click(PATIENCE).await?;
    browser.wait_for_playback("paused").await?;
    browser.seek(100.0).await?;
    browser.click(harness::playback::PLAY).await?;
    browser.wait_for_playback("paused").await?;
    let heard: Vec<String> = browser.js("return harnessHeard;").await?;
    // The start, each kitchen's result, and the comparison.
    assert!((1..=4).contains(&heard.len()), "{heard:#?}");
    Ok(())
}

#[tokio::test]
async fn what_fails_by_the_hundred_is_not_read_out_one_by_one() -> Result<()> {
    let site = Site::start()?;
    let tasks: Vec<String> = (0..200).map(|n| format!("t{n}:{}:503", 200 + n)).collect();
    let query = format!("compare=join,join&tasks={}", tasks.join(","));
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let _: usize = browser.js(LISTEN).await?;
    browser.click(RUN).await?;
    browser.finished_event(0, PATIENCE).await?;
    let heard: Vec<String> = browser.js("return harnessHeard;").await?;
    let longest = heard.iter().map(|text| text.chars().count()).max();
    assert!(
        longest.unwrap_or_default() < 1000,
        "{longest:?} characters at once"
    );
    Ok(())
}
