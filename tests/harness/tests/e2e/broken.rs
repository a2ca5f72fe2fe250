//! A page of which something is missing or broken: what is left is readable,
//! says what is wrong, and offers a way out. Never blank.

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::dist;
use harness::page::{QUIET, RUN};
use harness::shifts::{self, Shift};
use harness::site::{Site, without_lesson};
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
            .js::<usize>(
                "return document.querySelectorAll('[data-expert-chef]:not(.figure)').length;"
            )
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

/// How often the page says by itself that its program has not come.
const LATE: &str = "return [...document.querySelectorAll('.late')]
    .filter(one => one.checkVisibility({ visibilityProperty: true })).length;";

/// The page at that address, once it has said so, and its link reloads it.
async fn says_that_it_is_late(site: &Site, url: &str) -> Result<Browser> {
    let browser = Browser::start(&shifts::recorded((1280, 800))).await?;
    browser.open(url).await?;
    let late = async || browser.js::<usize>(LATE).await;
    let is_early = "return performance.now() < 5000;";
    while browser.js(is_early).await? {
        let count = late().await?;
        assert!(
            count == 0 || !browser.js(is_early).await?,
            "it is said too early"
        );
    }
    until("a message", PATIENCE, late, |&count| count == 1).await?;
    assert_eq!(browser.state().await?, "loading");
    let before = navigations(site);
    browser.click(".late a").await?;
    until(
        "a reload",
        PATIENCE,
        async || Ok(navigations(site)),
        |&now| now > before,
    )
    .await?;
    Ok(browser)
}

fn navigations(site: &Site) -> usize {
    let served = site.served();
    served.iter().filter(|served| served.is_navigation).count()
}

#[tokio::test]
async fn where_no_script_comes_the_page_says_so_after_some_seconds() -> Result<()> {
    let site = Site::of(&dist::folder()?).without(".js").start()?;
    for url in [site.url(QUIET), site.section("gil"), site.url("embed=1")] {
        let browser = says_that_it_is_late(&site, &url).await?;
        let room: f64 = browser
            .js("return document.querySelector('.place')?.offsetHeight ?? 0;")
            .await?;
        assert!(room > 0.0 || url.contains("gil"));
    }
    Ok(())
}

#[tokio::test]
async fn where_the_program_never_comes_the_page_says_so_after_some_seconds() -> Result<()> {
    let site = Site::of(&dist::folder()?).hanging(".wasm").start()?;
    for url in [
        site.url(QUIET),
        site.section("gil"),
        site.url("embed=1"),
        site.url("embed=1&section=gil"),
    ] {
        says_that_it_is_late(&site, &url).await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_is_below_a_stage_that_cannot_come_is_not_pushed_out_of_sight() -> Result<()> {
    let site = Site::of(&dist::folder()?).without(".js").start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url(QUIET)).await?;
    let contents = async || {
        let top = "return document.querySelector('.contents').getBoundingClientRect().top;";
        browser.js::<f64>(top).await
    };
    let kept = contents().await?;
    assert!(kept > 800.0, "its room is kept at first: {kept}");
    until("the contents", PATIENCE, contents, |&top| top < 800.0).await?;
    Ok(())
}

#[tokio::test]
async fn a_program_that_comes_late_takes_the_message_back_and_moves_nothing() -> Result<()> {
    let site = Site::of(&dist::folder()?).hanging(".wasm").start()?;
    let browser = Browser::start(&shifts::recorded((1280, 800))).await?;
    browser.open(&site.url(QUIET)).await?;
    let late = async || browser.js::<usize>(LATE).await;
    until("a message", PATIENCE, late, |&count| count == 1).await?;
    site.release();
    browser.wait_for_state("ready").await?;
    assert_eq!(late().await?, 0);
    let moved = Shift::sum(&browser.shifts().await?);
    assert!(moved < 0.001, "moved by {moved}");
    browser.run_by_click(PATIENCE).await?;
    browser.check_clean().await
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

/// Breaks the clock, by which nothing can be drawn and nothing timed.
const NO_CLOCK: &str = "Performance.prototype.now = () => { throw new Error('sabotage'); };";

/// Breaks what a listener of the program's asks, and nothing that goes on by
/// itself.
const NO_CHOICE: &str = "
    Object.defineProperty(HTMLSelectElement.prototype, 'value', { get() { throw new Error('sabotage'); } });
    document.querySelector('[data-input=rate]').dispatchEvent(new Event('change', { bubbles: true }));";

async fn breaks_in_mid_run(sabotage: &str) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:20000", &Options::default()).await?;
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
    breaks_in_mid_run(NO_CLOCK).await
}

#[tokio::test]
async fn an_error_in_a_listener_leaves_a_message_whose_button_reloads() -> Result<()> {
    breaks_in_mid_run(NO_CHOICE).await
}

/// What a script catches that called in here, no listener of the window hears.
async fn breaks_under_a_script_that_catches(sabotage: &str) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:50", &Options::default()).await?;
    browser.js::<()>(sabotage).await?;
    browser
        .js::<()>("try { expertChef.configure('tasks=b:50,c:50'); } catch {}")
        .await?;
    browser.fatal_notice().await?;
    assert_eq!(browser.state().await?, "failed");
    Ok(())
}

#[tokio::test]
async fn a_panic_is_said_whoever_catches_what_comes_of_it() -> Result<()> {
    breaks_under_a_script_that_catches(NO_SVG).await
}

#[tokio::test]
async fn an_exception_that_leaves_the_program_is_said_whoever_catches_it() -> Result<()> {
    breaks_under_a_script_that_catches(NO_CLOCK).await
}

#[tokio::test]
async fn errors_of_others_and_answers_that_nobody_takes_leave_the_stage_alone() -> Result<()> {
    let site = Site::start()?;
    // The page's own, and not the driver's, whose errors are none of the page's.
    let host = "window.actAsHost = () => {
        setTimeout(() => { throw new Error('of a host'); });
        Promise.reject(new Error('of a host'));
        expertChef.run().then(result => result);
        expertChef.reset();
    };";
    let options = Options {
        inject: vec![host.into()],
        ..Options::default()
    };
    let browser = Browser::with_page(&site, "tasks=a:50", &options).await?;
    browser.js::<()>("actAsHost();").await?;
    let errors = async || Ok(browser.probe().await?.errors);
    until("them", PATIENCE, errors, |errors| errors.len() >= 2).await?;
    let notices = browser.notices().await?;
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(browser.state().await?, "ready");
    browser.run_by_click(PATIENCE).await?;
    Ok(())
}

/// Keeps every address that the page fetches.
const WITNESS: &str = "
    window.called = [];
    const real = window.fetch;
    window.fetch = (input, ...rest) => {
      called.push(String(input.url ?? input));
      return real.call(window, input, ...rest);
    };";

#[tokio::test]
async fn a_defect_ends_all_that_goes_on_in_every_stage() -> Result<()> {
    let stage = "<section data-expert-chef=\"tasks=x:1500,y:1500,z:1500&autorun=load\"></section>";
    let site = Site::of(&dist::folder()?)
        .rewriting(move |html| without_lesson(&html, stage))
        .start()?;
    let options = Options {
        inject: vec![WITNESS.into()],
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    browser
        .open(&site.url("tasks=a:1500,b:1500,c:1500&autorun=load"))
        .await?;
    let states = async || browser.stage_states().await;
    until("both to run", PATIENCE, states, |states| {
        *states == ["running", "running"]
    })
    .await?;
    let called = async || {
        browser
            .js::<Vec<String>>(
                "return called.filter(url => url.includes('/expert-chef-services/'));",
            )
            .await
    };
    // All of the one kitchen's, and the first of the other's.
    until("their calls", PATIENCE, called, |called| called.len() >= 8).await?;
    let waiting: Vec<String> = browser
        .js_async(&format!(
            "const answer = expertChef.run().catch(error => error.name);
             {NO_CHOICE}
             const before = called.length;
             const stopped = await answer;
             // By then all that were left would have been called.
             await fetch('expert-chef-services/marker?ms=3400');
             return [stopped, ...called.slice(before)];"
        ))
        .await?;
    assert_eq!(waiting.len(), 2, "it went on calling: {waiting:?}");
    assert_eq!(
        waiting[0], "AbortError",
        "whoever waited for it hears of it"
    );
    assert_eq!(browser.stage_states().await?, ["failed", "failed"]);
    assert_eq!(browser.notices().await?.len(), 2);
    assert_eq!(browser.probe().await?.finished.len(), 0);
    // Nor does it begin anew.
    let again: Vec<String> = browser
        .js_async(
            "const before = called.length;
             expertChef.configure('tasks=b:50');
             expertChef.reset();
             const stopped = await expertChef.run().catch(error => error.name);
             return [stopped, ...called.slice(before)];",
        )
        .await?;
    assert_eq!(again, ["AbortError"]);
    assert_eq!(browser.stage_states().await?, ["failed", "failed"]);
    Ok(())
}
