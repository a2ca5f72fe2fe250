//! A stage as part of a page: with others beside it, by keyboard, and at rest.

use anyhow::Result;
use harness::browser::{AtRest, Browser, Options};
use harness::dist;
use harness::page::RUN;
use harness::site::{Site, without_lesson};
use harness::wait::{PATIENCE, until};
use thirtyfour::Key;

/// A page on which a second stage follows the main one.
fn two_stages(second: &'static str) -> Result<Site> {
    let stage = format!("<section data-expert-chef=\"{second}\"></section>");
    Site::of(&dist::folder()?)
        .rewriting(move |html| without_lesson(&html, &stage))
        .start()
}

const SECOND_RUN: &str = "[data-expert-chef^=\"tasks\"] [data-action=\"run\"]";

#[tokio::test]
async fn two_stages_on_a_page_run_independently() -> Result<()> {
    let site = two_stages("tasks=x:300,y:200")?;
    let browser = Browser::with_page(&site, "tasks=a:9000", &Options::default()).await?;
    let states = async || browser.stage_states().await;
    until("both stages", PATIENCE, states, |states| {
        states == &["ready", "ready"]
    })
    .await?;

    browser.click(RUN).await?;
    browser.click(SECOND_RUN).await?;
    until("the second stage", PATIENCE, states, |states| {
        states == &["running", "finished"]
    })
    .await?;
    assert_eq!(
        browser.state().await?,
        "running",
        "the document follows its main stage"
    );
    assert!(
        browser.result().await?.is_null(),
        "window.expertChef speaks for the main stage"
    );
    let events = browser.probe().await?.finished;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].stage, 1);
    assert_eq!(events[0].detail["runs"][0]["tasks"][0]["name"], "x");

    browser.js::<()>("window.expertChef.reset();").await?;
    until("the reset", PATIENCE, states, |states| {
        states == &["ready", "finished"]
    })
    .await?;
    browser.check_clean().await
}

#[tokio::test]
async fn a_stages_own_query_string_is_its_own() -> Result<()> {
    let site = two_stages("tasks=nonsense&theme=dark")?;
    let browser = Browser::with_page(&site, "scenario=two-calls", &Options::default()).await?;
    let scenarios = browser.chosen_scenarios().await?;
    assert_eq!(scenarios, ["two-calls", "dashboard"]);
    let complaints: Vec<usize> = browser
        .js("return [...document.querySelectorAll('[data-expert-chef]')]
               .map(stage => stage.querySelectorAll('.notice').length);")
        .await?;
    assert_eq!(complaints, [0, 1]);
    browser.check_clean().await
}

#[tokio::test]
async fn no_two_elements_of_a_page_with_two_stages_share_an_id() -> Result<()> {
    let site = two_stages("tasks=x:50")?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let doubled: Vec<String> = browser
        .js(
            "const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
             return ids.filter((id, index) => ids.indexOf(id) !== index);",
        )
        .await?;
    assert!(doubled.is_empty(), "{doubled:?}");
    Ok(())
}

#[tokio::test]
async fn the_keyboard_alone_runs_and_resets() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:120,b:80", &Options::default()).await?;
    for (action, state) in [("run", "finished"), ("reset", "ready")] {
        for presses in 0.. {
            assert!(presses < 40, "Tab does not reach {action}");
            let focused: String = browser
                .js("return document.activeElement?.dataset.action ?? '';")
                .await?;
            if focused == action {
                break;
            }
            browser.press(Key::Tab).await?;
        }
        let outline: bool = browser
            .js("const style = getComputedStyle(document.activeElement);
                 return style.outlineStyle !== 'none' || style.boxShadow !== 'none';")
            .await?;
        assert!(outline, "the focus on {action} cannot be seen");
        browser.press(Key::Enter).await?;
        browser.wait_for_state(state).await?;
        // Reset may come before Run.
        browser.focus_beginning().await?;
    }
    browser.check_clean().await
}

#[tokio::test]
async fn pressing_run_moves_the_focus_to_the_player_where_it_stays() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:3000", &Options::default()).await?;
    browser
        .js_with::<()>(
            "document.querySelector(arguments[0]).focus();",
            vec![RUN.into()],
        )
        .await?;
    browser.press(Key::Enter).await?;
    let focused = "return document.activeElement?.dataset.part ?? '';";
    browser.wait_for_state("running").await?;
    assert_eq!(browser.js::<String>(focused).await?, "player");
    browser.wait_for_state("finished").await?;
    assert_eq!(browser.js::<String>(focused).await?, "player");
    Ok(())
}

#[tokio::test]
async fn autorun_load_runs_without_being_asked() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url("autorun=load&tasks=a:60")).await?;
    browser.finished_event(0, PATIENCE).await?;
    browser.check_clean().await
}

#[tokio::test]
async fn autorun_visible_runs_once_the_stage_is_scrolled_into_view() -> Result<()> {
    let spacer = format!("<body{{}}>{}", "<br>".repeat(400));
    let site = Site::of(&dist::folder()?)
        .rewriting(move |html| {
            let start = html.find("<body").unwrap_or_default();
            let end = html[start..]
                .find('>')
                .map_or(html.len(), |end| start + end + 1);
            let spacer = spacer.replace("{}", &html[start + "<body".len()..end - 1]);
            format!("{}{spacer}{}", &html[..start], &html[end..])
        })
        .start()?;
    let browser =
        Browser::with_page(&site, "autorun=visible&tasks=a:60", &Options::default()).await?;
    assert!(!browser.is_stage_in_sight().await?);
    assert_eq!(browser.state().await?, "ready", "it ran out of sight");
    let into_sight = "document.querySelector('[data-expert-chef]').scrollIntoView();";
    browser.js::<()>(into_sight).await?;
    browser.finished_event(0, PATIENCE).await?;
    // Once: who scrolls away and back has seen it.
    browser.js::<()>("window.scrollTo(0, 0);").await?;
    assert!(!browser.is_stage_in_sight().await?);
    browser.js::<()>(into_sight).await?;
    assert!(browser.is_stage_in_sight().await?);
    assert_eq!(browser.state().await?, "finished", "it runs again");
    assert_eq!(browser.probe().await?.finished.len(), 1);
    browser.check_clean().await
}

#[tokio::test]
async fn at_rest_the_page_runs_no_frame_and_no_timer() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, "tasks=a:1500,b:1000", &options).await?;
    assert_eq!(browser.watch_rest().await?, AtRest::SILENT, "when ready");
    browser.run_by_click(PATIENCE).await?;
    let fired: u32 = browser.js("return harnessWakeups.fired;").await?;
    assert!(fired > 0, "nothing was counted: the counter does not work");
    assert_eq!(browser.watch_rest().await?, AtRest::SILENT, "when finished");
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    browser.js::<()>("window.expertChef.reset();").await?;
    assert_eq!(
        browser.watch_rest().await?,
        AtRest::SILENT,
        "after a reset in mid-run"
    );
    Ok(())
}

#[tokio::test]
async fn with_less_motion_the_run_is_shown_without_a_frame_for_every_refresh() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        count_wakeups: true,
        reduced_motion: true,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, "tasks=a:1000,b:1000", &options).await?;
    let before: u32 = browser.js("return harnessWakeups.fired;").await?;
    browser.run_by_click(PATIENCE).await?;
    let after: u32 = browser.js("return harnessWakeups.fired;").await?;
    // Two seconds at 60 Hz would be over a hundred.
    assert!(after - before < 40, "{} frames and timers", after - before);
    browser.check_clean().await
}
