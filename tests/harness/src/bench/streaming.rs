//! What it costs to read a long answer piece by piece, its length counted and its
//! JSON checked, beside having the browser put all of it into one piece of memory.
//! Both over a line of 100 Mbit/s, in turns.

use std::path::Path;

use anyhow::{Result, ensure};

use super::{Asked, Row, Unit, median};
use crate::browser::{Browser, Options};
use crate::services::Services;
use crate::site::Site;
use crate::wait::PATIENCE;

const TURNS: usize = 5;
const ANSWER: &str = "size=10000000&bits=100000000";
const MOST: Asked = Asked::AtMost(1.01);

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let (site, services) = (Site::of(dist).start()?, Services::start()?);
    let query = services.behaving(&[("long", ANSWER)]);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let plain = format!(
        "const start = performance.now();
         const init = {{ cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' }};
         const answer = await fetch('{}', init);
         const {{ byteLength }} = await answer.arrayBuffer();
         if (byteLength !== 10000000) throw new Error(byteLength);
         return performance.now() - start;",
        services.url("long", ANSWER)
    );
    // A connection is there, and all is compiled.
    browser.run_by_click(PATIENCE).await?;
    browser.js_async::<f64>(&plain).await?;
    let (mut streamed, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let result = browser.run_by_click(PATIENCE).await?;
        ensure!(
            result.runs.iter().all(|run| run.outcome == "ok"),
            "{result:?}"
        );
        // One call in each of two kitchens.
        for run in &result.runs {
            streamed.push(run.total_ms);
            whole.push(browser.js_async::<f64>(&plain).await?);
        }
    }
    let (streamed, whole) = (median(&mut streamed), median(&mut whole));
    Ok(vec![Row {
        what: "10 MB of JSON: read in pieces ÷ as one".into(),
        measured: streamed / whole,
        unit: Unit::Ratio,
        asked: MOST,
        note: format!("medians of {}: {streamed:.1} and {whole:.1} ms", 2 * TURNS),
    }])
}
