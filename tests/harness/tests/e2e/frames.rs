//! The frames of the screen: one loop draws all stages of a page, and none is
//! asked for by what nobody sees.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::page::RUN;
use harness::playback::ensure_same;
use harness::site::{Site, without_lesson};
use harness::wait::{PATIENCE, until};

/// Counts the frames that are asked for, and how many come with one frame of the
/// screen at most.
const COUNT: &str = "
    window.harnessFrames = { asked: 0, most: 0 };
    const ask = window.requestAnimationFrame;
    let last = -1, together = 0;
    window.requestAnimationFrame = (callback) => {
      harnessFrames.asked += 1;
      return ask.call(window, (time) => {
        together = time === last ? together + 1 : 1;
        last = time;
        harnessFrames.most = Math.max(harnessFrames.most, together);
        callback(time);
      });
    };";

fn counting() -> Options {
    Options {
        inject: vec![COUNT.into()],
        ..Options::default()
    }
}

async fn asked(browser: &Browser) -> Result<u32> {
    browser.js("return harnessFrames.asked;").await
}

/// Makes the page long enough to scroll the stage out of view.
const SPACE: &str = "
    const space = document.body.appendChild(document.createElement('div'));
    space.append(...Array.from({ length: 200 }, () => document.createElement('br')));";

const AWAY: &str = "window.scrollTo(0, document.documentElement.scrollHeight);";
const INTO_SIGHT: &str =
    "document.querySelector('svg.kitchen').scrollIntoView({ block: 'center' });";

/// How often the first call was answered, in whichever kitchen.
async fn answers(browser: &Browser) -> Result<usize> {
    browser
        .js("return performance.getEntriesByType('resource').filter(one => one.name.includes('/egg?')).length;")
        .await
}

#[tokio::test]
async fn a_run_out_of_sight_asks_for_no_frame_and_is_right_when_it_comes_back() -> Result<()> {
    let site = Site::start()?;
    let query = "tasks=egg:700,tea:4500,toast:4500";
    let browser = Browser::with_page(&site, query, &counting()).await?;
    browser.js::<()>(SPACE).await?;
    browser.click(RUN).await?;
    browser.wait_for_playback("live").await?;
    let look = async || asked(&browser).await;
    until("frames", PATIENCE, look, |&asked| asked > 5).await?;

    browser.js::<()>(AWAY).await?;
    ensure!(!browser.is_stage_in_sight().await?);
    let before = (asked(&browser).await?, browser.playback().await?.at);
    let look = async || answers(&browser).await;
    until("calls to be answered", PATIENCE, look, |&seen| seen == 2).await?;
    assert_eq!(browser.state().await?, "running", "it was over meanwhile");
    let after = (asked(&browser).await?, browser.playback().await?.at);
    ensure!(
        after == before,
        "it is drawn out of sight: {before:?}, {after:?}"
    );

    browser.js::<()>(INTO_SIGHT).await?;
    let look = async || browser.playback().await;
    until("the live picture", PATIENCE, look, |seen| seen.at > 700.0).await?;
    let look = async || asked(&browser).await;
    until("frames again", PATIENCE, look, |&asked| asked > after.0).await?;

    browser.js::<()>(AWAY).await?;
    ensure!(!browser.is_stage_in_sight().await?);
    let before = asked(&browser).await?;
    browser.finished_event(0, PATIENCE).await?;
    assert_eq!(asked(&browser).await?, before);

    browser.js::<()>(INTO_SIGHT).await?;
    let end = browser.wait_for_playback("paused").await?.at;
    ensure!(end > 9900.0, "it is not at its end: {end}");
    let seen = browser.pictures().await?;
    browser.seek(0.0).await?;
    browser.seek(end).await?;
    ensure_same("back in sight", &seen, &browser.pictures().await?)?;
    browser.check_clean().await
}

#[tokio::test]
async fn a_run_that_begins_and_ends_out_of_sight_asks_for_no_frame() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=egg:300,tea:400", &counting()).await?;
    browser.js::<()>(SPACE).await?;
    browser.js::<()>(AWAY).await?;
    ensure!(!browser.is_stage_in_sight().await?);
    let before = asked(&browser).await?;
    browser
        .js_async::<serde_json::Value>("return await expertChef.run();")
        .await?;
    assert_eq!(asked(&browser).await?, before);
    browser.js::<()>(INTO_SIGHT).await?;
    let end = browser.wait_for_playback("paused").await?.at;
    ensure!(end > 690.0, "it is not at its end: {end}");
    browser.check_clean().await
}

/// A page on which a second stage stands right below the main one.
fn two_stages(second: &'static str) -> Result<Site> {
    let stage = format!("<section data-expert-chef=\"{second}\"></section>");
    Site::of(&dist::folder()?)
        .rewriting(move |html| without_lesson(&html, &stage))
        .start()
}

#[tokio::test]
async fn two_stages_of_a_page_share_one_frame_loop() -> Result<()> {
    let site = two_stages("tasks=x:4000,y:3900")?;
    let options = Options {
        // Both are in view, however they grow.
        size: (1280, 4000),
        ..counting()
    };
    let browser = Browser::with_page(&site, "tasks=a:3900,b:4000", &options).await?;
    let states = async || browser.stage_states().await;
    until("both stages", PATIENCE, states, |states| {
        states == &["ready", "ready"]
    })
    .await?;
    let drawn: [u32; 2] = browser
        .js_async(
            "const stages = [...document.querySelectorAll('[data-expert-chef]')];
             Object.assign(harnessFrames, { asked: 0, most: 0 });
             const drawn = [0, 0];
             stages.forEach((stage, index) => {
               const watch = new MutationObserver(() => { drawn[index] += 1; });
               for (const one of stage.querySelectorAll('svg.kitchen'))
                 watch.observe(one, { subtree: true, attributes: true, childList: true, characterData: true });
             });
             const over = stages.map(stage => new Promise(over => stage.addEventListener('expert-chef:finished', over)));
             for (const stage of stages) stage.querySelector('[data-action=run]').click();
             await Promise.all(over);
             return drawn;",
        )
        .await?;
    ensure!(drawn.iter().all(|&drawn| drawn > 10), "drawn: {drawn:?}");
    let most: u32 = browser.js("return harnessFrames.most;").await?;
    assert_eq!(most, 1, "more than one loop");
    browser.check_clean().await
}
