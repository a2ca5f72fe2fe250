//! What is called that is not the page's own: nothing that the reader has not
//! seen and agreed to, and no more of it than they were told.

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::page::{AGREE, RUN};
use harness::services::Services;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::Key;

/// What the reader is asked.
#[derive(Clone, Debug, Deserialize)]
struct Asked {
    /// The hosts that are listed, whole.
    hosts: Vec<String>,
    /// What is said of each beside it.
    beside: Vec<String>,
    /// The addresses that are listed, and the text of each.
    addresses: Vec<String>,
    /// What is on the button.
    button: String,
    /// Whether it can be pressed.
    ready: bool,
    /// What is said beside the button.
    says: String,
    text: String,
}

async fn look(browser: &Browser) -> Result<Option<Asked>> {
    browser
        .js(
            "const dialog = document.querySelector('dialog[open]');
             const texts = selector => [...dialog.querySelectorAll(selector)].map(one => one.textContent);
             return dialog && {
               hosts: texts('.consent__host code'),
               beside: texts('.consent__host span'),
               addresses: texts('.consent__address'),
               button: dialog.querySelector('[data-action=agree]').textContent,
               ready: !dialog.querySelector('[data-action=agree]').disabled,
               says: dialog.querySelector('[role=status]').textContent,
               text: dialog.textContent,
             };",
        )
        .await
}

/// Waits until the reader is asked, and asked like that.
async fn asked(browser: &Browser, what: &str, like: impl Fn(&Asked) -> bool) -> Result<Asked> {
    let look = async || look(browser).await;
    let is_like = |asked: &Option<Asked>| asked.as_ref().is_some_and(&like);
    let asked = until(what, PATIENCE, look, is_like).await?;
    asked.ok_or_else(|| anyhow::anyhow!("the dialog went away"))
}

fn query(endpoints: &[(String, String)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, url) in endpoints {
        query.append_pair("endpoint", &format!("{name}@{url}"));
    }
    query.finish()
}

fn named(name: &str, url: &str) -> (String, String) {
    (name.into(), url.into())
}

#[tokio::test]
async fn no_address_is_called_that_was_out_of_sight() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let hidden = named("hidden", &services.url("hidden", "ms=10"));
    let own = services.url("", "");
    let own = own
        .split("/?")
        .next()
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_owned();
    let bad = (0..20).map(|n| named(&format!("bad{n}"), "ftp://x"));
    let same = (0..40).map(|n| named(&format!("a{n}"), "https://a.example/x"));
    let long = named("long", &format!("https://b.example/{}", "x".repeat(3_000)));
    let others = (0..60).map(|n| named(&format!("o{n}"), &format!("https://o{n}.example/")));
    let cases: [(Vec<(String, String)>, usize); 4] = [
        (bad.chain([hidden.clone()]).collect(), 1),
        (same.chain([hidden.clone()]).collect(), 2),
        (vec![long, hidden.clone()], 2),
        (others.chain([hidden.clone()]).collect(), 61),
    ];
    for size in [(1280, 800), (360, 640)] {
        let options = Options {
            size,
            ..Options::default()
        };
        for (endpoints, hosts) in &cases {
            let browser = Browser::with_page(&site, &query(endpoints), &options).await?;
            browser.click(RUN).await?;
            let seen = asked(&browser, "the hosts", |_| true).await?;
            assert_eq!(seen.hosts.len(), *hosts, "{seen:#?}");
            assert_eq!(seen.hosts.last(), Some(&own), "whole, and each once");
            assert!(seen.button.contains(&hosts.to_string()), "{seen:#?}");
            let all = endpoints
                .iter()
                .filter(|(name, _)| !name.starts_with("bad"));
            assert_eq!(seen.addresses.len(), all.count());
            // Whoever has not seen all hosts cannot go on.
            if *hosts > 20 {
                asked(&browser, "to scroll", |asked| asked.says.contains("Scroll")).await?;
                assert!(!look(&browser).await?.is_some_and(|asked| asked.ready));
                for host in 0..*hosts {
                    browser
                        .js_async::<()>(&format!(
                            "const row = document.querySelectorAll('.consent__host')[{host}];
                             row.scrollIntoView({{ block: 'nearest' }});
                             await new Promise(requestAnimationFrame);"
                        ))
                        .await?;
                }
            }
            asked(&browser, "the button", |asked| asked.ready).await?;
            let fits: bool = browser
                .js("const dialog = document.querySelector('dialog[open]');
                     const { top, left, right, bottom } = dialog.getBoundingClientRect();
                     const text = dialog.querySelector('.consent__text');
                     return top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight
                       && text.scrollWidth <= text.clientWidth;")
                .await?;
            assert!(fits, "{size:?}");
            assert!(services.calls().is_empty(), "{:#?}", services.calls());
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_long_address_is_folded_in_its_middle_and_can_be_read_whole() -> Result<()> {
    let site = Site::start()?;
    let path = format!("{}&end=here", "x".repeat(3_000));
    let url = format!("https://b.example/?{path}");
    let browser =
        Browser::with_page(&site, &query(&[named("long", &url)]), &Options::default()).await?;
    browser.click(RUN).await?;
    asked(&browser, "the host", |_| true).await?;
    let (folded, whole): (String, String) = browser
        .js(
            "const [folded, whole] = document.querySelectorAll('.consent__address code');
             return [folded.textContent, whole.textContent];",
        )
        .await?;
    assert!(folded.starts_with("https://b.example/?xxx") && folded.ends_with("end=here"));
    assert!(folded.contains('…') && folded.len() < 150, "{folded}");
    assert_eq!(whole, url);
    Ok(())
}

#[tokio::test]
async fn neither_the_key_nor_the_click_that_asks_agrees() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let endpoints = services.endpoints(&[("one", 10)]);
    let browser = Browser::with_page(&site, &endpoints, &Options::default()).await?;
    browser.double_click(RUN).await?;
    asked(&browser, "the button", |asked| asked.ready).await?;
    browser.press(Key::Escape).await?;
    let gone = async || Ok(look(&browser).await?.is_none());
    until("the dialog to close", PATIENCE, gone, |is_gone| *is_gone).await?;
    let has_focus = "return document.activeElement === document.querySelector(arguments[0]);";
    assert!(browser.js_with::<bool>(has_focus, vec![json!(RUN)]).await?);

    browser.press(Key::Enter).await?;
    asked(&browser, "the button", |asked| asked.ready).await?;
    // Whoever goes on pressing what they pressed says nothing by it.
    browser.press(Key::Enter).await?;
    browser.press(" ").await?;
    let pressed_by_script = "document.querySelector(arguments[0]).click();";
    browser
        .js_with::<()>(pressed_by_script, vec![json!(AGREE)])
        .await?;
    assert!(look(&browser).await?.is_some());
    assert!(services.calls().is_empty(), "{:#?}", services.calls());

    // By keyboard: on from where one is, to the button.
    let before = browser.probe().await?.finished.len();
    let is_there = "return document.activeElement === document.querySelector(arguments[0]);";
    for _ in 0..6 {
        if browser
            .js_with::<bool>(is_there, vec![json!(AGREE)])
            .await?
        {
            break;
        }
        browser.press(Key::Tab).await?;
    }
    browser.press(Key::Enter).await?;
    browser.finished_event(before, PATIENCE).await?;
    assert_eq!(services.calls().len(), 2);
    browser.check_clean().await
}

#[tokio::test]
async fn hosts_on_the_readers_own_computer_and_network_are_said_to_be_so() -> Result<()> {
    let site = Site::start()?;
    let hosts = [
        ("http://127.1/", "computer"),
        ("http://app.localhost:8000/", "computer"),
        ("http://[::1]/", "computer"),
        ("http://[::ffff:127.0.0.1]/", "computer"),
        ("http://0x7f000001/", "computer"),
        ("http://10.0.0.7/", "network"),
        ("http://172.31.255.255/", "network"),
        ("http://192.168.1.1/admin", "network"),
        ("http://169.254.169.254/latest/meta-data", "network"),
        ("http://[fd12::1]/", "network"),
        ("http://[fe80::1]/", "network"),
        ("http://router/", "network"),
        ("http://printer.local/", "network"),
        ("https://172.32.0.1/", ""),
        ("https://example.com/", ""),
        ("https://localhost.example.com/", ""),
        ("https://[2001:db8::1]/", ""),
    ];
    let named = hosts.iter().enumerate();
    let endpoints: Vec<_> = named
        .map(|(n, (url, _))| self::named(&format!("h{n}"), url))
        .collect();
    let browser = Browser::with_page(&site, &query(&endpoints), &Options::default()).await?;
    browser.click(RUN).await?;
    let seen = asked(&browser, "the hosts", |_| true).await?;
    // Two of them are one, however they are written.
    let mut expected: Vec<&(&str, &str)> = hosts.iter().collect();
    expected.remove(4);
    assert_eq!(seen.hosts.len(), expected.len(), "{seen:#?}");
    for (beside, (url, own)) in seen.beside.iter().zip(expected) {
        assert_eq!(
            beside.contains("on your own"),
            *own == "network",
            "{url}: {beside}"
        );
        assert_eq!(
            beside.contains("on this computer"),
            *own == "computer",
            "{url}: {beside}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_click_makes_no_more_calls_than_it_says_and_not_all_at_once() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let names: Vec<String> = (0..60).map(|n| format!("e{n}")).collect();
    let calls: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), "ms=0&status=503"))
        .collect();
    let query = format!(
        "compare=join,join,pool:50,sequential&retries=10&backoff=0&{}",
        services.behaving(&calls)
    );
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    browser.click(RUN).await?;
    let seen = asked(&browser, "the button", |asked| asked.ready).await?;
    assert!(seen.text.contains("at most 480 requests"), "{}", seen.text);
    browser.click(AGREE).await?;
    browser.wait_for_state("failed").await?;
    let calls = services.calls();
    assert!((240..=480).contains(&calls.len()), "{}", calls.len());
    let arrived: Vec<f64> = calls
        .iter()
        .map(|call| call.arrived.as_secs_f64())
        .collect();
    let within = |from: &f64| {
        let after = arrived.iter().filter(|at| *at >= from);
        after.filter(|at| **at - from < 0.9).count()
    };
    let most = arrived.iter().map(within).max().unwrap_or_default();
    assert!(most <= 300, "{most} calls within a second");
    Ok(())
}

#[tokio::test]
async fn more_than_a_click_may_bring_is_not_called_and_said() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let names: Vec<String> = (0..1_000).map(|n| format!("e{n}")).collect();
    let calls: Vec<_> = names.iter().map(|name| (name.as_str(), "ms=0")).collect();
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let query = format!(
        "compare=join,join,join,join&retries=10&{}",
        services.behaving(&calls)
    );
    browser.configure(&query).await?;
    let told = "A click calls 300 URLs at the most";
    let text = async || browser.text().await;
    until("what is wrong", PATIENCE, text, |text| text.contains(told)).await?;
    browser.click(RUN).await?;
    assert_eq!(browser.state().await?, "ready");
    assert!(look(&browser).await?.is_none());
    assert!(services.calls().is_empty());
    Ok(())
}

#[tokio::test]
async fn the_dialog_is_seen_in_the_dark_and_has_no_fault_that_axe_finds() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    for dark in [false, true] {
        let options = Options {
            dark,
            ..Options::default()
        };
        let endpoints = services.endpoints(&[("one", 10), ("two", 20)]);
        let browser = Browser::with_page(&site, &endpoints, &options).await?;
        browser.click(RUN).await?;
        asked(&browser, "the button", |asked| asked.ready).await?;
        let violations = browser.axe().await?;
        assert!(violations.is_empty(), "{violations:#?}");
    }
    Ok(())
}
