//! How much memory the browser's processes hold, as Linux tells.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::Browser;

/// How often to look: a body of a gigabyte takes a second at least.
const EVERY: Duration = Duration::from_millis(20);

impl Browser {
    /// The memory in RAM of the driver and all that it has started, in bytes. What
    /// several processes share counts once.
    ///
    /// # Errors
    /// If the system does not tell.
    pub fn resident(&self) -> Result<u64> {
        let root = self.driver.process().context("the driver has ended")?;
        let mut parents: HashMap<u32, u32> = HashMap::new();
        for entry in fs::read_dir("/proc")? {
            let name = entry?.file_name();
            let Some(process) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
                continue;
            };
            // After the name, which may hold anything: the state and the parent.
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            let fields = stat.rsplit_once(')').map(|(_, fields)| fields);
            let parent = fields.and_then(|fields| fields.split_whitespace().nth(1)?.parse().ok());
            parents.extend(parent.map(|parent| (process, parent)));
        }
        let is_ours = |process: u32| {
            let up = std::iter::successors(Some(process), |one| parents.get(one).copied());
            up.take(parents.len()).any(|one| one == root)
        };
        let ours = parents.keys().filter(|&&process| is_ours(process));
        let kilobytes = ours.filter_map(|process| {
            let told = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
            let share = told.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            share.split_whitespace().next()?.parse::<u64>().ok()
        });
        Ok(kilobytes.sum::<u64>() * 1024)
    }

    /// The most that it holds while something goes on, and what came of that.
    ///
    /// # Errors
    /// If it fails, or the system does not tell.
    pub async fn peak_during<T>(
        &self,
        going_on: impl Future<Output = Result<T>>,
    ) -> Result<(u64, T)> {
        let mut going_on = std::pin::pin!(going_on);
        let mut peak = 0;
        loop {
            peak = peak.max(self.resident()?);
            tokio::select! {
                result = &mut going_on => return Ok((peak.max(self.resident()?), result?)),
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }
}
