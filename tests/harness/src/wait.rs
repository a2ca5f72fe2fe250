//! Waiting for something to become true.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Long enough for a browser on a busy machine, short enough to be waited for.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How often to look: a fraction of what any test waits for.
const EVERY: Duration = Duration::from_millis(25);

/// Looks until what is seen is good, and gives it back.
///
/// # Errors
/// If looking fails, or with what was seen last if it never was good.
pub async fn until<T: Debug>(
    what: &str,
    patience: Duration,
    mut look: impl AsyncFnMut() -> Result<T>,
    good: impl Fn(&T) -> bool,
) -> Result<T> {
    let start = Instant::now();
    loop {
        let seen = look().await?;
        if good(&seen) {
            return Ok(seen);
        }
        if start.elapsed() > patience {
            bail!("waited {patience:?} for {what}; seen last: {seen:?}");
        }
        tokio::time::sleep(EVERY).await;
    }
}
