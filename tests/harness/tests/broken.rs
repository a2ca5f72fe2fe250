//! A page of which something is missing or broken: what is left is readable,
//! says what is wrong, and offers a way out. Never blank.

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::dist;
use harness::page::RUN;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

#[tokio::test]
async fn without_its_program_the_page_still_teaches_and_says_what_is_wrong() -> Result<()> {
    let site = Site::of(&dist::folder()?).without(".wasm").start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url("")).await?;
    let fatal = browser.fatal_notice().await?;
    let text = browser.text().await?;
    assert!(text.contains('?'), "the question is gone: {text}");
    let words = text.replace(&fatal.text, "").split_whitespace().count();
    assert!(words >= 60, "{words} words of explanation are left: {text}");
    assert_eq!(browser.state().await?, "failed");
    Ok(())
}

#[tokio::test]
async fn the_reload_button_of_a_page_that_failed_reloads_it() -> Result<()> {
    let site = Site::of(&dist::folder()?).without(".wasm").start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url("")).await?;
    browser.fatal_notice().await?;
    let navigations = || {
        site.served()
            .iter()
            .filter(|served| served.is_navigation)
            .count()
    };
    let before = navigations();
    browser.click("[data-action=\"reload\"]").await?;
    until(
        "a reload",
        PATIENCE,
        async || Ok(navigations()),
        |&now| now > before,
    )
    .await?;
    browser.fatal_notice().await?;
    Ok(())
}

#[tokio::test]
async fn title_question_and_explanation_are_there_without_any_script() -> Result<()> {
    let site = Site::of(&dist::folder()?).without(".js").start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url("")).await?;
    let text = browser.text().await?;
    assert!(
        text.contains('?') && text.split_whitespace().count() >= 60,
        "{text}"
    );
    assert_eq!(
        browser
            .js::<usize>("return document.querySelectorAll('h1').length;")
            .await?,
        1
    );
    assert!(
        !browser
            .js::<String>("return document.title;")
            .await?
            .is_empty()
    );
    assert_eq!(
        browser
            .js::<usize>("return document.querySelectorAll('[data-expert-chef]').length;")
            .await?,
        1
    );
    assert_eq!(
        browser
            .js_with::<usize>(
                "return document.querySelectorAll(arguments[0]).length;",
                vec![RUN.into()]
            )
            .await?,
        0,
        "a button that does nothing"
    );
    Ok(())
}

/// Breaks every drawing of a picture, and nothing else.
const NO_SVG: &str = "
    document.createElementNS = Document.prototype.createElementNS =
      () => { throw new Error('sabotage'); };
    const set = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function (...rest) {
      if (this instanceof SVGElement) throw new Error('sabotage');
      return set.apply(this, rest);
    };";

#[tokio::test]
async fn a_defect_at_the_start_leaves_a_message_with_a_reload_button() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec![NO_SVG.into()],
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    browser.open(&site.url("")).await?;
    browser.fatal_notice().await?;
    assert_eq!(browser.state().await?, "failed");
    Ok(())
}

async fn breaks_in_mid_run(sabotage: &str) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:3000", &Options::default()).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    browser.js::<()>(sabotage).await?;
    browser.fatal_notice().await?;
    assert_eq!(browser.state().await?, "failed");
    browser.click("[data-action=\"reload\"]").await?;
    browser.wait_for_state("ready").await
}

#[tokio::test]
async fn a_defect_in_mid_run_leaves_a_message_whose_button_reloads() -> Result<()> {
    breaks_in_mid_run(NO_SVG).await
}

#[tokio::test]
async fn a_browser_function_that_throws_in_mid_run_leaves_a_message_whose_button_reloads()
-> Result<()> {
    breaks_in_mid_run("Performance.prototype.now = () => { throw new Error('sabotage'); };").await
}
