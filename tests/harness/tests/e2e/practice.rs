//! The practice page's three parts, by keyboard alone, as some have to: two
//! minutes by the clock, follow-up questions, and predictions that a real run
//! decides.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::chromium_only;
use harness::practice::{
    ANSWER, CHECKLIST, DONE, FOLLOW_UPS, HAD, LEVEL, NOT, OPTION, PREDICT, REVEAL, RUN, SPOKEN,
    START, VERDICT,
};
use harness::shifts::{self, Shift};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use thirtyfour::Key;

/// What is said where no option is what was measured.
const NO_OPTION: &str = "None of the answers";

/// A clock that a test can put forward.
const CLOCK: &str =
    "const now = Date.now; window.aheadMs = 0; Date.now = () => now() + window.aheadMs;";

#[tokio::test]
async fn nothing_shifts_while_what_is_asked_becomes_steps() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    for size in [(1280, 800), (360, 740)] {
        let options = shifts::recorded(size);
        let browser = Browser::with_practice(&site, &options).await?;
        let shifts = browser.shifts().await?;
        ensure!(Shift::sum(&shifts) <= 0.001, "{size:?}: {shifts:#?}");
    }
    Ok(())
}

#[tokio::test]
async fn two_minutes_are_spoken_ticked_and_summed_up_by_keyboard() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_practice(&site, &Options::default()).await?;
    ensure!(!browser.is_shown(CHECKLIST).await?, "ticked before");
    browser.focus_beginning().await?;
    browser.press_on(START, Key::Enter).await?;
    ensure!(browser.has_focus(SPOKEN).await?, "the reader types at once");
    browser.press("an executor").await?;
    browser.press_with(Key::Shift, Key::Tab).await?;
    ensure!(browser.has_focus(DONE).await?);
    browser.press(" ").await?;
    ensure!(browser.has_focus(CHECKLIST).await?);
    assert_eq!(browser.value_of(SPOKEN).await?, "an executor");
    let level = async || browser.text_of(LEVEL).await;
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
        browser.focus(CHECKLIST).await?;
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
    let browser = Browser::with_practice(&site, &options).await?;
    browser.focus_beginning().await?;
    browser.press_on(START, Key::Enter).await?;
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
    ensure!(browser.is_shown(CHECKLIST).await?);
    // Who was typing is not interrupted.
    ensure!(browser.has_focus(SPOKEN).await?);
    Ok(())
}

#[tokio::test]
async fn follow_ups_come_one_by_one_and_those_not_yet_had_come_again() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_practice(&site, &Options::default()).await?;
    let next = format!("{FOLLOW_UPS} [data-do=next]");
    let title = "[data-part=question]";
    let mut asked = Vec::new();
    browser.focus(SPOKEN).await?;
    for question in 1..=15 {
        let count = browser
            .text_of(&format!("{FOLLOW_UPS} [data-part=count]"))
            .await?;
        assert_eq!(count, format!("Question {question} of 15"));
        asked.push(browser.text_of(title).await?);
        ensure!(
            !browser.is_shown("[data-part=answers]").await?,
            "given away"
        );
        if question <= 3 {
            browser.tab_to(ANSWER).await?;
            browser.press("mine").await?;
            browser.press_on(REVEAL, Key::Enter).await?;
            ensure!(browser.has_focus("[data-part=answers]").await?);
            let said = browser.text_of("[data-part=answers]").await?;
            let senior = said.find("A senior:").context("no senior")?;
            ensure!(said.find("A junior:").context("no junior")? < senior);
            let mark = [NOT, HAD][question % 2];
            browser.press_on(mark, Key::Space).await?;
            let pressed = format!("{mark}[aria-pressed=true]");
            ensure!(browser.has_focus(&pressed).await?);
        }
        browser.press_on(&next, Key::Enter).await?;
        if question < 15 {
            ensure!(browser.has_focus(title).await?, "after {question}");
        }
    }
    let end = format!("{FOLLOW_UPS} [data-part=end-title]");
    ensure!(browser.has_focus(&end).await?);
    assert_eq!(browser.text_of(&end).await?, "You had 2 of 15.");
    let again = format!("{FOLLOW_UPS} [data-part=again] li button");
    assert_eq!(browser.text_of(&again).await?, asked[1]);
    browser.press_on(&again, Key::Enter).await?;
    ensure!(browser.has_focus(title).await?);
    assert_eq!(browser.text_of(title).await?, asked[1]);
    assert_eq!(browser.value_of(ANSWER).await?, "mine");
    browser.check_clean().await
}

#[tokio::test]
async fn every_prediction_has_an_answer_that_is_what_was_measured() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_practice(&site, &Options::default()).await?;
    let next = format!("{PREDICT} [data-do=next]");
    let mut right = 0;
    browser.tab_to(OPTION).await?;
    for question in 1..=9 {
        let shown = "return [...document.querySelectorAll('[data-practice=predict] fieldset')]
                       .filter(one => one.checkVisibility()).length;";
        assert_eq!(browser.js::<usize>(shown).await?, 1);
        let is_off = format!("return document.querySelector('{RUN}').disabled;");
        ensure!(browser.js::<bool>(&is_off).await?, "run before a choice");
        browser.tab_to(OPTION).await?;
        browser.press(" ").await?;
        browser.press(Key::Down).await?;
        browser.press_on(RUN, Key::Enter).await?;
        ensure!(browser.has_focus(VERDICT).await?);
        let said = browser.verdict().await?;
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
        browser.press_on(&next, Key::Enter).await?;
        if question < 9 {
            ensure!(browser.has_focus(&format!("{PREDICT} fieldset")).await?);
        }
    }
    let end = format!("{PREDICT} [data-part=end-title]");
    ensure!(browser.has_focus(&end).await?);
    assert_eq!(browser.text_of(&end).await?, format!("{right} of 9"));
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
    let browser = Browser::with_practice(&site, &Options::default()).await?;
    browser.click(OPTION).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    browser.click(&format!("{PREDICT} [data-do=next]")).await?;
    browser.wait_for_state("ready").await?;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let said = browser.text_of(VERDICT).await?;
    ensure!(said.starts_with("Choose"), "{said}");
    browser.check_clean().await
}

#[tokio::test]
async fn a_prediction_runs_in_sight_and_moves_nothing() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        size: (360, 740),
        ..Options::default()
    };
    let browser = Browser::with_practice(&site, &options).await?;
    let places = "return ['[data-part=verdict]', '[data-practice=predict] [data-do=run]', '[data-part=stage]', '[data-do=clear]']
       .map(one => document.querySelector(one).getBoundingClientRect().top + scrollY).map(Math.round);";
    browser.click(OPTION).await?;
    let before: Vec<f64> = browser.js(places).await?;
    browser.click(RUN).await?;
    browser.verdict().await?;
    assert_eq!(browser.js::<Vec<f64>>(places).await?, before);
    let is_seen = "const at = document.querySelector('[data-part=stage]').getBoundingClientRect();
       return at.top >= 0 && at.bottom <= innerHeight + 1;";
    ensure!(
        browser.js::<bool>(is_seen).await?,
        "the run is not in sight"
    );
    let drawn = "return document.querySelector('[data-part=stage]').textContent.includes('1.4 s');";
    ensure!(
        browser.js::<bool>(drawn).await?,
        "the stage shows something else"
    );
    Ok(())
}
