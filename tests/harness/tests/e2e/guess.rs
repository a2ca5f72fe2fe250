//! The question before the first run: it can be answered, which is judged, or
//! passed over, and then it is not asked again. Who opens the page as it is sees
//! one kitchen first.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::{RESET, RUN};
use harness::site::Site;
use harness::wait::{PATIENCE, until};

const TASKS: &str = "tasks=tea:150,toast:260,eggs:400";
const GUESS: &str = "[data-action=\"guess\"]";
/// What can be tapped.
const TAP: &str = "[data-part=guess] [data-action=answer]";
/// Where a guess is typed.
const FIELD: &str = "[data-part=guess-form] [data-input=guess]";

async fn shown(browser: &Browser, selector: &str) -> Result<bool> {
    browser
        .js_with(
            "return [...document.querySelectorAll(arguments[0])].some(one => one.checkVisibility());",
            vec![selector.into()],
        )
        .await
}

/// Whether the question stands: something can be tapped or filled in.
async fn is_asked(browser: &Browser) -> Result<bool> {
    Ok(shown(browser, TAP).await? || shown(browser, FIELD).await?)
}

/// Types a guess for each kitchen, as a reader does.
async fn fill_in(browser: &Browser, guesses: &[&str]) -> Result<()> {
    browser.open_drawer("guess").await?;
    let fields: usize = browser
        .js_with(
            "return document.querySelectorAll(arguments[0]).length;",
            vec![FIELD.into()],
        )
        .await?;
    ensure!(fields == guesses.len(), "{fields} fields");
    for (index, guess) in guesses.iter().enumerate() {
        browser
            .js::<()>(&format!(
                "document.querySelectorAll('{FIELD}')[{index}].focus();"
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
    // Each stands with its own kitchen.
    let marks: Vec<usize> = browser
        .js("return [...document.querySelectorAll('.chart__lanes')].map(lanes => lanes.querySelectorAll('.chart__mark--guess').length);")
        .await?;
    assert_eq!(marks, [1, 1]);
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
            "const fields = [...document.querySelectorAll('[data-input=guess]')];
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
async fn who_types_nothing_is_never_asked_again() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, TASKS, &Options::default()).await?;
    browser.open_drawer("guess").await?;
    browser.click(GUESS).await?;
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
    browser.open_drawer("guess").await?;
    let (labels, unnamed): (Vec<String>, usize) = browser
        .js(
            "const fields = [...document.querySelectorAll('[data-input=guess]')];
             return [
               fields.map(one => one.labels[0]?.innerText ?? one.ariaLabel ?? ''),
               fields.filter(one => !one.labels.length && !one.ariaLabel).length,
             ];",
        )
        .await?;
    assert_eq!((labels.len(), unnamed), (3, 0), "{labels:?}");
    Ok(())
}

/// The page as it is: the first kitchen has begun by itself, and is done.
async fn shown_one_kitchen(site: &Site, options: &Options) -> Result<Browser> {
    let browser = Browser::start(options).await?;
    browser.open(&site.url("")).await?;
    browser.wait_for_state("asked").await?;
    Ok(browser)
}

#[tokio::test]
async fn opened_as_it_is_one_kitchen_begins_by_itself_and_a_tap_runs_the_other() -> Result<()> {
    let site = Site::start()?;
    let browser = shown_one_kitchen(&site, &Options::default()).await?;
    let served = format!("{:?}", site.served());
    assert!(
        !served.contains("expert-chef-services"),
        "it left the page: {served}"
    );
    assert_eq!(browser.probe().await?.finished.len(), 0);
    let taps: Vec<String> = browser
        .js_with(
            "return [...document.querySelectorAll(arguments[0])].map(tap => tap.textContent);",
            vec![TAP.into()],
        )
        .await?;
    assert_eq!(taps, ["500 ms", "833 ms", "1.2 s", "2.5 s"]);
    let text = browser.text().await?;
    assert!(text.contains("All three at once?"), "{text}");
    browser
        .click(&format!("{TAP}[data-value=\"1200 ms\"]"))
        .await?;
    let result = browser.finished_event(0, PATIENCE).await?;
    assert_eq!(result.runs.len(), 2);
    let verdict = verdict(&browser).await?;
    assert!(verdict.contains("you said 1.2 s"), "{verdict}");
    assert!(!is_asked(&browser).await?);
    browser.check_clean().await
}

#[tokio::test]
async fn what_begins_by_itself_says_so() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url("")).await?;
    browser.wait_for_state("running").await?;
    let text = async || browser.text().await;
    let says_so = |text: &String| text.contains("Started by itself");
    until("it to say so", PATIENCE, text, says_so).await?;
    Ok(())
}

#[tokio::test]
async fn who_wants_less_movement_is_asked_and_nothing_begins() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        reduced_motion: true,
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    browser.open(&site.url("")).await?;
    browser.wait_for_state("ready").await?;
    assert!(browser.is_stage_in_sight().await?);
    assert_eq!(browser.state().await?, "ready");
    assert!(is_asked(&browser).await?);
    browser
        .click(&format!("{TAP}[data-value=\"1200 ms\"]"))
        .await?;
    browser.finished_event(0, PATIENCE).await?;
    Ok(())
}

#[tokio::test]
async fn who_saves_data_or_says_what_to_show_sees_nothing_begin() -> Result<()> {
    let site = Site::start()?;
    let saves = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });";
    let saving = Options {
        inject: vec![saves.into()],
        ..Options::default()
    };
    for (options, query) in [
        (saving, ""),
        (Options::default(), "scenario=dashboard"),
        (Options::default(), "utm_source=mail"),
    ] {
        let browser = Browser::start(&options).await?;
        browser.open(&site.url(query)).await?;
        browser.wait_for_state("ready").await?;
        assert!(browser.is_stage_in_sight().await?);
        assert_eq!(browser.state().await?, "ready", "with {query}");
        assert!(is_asked(&browser).await?);
    }
    Ok(())
}

#[tokio::test]
async fn run_in_the_place_of_a_guess_shows_the_other_kitchen_and_a_script_gets_both() -> Result<()>
{
    let site = Site::start()?;
    let browser = shown_one_kitchen(&site, &Options::default()).await?;
    let began = "return document.querySelector('.card__time').textContent;";
    let before: String = browser.js(began).await?;
    browser.click(RUN).await?;
    browser.finished_event(0, PATIENCE).await?;
    assert_eq!(browser.js::<String>(began).await?, before, "it ran again");
    let browser = shown_one_kitchen(&site, &Options::default()).await?;
    let total: f64 = browser
        .js_async("return (await window.expertChef.run()).runs[1].totalMs;")
        .await?;
    assert!(total >= 1200.0);
    browser.check_clean().await
}
