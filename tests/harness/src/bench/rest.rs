//! What the page does while nothing happens on it.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::{Asked, Row, Unit};
use crate::browser::{AtRest, Browser, Options};
use crate::site::Site;
use crate::wait::PATIENCE;

/// What a run's last picture may still take.
const SETTLE: Duration = Duration::from_secs(1);
const WATCH: Duration = Duration::from_secs(3);

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).start()?;
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, "", &options).await?;
    let mut rows = Vec::new();
    rows.push(row("when ready", watch(&browser).await?));
    browser.run_by_click(PATIENCE).await?;
    rows.push(row("after a run", watch(&browser).await?));
    Ok(rows)
}

async fn watch(browser: &Browser) -> Result<AtRest> {
    tokio::time::sleep(SETTLE).await;
    browser.watch_rest(WATCH).await
}

fn row(when: &str, seen: AtRest) -> Row {
    let AtRest {
        fired,
        pending,
        animations,
    } = seen;
    Row {
        what: format!("{when}: frames, timers and animations"),
        measured: f64::from(fired + pending + animations),
        unit: Unit::Count,
        asked: Asked::AtMost(0.0),
        note: format!("{fired} fired in {WATCH:?}, {pending} pending, {animations} animations"),
    }
}
