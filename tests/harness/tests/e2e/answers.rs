//! What answers cannot do to the page, and what it finds out of those that do
//! not come.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Engine, Options};
use harness::dist;
use harness::page::RESET;
use harness::result::RunResult;
use harness::services::{Call, Services};
use harness::site::Site;
use harness::wait::PATIENCE;

const REDIRECT: &str = "a redirect, which is not followed";
const TOO_LARGE: &str = "more than 16 MiB";
const UNREADABLE: &str = "unreadable: no Access-Control-Allow-Origin";
const NETWORK: &str = "no answer (network error)";
const PROBED: &str = "One HEAD request was made to find out why there was no answer, to each of: ";
const REPEATED: &str = "Firefox repeats a request by itself";

/// The longest body that the page takes.
const LIMIT: usize = 16 << 20;

/// What a body may cost.
const MOST: u64 = 100_000_000;

/// And what it may where the browser takes more of it than a page has asked for:
/// Firefox all that comes, and both all that one packet unpacks to. Without an end
/// to it that was gigabytes.
const MOST_AHEAD: u64 = 500_000_000;

/// Runs what is asked for by the reader's own click, in both kitchens; each task
/// has to come to the same in all of them: its error, or none.
async fn errors(browser: &Browser) -> Result<(Vec<Option<String>>, RunResult)> {
    let result = browser.run_by_click(PATIENCE * 3).await?;
    let of = |run: usize| -> Vec<Option<String>> {
        let tasks = result.runs[run].tasks.iter();
        tasks.map(|task| task.error.clone()).collect()
    };
    let first = of(0);
    for run in 1..result.runs.len() {
        ensure!(of(run) == first, "{result:#?}");
    }
    Ok((first, result))
}

fn heads(calls: &[Call]) -> usize {
    calls.iter().filter(|call| call.method == "HEAD").count()
}

#[tokio::test]
async fn a_redirect_is_named_and_not_followed_and_not_tried_again() -> Result<()> {
    let (site, services, other) = (Site::start()?, Services::start()?, Services::start()?);
    let away = format!("to={}", other.url("away", "ms=0"));
    let near = format!("to={}", services.url("near", "ms=0"));
    let asked = services.behaving(&[("away", &away), ("near", &near)]);
    let query = format!("retries=2&compare=join,workers:2&{asked}");
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [Some(REDIRECT.into()), Some(REDIRECT.into())]);
    assert!(other.calls().is_empty(), "{:#?}", other.calls());
    assert_eq!(services.calls().len(), 4, "{:#?}", services.calls());
    assert_eq!(heads(&services.calls()), 0);
    browser.check_clean().await
}

#[tokio::test]
async fn what_asks_why_follows_no_redirect_to_another_origin_either() -> Result<()> {
    let (site, services, other) = (Site::start()?, Services::start()?, Services::start()?);
    let away = format!("cors=none&to={}", other.url("away", "ms=0"));
    let browser = Browser::with_page(
        &site,
        &services.behaving(&[("away", &away)]),
        &Options::default(),
    )
    .await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [Some(REDIRECT.into())]);
    assert!(other.calls().is_empty(), "{:#?}", other.calls());
    assert_eq!(heads(&services.calls()), 1, "{:#?}", services.calls());
    Ok(())
}

#[tokio::test]
async fn an_endless_body_is_given_up_at_the_limit_and_memory_stays_level() -> Result<()> {
    memory_stays_level("fault=endless").await
}

#[tokio::test]
async fn a_body_that_unpacks_to_a_gigabyte_is_given_up_and_memory_stays_level() -> Result<()> {
    memory_stays_level("fault=bomb").await
}

#[tokio::test]
async fn an_endless_body_that_is_no_json_is_given_up_too() -> Result<()> {
    memory_stays_level("fault=endless&status=503&type=text/plain").await
}

async fn memory_stays_level(fault: &str) -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let asked = services.behaving(&[("one", fault)]);
    let kitchens = "retries=2&compare=join,workers:1";
    let fine = services.behaving(&[("one", "ms=0")]);
    let query = format!("{kitchens}&{fine}");
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    // With its workers, which it keeps.
    browser.run_by_click(PATIENCE).await?;
    let before = services.calls().len();
    browser.configure(&format!("{kitchens}&{asked}")).await?;
    browser.wait_for_state("ready").await?;
    let idle = browser.memory().context("the system does not tell")?;
    let (peak, (errors, result)) = browser.peak_during(errors(&browser)).await?;
    assert_eq!(errors, [Some(TOO_LARGE.into())]);
    let over = peak.saturating_sub(idle);
    eprintln!("{fault}: {idle} bytes at rest, {over} more at the most");
    let is_ahead = Engine::asked_for()? == Engine::Firefox || fault.contains("bomb");
    let most = if is_ahead { MOST_AHEAD } else { MOST };
    assert!(over <= most, "{over} bytes over {idle}: {result:#?}");
    let closed = |calls: &[Call]| calls.iter().all(|call| call.over().is_some());
    let calls = services
        .wait("the requests to end", PATIENCE, closed)
        .await?;
    assert_eq!(calls.len() - before, 2, "tried again: {calls:#?}");
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit_and_not_a_byte_more() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let (most, more) = (format!("size={LIMIT}"), format!("size={}", LIMIT + 1));
    let query = services.behaving(&[("most", &most), ("more", &more)]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [None, Some(TOO_LARGE.into())]);
    Ok(())
}

/// Some browsers make room for each piece themselves.
#[tokio::test]
async fn a_browser_that_reads_into_no_room_of_the_pages_own_reads_all_the_same() -> Result<()> {
    let mut options = Options::default();
    options.inject.push(
        "const { getReader } = ReadableStream.prototype;
         ReadableStream.prototype.getReader = function (options) {
           if (options?.mode) throw new TypeError(`there is no mode ${options.mode}`);
           return getReader.call(this);
         };"
        .into(),
    );
    let (site, services) = (Site::start()?, Services::start()?);
    let (most, more) = (format!("size={LIMIT}"), format!("size={}", LIMIT + 1));
    let query = services.behaving(&[
        ("most", &most),
        ("more", &more),
        ("malformed", "fault=malformed"),
        ("half", "fault=half"),
    ]);
    let browser = Browser::with_page(&site, &query, &options).await?;
    let (errors, _) = errors(&browser).await?;
    let expected = [TOO_LARGE, "malformed JSON", "broke off: network error"];
    assert_eq!(errors[0], None);
    assert_eq!(errors[1..], expected.map(|error| Some(error.to_owned())));
    Ok(())
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_call_without_an_answer() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let query = services.behaving(&[("half", "fault=half")]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [Some("broke off: network error".into())]);
    assert_eq!(heads(&services.calls()), 0, "there was an answer");
    Ok(())
}

#[tokio::test]
async fn what_is_json_the_media_type_says_and_nothing_that_looks_like_it() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let query = services.behaving(&[
        ("text", "fault=malformed&type=text/plain;%20x=json"),
        (
            "json",
            "fault=malformed&type=Application/Problem%2BJSON;%20charset=utf-8",
        ),
        ("good", "type=text/json"),
    ]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [None, Some("malformed JSON".into()), None]);
    Ok(())
}

/// What a page that came over `https:` may not call. The harness serves none, so
/// this is that part of the page's own script, told that it is there.
#[tokio::test]
async fn a_secure_page_may_call_this_machine_alone_without_a_secure_connection() -> Result<()> {
    let script = include_str!("../../../../www/why.js");
    let begin = script
        .find("const isMixed")
        .context("it has another name")?;
    let end = script[begin..].find(";\n").context("it has no end")?;
    let ask = |protocol: &str, urls: &[&str]| {
        format!(
            "const location = {{ protocol: '{protocol}' }}; {}; return {urls:?}.map(isMixed);",
            &script[begin..begin + end]
        )
    };
    let away = [
        "http://a.example/",
        "http://localhost.example/",
        "http://127.example/",
    ];
    let near = [
        "http://localhost/",
        "http://localhost:81/?a",
        "http://kitchen.localhost:81/",
        "http://127.0.0.1:81/",
        "http://127.1.2.3/",
        "http://[::1]:81/",
        "https://a.example/",
    ];
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:10", &Options::default()).await?;
    let all: Vec<bool> = browser.js(&ask("https:", &away)).await?;
    assert_eq!(all, [true; 3]);
    let none: Vec<bool> = browser.js(&ask("https:", &near)).await?;
    assert_eq!(none, [false; 7]);
    let none: Vec<bool> = browser.js(&ask("http:", &away)).await?;
    assert_eq!(none, [false; 3]);
    Ok(())
}

#[tokio::test]
async fn a_host_that_no_policy_can_name_is_asked_nothing_and_its_reason_stays_open() -> Result<()> {
    let (site, mut gone) = (Site::start()?, Services::start()?);
    let nobody = gone.url("nobody", "ms=0").replace("127.0.0.1", "[::1]");
    gone.stop();
    let browser = Browser::with_page(
        &site,
        &format!("endpoint=nobody@{nobody}"),
        &Options::default(),
    )
    .await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [Some(NETWORK.into())]);
    let shown = browser.text().await?;
    assert!(!shown.contains(PROBED), "{shown}");
    Ok(())
}

#[tokio::test]
async fn an_answer_that_this_page_may_not_read_is_told_from_none_by_one_head_an_origin()
-> Result<()> {
    let site = Site::start()?;
    let (services, mut gone) = (Services::start()?, Services::start()?);
    let secret = services.behaving(&[("one", "cors=none"), ("two", "cors=none&ms=20")]);
    let silent = gone.behaving(&[("silent", "ms=0")]);
    let (origin, missing) = (services.url("", ""), gone.url("", ""));
    gone.stop();
    let query = format!("retries=1&compare=join,workers:2&{secret}&{silent}");
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (errors, _) = errors(&browser).await?;
    let unreadable = || Some(UNREADABLE.to_owned());
    assert_eq!(errors, [unreadable(), unreadable(), Some(NETWORK.into())]);
    let calls = services.calls();
    assert_eq!(heads(&calls), 1, "{calls:#?}");
    assert_eq!(calls.len(), 9, "{calls:#?}");
    let head = calls.iter().find(|call| call.method == "HEAD");
    for header in ["cookie", "authorization", "referer"] {
        assert!(
            head.is_some_and(|head| !head.headers.contains_key(header)),
            "{head:#?}"
        );
    }

    let shown = browser.text().await?;
    let asked = [origin, missing].map(|url| url.trim_end_matches("/?").to_owned());
    assert!(
        shown.contains(&format!("{PROBED}{}.", asked.join(", "))),
        "{shown}"
    );
    for kitchen in 0..2 {
        let lines = browser.log_of(kitchen).await?;
        for line in [
            format!("one failed: {UNREADABLE}; again"),
            format!("one failed: {UNREADABLE}"),
            format!("silent failed: {NETWORK}"),
        ] {
            assert!(lines.contains(&line), "{line}: {lines:#?}");
        }
    }
    // Nothing is left of the frame that asked.
    let frames: usize = browser
        .js("return document.querySelectorAll('iframe').length;")
        .await?;
    assert_eq!(frames, 0);
    Ok(())
}

#[tokio::test]
async fn what_was_read_once_is_not_said_to_be_unreadable_when_its_connection_breaks() -> Result<()>
{
    let (site, services) = (Site::start()?, Services::start()?);
    let query = services.behaving(&[("sometimes", "cors=every-other")]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    let ends: Vec<_> = result
        .runs
        .iter()
        .map(|run| run.tasks[0].error.as_deref())
        .collect();
    assert_eq!(ends, [None, Some(NETWORK)], "{result:#?}");
    Ok(())
}

#[tokio::test]
async fn a_host_whose_policy_forbids_the_call_is_said_to_and_nothing_is_sent() -> Result<()> {
    let site = Site::of(&dist::folder()?)
        .under_policy("connect-src 'self'")?
        .start()?;
    let services = Services::start()?;
    let query = format!(
        "tasks=user:50,one:?&{}",
        services.behaving(&[("one", "ms=0")])
    );
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(
        errors,
        [None, Some("forbidden by this site’s connect-src".into())]
    );
    assert!(services.calls().is_empty(), "{:#?}", services.calls());
    let shown = browser.text().await?;
    assert!(shown.contains("connect-src"), "{shown}");
    assert!(!shown.contains(PROBED), "{shown}");
    Ok(())
}

#[tokio::test]
async fn a_browser_that_is_offline_is_said_to_be_and_asks_nobody_why() -> Result<()> {
    let (site, mut services) = (Site::start()?, Services::start()?);
    let query = services.behaving(&[("one", "ms=0")]);
    services.stop();
    let options = Options {
        // What a browser says without a network.
        inject: vec![
            "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });".into(),
        ],
        ..Options::default()
    };
    let browser = Browser::with_page(&site, &query, &options).await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [Some("the browser is offline".into())]);
    let shown = browser.text().await?;
    assert!(!shown.contains(PROBED), "{shown}");
    Ok(())
}

#[tokio::test]
async fn a_reset_while_it_is_asked_why_ends_that_too() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    // Refused at once; a HEAD takes its time.
    let query = services.behaving(&[("slow", "cors=none&head=1500")]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    browser.press_run().await?;
    let asks = |calls: &[Call]| heads(calls) == 1;
    services.wait("what asks why", PATIENCE, asks).await?;
    assert_eq!(browser.state().await?, "running");
    browser.click(RESET).await?;
    browser.wait_for_state("ready").await?;
    let is_over = |calls: &[Call]| calls.iter().all(|call| call.over().is_some());
    let calls = services.wait("it to end", PATIENCE, is_over).await?;
    let head = calls.iter().find(|call| call.method == "HEAD");
    assert!(head.is_some_and(Call::was_closed), "{calls:#?}");
    assert!(browser.probe().await?.finished.is_empty());
    Ok(())
}

#[tokio::test]
async fn who_does_not_say_why_in_good_time_gave_no_answer() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let query = services.behaving(&[("slow", "cors=none&head=20000")]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [Some(NETWORK.into())]);
    assert!(browser.text().await?.contains(PROBED));
    Ok(())
}

#[tokio::test]
async fn a_browser_that_repeats_requests_by_itself_is_said_to() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let query = services.behaving(&[("cut", "ms=20&fault=drop")]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (errors, _) = errors(&browser).await?;
    assert_eq!(errors, [Some(NETWORK.into())]);
    let calls = services.calls();
    let gets = calls.len() - heads(&calls);
    let shown = browser.text().await?;
    match Engine::asked_for()? {
        Engine::Chromium => {
            assert_eq!(gets, 2, "{calls:#?}");
            assert!(!shown.contains(REPEATED), "{shown}");
        }
        Engine::Firefox => {
            assert!(gets > 2, "{calls:#?}");
            assert!(shown.contains(REPEATED), "{shown}");
        }
    }
    Ok(())
}
