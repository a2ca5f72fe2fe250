//! The address bar: it says what is on show, among what others say there; back
//! and forward show what was on show, whatever the reader is in the middle of.

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::dist;
use harness::page::{QUIET, RUN};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::json;

/// Chooses a value, as a reader does with a select or a chip.
async fn choose(browser: &Browser, setting: &str, value: &str) -> Result<()> {
    if setting == "scenario" {
        return browser.choose_scenario(value).await;
    }
    browser.open_drawer("edit").await?;
    browser
        .js_with(
            "const select = document.querySelector(`[data-input=${arguments[0]}]`);
             select.value = arguments[1];
             select.dispatchEvent(new Event('change', { bubbles: true }));",
            vec![json!(setting), json!(value)],
        )
        .await
}

/// The scenario and the mode that are chosen, and the name of the first call.
async fn chosen(browser: &Browser) -> Result<[String; 3]> {
    browser.open_drawer("edit").await?;
    browser
        .js(
            "const scenario = document.querySelector('[data-action=scenario][aria-pressed=true]').dataset.value;
             const mode = document.querySelector('[data-input=mode]').value;
             const call = document.querySelector('[data-edit=rename][data-index=\"0\"]').value;
             return [scenario || 'custom', mode, call];",
        )
        .await
}

/// Waits until that is on show.
async fn shows(browser: &Browser, wanted: [&str; 3]) -> Result<()> {
    let what = wanted.join(", ");
    let look = async || chosen(browser).await;
    until(&what, PATIENCE, look, |seen| *seen == wanted).await?;
    assert_eq!(browser.state().await?, "ready", "with {what}");
    Ok(())
}

/// What the address says behind its path, without what says nothing.
async fn said(browser: &Browser) -> Result<String> {
    let said: String = browser
        .js("return location.search + location.hash;")
        .await?;
    let quiet = format!("?{QUIET}");
    Ok(said
        .replacen(&format!("{quiet}&"), "?", 1)
        .replacen(&quiet, "", 1))
}

#[tokio::test]
async fn what_others_say_in_the_address_stays_there() -> Result<()> {
    let site = Site::start()?;
    let query = "utm_source=mail&scenario=two-calls&utm_campaign=a%20b#answer";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    choose(&browser, "scenario", "dashboard").await?;
    let of_others = "?utm_source=mail&utm_campaign=a%20b";
    assert_eq!(said(&browser).await?, format!("{of_others}#answer"));
    choose(&browser, "mode", "turns").await?;
    let more = format!("{of_others}&mode=turns#answer");
    assert_eq!(said(&browser).await?, more);
    browser.configure("scenario=two-calls").await?;
    let other = format!("{of_others}&scenario=two-calls#answer");
    assert_eq!(said(&browser).await?, other);
    browser.check_clean().await
}

#[tokio::test]
async fn back_and_forward_show_what_was_on_show() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    choose(&browser, "scenario", "two-calls").await?;
    choose(&browser, "mode", "turns").await?;
    let [dashboard, two_calls] = ["user", "first"];
    let steps = [
        (
            "back",
            ["two-calls", "race", two_calls],
            "?scenario=two-calls",
        ),
        ("back", ["dashboard", "race", dashboard], ""),
        (
            "forward",
            ["two-calls", "race", two_calls],
            "?scenario=two-calls",
        ),
        (
            "forward",
            ["two-calls", "turns", two_calls],
            "?scenario=two-calls&mode=turns",
        ),
    ];
    for (step, wanted, address) in steps {
        browser.js::<()>(&format!("history.{step}();")).await?;
        shows(&browser, wanted).await?;
        assert_eq!(said(&browser).await?, address);
    }
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.scenario, "two-calls");
    browser.check_clean().await
}

/// The page with a query string of its own for its main stage.
fn with_own(query: &'static str) -> Result<Site> {
    let own = format!(
        "data-expert-chef=\"{}\" id=stage",
        query.replace('&', "&amp;")
    );
    Site::of(&dist::folder()?)
        .rewriting(move |html| html.replacen("data-expert-chef id=stage", &own, 1))
        .start()
}

#[tokio::test]
async fn a_main_stages_own_query_outlives_a_change_of_the_fragment() -> Result<()> {
    let site = with_own("tasks=soup:70&mode=turns")?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let own = ["custom", "turns", "soup"];
    shows(&browser, own).await?;
    browser
        .js_async::<()>(
            "const moved = new Promise(resolve => addEventListener('popstate', resolve));
             location.hash = 'answer';
             await moved;",
        )
        .await?;
    shows(&browser, own).await?;
    assert_eq!(said(&browser).await?, "#answer");
    browser.check_clean().await
}

#[tokio::test]
async fn a_default_chosen_over_a_main_stages_own_query_outlives_a_reload() -> Result<()> {
    let site = with_own("tasks=soup:70&mode=turns")?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    choose(&browser, "mode", "race").await?;
    let chosen = ["custom", "race", "soup"];
    shows(&browser, chosen).await?;
    assert_eq!(said(&browser).await?, "?mode=race");
    // Past the worker, which has the page as it was built.
    browser.reload(true).await?;
    browser.wait_for_state("ready").await?;
    shows(&browser, chosen).await?;
    choose(&browser, "mode", "turns").await?;
    assert_eq!(said(&browser).await?, "", "that is its own anyway");
    browser.check_clean().await
}

/// How many calls can be changed.
async fn rows(browser: &Browser) -> Result<usize> {
    browser
        .js("return document.querySelectorAll('.editor__row').length;")
        .await
}

/// Nothing has stopped: no message says so, and a run is whole.
async fn goes_on(browser: &Browser) -> Result<()> {
    assert!(browser.notices().await?.is_empty());
    browser.check_clean().await?;
    browser.click(RUN).await?;
    browser.finished_event(0, PATIENCE).await?;
    browser.check_clean().await
}

#[tokio::test]
async fn going_back_while_typing_in_a_call_that_goes_stops_nothing() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:60,b:80", &Options::default()).await?;
    browser.open_drawer("edit").await?;
    browser.click("[data-edit=add]").await?;
    assert_eq!(rows(&browser).await?, 3);
    browser.click("[data-edit=rename][data-index='2']").await?;
    browser.press("soup").await?;
    browser.js::<()>("history.back();").await?;
    let look = async || rows(&browser).await;
    until("the call to go", PATIENCE, look, |&rows| rows == 2).await?;
    assert_eq!(browser.state().await?, "ready");
    // Nor is the field that went a step of its own, on which none could follow.
    assert_eq!(said(&browser).await?, "?tasks=a:60,b:80");
    browser.js::<()>("history.forward();").await?;
    until("the call again", PATIENCE, look, |&rows| rows == 3).await?;
    goes_on(&browser).await
}

#[tokio::test]
async fn configuring_while_the_reader_types_in_a_call_that_goes_stops_nothing() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:60,b:80", &Options::default()).await?;
    browser.open_drawer("edit").await?;
    browser.click("[data-edit=rename][data-index='1']").await?;
    browser.press("soup").await?;
    browser.configure("tasks=tea:50").await?;
    assert_eq!(rows(&browser).await?, 1);
    assert_eq!(browser.state().await?, "ready");
    goes_on(&browser).await
}
