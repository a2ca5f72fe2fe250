//! The practice page: two minutes by the clock, follow-up questions, and
//! predictions that a real run decides. By keyboard alone, as some have to.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use thirtyfour::Key;

const START: &str = "[data-do=start]";
const DONE: &str = "[data-do=done]";
const SPOKEN: &str = "[data-part=spoken]";
const REVEAL: &str = "[data-do=reveal]";
const ANSWER: &str = "[data-part=answer]";
const CLEAR: &str = "[data-do=clear]";
const RUN: &str = "[data-practice=predict] [data-do=run]";
const VERDICT: &str = "[data-part=verdict]";
const FOLLOW_UPS: &str = "[data-practice=follow-ups]";
const PREDICT: &str = "[data-practice=predict]";

/// What is said where no option is what was measured.
const NO_OPTION: &str = "None of the answers";

/// A clock that a test can put forward.
const CLOCK: &str =
    "const now = Date.now; window.aheadMs = 0; Date.now = () => now() + window.aheadMs;";

const BLOCKED: &str = "Object.defineProperty(window, 'localStorage', { configurable: true,
   get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } });";

async fn opened(site: &Site, options: &Options) -> Result<Browser> {
    let browser = Browser::start(options).await?;
    let url = format!("{}practice.html", site.url(""));
    browser.open(&url).await?;
    settled(&browser).await?;
    Ok(browser)
}

async fn settled(browser: &Browser) -> Result<()> {
    let look = "return document.documentElement.dataset.state === 'ready'
                && 'live' in document.querySelector('#practice').dataset;";
    let is_live = async || Ok(browser.js::<bool>(look).await.unwrap_or(false));
    until("the practice", PATIENCE, is_live, |&is_live| is_live).await?;
    Ok(())
}

async fn text(browser: &Browser, selector: &str) -> Result<String> {
    let look = "return document.querySelector(arguments[0]).innerText;";
    browser.js_with(look, vec![selector.into()]).await
}

async fn value(browser: &Browser, selector: &str) -> Result<String> {
    let look = "return document.querySelector(arguments[0]).value;";
    browser.js_with(look, vec![selector.into()]).await
}

async fn is_shown(browser: &Browser, selector: &str) -> Result<bool> {
    let look = "return document.querySelector(arguments[0]).checkVisibility({ visibilityProperty: true });";
    browser.js_with(look, vec![selector.into()]).await
}

/// Whether the focus is there, and can be seen to be.
async fn has_focus(browser: &Browser, selector: &str) -> Result<bool> {
    let look = "return document.activeElement.matches(arguments[0])
                && document.activeElement.checkVisibility();";
    browser.js_with(look, vec![selector.into()]).await
}

/// Goes there by Tab, from wherever the focus is.
async fn tab_to(browser: &Browser, selector: &str) -> Result<()> {
    for _ in 0..60 {
        if has_focus(browser, selector).await? {
            return Ok(());
        }
        browser.press(Key::Tab).await?;
    }
    anyhow::bail!("Tab does not lead to {selector}")
}

async fn press_on(browser: &Browser, selector: &str, key: Key) -> Result<()> {
    tab_to(browser, selector).await?;
    browser.press(key).await
}

/// The verdict, once there is one.
async fn verdict(browser: &Browser) -> Result<String> {
    let said = async || text(browser, VERDICT).await;
    until("a verdict", PATIENCE, said, |said| {
        said.starts_with("Measured")
    })
    .await
}

#[tokio::test]
async fn two_minutes_are_spoken_ticked_and_summed_up_by_keyboard() -> Result<()> {
    let site = Site::start()?;
    let browser = opened(&site, &Options::default()).await?;
    ensure!(!is_shown(&browser, ".checklist").await?, "ticked before");
    browser.focus_beginning().await?;
    press_on(&browser, START, Key::Enter).await?;
    ensure!(
        has_focus(&browser, SPOKEN).await?,
        "the reader types at once"
    );
    browser.press("an executor").await?;
    browser.press_with(Key::Shift, Key::Tab).await?;
    ensure!(has_focus(&browser, DONE).await?);
    browser.press(" ").await?;
    ensure!(has_focus(&browser, ".checklist legend").await?);
    assert_eq!(value(&browser, SPOKEN).await?, "an executor");
    let level = async || text(&browser, "[data-part=level]").await;
    let said = level().await?;
    ensure!(
        said.starts_with("0 of 21") && said.contains("Not yet"),
        "{said}"
    );

    for (level_of, points, word) in [
        ("junior", "5 of 21", "A junior’s"),
        ("senior", "15 of 21", "A senior’s"),
    ] {
        for nth in 0..11 {
            browser.press(Key::Tab).await?;
            let look =
                "return [document.activeElement.type, document.activeElement.dataset.level ?? ''];";
            let (kind, at): (String, String) = browser.js(look).await?;
            assert_eq!(kind, "checkbox", "{nth}");
            if at == level_of {
                browser.press(" ").await?;
            }
        }
        let said = level().await?;
        ensure!(said.starts_with(points) && said.contains(word), "{said}");
        browser.focus(".checklist legend").await?;
    }
    let look = "return [...document.querySelectorAll('[data-part=revisit] a')].map(link => link.getAttribute('href'));";
    let links: Vec<String> = browser.js(look).await?;
    assert_eq!(
        links,
        ["./#starts", "./#answer", "./#burners", "./#burns", "./#gil"],
        "the heaviest first, each section once"
    );
    browser.check_clean().await
}

#[tokio::test]
async fn the_clock_says_when_a_minute_ten_seconds_and_nothing_are_left() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec![CLOCK.into()],
        ..Options::default()
    };
    let browser = opened(&site, &options).await?;
    browser.focus_beginning().await?;
    press_on(&browser, START, Key::Enter).await?;
    let says = async || {
        let look = "return [document.querySelector('[data-part=says]').textContent,
                            document.querySelector('[data-part=clock]').textContent];";
        browser.js::<(String, String)>(look).await
    };
    until("the clock to go", PATIENCE, says, |(_, clock)| {
        clock.starts_with("1:")
    })
    .await?;
    let mut heard = says().await?.0;
    assert_eq!(heard, "", "nothing is said yet");
    for (ahead, expected) in [
        (61_000, "One minute left."),
        (111_000, "Ten seconds left."),
        (121_000, "Time is up. Tick what you said."),
    ] {
        browser
            .js_with::<()>("window.aheadMs = arguments[0];", vec![ahead.into()])
            .await?;
        let now = until(expected, PATIENCE, says, |(said, _)| *said != heard).await?;
        assert_eq!(now.0, expected);
        heard = now.0;
    }
    assert_eq!(says().await?.1, "0:00");
    ensure!(is_shown(&browser, ".checklist").await?);
    // Who was typing is not interrupted.
    ensure!(has_focus(&browser, SPOKEN).await?);
    Ok(())
}

#[tokio::test]
async fn follow_ups_come_one_by_one_and_those_not_yet_had_come_again() -> Result<()> {
    let site = Site::start()?;
    let browser = opened(&site, &Options::default()).await?;
    let next = format!("{FOLLOW_UPS} [data-do=next]");
    let title = "[data-part=question]";
    let mut asked = Vec::new();
    browser.focus(SPOKEN).await?;
    for question in 1..=15 {
        let count = text(&browser, &format!("{FOLLOW_UPS} [data-part=count]")).await?;
        assert_eq!(count, format!("Question {question} of 15"));
        asked.push(text(&browser, title).await?);
        ensure!(
            !is_shown(&browser, "[data-part=answers]").await?,
            "given away"
        );
        if question <= 3 {
            tab_to(&browser, ANSWER).await?;
            browser.press("mine").await?;
            press_on(&browser, REVEAL, Key::Enter).await?;
            ensure!(has_focus(&browser, "[data-part=answers]").await?);
            let said = text(&browser, "[data-part=answers]").await?;
            let senior = said.find("A senior:").context("no senior")?;
            ensure!(said.find("A junior:").context("no junior")? < senior);
            let mark = ["[data-do=not]", "[data-do=had]"][question % 2];
            press_on(&browser, mark, Key::Space).await?;
            let pressed = format!("{mark}[aria-pressed=true]");
            ensure!(has_focus(&browser, &pressed).await?);
        }
        press_on(&browser, &next, Key::Enter).await?;
        if question < 15 {
            ensure!(has_focus(&browser, title).await?, "after {question}");
        }
    }
    let end = format!("{FOLLOW_UPS} [data-part=end-title]");
    ensure!(has_focus(&browser, &end).await?);
    assert_eq!(text(&browser, &end).await?, "You had 2 of 15.");
    let again = format!("{FOLLOW_UPS} [data-part=again] li button");
    assert_eq!(text(&browser, &again).await?, asked[1]);
    press_on(&browser, &again, Key::Enter).await?;
    ensure!(has_focus(&browser, title).await?);
    assert_eq!(text(&browser, title).await?, asked[1]);
    assert_eq!(value(&browser, ANSWER).await?, "mine");
    browser.check_clean().await
}

#[tokio::test]
async fn every_prediction_has_an_answer_that_is_what_was_measured() -> Result<()> {
    let site = Site::start()?;
    let browser = opened(&site, &Options::default()).await?;
    let next = format!("{PREDICT} [data-do=next]");
    let mut right = 0;
    tab_to(&browser, &format!("{PREDICT} fieldset input")).await?;
    for question in 1..=9 {
        let shown = "return [...document.querySelectorAll('[data-practice=predict] fieldset')]
                       .filter(one => one.checkVisibility()).length;";
        assert_eq!(browser.js::<usize>(shown).await?, 1);
        let is_off = format!("return document.querySelector('{RUN}').disabled;");
        ensure!(browser.js::<bool>(&is_off).await?, "run before a choice");
        tab_to(&browser, &format!("{PREDICT} fieldset input")).await?;
        browser.press(" ").await?;
        browser.press(Key::Down).await?;
        press_on(&browser, RUN, Key::Enter).await?;
        ensure!(has_focus(&browser, VERDICT).await?);
        let said = verdict(&browser).await?;
        ensure!(!said.contains(NO_OPTION), "{question}: {said}");
        let is_right = said.ends_with("right.");
        right += usize::from(is_right);
        let signs = "return [...document.querySelectorAll('[data-practice=predict] fieldset')]
                       .filter(one => one.checkVisibility())
                       .flatMap(one => [...one.querySelectorAll('b')]).map(sign => sign.textContent.trim());";
        let signs: Vec<String> = browser.js(signs).await?;
        let expected: &[&str] = match is_right {
            true => &["✓ measured"],
            false => &["✓ measured", "✗ your guess"],
        };
        let mut sorted = signs.clone();
        sorted.sort();
        assert_eq!(sorted, expected, "{question}: {said}");
        press_on(&browser, &next, Key::Enter).await?;
        if question < 9 {
            ensure!(has_focus(&browser, &format!("{PREDICT} legend")).await?);
        }
    }
    let end = format!("{PREDICT} [data-part=end-title]");
    ensure!(has_focus(&browser, &end).await?);
    assert_eq!(text(&browser, &end).await?, format!("{right} of 9"));
    let again =
        "return document.querySelectorAll('[data-practice=predict] [data-part=again] li').length;";
    assert_eq!(browser.js::<usize>(again).await?, 9 - right);
    let steps: usize = browser.js("return history.length;").await?;
    ensure!(steps <= 2, "{steps} steps in the history");
    // Calls that fail are part of what is asked, and the console tells of them.
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await
}

#[tokio::test]
async fn who_goes_on_in_mid_run_hears_no_verdict_on_another_question() -> Result<()> {
    let site = Site::start()?;
    let browser = opened(&site, &Options::default()).await?;
    browser.click(&format!("{PREDICT} fieldset input")).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    browser.click(&format!("{PREDICT} [data-do=next]")).await?;
    browser.wait_for_state("ready").await?;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let said = text(&browser, VERDICT).await?;
    ensure!(said.starts_with("Choose"), "{said}");
    browser.check_clean().await
}

#[tokio::test]
async fn nothing_moves_when_a_prediction_is_run() -> Result<()> {
    let site = Site::start()?;
    let browser = opened(&site, &Options::default()).await?;
    let places = "return ['[data-part=verdict]', '[data-practice=predict] [data-do=run]', '[data-part=stage]', '[data-do=clear]']
       .map(one => document.querySelector(one).getBoundingClientRect().top + scrollY);";
    browser.click(&format!("{PREDICT} fieldset input")).await?;
    let before: Vec<f64> = browser.js(places).await?;
    browser.click(RUN).await?;
    verdict(&browser).await?;
    assert_eq!(browser.js::<Vec<f64>>(places).await?, before);
    let is_seen = "const at = document.querySelector('[data-part=stage]').getBoundingClientRect();
       return at.top >= 0 && at.bottom <= innerHeight + 1;";
    ensure!(
        browser.js::<bool>(is_seen).await?,
        "the run is not in sight"
    );
    Ok(())
}

/// Types, ticks and marks something in each part.
async fn practised(browser: &Browser) -> Result<()> {
    browser.focus(SPOKEN).await?;
    browser.press("<b>an executor</b>").await?;
    browser.click(START).await?;
    browser.click(DONE).await?;
    browser.click(".checklist input").await?;
    browser.focus(ANSWER).await?;
    browser.press("it waits").await?;
    browser.click(REVEAL).await?;
    browser.click("[data-do=had]").await
}

const STORED: &str = "return Object.keys(localStorage).filter(name => name.startsWith('expert-chef:practice')).length;";

#[tokio::test]
async fn what_was_practised_is_kept_until_it_is_cleared() -> Result<()> {
    let site = Site::start()?;
    let browser = opened(&site, &Options::default()).await?;
    assert_eq!(browser.js::<usize>(STORED).await?, 0);
    practised(&browser).await?;
    browser.reload(false).await?;
    settled(&browser).await?;
    assert_eq!(value(&browser, SPOKEN).await?, "<b>an executor</b>");
    assert_eq!(value(&browser, ANSWER).await?, "it waits");
    let level = text(&browser, "[data-part=level]").await?;
    ensure!(level.starts_with("3 of 21"), "{level}");
    browser.click(REVEAL).await?;
    ensure!(is_shown(&browser, "[data-do=had][aria-pressed=true]").await?);

    press_on(&browser, CLEAR, Key::Enter).await?;
    ensure!(has_focus(&browser, CLEAR).await?, "the focus is lost");
    assert_eq!(browser.js::<usize>(STORED).await?, 0);
    for is_new in [false, true] {
        if is_new {
            browser.reload(false).await?;
            settled(&browser).await?;
        }
        assert_eq!(value(&browser, SPOKEN).await?, "");
        assert_eq!(value(&browser, ANSWER).await?, "");
        ensure!(!is_shown(&browser, ".checklist").await?);
        browser.click(REVEAL).await?;
        ensure!(is_shown(&browser, "[data-do=had][aria-pressed=false]").await?);
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
    let browser = opened(&site, &options).await?;
    ensure!(is_shown(&browser, "[data-part=unkept]").await?);
    ensure!(!is_shown(&browser, "[data-part=kept]").await?);
    practised(&browser).await?;
    for way in ["next", "previous"] {
        browser
            .click(&format!("{FOLLOW_UPS} [data-do={way}]"))
            .await?;
    }
    assert_eq!(value(&browser, ANSWER).await?, "it waits");
    browser.click(REVEAL).await?;
    ensure!(is_shown(&browser, "[data-do=had][aria-pressed=true]").await?);
    browser.click(CLEAR).await?;
    assert_eq!(value(&browser, ANSWER).await?, "");
    browser.check_clean().await
}

#[tokio::test]
async fn nothing_leaves_the_browser() -> Result<()> {
    let site = Site::start()?;
    let browser = opened(&site, &Options::default()).await?;
    browser.wait_for_worker().await?;
    let before = site.served();
    practised(&browser).await?;
    browser.click(&format!("{PREDICT} fieldset input")).await?;
    browser.click(RUN).await?;
    verdict(&browser).await?;
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
    browser
        .open(&format!("{}practice.html", site.url("")))
        .await?;
    let look =
        "return ['.checklist label', 'details', '[data-practice=predict] fieldset'].map(one =>
       [...document.querySelectorAll(one)].filter(one => one.checkVisibility()).length);";
    assert_eq!(browser.js::<Vec<usize>>(look).await?, [11, 15, 9]);
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
    browser
        .open(&format!("{}practice.html", site.url("")))
        .await?;
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
    let browser = opened(&site, &options).await?;
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
    practised(&browser).await?;
    browser.click(&format!("{PREDICT} fieldset input")).await?;
    browser.click(RUN).await?;
    verdict(&browser).await?;
    look("practised", &mut found).await?;
    browser.click("[data-do=not]").await?;
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
