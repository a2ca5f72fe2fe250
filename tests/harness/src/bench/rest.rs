//! What the page does while nothing happens on it.

use std::path::Path;

use anyhow::Result;

use super::{Asked, Row, Unit};
use crate::browser::{AtRest, Browser, Options, WATCHED};
use crate::site::Site;
use crate::wait::PATIENCE;

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).start()?;
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, "", &options).await?;
    let mut rows = Vec::new();
    rows.push(row("when ready", browser.watch_rest().await?));
    browser.run_by_click(PATIENCE).await?;
    rows.push(row("after a run", browser.watch_rest().await?));
    Ok(rows)
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
        note: format!(
            "{fired} fired in {WATCHED} frames, {pending} pending, {animations} animations"
        ),
    }
}
