//! The player's keys: those of a media element, where the focus is in the
//! stage and the key has no other meaning already.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::page::RUN;
use harness::playback::{HELP, LOOP, NEXT, PLAY, Playback, RATE, SEEK};
use harness::site::{Site, without_lesson};
use harness::wait::{PATIENCE, until};
use thirtyfour::Key;

async fn recorded(query: &str) -> Result<(Site, Browser)> {
    let site = Site::start()?;
    let (browser, _) = Browser::with_recording(&site, query, &Options::default()).await?;
    Ok((site, browser))
}

/// The playhead is there, and stands still.
fn ensure_paused_at(seen: &Playback, at: f64) -> Result<()> {
    ensure!(
        seen.mode == "paused" && (seen.at - at).abs() < 1.0,
        "not paused at {at}: {seen:?}"
    );
    Ok(())
}

#[tokio::test]
async fn space_plays_and_pauses() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:6000").await?;
    browser.seek(100.0).await?;
    browser.focus(SEEK).await?;
    browser.press(" ").await?;
    assert_eq!(browser.playback().await?.mode, "playing");
    browser.press(" ").await?;
    assert_eq!(browser.playback().await?.mode, "paused");
    browser.check_clean().await
}

#[tokio::test]
async fn space_on_what_it_presses_presses_that_once() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:6000").await?;
    browser.seek(100.0).await?;
    browser.focus(PLAY).await?;
    browser.press(" ").await?;
    assert_eq!(browser.playback().await?.mode, "playing", "on Play");
    browser.press(" ").await?;
    assert_eq!(browser.playback().await?.mode, "paused", "on Pause");

    browser.seek(100.0).await?;
    browser.focus(LOOP).await?;
    browser.press(" ").await?;
    let seen = browser.playback().await?;
    assert!(seen.is_looping);
    ensure_paused_at(&seen, 100.0)?;
    browser.press(" ").await?;

    browser.focus("details summary").await?;
    browser.press(" ").await?;
    let is_open: bool = browser
        .js("return document.activeElement.parentElement.open;")
        .await?;
    assert!(is_open, "Space opens what it is pressed on");
    ensure_paused_at(&browser.playback().await?, 100.0)?;

    browser.focus(RUN).await?;
    browser.press(" ").await?;
    browser.wait_for_state("running").await?;
    assert_eq!(browser.playback().await?.mode, "live");
    Ok(())
}

/// Waits until the focus is on the player, which names no single control.
async fn ensure_on_player(browser: &Browser) -> Result<()> {
    let look = async || {
        browser
            .js::<String>("return document.activeElement.dataset.part ?? '';")
            .await
    };
    until("the focus on the player", PATIENCE, look, |at| {
        at == "player"
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn who_presses_run_goes_on_at_the_player_where_space_keeps_the_recording() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=tea:3000", &Options::default()).await?;
    for (run, by) in ["a click", "Enter", "Space"].into_iter().enumerate() {
        let scrolled = || browser.js::<f64>("return scrollY;");
        browser.focus(RUN).await?;
        let before = scrolled().await?;
        match by {
            "Enter" => browser.press(Key::Enter).await?,
            "Space" => browser.press(" ").await?,
            _ => browser.click(RUN).await?,
        }
        browser.wait_for_state("running").await?;
        ensure_on_player(&browser).await?;
        ensure!((scrolled().await? - before).abs() < 1.0, "the page jumps");
        browser.press(" ").await?;
        assert_eq!(browser.playback().await?.mode, "paused", "after {by}");
        browser.press(" ").await?;
        browser.finished_event(run, PATIENCE).await?;
        browser.wait_for_playback("paused").await?;

        let result = browser.result().await?;
        browser.press(" ").await?;
        assert_eq!(browser.playback().await?.mode, "playing", "after {by}");
        browser.press(" ").await?;
        assert_eq!(browser.playback().await?.mode, "paused", "after {by}");
        assert_eq!(browser.state().await?, "finished", "after {by}");
        assert_eq!(browser.result().await?, result, "after {by}");
        assert_eq!(browser.probe().await?.finished.len(), run + 1);
    }
    browser.check_clean().await
}

#[tokio::test]
async fn the_list_of_keys_says_where_they_hold() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:100").await?;
    browser.click(HELP).await?;
    let listed: String = browser
        .js("return document.querySelector('[data-part=help]').innerText;")
        .await?;
    for word in ["Where", "player", "focus"] {
        assert!(listed.contains(word), "{word} is not said: {listed}");
    }
    Ok(())
}

#[tokio::test]
async fn arrows_scroll_the_table_of_calls_and_leave_the_playhead_where_it_is() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        size: (360, 740),
        ..Options::default()
    };
    let (browser, _) = Browser::with_recording(&site, "tasks=tea:400,toast:300", &options).await?;
    browser.seek(200.0).await?;
    browser.click("[data-part=calls] summary").await?;
    browser.focus("[data-part=calls] [data-scrolls]").await?;
    let scrolled = async || {
        browser
            .js::<f64>("return document.activeElement.scrollLeft;")
            .await
    };
    browser.press(Key::Right).await?;
    until("the table to scroll", PATIENCE, scrolled, |&left| {
        left > 1.0
    })
    .await?;
    browser.press(Key::End).await?;
    // That went to the end of the page, and Firefox scrolls nothing out of sight.
    let back = async || {
        let see =
            "document.activeElement.scrollIntoView({ block: 'center', behavior: 'instant' });";
        browser.js::<Option<()>>(see).await?;
        browser.press(Key::Left).await?;
        scrolled().await
    };
    until("the table's beginning", PATIENCE, back, |&left| left < 1.0).await?;
    ensure_paused_at(&browser.playback().await?, 200.0)?;
    // Elsewhere the same key seeks.
    browser.focus(SEEK).await?;
    browser.press(Key::Right).await?;
    ensure_paused_at(&browser.playback().await?, 300.0)
}

#[tokio::test]
async fn arrows_seek_by_a_tenth_of_a_second() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:3000").await?;
    for focus in [SEEK, PLAY] {
        browser.seek(500.0).await?;
        browser.focus(focus).await?;
        browser.press(Key::Right).await?;
        ensure_paused_at(&browser.playback().await?, 600.0)?;
        browser.press(Key::Left).await?;
        browser.press(Key::Left).await?;
        ensure_paused_at(&browser.playback().await?, 400.0)?;
    }
    browser.seek(60.0).await?;
    browser.press(Key::Left).await?;
    ensure_paused_at(&browser.playback().await?, 0.0)?;
    browser.press(Key::Right).await?;
    browser.press(" ").await?;
    browser.press(Key::Right).await?;
    let seen = browser.playback().await?;
    assert_eq!(seen.mode, "playing", "seeking goes on playing");
    assert!(seen.at >= 200.0, "{seen:?}");
    browser.check_clean().await
}

#[tokio::test]
async fn home_and_end_go_there_and_scroll_nothing() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:400").await?;
    let end = browser.playback().await?.at;
    for focus in [SEEK, PLAY] {
        browser.focus(focus).await?;
        let scrolled = || browser.js::<f64>("return scrollY;");
        let before = scrolled().await?;
        browser.press(Key::Home).await?;
        ensure_paused_at(&browser.playback().await?, 0.0)?;
        browser.press(Key::End).await?;
        ensure_paused_at(&browser.playback().await?, end)?;
        ensure!((scrolled().await? - before).abs() < 1.0, "the page scrolls");
    }
    Ok(())
}

#[tokio::test]
async fn comma_and_full_stop_step_as_the_buttons_do() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:150,toast:260").await?;
    let mut by_button = Vec::new();
    browser.seek(0.0).await?;
    for _ in 0..5 {
        browser.click(NEXT).await?;
        by_button.push(browser.playback().await?.at);
    }
    browser.seek(0.0).await?;
    browser.focus(SEEK).await?;
    for at in &by_button {
        browser.press(".").await?;
        ensure_paused_at(&browser.playback().await?, *at)?;
    }
    for at in by_button.iter().rev().skip(1) {
        browser.press(",").await?;
        ensure_paused_at(&browser.playback().await?, *at)?;
    }
    browser.check_clean().await
}

#[tokio::test]
async fn keys_outside_the_stage_are_not_the_players() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:400").await?;
    browser.seek(200.0).await?;
    browser
        .js::<()>("document.activeElement.blur(); scrollTo(0, 0);")
        .await?;
    for key in [Key::Home, Key::End, Key::Left, Key::Right] {
        browser.press(key).await?;
    }
    browser.press(" .,?").await?;
    ensure_paused_at(&browser.playback().await?, 200.0)?;
    assert!(!help_is_shown(&browser).await?);
    Ok(())
}

#[tokio::test]
async fn keys_with_ctrl_or_meta_are_the_browsers() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:400").await?;
    browser.seek(200.0).await?;
    browser.focus(PLAY).await?;
    for held in [Key::Control, Key::Meta] {
        for key in [Key::Right, Key::Home, Key::End] {
            browser.press_with(held.clone(), key).await?;
        }
        browser.press_with(held, ".").await?;
    }
    ensure_paused_at(&browser.playback().await?, 200.0)
}

#[tokio::test]
async fn keys_in_a_choice_are_its_own() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:400").await?;
    browser.seek(200.0).await?;
    let rate = async || {
        browser
            .js_with::<String>(
                "return document.querySelector(arguments[0]).value;",
                vec![RATE.into()],
            )
            .await
    };
    assert_eq!(rate().await?, "1");
    browser.focus(RATE).await?;
    browser.press(Key::Down).await?;
    assert_eq!(rate().await?, "2");
    browser.press(Key::Home).await?;
    ensure_paused_at(&browser.playback().await?, 200.0)
}

#[tokio::test]
async fn keys_in_a_field_are_typed() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    browser.open_drawer("guess").await?;
    browser.focus("[data-input=guess]").await?;
    browser.press("1,2. ?").await?;
    let typed: String = browser.js("return document.activeElement.value;").await?;
    assert_eq!(typed, "1,2. ?");
    browser.press(Key::Home).await?;
    browser.press("4").await?;
    let typed: String = browser.js("return document.activeElement.value;").await?;
    assert_eq!(typed, "41,2. ?");
    assert!(!help_is_shown(&browser).await?);
    browser.check_clean().await
}

async fn help_is_shown(browser: &Browser) -> Result<bool> {
    browser
        .js("return document.querySelector('[data-part=help]')?.checkVisibility() ?? false;")
        .await
}

#[tokio::test]
async fn the_keys_are_listed_by_button_and_by_question_mark() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:100").await?;
    assert!(!help_is_shown(&browser).await?);
    browser.click(HELP).await?;
    assert!(help_is_shown(&browser).await?);
    let listed: String = browser
        .js("return document.querySelector('[data-part=help]').innerText;")
        .await?;
    for key in ["Space", "Home", "End", ",", ".", "?"] {
        assert!(listed.contains(key), "{key} is not listed: {listed}");
    }
    assert!(listed.contains('←') || listed.contains("Left"), "{listed}");
    browser.click(HELP).await?;
    assert!(!help_is_shown(&browser).await?);

    for focus in [SEEK, PLAY, RUN] {
        browser.focus(focus).await?;
        browser.press("?").await?;
        assert!(help_is_shown(&browser).await?, "on {focus}");
        let expanded: String = browser
            .js_with(
                "return document.querySelector(arguments[0]).ariaExpanded ?? '';",
                vec![HELP.into()],
            )
            .await?;
        assert_eq!(expanded, "true");
        browser.press("?").await?;
        assert!(!help_is_shown(&browser).await?, "on {focus}");
    }
    browser.check_clean().await
}

#[tokio::test]
async fn keys_are_for_the_stage_that_has_the_focus() -> Result<()> {
    let second = "<section data-expert-chef=\"tasks=x:300\"></section>";
    let site = Site::of(&dist::folder()?)
        .rewriting(move |html| without_lesson(&html, second))
        .start()?;
    let options = Options::default();
    let (browser, _) = Browser::with_recording(&site, "tasks=tea:400", &options).await?;
    let other = "[data-expert-chef^=tasks]";
    browser.click(&format!("{other} [data-action=run]")).await?;
    browser.finished_event_of_any(1, PATIENCE).await?;
    browser.seek(200.0).await?;
    browser.focus(&format!("{other} [data-input=seek]")).await?;
    browser.press(Key::Home).await?;
    ensure_paused_at(&browser.playback().await?, 200.0)?;
    let others: f64 = browser
        .js("return document.activeElement.valueAsNumber;")
        .await?;
    assert!(others.abs() < 1.0, "{others}");
    Ok(())
}

#[tokio::test]
async fn every_control_of_the_player_is_reached_by_tab_and_seen_to_be() -> Result<()> {
    let (_site, browser) = recorded("tasks=tea:100").await?;
    browser.focus_beginning().await?;
    let mut missing = vec![
        "previous", "play", "next", "seek", "rate", "loop", "help", "run", "reset",
    ];
    for presses in 0.. {
        if missing.is_empty() {
            break;
        }
        assert!(presses < 80, "Tab does not reach {missing:?}");
        browser.press(Key::Tab).await?;
        let (reached, is_seen): (String, bool) = browser
            .js("const at = document.activeElement;
                 const style = getComputedStyle(at);
                 const isSeen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                 return [at.dataset.action ?? at.dataset.input ?? '', isSeen];")
            .await?;
        ensure!(
            is_seen || reached.is_empty(),
            "the focus on {reached} cannot be seen"
        );
        missing.retain(|one| *one != reached);
    }
    Ok(())
}
