//! How much memory a browser has, all of its processes together.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::{Browser, Remote};

/// How often to look: a body of a gigabyte takes a second at least.
const EVERY: Duration = Duration::from_millis(20);

impl Browser {
    /// The bytes that the browser's processes have written and hold, what they share
    /// counted once (Linux's `Pss_Dirty`). Not what they have only read, which is
    /// mostly the browser's own files: these are shared with other browsers too, so
    /// that one that came or went would change the sum (as it does the sum of `Pss`,
    /// all that an older Linux has). `None` where the system does not tell.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        let driver = self.driver.process()?;
        let parents = parents();
        let is_ours = |id: u32| {
            let mut up = Some(id);
            while let Some(id) = up.filter(|&id| id != driver) {
                up = parents.get(&id).copied();
            }
            up.is_some()
        };
        let ours = parents.keys().filter(|&&id| is_ours(id));
        let bytes = ours.filter_map(|&id| proportional(id)).sum();
        Some(bytes).filter(|&bytes| bytes > 0)
    }

    /// The most that it holds while something goes on, and what came of that.
    ///
    /// # Errors
    /// If it fails, or the system does not tell.
    pub async fn peak_during<T>(
        &self,
        going_on: impl Future<Output = Result<T>>,
    ) -> Result<(u64, T)> {
        let now = || self.memory().context("the system does not tell");
        let mut going_on = std::pin::pin!(going_on);
        let mut peak = 0;
        loop {
            peak = peak.max(now()?);
            tokio::select! {
                result = &mut going_on => return Ok((peak.max(now()?), result?)),
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    /// Has the page's garbage collected, where the browser can be asked to.
    pub async fn collect_garbage(&self) {
        // They do so by themselves otherwise, later.
        let _: Result<Value> = match self.remote {
            Remote::Chromium => self.cdp("HeapProfiler.collectGarbage", json!({})).await,
            Remote::Firefox(_) => self.js_async("await TestUtils.gc();").await,
        };
    }
}

/// Every process with the one that started it.
fn parents() -> HashMap<u32, u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // After the name, which may hold anything, come its state and its parent.
        let (_, after) = stat.rsplit_once(')')?;
        let parent = after.split_whitespace().nth(1)?.parse().ok()?;
        Some((id, parent))
    })
    .collect()
}

/// What a process has written and holds, with its part of what it shares.
fn proportional(id: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let bytes = |name| -> Option<u64> {
        let line = rollup.lines().find_map(|line| line.strip_prefix(name))?;
        let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kilobytes * 1024)
    };
    bytes("Pss_Dirty:").or_else(|| bytes("Pss:"))
}
