//! What the page adds to the latencies that it measures: a run's total over
//! what theory says.

use std::path::Path;

use anyhow::{Result, ensure};

use super::{Asked, Row, Unit, median};
use crate::browser::{Browser, Options};
use crate::result::RunResult;
use crate::site::Site;

const RUNS: usize = 5;
const MOST: Asked = Asked::AtMost(1.005);

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).start()?;
    let mut rows = Vec::new();
    for scenario in ["two-calls", "dashboard"] {
        let query = format!("scenario={scenario}");
        let browser = Browser::with_page(&site, &query, &Options::default()).await?;
        let mut results = Vec::new();
        for _ in 0..RUNS {
            let result = browser
                .js_async("return await window.expertChef.run();")
                .await?;
            let result = RunResult::parse(&result)?;
            ensure!(
                result.source == "service-worker",
                "these are not real calls: {result:?}"
            );
            results.push(result);
        }
        for (strategy, theory) in [("sequential", "sum"), ("join", "longest")] {
            rows.push(row(scenario, strategy, theory, &results)?);
        }
    }
    Ok(rows)
}

fn row(scenario: &str, strategy: &str, theory: &str, results: &[RunResult]) -> Result<Row> {
    let ratios: Result<Vec<f64>> = results
        .iter()
        .map(|result| {
            let run = result.run(strategy)?;
            Ok(run.total_ms / run.predicted_ms.unwrap_or(f64::NAN))
        })
        .collect();
    let mut ratios = ratios?;
    let measured = median(&mut ratios);
    let (least, most) = (ratios[0], ratios[ratios.len() - 1]);
    Ok(Row {
        what: format!("{scenario}: {strategy} total ÷ {theory}"),
        measured,
        unit: Unit::Ratio,
        asked: MOST,
        note: format!("median of {RUNS}, from {least:.4} to {most:.4}"),
    })
}
