//! What networks and services do.

use anyhow::Result;
use serde_json::json;

use super::ground::{CONTROL, Ground, ends};
use crate::browser::Engine;

pub(super) async fn killed(ground: &mut Ground, times: usize) -> Result<()> {
    for _ in 0..times {
        let calls = ground.server.calls();
        let query = ground.tricks(["silent&ms=30000", "ok"]);
        let before = ground.begin(&query).await?;
        ground.server.wait_for_calls(calls + 2).await?;
        ground.server.wait_for_open(1).await?;
        ground.server.stop();
        let result = ground.end(before).await?;
        ends(&result, &["failed", "ok|failed"])?;
        ground.server.restart()?;
        ground.meet(&[("ok", "ok"), ("ok", "ok")], "").await?;

        // Back before the last retry is made, nothing is lost.
        let calls = ground.server.calls();
        let query = ground.tricks(["silent&ms=1000", "silent&ms=1000"]);
        let query = format!("{query}&retries=10&backoff=200");
        let before = ground.begin(&query).await?;
        ground.server.wait_for_calls(calls + 2).await?;
        ground.server.stop();
        ground.server.restart()?;
        ends(&ground.end(before).await?, &["ok", "ok"])?;
    }
    Ok(())
}

pub(super) async fn resets(ground: &mut Ground, times: usize) -> Result<()> {
    let tricks = [
        ("reset", "failed"),
        ("reset&ms=100", "failed"),
        ("reset-body&ms=50", "failed"),
        ("ok", "ok"),
    ];
    for _ in 0..times {
        ground.meet(&tricks, "").await?;
    }
    Ok(())
}

pub(super) async fn halves(ground: &mut Ground, times: usize) -> Result<()> {
    let tricks = [("half", "failed"), ("half-chunked", "failed"), ("ok", "ok")];
    for _ in 0..times {
        ground.meet(&tricks, "").await?;
    }
    Ok(())
}

pub(super) async fn silences(ground: &mut Ground, times: usize) -> Result<()> {
    let [silent, gap] = ground.pick(
        ["silent&ms=1500", "gap&ms=1500"],
        ["silent&ms=60000", "gap&ms=60000"],
    );
    for _ in 0..times {
        ground.meet(&[(silent, "ok"), (gap, "ok")], "").await?;
        let late = [(silent, "timed-out"), (gap, "timed-out")];
        ground.meet(&late, "&timeout=300").await?;
    }
    Ok(())
}

pub(super) async fn bodies(ground: &mut Ground, times: usize) -> Result<()> {
    // Firefox never gives back what a page leaves of a body that is all there. A
    // bomb that is large enough is not, by the time the page gives it up.
    let [endless, huge, bomb] = ground.pick(
        ["endless&mb=192", "huge&mb=192", "bomb&mb=1024"],
        ["endless&mb=2048", "huge&mb=2048", "bomb&mb=2048"],
    );
    let tricks = [
        (endless, "failed"),
        (huge, "failed"),
        (bomb, "failed"),
        // What a service may well send.
        ("huge&mb=8", "ok"),
    ];
    for _ in 0..times {
        ground.meet(&tricks, "").await?;
        ground.check_peak()?;
    }
    Ok(())
}

pub(super) async fn types(ground: &mut Ground, times: usize) -> Result<()> {
    let tricks = [
        ("html", "ok"),
        ("untyped", "ok"),
        ("png", "ok"),
        ("plain", "ok"),
        ("not-json", "failed"),
        ("nothing", "failed"),
        ("deep", "failed"),
        // Some browsers take it as it is.
        ("not-gzip", "ok|failed"),
    ];
    for _ in 0..times {
        ground.meet(&tricks, "").await?;
    }
    Ok(())
}

pub(super) async fn redirects(ground: &mut Ground, times: usize) -> Result<()> {
    let tricks = [
        ("redirect", "failed"),
        ("loop", "failed"),
        ("away", "failed"),
        ("nowhere", "failed"),
        ("ok", "ok"),
    ];
    for _ in 0..times {
        let calls = ground.server.calls();
        ground.meet(&tricks, "").await?;
        // Nobody was sent on: two kitchens made five calls each.
        let made = ground.server.calls() - calls;
        anyhow::ensure!(made == 10, "{made} calls were made");
    }
    Ok(())
}

pub(super) async fn offline(ground: &mut Ground, times: usize) -> Result<()> {
    ground.browser.wait_for_worker().await?;
    for _ in 0..times {
        let query = ground.tricks(["silent&ms=30000", "silent&ms=30000"]);
        let before = ground.begin(&query).await?;
        ground.server.wait_for_open(2).await?;
        switch(ground, false).await?;
        ends(&ground.end(before).await?, &["failed", "failed"])?;

        // What is the page's own goes on, reloaded or not.
        let before = ground.begin(CONTROL).await?;
        ends(&ground.end(before).await?, &["ok", "ok"])?;
        ground.browser.reload(false).await?;
        ground.browser.wait_for_state("ready").await?;
        let before = ground.begin(CONTROL).await?;
        ends(&ground.end(before).await?, &["ok", "ok"])?;

        switch(ground, true).await?;
        ground.meet(&[("ok", "ok"), ("ok", "ok")], "").await?;
    }
    Ok(())
}

/// Takes the machine's servers off the network or puts them back, and where the
/// browser can be told so, the browser too.
async fn switch(ground: &mut Ground, is_on: bool) -> Result<()> {
    if Engine::asked_for()? == Engine::Chromium {
        let conditions = json!({
            "offline": !is_on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        let browser = &ground.browser;
        browser.cdp("Network.enable", json!({})).await?;
        browser
            .cdp("Network.emulateNetworkConditions", conditions)
            .await?;
    }
    if is_on {
        ground.server.restart()?;
        ground.site.restart()
    } else {
        ground.server.stop();
        ground.site.stop();
        Ok(())
    }
}
