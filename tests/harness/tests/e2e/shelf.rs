//! What is fetched only for who wants it: programs, when a reader comes near
//! them, and practice; and what becomes of it without a network.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::page::RUN;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

fn fetched(site: &Site, part: &str) -> Vec<String> {
    let served = site.served().into_iter().map(|served| served.file);
    served.filter(|file| file.starts_with(part)).collect()
}

async fn has_program(browser: &Browser, place: &str) -> Result<bool> {
    browser
        .js_with(
            "return document.querySelector(`${arguments[0]} .listing__line`) !== null;",
            vec![place.into()],
        )
        .await
}

async fn wait_for_program(browser: &Browser, place: &str) -> Result<()> {
    let look = async || has_program(browser, place).await;
    until("a program", PATIENCE, look, |&is_there| is_there).await?;
    Ok(())
}

/// Short, so that no figure is near at first.
fn small() -> Options {
    Options {
        size: (1280, 400),
        ..Options::default()
    }
}

#[tokio::test]
async fn a_first_visit_fetches_no_program_and_no_practice() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&small()).await?;
    browser.open(&site.url("")).await?;
    browser.wait_for_state("asked").await?;
    browser.wait_for_worker().await?;
    browser.click(RUN).await?;
    browser.finished_event(0, PATIENCE).await?;
    assert_eq!(browser.mounted_figures().await?, Vec::<String>::new());
    for part in [
        "code-",
        "editor-",
        "practice",
        "exercise",
        "runner",
        "python",
        "javascript",
    ] {
        assert_eq!(fetched(&site, part), Vec::<String>::new());
    }
    browser.check_clean().await
}

#[tokio::test]
async fn programs_are_fetched_when_a_figure_with_them_is_near() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_article(&site, &small()).await?;
    assert_eq!(fetched(&site, "code-"), Vec::<String>::new());
    browser.bring_figure("pick").await?;
    wait_for_program(&browser, "#pick").await?;
    let once = fetched(&site, "code-");
    ensure!(once.len() == 1 && once[0].contains("python"), "{once:?}");
    browser.bring_figure("gil").await?;
    wait_for_program(&browser, "#gil").await?;
    assert_eq!(fetched(&site, "code-"), once, "fetched again");
    browser.check_clean().await
}

#[tokio::test]
async fn programs_are_fetched_when_the_drawer_with_them_is_opened() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_article(&site, &small()).await?;
    assert_eq!(fetched(&site, "code-"), Vec::<String>::new());
    browser.open_drawer("code").await?;
    wait_for_program(&browser, "#stage").await?;
    assert_eq!(fetched(&site, "code-").len(), 1);
    browser.check_clean().await
}

/// Has the first attempts to fetch a program fail.
const CUT: &str = "
    window.harnessCut = true;
    const whole = window.fetch;
    window.fetch = (what, ...rest) => harnessCut && String(what).includes('code-')
      ? Promise.reject(new TypeError('cut'))
      : whole.call(window, what, ...rest);";

#[tokio::test]
async fn programs_that_cannot_be_fetched_are_said_to_be_missing_and_asked_for_again() -> Result<()>
{
    let site = Site::start()?;
    let options = Options {
        inject: vec![CUT.into()],
        ..Options::default()
    };
    let browser = Browser::with_section(&site, "answer", &options).await?;
    let says = "return document.querySelector('#answer .listing__says').textContent;";
    let look = async || browser.js::<String>(says).await;
    let is_missing = |said: &String| said.contains("could not be loaded");
    until("what is missing", PATIENCE, look, is_missing).await?;
    ensure!(!has_program(&browser, "#answer").await?);
    // The kitchens do without.
    browser.run_figure("answer").await?;
    browser.js::<()>("window.harnessCut = false;").await?;
    browser
        .click("#answer [data-action=language][aria-pressed=true]")
        .await?;
    wait_for_program(&browser, "#answer").await?;
    let said: String = browser.js(says).await?;
    ensure!(!is_missing(&said), "{said}");
    browser.check_clean().await
}

/// All that the page's worker stores in the end is in its cache.
const STORED: &str = "
    const pages = ['practice.html', ...[...document.querySelectorAll('meta[name^=\"code:\"]')].map(one => one.content)];
    const kept = await Promise.all(pages.map(name => caches.match(new URL(name, location.href))));
    return kept.every(Boolean);";

#[tokio::test]
async fn after_the_second_visit_all_of_it_works_offline() -> Result<()> {
    let mut site = Site::of(&dist::folder()?).at("/kitchen/").start()?;
    let browser = Browser::with_article(&site, &small()).await?;
    browser.wait_for_worker().await?;
    browser.reload(false).await?;
    browser.wait_for_state("ready").await?;
    let look = async || browser.js_async::<bool>(STORED).await;
    until("everything to be stored", PATIENCE, look, |&all| all).await?;
    site.stop();

    browser.open("about:blank").await?;
    browser.open(&site.url("utm_source=test")).await?;
    browser.wait_for_state("ready").await?;
    browser.bring_figure("answer").await?;
    wait_for_program(&browser, "#answer").await?;
    browser.run_figure("answer").await?;
    browser.check_clean().await?;

    browser.open(&site.section("gil")).await?;
    browser.wait_for_state("ready").await?;
    assert_eq!(browser.seen_sections().await?, ["gil"]);
    browser.run_figure("gil").await?;
    for language in ["JavaScript", "Rust", "Python"] {
        browser
            .click(&format!(
                "#gil [data-action=language][data-value={language}]"
            ))
            .await?;
        wait_for_program(&browser, "#gil").await?;
    }
    browser.check_clean().await?;

    browser.open(&site.section("practice")).await?;
    browser
        .wait_for_states(&["ready", "asked"], PATIENCE)
        .await?;
    assert_eq!(browser.seen_sections().await?, ["practice"]);
    ensure!(browser.text().await?.contains("Two minutes, aloud"));
    browser.check_clean().await
}

/// Some hosts know a section by its name without the ending.
#[tokio::test]
async fn sections_are_the_page_where_a_host_takes_their_ending_off() -> Result<()> {
    let site = Site::of(&dist::folder()?).taking_endings_off().start()?;
    let browser = Browser::with_section(&site, "gil", &Options::default()).await?;
    for _visit in 0..2 {
        assert_eq!(browser.seen_sections().await?, ["gil"]);
        let source: String = browser
            .js_async("return (await expertChef.run()).source;")
            .await?;
        assert_eq!(source, "service-worker");
        browser.wait_for_worker().await?;
        browser.open(&site.section("gil")).await?;
        browser
            .wait_for_states(&["ready", "asked"], PATIENCE)
            .await?;
    }
    browser.open(&site.section("practice")).await?;
    browser.wait_for_states(&["ready"], PATIENCE).await?;
    let practised: bool = browser
        .js("return document.querySelector('[data-practice]') !== null;")
        .await?;
    assert!(practised, "the page to practise on is its own");
    browser.check_clean().await
}
