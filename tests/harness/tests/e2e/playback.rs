//! A run is live; afterwards it is a recording. The same moment of it is always
//! the same picture, whichever way the reader came there.

use anyhow::{Result, ensure};
use harness::browser::{AtRest, Browser, Options};
use harness::page::{RESET, RUN};
use harness::playback::{
    LIVE, LOOP, NEXT, PLAY, PREVIOUS, Playback, RATE, RATES, SEEK, ensure_same,
};
use harness::result::RunResult;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

const SHORT: &str = "tasks=tea:150,toast:260,eggs:400";

async fn recorded(query: &str) -> Result<(Site, Browser, RunResult)> {
    let site = Site::start()?;
    let (browser, result) = Browser::with_recording(&site, query, &Options::default()).await?;
    Ok((site, browser, result))
}

fn total(result: &RunResult) -> f64 {
    result
        .runs
        .iter()
        .map(|run| run.total_ms)
        .fold(0.0, f64::max)
}

/// Waits until the playhead of a live run has come that far.
async fn live_until(browser: &Browser, at: f64) -> Result<Playback> {
    let look = async || browser.playback().await;
    until("the run to go on", PATIENCE, look, |seen| seen.at >= at).await
}

#[tokio::test]
async fn a_run_is_live_and_then_a_recording_that_is_paused_at_its_end() -> Result<()> {
    let site = Site::start()?;
    let query = "tasks=tea:1000,toast:1400";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    assert_eq!(browser.playback().await?.mode, "live");
    let one = live_until(&browser, 50.0).await?;
    let other = live_until(&browser, one.at + 50.0).await?;
    assert_ne!(one.time, other.time, "the time that is shown stands still");

    let result = browser.finished_event(0, PATIENCE).await?;
    let end = browser.wait_for_playback("paused").await?;
    assert!(end.at >= total(&result) - 1.0, "{end:?}");
    assert!(end.max >= end.at, "{end:?}");
    browser.check_clean().await
}

#[tokio::test]
async fn a_recording_ends_as_the_run_did_live() -> Result<()> {
    let (_site, browser, _) = recorded(SHORT).await?;
    let live = browser.pictures().await?;
    let end = browser.playback().await?.at;
    browser.seek(0.0).await?;
    assert_eq!(browser.play().await?, "playing");
    let played = browser.wait_for_playback("paused").await?;
    ensure!((played.at - end).abs() < 1.0, "{played:?}, live {end}");
    ensure_same("played and live", &browser.pictures().await?, &live)?;
    browser.seek(0.0).await?;
    browser.seek(end).await?;
    ensure_same("sought and live", &browser.pictures().await?, &live)?;
    browser.check_clean().await
}

#[tokio::test]
async fn the_same_moment_is_the_same_picture() -> Result<()> {
    let (_site, browser, result) = recorded("tasks=tea:150,toast:260:503,eggs:400").await?;
    let end = total(&result);
    let moments = [0.03, 0.21, 0.4, 0.66, 0.83, 0.999].map(|part| (part * end).round());
    let mut first = Vec::new();
    for at in moments {
        browser.seek(at).await?;
        first.push(browser.pictures().await?);
    }
    for (at, first) in moments.iter().zip(&first).rev() {
        browser.seek(*at).await?;
        let again = browser.pictures().await?;
        ensure_same(&format!("at {at}, from the other side"), first, &again)?;
        browser.click(NEXT).await?;
        browser.seek(*at).await?;
        let again = browser.pictures().await?;
        ensure_same(&format!("at {at}, after stepping away"), first, &again)?;
    }
    ensure!(
        first.windows(2).all(|two| two[0] != two[1]),
        "other moments have the same picture"
    );
    // Another size, theme or state of the player is no other moment.
    browser.resize((360, 740), 1).await?;
    browser.seek(end).await?;
    browser.seek(moments[2]).await?;
    ensure_same("on a narrow screen", &first[2], &browser.pictures().await?)
}

/// Every moment at which stepping stops, from the beginning to the end.
async fn stops(browser: &Browser, button: &str) -> Result<Vec<f64>> {
    let mut stops = vec![browser.playback().await?.at];
    loop {
        browser.click(button).await?;
        let seen = browser.playback().await?;
        ensure!(seen.mode == "paused", "stepping: {seen:?}");
        let last = stops.last().copied().unwrap_or_default();
        if (seen.at - last).abs() < 1e-6 {
            return Ok(stops);
        }
        ensure!(stops.len() < 100, "stepping does not come to an end");
        ensure!(
            (seen.at - last).abs() > 0.04,
            "a step from {last} to {} cannot be seen",
            seen.at
        );
        stops.push(seen.at);
    }
}

#[tokio::test]
async fn steps_stop_at_every_event_in_order_and_back() -> Result<()> {
    let (_site, browser, result) = recorded("tasks=tea:150,toast:260:503,eggs:400").await?;
    let end = browser.playback().await?.at;
    browser.seek(0.0).await?;
    let there = stops(&browser, NEXT).await?;
    assert!(there.is_sorted(), "{there:?}");
    ensure!(
        there.last().is_some_and(|last| (last - end).abs() < 1.0),
        "the last step does not lead to the end, {end}: {there:?}"
    );
    for run in &result.runs {
        for task in &run.tasks {
            for moment in [task.start_ms.unwrap_or_default(), task.end_ms] {
                ensure!(
                    there.iter().any(|stop| (stop - moment).abs() < 0.3),
                    "{moment} of {} in {} is left out: {there:?}",
                    task.name,
                    run.strategy
                );
            }
        }
    }
    let mut back = stops(&browser, PREVIOUS).await?;
    back.reverse();
    ensure!(
        back.len() == there.len() && back.iter().zip(&there).all(|(a, b)| (a - b).abs() < 0.3),
        "there {there:?}, back {back:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_recording_plays_at_every_rate() -> Result<()> {
    let (_site, browser, _) = recorded("tasks=tea:6000").await?;
    for rate in RATES {
        browser.seek(0.0).await?;
        browser.set_rate(rate).await?;
        let seen = browser.watch_playhead("seen.length >= 40").await?;
        if browser.playback().await?.mode == "playing" {
            browser.click(PLAY).await?;
        }
        browser.wait_for_playback("paused").await?;
        assert!(seen.len() > 5, "at {rate} it hardly moves: {seen:?}");
        // Of many pairs the middle one: a frame may be late, and its time not.
        let half = seen.len() / 2;
        let pairs = seen.iter().zip(&seen[half..]);
        let mut measured: Vec<f64> = pairs
            .map(|(one, other)| (other.1 - one.1) / (other.0 - one.0))
            .collect();
        measured.sort_by(f64::total_cmp);
        let measured = measured[measured.len() / 2];
        ensure!(
            (measured / rate - 1.0).abs() < 0.05,
            "at {rate} it plays {measured} times as fast: {seen:?}"
        );
    }
    browser.check_clean().await
}

#[tokio::test]
async fn another_rate_takes_the_playhead_nowhere() -> Result<()> {
    let (_site, browser, _) = recorded("tasks=tea:2000").await?;
    browser.seek(700.0).await?;
    browser.set_rate(0.25).await?;
    assert!((browser.playback().await?.at - 700.0).abs() < 1.0);
    browser.click(PLAY).await?;
    live_until(&browser, 750.0).await?;
    let (before, after, mode): (f64, f64, String) = browser
        .js_with(
            "const range = document.querySelector(arguments[0]);
             const rate = document.querySelector(arguments[1]);
             // Each choice draws: the frame before it may be long ago.
             const choose = (value) => {
               rate.value = value;
               rate.dispatchEvent(new Event('change', { bubbles: true }));
               return range.valueAsNumber;
             };
             return [choose('0.25'), choose('4'), range.closest('[data-expert-chef]').dataset.playback];",
            vec![SEEK.into(), RATE.into()],
        )
        .await?;
    ensure!((after - before).abs() < 30.0, "from {before} to {after}");
    assert_eq!(mode, "playing");
    Ok(())
}

#[tokio::test]
async fn the_rate_of_the_query_string_is_chosen() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "speed=2", &Options::default()).await?;
    let rate: String = browser
        .js_with(
            "return document.querySelector(arguments[0]).value;",
            vec![RATE.into()],
        )
        .await?;
    assert_eq!(rate, "2");
    Ok(())
}

#[tokio::test]
async fn played_at_its_end_a_recording_begins_anew() -> Result<()> {
    let (_site, browser, _) = recorded("tasks=tea:600").await?;
    let end = browser.playback().await?.at;
    browser.set_rate(0.25).await?;
    browser.click(PLAY).await?;
    let playing = browser.wait_for_playback("playing").await?;
    ensure!(playing.at < end - 100.0, "{playing:?}");
    browser.set_rate(4.0).await?;
    browser.wait_for_playback("paused").await?;
    Ok(())
}

#[tokio::test]
async fn a_loop_begins_anew_until_it_is_switched_off() -> Result<()> {
    let (_site, browser, _) = recorded("tasks=tea:200").await?;
    browser.set_rate(2.0).await?;
    browser.click(LOOP).await?;
    assert!(browser.playback().await?.is_looping);
    browser.click(PLAY).await?;
    let twice = "seen.filter(([, at], index) => at < seen[index - 1]?.[1] - 100).length >= 2";
    browser.watch_playhead(twice).await?;
    assert_eq!(browser.playback().await?.mode, "playing");
    browser.click(LOOP).await?;
    let end = browser.wait_for_playback("paused").await?;
    assert!(!end.is_looping);
    assert!(end.at >= 200.0, "{end:?}");
    browser.check_clean().await
}

#[tokio::test]
async fn seeking_goes_on_playing_or_stays_paused() -> Result<()> {
    let (_site, browser, _) = recorded("tasks=tea:3000").await?;
    assert_eq!(browser.seek(500.0).await?.mode, "paused");
    // Slowly, so that it has not gone far by the time of the look.
    browser.set_rate(0.25).await?;
    browser.click(PLAY).await?;
    let playing = browser.seek(1500.0).await?;
    assert_eq!(playing.mode, "playing");
    ensure!((1450.0..2200.0).contains(&playing.at), "{playing:?}");
    // Stepping is for looking closely: it stops.
    browser.click(PREVIOUS).await?;
    assert_eq!(browser.playback().await?.mode, "paused");
    Ok(())
}

#[tokio::test]
async fn the_playhead_says_where_it_is() -> Result<()> {
    let (_site, browser, _) = recorded("tasks=tea:1400").await?;
    let one = browser.seek(300.0).await?;
    let other = browser.seek(1200.0).await?;
    assert_ne!(one.time, other.time);
    assert_ne!(one.spoken, other.spoken);
    for seen in [&one, &other] {
        ensure!(
            seen.spoken.contains("ms") || seen.spoken.contains('s'),
            "the unit is not read out: {seen:?}"
        );
    }
    assert!(one.time.contains("300"), "{one:?}");
    Ok(())
}

#[tokio::test]
async fn a_live_run_can_be_scrubbed_back_and_returned_to() -> Result<()> {
    let site = Site::start()?;
    let query = "tasks=egg:1400,tea:4000,toast:3000";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    browser.click(RUN).await?;
    live_until(&browser, 900.0).await?;
    assert_eq!(browser.seek(300.0).await?.mode, "paused");
    let past = browser.pictures().await?;
    let answered = async || {
        browser
            .js::<bool>(
                "return performance.getEntriesByType('resource').some(one => one.name.includes('services/egg'));",
            )
            .await
    };
    until("the run to go on", PATIENCE, answered, |&answered| answered).await?;
    let still = browser.playback().await?;
    ensure!((still.at - 300.0).abs() < 1.0, "it moves on: {still:?}");
    ensure_same("while the run goes on", &past, &browser.pictures().await?)?;
    assert_eq!(browser.state().await?, "running");

    browser.click(LIVE).await?;
    let live = browser.playback().await?;
    assert_eq!(live.mode, "live");
    ensure!(live.at > 1300.0, "{live:?}");

    // What plays faster than it happened catches up, and is live again.
    browser.seek(500.0).await?;
    browser.set_rate(4.0).await?;
    assert_eq!(browser.play().await?, "playing");
    let caught_up = browser.wait_for_playback("live").await?;
    assert_eq!(browser.state().await?, "running", "{caught_up:?}");
    browser.finished_event(0, PATIENCE).await?;
    browser.check_clean().await
}

#[tokio::test]
async fn a_run_that_ends_while_the_reader_looks_back_does_not_tear_them_away() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, "tasks=tea:6000", &options).await?;
    browser.click(RUN).await?;
    live_until(&browser, 200.0).await?;
    browser.seek(100.0).await?;
    let past = browser.pictures().await?;
    assert_eq!(browser.state().await?, "running", "it was over meanwhile");
    browser.finished_event(0, PATIENCE).await?;
    browser.rest().await?;
    let seen = browser.playback().await?;
    assert_eq!(seen.mode, "paused");
    ensure!((seen.at - 100.0).abs() < 1.0, "{seen:?}");
    ensure_same("after the end", &past, &browser.pictures().await?)
}

#[tokio::test]
async fn a_live_run_has_no_future() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=tea:5000", &Options::default()).await?;
    browser.click(RUN).await?;
    live_until(&browser, 200.0).await?;
    browser
        .js_with::<()>(
            "const range = document.querySelector(arguments[0]);
             range.value = range.max;
             range.dispatchEvent(new Event('input', { bubbles: true }));",
            vec![SEEK.into()],
        )
        .await?;
    let seen = browser.playback().await?;
    ensure!(seen.at < 4000.0, "{seen:?}");
    Ok(())
}

#[tokio::test]
async fn a_new_run_is_live_and_a_reset_takes_the_recording_away() -> Result<()> {
    let (_site, browser, _) = recorded("tasks=tea:2000").await?;
    browser.click(PLAY).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    assert_eq!(browser.playback().await?.mode, "live");
    browser.finished_event(1, PATIENCE).await?;
    browser.wait_for_playback("paused").await?;
    browser.seek(100.0).await?;
    browser.click(RESET).await?;
    browser.wait_for_state("ready").await?;
    let blank = browser.playback().await?;
    assert!(blank.at < 0.5, "{blank:?}");
    let disabled: Vec<bool> = browser
        .js_with(
            "return arguments[0].map(one => document.querySelector(one).disabled);",
            vec![serde_json::json!([PLAY, PREVIOUS, NEXT, SEEK, LIVE])],
        )
        .await?;
    assert_eq!(disabled, [true; 5], "there is nothing to play");
    browser.check_clean().await
}

#[tokio::test]
async fn only_a_running_stage_can_be_live() -> Result<()> {
    let (_site, browser, _) = recorded(SHORT).await?;
    let disabled: bool = browser
        .js_with(
            "const live = document.querySelector(arguments[0]);
             return live.disabled || !live.checkVisibility();",
            vec![LIVE.into()],
        )
        .await?;
    assert!(disabled);
    Ok(())
}

#[tokio::test]
async fn a_recording_at_rest_runs_no_frame_and_no_timer() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let (browser, _) = Browser::with_recording(&site, SHORT, &options).await?;
    browser.seek(200.0).await?;
    assert_eq!(
        browser.watch_rest().await?,
        AtRest::SILENT,
        "paused in the middle"
    );
    browser.set_rate(4.0).await?;
    browser.click(PLAY).await?;
    browser.wait_for_playback("paused").await?;
    assert_eq!(
        browser.watch_rest().await?,
        AtRest::SILENT,
        "played to the end"
    );
    Ok(())
}
