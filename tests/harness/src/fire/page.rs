//! What browsers and readers do.

use anyhow::{Result, ensure};
use serde_json::json;

use super::ground::{CONTROL, Ground, ends};
use crate::browser::Engine;
use crate::wait::{PATIENCE, until};

/// Long enough that something happens meanwhile.
const SLOW: &str = "tasks=a:1500,b:1500&compare=join,pool:2&mode=turns";

pub(super) async fn worker(ground: &mut Ground, times: usize) -> Result<()> {
    let can_stop = Engine::asked_for()? == Engine::Chromium;
    if !can_stop {
        ground
            .notes
            .push("unregistered alone: nothing stops a worker here".into());
    }
    for _ in 0..times {
        if can_stop {
            let before = begin_slowly(ground).await?;
            for command in ["ServiceWorker.enable", "ServiceWorker.stopAllWorkers"] {
                ground.browser.cdp(command, json!({})).await?;
            }
            ends(&ground.end(before).await?, &["ok|failed", "ok|failed"])?;
            run_well(ground).await?;
        }
        let before = begin_slowly(ground).await?;
        unregister(ground).await?;
        ends(&ground.end(before).await?, &["ok|failed", "ok|failed"])?;
        run_well(ground).await?;
        ground.browser.reload(false).await?;
        ground.browser.wait_for_state("ready").await?;
        run_well(ground).await?;
    }
    Ok(())
}

/// Begins, and waits until two calls are in flight.
async fn begin_slowly(ground: &Ground) -> Result<usize> {
    let before = ground.begin(SLOW).await?;
    let look = async || {
        ground
            .browser
            .js::<usize>("return harnessLeft.fetches;")
            .await
    };
    until("two calls in flight", PATIENCE, look, |&calls| calls == 2).await?;
    Ok(before)
}

async fn run_well(ground: &mut Ground) -> Result<()> {
    let before = ground.begin(CONTROL).await?;
    ends(&ground.end(before).await?, &["ok", "ok"])
}

async fn unregister(ground: &Ground) -> Result<()> {
    ground
        .browser
        .js_async(
            "const all = await navigator.serviceWorker.getRegistrations();
             for (const one of all) await one.unregister();",
        )
        .await
}

pub(super) async fn hidden(ground: &mut Ground, times: usize) -> Result<()> {
    let tricks = ["silent&ms=400", "ok", "silent&ms=400"];
    for _ in 0..times {
        let calls = ground.server.calls();
        let query = ground.tricks(tricks).replacen("pool:8", "sequential", 1);
        let before = ground.begin(&query).await?;
        ground.browser.cover("about:blank").await?;
        ground.server.wait_for_calls(calls + 5).await?;
        ground.browser.uncover().await?;
        ends(&ground.end(before).await?, &["ok"; 3])?;
    }
    let seen: usize = ground.browser.js("return harnessLeft.hidden;").await?;
    if seen < times {
        let note = format!("the browser told of {seen} times that it was hidden");
        ground.notes.push(note);
    }
    Ok(())
}

/// Has two calls under way that nobody answers.
async fn begin_for_long(ground: &Ground) -> Result<()> {
    let query = ground.tricks(["silent&ms=30000", "gap&ms=30000"]);
    ground.begin(&query).await?;
    ground.server.wait_for_open(2).await
}

pub(super) async fn reload(ground: &mut Ground, times: usize) -> Result<()> {
    for _ in 0..times {
        begin_for_long(ground).await?;
        ground.browser.reload(false).await?;
        ground.browser.wait_for_state("ready").await?;
        ground.server.wait_for_open(0).await?;
    }
    Ok(())
}

pub(super) async fn back(ground: &mut Ground, times: usize) -> Result<()> {
    let mut restored = 0;
    for _ in 0..times {
        begin_for_long(ground).await?;
        let other = ground.site.section("burners");
        ground.browser.open(&other).await?;
        ground.browser.js::<()>("history.back();").await?;
        let look = async || {
            // Between two documents there is nothing to ask.
            let state = "return location.pathname.endsWith('.html') ? ''
                : document.documentElement?.dataset.state ?? '';";
            Ok(ground.browser.js::<String>(state).await.unwrap_or_default())
        };
        let known = ["ready", "asked", "running", "finished", "failed"];
        let is_known = |state: &String| known.contains(&state.as_str());
        let state = until("a state of the page", PATIENCE, look, is_known).await?;
        restored += ground
            .browser
            .js::<usize>(
                "const { restored } = harnessLeft; harnessLeft.restored = 0; return restored;",
            )
            .await?;
        if state == "running" {
            ground.browser.js::<()>("expertChef.reset();").await?;
        }
        ground.server.wait_for_open(0).await?;
        run_well(ground).await?;
    }
    let note = format!("{restored} times out of the browser's memory");
    ground.notes.push(note);
    Ok(())
}

/// Fills what storage the page's origin has, up to the last character.
const FILL: &str = "
    for (const storage of [localStorage, sessionStorage]) {
      for (let size = 1 << 22; size >= 1; size = Math.floor(size / 2)) {
        try {
          for (let n = 0; ; n += 1) storage.setItem(`full ${size} ${n}`, 'x'.repeat(size));
        } catch {}
      }
    }";

/// How many files are stored in the end, for use without a network. Who has no
/// room may not even be let look.
const KEPT: &str = "
    await navigator.serviceWorker.ready;
    let kept = 0;
    try {
      for (const name of await caches.keys()) kept += (await (await caches.open(name)).keys()).length;
    } catch {}
    return kept;";

/// Takes away what is stored for that, as far as the browser lets anybody.
const FORGET: &str = "
    try {
      for (const name of await caches.keys()) await caches.delete(name);
    } catch {}";

const EMPTY: &str = "localStorage.clear(); sessionStorage.clear();";

pub(super) async fn storage(ground: &mut Ground, times: usize) -> Result<()> {
    let mut kept: usize = 0;
    for _ in 0..times {
        ground.browser.js::<()>(FILL).await?;
        run_well(ground).await?;
        // Nor is there room for the page itself, as on a first visit.
        set_quota(ground, Some(1)).await?;
        unregister(ground).await?;
        ground.browser.js_async::<()>(FORGET).await?;
        for _ in 0..2 {
            ground.browser.reload(false).await?;
            ground.browser.wait_for_state("ready").await?;
            run_well(ground).await?;
            kept = ground.browser.js_async(KEPT).await?;
        }
        set_quota(ground, None).await?;
        ground.browser.js::<()>(EMPTY).await?;
        // The worker's own words are warnings, and no errors.
        ground.open().await?;
    }
    let note = format!("{kept} of the page’s files found room");
    ground.notes.push(note);
    Ok(())
}

/// Gives the page's origin so many bytes, or as many as there are, where the
/// browser can be told so.
async fn set_quota(ground: &Ground, bytes: Option<u32>) -> Result<()> {
    if Engine::asked_for()? != Engine::Chromium {
        return Ok(());
    }
    let mut parameters = json!({ "origin": ground.site.url("") });
    if let Some(bytes) = bytes {
        parameters["quotaSize"] = bytes.into();
    }
    let command = "Storage.overrideQuotaForOrigin";
    ground.browser.cdp(command, parameters).await?;
    Ok(())
}

/// How many runs are asked for at a time: fewer than a script may take time for.
const BATCH: usize = 100;

pub(super) async fn runs(ground: &mut Ground, times: usize) -> Result<()> {
    ground.browser.configure("tasks=a:1,b:2,c:3").await?;
    let mut good = 0;
    for done in (0..times).step_by(BATCH) {
        let batch = BATCH.min(times - done);
        let body = format!(
            "let good = 0;
             for (let run = 0; run < {batch}; run += 1) {{
               const {{ runs }} = await expertChef.run();
               good += runs.length === 2 && runs.every(run => run.outcome === 'ok' && run.tasks.length === 3);
             }}
             harnessProbe.finished.length = harnessProbe.states.length = 0;
             performance.clearResourceTimings();
             return good;"
        );
        good += ground.browser.js_async::<usize>(&body).await?;
    }
    ensure!(good == times, "{good} of {times} runs were right");
    Ok(())
}
