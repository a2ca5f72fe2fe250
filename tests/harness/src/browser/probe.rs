//! What the page said and did, as the injected scripts recorded it.

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::Browser;
use crate::wait::{PATIENCE, until};

/// For how many frames a page at rest is watched: three seconds, on most screens.
pub const WATCHED: u32 = 180;

/// What the page has said by its contract, and what went wrong in it.
#[derive(Clone, Debug, Deserialize)]
pub struct Probe {
    /// Every `expert-chef:finished` that reached the document.
    pub finished: Vec<Finished>,
    /// Every state of the document.
    pub states: Vec<StateChange>,
    /// Errors and rejections that nobody caught.
    pub errors: Vec<String>,
    /// What the content security policy refused.
    pub violations: Vec<String>,
}

/// An `expert-chef:finished`, as a listener on the document saw it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finished {
    /// The event's detail.
    pub detail: Value,
    /// Whether it bubbles.
    pub bubbles: bool,
    /// Whether it is a `CustomEvent`.
    pub is_custom_event: bool,
    /// The index of the stage that fired it, or -1.
    pub stage: i32,
    /// The document's state when it came.
    pub state: Option<String>,
    /// What `window.expertChef.result()` gave afterwards.
    pub result: Value,
}

/// The document came to a new state.
#[derive(Clone, Debug, Deserialize)]
pub struct StateChange {
    /// Its `data-state`.
    pub state: String,
    /// Whether a service worker controlled the page by then.
    pub controlled: bool,
    /// Milliseconds since the page's start.
    pub at: f64,
}

/// What kept the page awake while nothing happened on it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct AtRest {
    /// Frames and timers that came due while it was watched.
    pub fired: u32,
    /// Frames and timers that wait to come due.
    pub pending: u32,
    /// CSS animations and transitions that run.
    pub animations: u32,
}

impl AtRest {
    /// Nothing at all.
    pub const SILENT: Self = Self {
        fired: 0,
        pending: 0,
        animations: 0,
    };
}

impl Browser {
    /// What the page has said and done so far.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn probe(&self) -> Result<Probe> {
        self.js("return window.harnessProbe;").await
    }

    /// Waits until nothing on the page is still to come of itself: until then
    /// something may be called or drawn. Needs
    /// [`count_wakeups`](super::Options::count_wakeups).
    ///
    /// # Errors
    /// If it never rests, or nothing counts on the page.
    pub async fn rest(&self) -> Result<()> {
        let look = async || self.wakeups(0).await;
        let is_silent = |seen: &AtRest| seen.pending == 0 && seen.animations == 0;
        until("the page to rest", PATIENCE, look, is_silent).await?;
        Ok(())
    }

    /// Waits for a page to rest and watches whether it goes on to. Needs
    /// [`count_wakeups`](super::Options::count_wakeups).
    ///
    /// # Errors
    /// If it never rests, or nothing counts on the page.
    pub async fn watch_rest(&self) -> Result<AtRest> {
        self.rest().await?;
        self.wakeups(WATCHED).await
    }

    /// What comes due on the page within so many frames.
    async fn wakeups(&self, frames: u32) -> Result<AtRest> {
        self.js_async(&format!(
            "const before = harnessWakeups.fired;
             await harnessWakeups.frames({frames});
             return {{
               fired: harnessWakeups.fired - before,
               pending: harnessWakeups.pending.size,
               animations: document.getAnimations().filter(one => one.playState === 'running').length,
             }};"
        ))
        .await
    }
}
