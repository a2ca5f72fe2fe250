//! What the page said and did, as the injected scripts recorded it.

use std::time::Duration;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::Browser;

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

    /// Watches a page that should be at rest. Needs
    /// [`count_wakeups`](super::Options::count_wakeups).
    ///
    /// # Errors
    /// If no page is open, or nothing counts on it.
    pub async fn watch_rest(&self, duration: Duration) -> Result<AtRest> {
        let fired = || self.js::<u32>("return harnessWakeups.fired;");
        let before = fired().await?;
        tokio::time::sleep(duration).await;
        let seen: AtRest = self
            .js(
                "return {
                   fired: harnessWakeups.fired,
                   pending: harnessWakeups.pending.size,
                   animations: document.getAnimations().filter(one => one.playState === 'running').length,
                 };",
            )
            .await?;
        Ok(AtRest {
            fired: seen.fired - before,
            ..seen
        })
    }
}
