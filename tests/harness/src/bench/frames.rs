//! What a frame costs while calls are in flight: the processor's time that
//! scripts take, and layouts that they force. By the browser's own profiler.

use std::path::Path;

use anyhow::{Result, ensure};

use super::{Asked, Row, Unit, percentile};
use crate::browser::{Browser, Options, Trace};
use crate::site::Site;

/// What is run, and what one of its frames may take.
struct Case {
    what: &'static str,
    tasks: fn() -> String,
    /// Runs that are traced together: few enough for the profiler to hold what it
    /// sees.
    runs: usize,
    /// Pages that are traced: with all of them, enough for nearly a hundred frames.
    pages: usize,
    most: Asked,
    /// What all scripts may take in a frame of the screen, drawn or not.
    all: Asked,
}

const CASES: &[Case] = &[
    Case {
        what: "3 calls",
        tasks: || "tasks=user:500,billing:800,orders:1200".into(),
        runs: 3,
        pages: 1,
        most: Asked::AtMost(1.2),
        all: Asked::Nothing,
    },
    Case {
        what: "1,000 calls",
        // One after another they would take a quarter of an hour.
        tasks: || format!("compare=join,join&tasks={}", spread(1000)),
        runs: 2,
        pages: 3,
        most: Asked::AtMost(5.0),
        all: Asked::AtMost(6.0),
    },
];

/// As many tasks, with latencies from 500 to 1500 ms.
fn spread(count: usize) -> String {
    let tasks = (0..count).map(|task| format!("t{task}:{}", 500 + task * 1000 / count));
    tasks.collect::<Vec<_>>().join(",")
}

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).start()?;
    let mut rows = Vec::new();
    for case in CASES {
        let mut traces = Vec::new();
        for _ in 0..case.pages {
            traces.push(case.trace(&site).await?);
        }
        rows.extend(case.rows(&traces));
    }
    Ok(rows)
}

impl Case {
    async fn trace(&self, site: &Site) -> Result<Trace> {
        let options = Options {
            trace: true,
            ..Options::default()
        };
        let browser = Browser::with_page(site, &(self.tasks)(), &options).await?;
        let runs = "await window.expertChef.run();".repeat(self.runs);
        let trace = browser.trace(&runs).await?;
        ensure!(
            !trace.frames().is_empty(),
            "no frame was drawn while {} ran",
            self.what
        );
        Ok(trace)
    }

    #[expect(clippy::cast_precision_loss, reason = "there are few layouts")]
    fn rows(&self, traces: &[Trace]) -> [Row; 3] {
        let all = |figures: fn(&Trace) -> Vec<f64>| -> Vec<f64> {
            traces.iter().flat_map(figures).collect()
        };
        let forced: usize = traces.iter().map(|one| one.forced_layouts().len()).sum();
        let row = |what: &str, mut figures: Vec<f64>, asked, beside: &str| {
            let measured = percentile(&mut figures, 95.0);
            let middle = percentile(&mut figures, 50.0);
            let count = figures.len();
            Row {
                what: format!("{}: {what}, p95", self.what),
                measured,
                unit: Unit::Millis,
                asked,
                note: format!("{count} frames, median {middle:.2}{beside}"),
            }
        };
        let by_the_clock = percentile(&mut all(Trace::frames), 95.0);
        let by_the_clock = format!(", p95 by the clock {by_the_clock:.2}");
        [
            row(
                "script of a frame",
                all(Trace::frames_work),
                self.most,
                &by_the_clock,
            ),
            row(
                "all scripts in a sixtieth of a second",
                all(Trace::scripts_work),
                self.all,
                "",
            ),
            Row {
                what: format!("{}: forced layouts", self.what),
                measured: forced as f64,
                unit: Unit::Count,
                asked: Asked::AtMost(0.0),
                note: format!("in {} runs", self.runs * self.pages),
            },
        ]
    }
}
