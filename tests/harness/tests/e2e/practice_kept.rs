//! What holds of the practice page as a whole: what is kept and what leaves, what
//! is there where something fails, and that it is for everyone.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::practice::{
    ANSWER, CHECKLIST, CLEAR, DONE, FOLLOW_UPS, LEVEL, NOT, OPTION, PREDICT, REVEAL, RUN, SPOKEN,
    START, url,
};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use thirtyfour::Key;

const BLOCKED: &str = "Object.defineProperty(window, 'localStorage', { configurable: true,
   get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } });";

const STORED: &str = "return Object.keys(localStorage).filter(name => name.startsWith('expert-chef:practice')).length;";

#[tokio::test]
async fn what_was_practised_is_kept_until_it_is_cleared() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_practice(&site, &Options::default()).await?;
    assert_eq!(browser.js::<usize>(STORED).await?, 0);
    browser.practise().await?;
    browser.reload(false).await?;
    browser.wait_for_practice().await?;
    assert_eq!(browser.value_of(SPOKEN).await?, "<b>an executor</b>");
    assert_eq!(browser.value_of(ANSWER).await?, "it waits");
    let level = browser.text_of(LEVEL).await?;
    ensure!(level.starts_with("3 of 21"), "{level}");
    browser.click(REVEAL).await?;
    ensure!(browser.is_shown("[data-do=had][aria-pressed=true]").await?);

    browser.press_on(CLEAR, Key::Enter).await?;
    ensure!(browser.has_focus(CLEAR).await?, "the focus is lost");
    assert_eq!(browser.js::<usize>(STORED).await?, 0);
    for is_new in [false, true] {
        if is_new {
            browser.reload(false).await?;
            browser.wait_for_practice().await?;
        }
        assert_eq!(browser.value_of(SPOKEN).await?, "");
        assert_eq!(browser.value_of(ANSWER).await?, "");
        ensure!(!browser.is_shown(CHECKLIST).await?);
        browser.click(REVEAL).await?;
        ensure!(
            browser
                .is_shown("[data-do=had][aria-pressed=false]")
                .await?
        );
    }
    browser.check_clean().await
}

#[tokio::test]
async fn where_nothing_can_be_kept_all_else_works_and_it_is_said() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec![BLOCKED.into()],
        ..Options::default()
    };
    let browser = Browser::with_practice(&site, &options).await?;
    ensure!(browser.is_shown("[data-part=unkept]").await?);
    ensure!(!browser.is_shown("[data-part=kept]").await?);
    browser.practise().await?;
    for way in ["next", "previous"] {
        browser
            .click(&format!("{FOLLOW_UPS} [data-do={way}]"))
            .await?;
    }
    assert_eq!(browser.value_of(ANSWER).await?, "it waits");
    browser.click(REVEAL).await?;
    ensure!(browser.is_shown("[data-do=had][aria-pressed=true]").await?);
    browser.click(CLEAR).await?;
    assert_eq!(browser.value_of(ANSWER).await?, "");
    browser.check_clean().await
}

#[tokio::test]
async fn nothing_leaves_the_browser() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_practice(&site, &Options::default()).await?;
    browser.wait_for_worker().await?;
    let before = site.served();
    browser.practise().await?;
    browser.click(OPTION).await?;
    browser.click(RUN).await?;
    browser.verdict().await?;
    browser.click(CLEAR).await?;
    assert_eq!(site.served()[before.len()..], []);
    let folder = dist::folder()?;
    for served in before {
        ensure!(
            served.status == 200 && folder.join(&served.file).exists(),
            "{served:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn without_its_script_all_of_it_can_be_read() -> Result<()> {
    let site = Site::of(&dist::folder()?).without(".js").start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&url(&site)).await?;
    let look =
        "return ['.checklist label', 'details', '[data-practice=predict] fieldset'].map(one =>
       [...document.querySelectorAll(one)].filter(one => one.checkVisibility()).length);";
    // Some seconds are left to a script that may come.
    let seen = async || browser.js::<Vec<usize>>(look).await;
    until("all of it", PATIENCE, seen, |seen| *seen == [11, 15, 9]).await?;
    ensure!(
        browser
            .js::<bool>("return document.querySelector('[data-do]') === null;")
            .await?
    );
    Ok(())
}

#[tokio::test]
async fn where_the_program_fails_all_of_it_can_be_read() -> Result<()> {
    let site = Site::of(&dist::folder()?).without(".wasm").start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&url(&site)).await?;
    browser.fatal_notice().await?;
    let look = "return [...document.querySelectorAll('#practice details')].every(one => one.checkVisibility());";
    ensure!(browser.js::<bool>(look).await?);
    Ok(())
}

/// Looks with axe-core at each state, on a wide and a narrow screen.
async fn every_state(dark: bool) -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        dark,
        ..Options::default()
    };
    let browser = Browser::with_practice(&site, &options).await?;
    let mut found = Vec::new();
    let look = async |what: &str, found: &mut Vec<String>| {
        for size in [(1280, 800), (320, 740)] {
            browser.resize(size, 1).await?;
            let violations = browser.axe().await?;
            let violations = violations.iter().filter(|one| one.is_of_wcag());
            found.extend(violations.map(|one| format!("{what}, {} px wide: {one}", size.0)));
            let over: f64 = browser
                .js("return document.documentElement.scrollWidth - innerWidth;")
                .await?;
            ensure!(over <= 0.0, "{what}: {over} px wider than {}", size.0);
        }
        browser.resize((1280, 800), 1).await
    };
    look("at first", &mut found).await?;
    browser.click(START).await?;
    look("by the clock", &mut found).await?;
    browser.click(DONE).await?;
    browser.practise().await?;
    browser.click(OPTION).await?;
    browser.click(RUN).await?;
    browser.verdict().await?;
    look("practised", &mut found).await?;
    browser.click(NOT).await?;
    for (of, steps) in [(FOLLOW_UPS, 15), (PREDICT, 9)] {
        for _ in 0..steps {
            browser.click(&format!("{of} [data-do=next]")).await?;
        }
    }
    look("at the end", &mut found).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.check_clean().await
}

#[tokio::test]
async fn axe_finds_nothing_by_day() -> Result<()> {
    every_state(false).await
}

#[tokio::test]
async fn axe_finds_nothing_by_night() -> Result<()> {
    every_state(true).await
}
