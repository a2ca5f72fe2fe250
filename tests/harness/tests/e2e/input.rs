//! Input from outside that is wrong or hostile: the page says so in one
//! sentence, goes on with the default, and shows it as text if at all.

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::page::Notice;
use harness::result::RunResult;
use harness::site::Site;
use harness::wait::PATIENCE;
use url::form_urlencoded::byte_serialize;

const TASKS_ALLOWED: &[&str] = &["1,000", "0 to 30,000 ms"];

/// The one message that is there, and nothing but a sentence or two.
fn the_notice(notices: &[Notice]) -> &str {
    assert_eq!(notices.len(), 1, "{notices:#?}");
    assert!(
        !notices[0].is_error,
        "input is no defect of the page: {notices:?}"
    );
    assert!(notices[0].text.chars().count() < 300, "{notices:?}");
    &notices[0].text
}

async fn check_default(browser: &Browser, query: &str) -> Result<()> {
    let scenarios = browser.chosen_scenarios().await?;
    assert_eq!(scenarios, ["dashboard"], "after {query}");
    assert_eq!(browser.state().await?, "ready", "after {query}");
    browser.check_clean().await
}

/// Opens the page with each of the queries, in one browser.
async fn refused(cases: &[(String, &[&str])]) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    for (query, says) in cases {
        let shown: String = query.chars().take(80).collect();
        browser.open(&site.url(query)).await?;
        browser.wait_for_state("ready").await?;
        let notices = browser.notices().await?;
        let notice = the_notice(&notices);
        for says in *says {
            assert!(
                notice.contains(says),
                "“{says}” is not in “{notice}” after {shown}"
            );
        }
        check_default(&browser, &shown).await?;
    }
    Ok(())
}

fn tasks(list: &str) -> String {
    format!(
        "tasks={}",
        byte_serialize(list.as_bytes()).collect::<String>()
    )
}

#[tokio::test]
async fn tasks_that_make_no_sense_are_named_and_the_default_is_ready() -> Result<()> {
    refused(&[
        (tasks(""), TASKS_ALLOWED),
        (tasks("nonsense"), &["nonsense", "1,000", "0 to 30,000 ms"]),
        (tasks("a:1,,b:2"), TASKS_ALLOWED),
        (tasks("a:b:c:d:e"), TASKS_ALLOWED),
        (tasks(":500"), &["name"]),
        (
            tasks("a:50:never"),
            &["never", "400 to 599", "malformed", "drop", "slow-body"],
        ),
        (tasks("a:50:200"), &["200", "400 to 599"]),
        (tasks("same:1,same:2"), &["same"]),
        (tasks("%00%ff:1"), &["name"]),
        (
            format!("tasks={}", "%F0%9F%8D%B3".repeat(500)),
            TASKS_ALLOWED,
        ),
    ])
    .await
}

#[tokio::test]
async fn latencies_out_of_bounds_are_named_and_the_default_is_ready() -> Result<()> {
    let bad = [
        "-1", "NaN", "Infinity", "-0.001", "1e309", "86400000", "30000.1", "", "five", "0x10",
    ];
    let cases: Vec<(String, &[&str])> = bad
        .iter()
        .map(|latency| (tasks(&format!("a:{latency}")), TASKS_ALLOWED))
        .collect();
    refused(&cases).await
}

#[tokio::test]
async fn ten_thousand_tasks_are_refused_in_one_sentence() -> Result<()> {
    let many = vec!["a:1"; 10_000].join(",");
    refused(&[
        (format!("tasks={many}"), &["10000", "1,000"]),
        (
            format!("tasks={}", vec!["a:1"; 1_001].join(",")),
            &["1001", "1,000"],
        ),
    ])
    .await
}

#[tokio::test]
async fn other_parameters_that_are_wrong_are_named_with_what_is_allowed() -> Result<()> {
    refused(&[
        (
            "scenario=lunch".into(),
            &["lunch", "dashboard", "two-calls"],
        ),
        ("compare=join,join,join,join,join".into(), &["1 to 4"]),
        (
            "compare=sequential,magic".into(),
            &["magic", "sequential", "join"],
        ),
        ("mode=sprint".into(), &["sprint", "race", "turns"]),
        ("theme=pink".into(), &["pink", "auto", "light", "dark"]),
        (
            "autorun=always".into(),
            &["always", "none", "load", "visible"],
        ),
        ("speed=99".into(), &["99", "0.25", "4"]),
        ("embed=yes".into(), &["yes", "0", "1"]),
        ("endpoint=nonsense".into(), &["nonsense"]),
        ("endpoint=a@javascript:alert(1)".into(), &["http"]),
        ("endpoint=a@file:///etc/passwd".into(), &["http"]),
        ("endpoint=a@/relative".into(), &["http"]),
        (
            "endpoint=a@https://user:secret@example.com/".into(),
            &["credentials"],
        ),
    ])
    .await
}

#[tokio::test]
async fn work_and_workers_out_of_bounds_are_named_with_what_is_allowed() -> Result<()> {
    let work = &["0 to 5,000 ms", "onions:600cpu", "report:300+200cpu"];
    let workers = &["workers:2", "1 to 16"];
    let mut cases: Vec<(String, &[&str])> = Vec::new();
    for bad in [
        "a:5001cpu",
        "a:-1cpu",
        "a:cpu",
        "a:fivecpu",
        "a:NaNcpu",
        "a:600cpu600cpu",
        "a:300+cpu",
        "a:300+200+5001cpu",
        "a:300+5001cpu",
    ] {
        cases.push((tasks(bad), work));
    }
    // As it is typed, the plus sign a blank; and what is wrong with the call.
    cases.push(("tasks=a:300+5001cpu".into(), work));
    cases.push((tasks("a:30001+200cpu"), TASKS_ALLOWED));
    cases.push((tasks("a:300:never+200cpu"), &["never", "400 to 599"]));
    cases.push((tasks("a:600 cpu cpu"), work));
    for bad in [
        "workers:0",
        "workers:1000",
        "workers:17",
        "workers:",
        "workers:x",
        "worker:2",
    ] {
        cases.push((format!("compare=join,{bad}"), workers));
    }
    cases.push(("compare=workers,join,join,join,join".into(), &["1 to 4"]));
    refused(&cases).await
}

#[tokio::test]
async fn after_work_that_is_refused_the_default_runs() -> Result<()> {
    let site = Site::start()?;
    let query = "tasks=a:5001cpu&compare=join,workers:0";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    let notices = browser.notices().await?;
    assert_eq!(notices.len(), 2, "{notices:#?}");
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.scenario, "dashboard");
    let strategies: Vec<&str> = result
        .runs
        .iter()
        .map(|run| run.strategy.as_str())
        .collect();
    assert_eq!(strategies, ["sequential", "join"]);
    browser.check_clean().await
}

#[tokio::test]
async fn each_wrong_value_has_its_own_sentence() -> Result<()> {
    let site = Site::start()?;
    let query = "theme=pink&tasks=nonsense&speed=99&unknown=left-alone";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    let notices = browser.notices().await?;
    assert_eq!(notices.len(), 3, "{notices:#?}");
    for named in ["pink", "nonsense", "99"] {
        assert!(
            notices.iter().any(|notice| notice.text.contains(named)),
            "{named}: {notices:#?}"
        );
    }
    check_default(&browser, query).await
}

const HOSTILE: &[&str] = &[
    "<img src=x onerror=stolen()>",
    "<script>stolen()</script>a",
    "\"><svg onload=stolen()>",
    "{{constructor}}${a}",
    "a\u{202e}txt.exe",
];

/// Defines what hostile names would call, had they their way.
fn with_trap() -> Options {
    Options {
        inject: vec!["window.stolen = () => { window.wasStolen = true; };".into()],
        ..Options::default()
    }
}

async fn nothing_was_made_of(browser: &Browser, name: &str) -> Result<()> {
    let made: bool = browser
        .js(
            "return window.wasStolen === true
               || document.querySelector('img, [onerror], [onload], body script, main script') !== null;",
        )
        .await?;
    assert!(!made, "an element was made of {name}");
    Ok(())
}

#[tokio::test]
async fn markup_in_the_names_of_tasks_is_shown_as_text() -> Result<()> {
    let site = Site::start()?;
    let name = HOSTILE[0];
    let query = tasks(&format!("{name}:60,b:40:503"));
    let browser = Browser::with_page(&site, &query, &with_trap()).await?;
    assert!(browser.notices().await?.is_empty());
    let result: RunResult = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.runs[0].tasks[0].name, name);
    assert!(
        browser.text().await?.contains("<img src=x"),
        "the name is shown"
    );
    nothing_was_made_of(&browser, name).await?;
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await
}

#[tokio::test]
async fn markup_in_any_parameter_never_becomes_an_element() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&with_trap()).await?;
    for name in HOSTILE {
        let name: String = byte_serialize(name.as_bytes()).collect();
        for query in [
            format!("tasks={name}:60"),
            format!("tasks=a:{name}"),
            format!("tasks=a:1:{name}"),
            format!(
                "scenario={name}&compare={name}&mode={name}&theme={name}&autorun={name}&speed={name}&embed={name}"
            ),
            format!("endpoint={name}"),
            format!("endpoint={name}@https://example.invalid/{name}"),
            format!("{name}={name}"),
        ] {
            browser.open(&site.url(&query)).await?;
            browser.wait_for_state("ready").await?;
            nothing_was_made_of(&browser, &query).await?;
            browser.check_clean().await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn configure_takes_bad_input_as_the_query_string_does() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:50", &Options::default()).await?;
    browser.configure("?tasks=nonsense").await?;
    let notices = browser.notices().await?;
    assert!(the_notice(&notices).contains("nonsense"));
    check_default(&browser, "configure").await?;
    // What is put right no longer complains.
    browser.configure("scenario=two-calls").await?;
    assert!(browser.notices().await?.is_empty());
    for odd in ["undefined", "null", "42", "{}", "''"] {
        browser
            .js::<()>(&format!("window.expertChef.configure({odd});"))
            .await?;
        assert_eq!(browser.state().await?, "ready", "configure({odd})");
    }
    browser.check_clean().await
}
