//! The question before the first run: it can be answered, which is judged, or
//! passed over, and then it is not asked again.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::{RESET, RUN};
use harness::site::Site;
use harness::wait::PATIENCE;

const TASKS: &str = "tasks=tea:150,toast:260,eggs:400";
const GUESS: &str = "[data-action=\"guess\"]";
const SKIP: &str = "[data-action=\"skip-guess\"]";

async fn shown(browser: &Browser, selector: &str) -> Result<bool> {
    browser
        .js_with(
            "return [...document.querySelectorAll(arguments[0])].some(one => one.checkVisibility());",
            vec![selector.into()],
        )
        .await
}

/// Whether the question stands: something can be filled in.
async fn is_asked(browser: &Browser) -> Result<bool> {
    shown(browser, "[data-part=guess] [data-input=guess]").await
}

/// Types a guess for each kitchen, as a reader does.
async fn fill_in(browser: &Browser, guesses: &[&str]) -> Result<()> {
    let fields: usize = browser
        .js("return document.querySelectorAll('[data-part=guess] [data-input=guess]').length;")
        .await?;
    ensure!(fields == guesses.len(), "{fields} fields");
    for (index, guess) in guesses.iter().enumerate() {
        browser
            .js::<()>(&format!(
                "document.querySelectorAll('[data-part=guess] [data-input=guess]')[{index}].focus();"
            ))
            .await?;
        browser.press(*guess).await?;
    }
    Ok(())
}

/// Runs, unless what was pressed last did so already.
async fn run(browser: &Browser) -> Result<()> {
    if browser.state().await? == "ready" {
        browser.click(RUN).await?;
    }
    browser.finished_event(0, PATIENCE).await?;
    Ok(())
}

async fn verdict(browser: &Browser) -> Result<String> {
    browser
        .js("return document.querySelector('[data-part=guess-verdict]').innerText;")
        .await
}

#[tokio::test]
async fn a_guess_is_marked_and_judged() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, TASKS, &Options::default()).await?;
    assert!(is_asked(&browser).await?);
    assert!(!shown(&browser, "[data-part=guess-verdict]").await?);
    fill_in(&browser, &["700 ms", "700 ms"]).await?;
    browser.click(GUESS).await?;
    assert!(!is_asked(&browser).await?, "it is asked although answered");
    run(&browser).await?;
    assert!(shown(&browser, "[data-part=guess-verdict]").await?);
    let verdict = verdict(&browser).await?;
    assert!(verdict.contains("700 ms"), "{verdict}");
    assert!(verdict.split_whitespace().count() >= 10, "{verdict}");
    let chart: String = browser
        .js("return document.querySelector('[data-part=chart]').textContent.toLowerCase();")
        .await?;
    assert!(chart.contains("guess"), "the guess is not marked: {chart}");
    browser.check_clean().await
}

#[tokio::test]
async fn a_guess_is_handed_in_by_enter_and_judged_in_every_way_of_writing() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, TASKS, &Options::default()).await?;
    fill_in(&browser, &["0.7 s", "0,5s"]).await?;
    browser.press(thirtyfour::Key::Enter).await?;
    assert!(!is_asked(&browser).await?, "Enter does not hand it in");
    run(&browser).await?;
    let verdict = verdict(&browser).await?;
    assert!(
        verdict.contains("700 ms") && verdict.contains("500 ms"),
        "{verdict}"
    );
    Ok(())
}

#[tokio::test]
async fn a_guess_that_cannot_be_read_is_said_so_and_kept() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, TASKS, &Options::default()).await?;
    fill_in(&browser, &["soon", "700 ms"]).await?;
    browser.click(GUESS).await?;
    assert!(is_asked(&browser).await?);
    let (invalid, typed): (Vec<bool>, Vec<String>) = browser
        .js(
            "const fields = [...document.querySelectorAll('[data-part=guess] [data-input=guess]')];
             return [fields.map(one => one.ariaInvalid === 'true'), fields.map(one => one.value)];",
        )
        .await?;
    assert_eq!(invalid, [true, false]);
    assert_eq!(typed, ["soon", "700 ms"]);
    // It blocks nothing.
    browser.click(RUN).await?;
    browser.finished_event(0, PATIENCE).await?;
    browser.check_clean().await
}

#[tokio::test]
async fn who_skips_the_question_is_never_asked_again() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, TASKS, &Options::default()).await?;
    browser.click(SKIP).await?;
    assert!(!is_asked(&browser).await?);
    run(&browser).await?;
    assert!(!is_asked(&browser).await?, "after the run");
    assert!(!shown(&browser, "[data-part=guess-verdict]").await?);
    browser.click(RESET).await?;
    browser.wait_for_state("ready").await?;
    assert!(!is_asked(&browser).await?, "after a reset");
    for query in ["scenario=two-calls", TASKS] {
        browser.configure(query).await?;
        assert!(!is_asked(&browser).await?, "with {query}");
    }
    browser.check_clean().await
}

#[tokio::test]
async fn who_runs_without_an_answer_is_never_asked_again() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, TASKS, &Options::default()).await?;
    browser.run_by_click(PATIENCE).await?;
    assert!(!is_asked(&browser).await?, "after the run");
    assert!(!shown(&browser, "[data-part=guess-verdict]").await?);
    browser.click(RESET).await?;
    browser.wait_for_state("ready").await?;
    assert!(!is_asked(&browser).await?, "after a reset");
    Ok(())
}

#[tokio::test]
async fn a_page_that_runs_by_itself_asks_nothing() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url("autorun=load&tasks=tea:60")).await?;
    browser.finished_event(0, PATIENCE).await?;
    assert!(!is_asked(&browser).await?);
    Ok(())
}

#[tokio::test]
async fn every_kitchen_has_a_guess_of_its_own() -> Result<()> {
    let site = Site::start()?;
    let query = format!("{TASKS}&compare=sequential,join,join");
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let (labels, unnamed): (Vec<String>, usize) = browser
        .js(
            "const fields = [...document.querySelectorAll('[data-part=guess] [data-input=guess]')];
             return [
               fields.map(one => one.labels[0]?.innerText ?? one.ariaLabel ?? ''),
               fields.filter(one => !one.labels.length && !one.ariaLabel).length,
             ];",
        )
        .await?;
    assert_eq!((labels.len(), unnamed), (3, 0), "{labels:?}");
    Ok(())
}
