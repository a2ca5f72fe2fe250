//! What the lesson costs beside the stage that it stands around: at rest, in a
//! frame of one of its figures, and until the page can be used.

use std::path::Path;

use anyhow::{Result, ensure};

use super::{Asked, Row, Unit, median, percentile};
use crate::browser::{Browser, Options, Trace};
use crate::page::QUIET;
use crate::site::{Site, without_lesson};
use crate::wait::{PATIENCE, until};

/// How often the page is opened with the lesson and without it, in turns.
const LOOKS: usize = 7;

/// Runs that are traced together.
const RUNS: usize = 3;

/// Tells when the page could be used, in milliseconds since it was asked for.
const READY: &str = "
    const look = () => {
        if (document.documentElement?.dataset.state === 'ready') window.readyAt ??= performance.now();
        else setTimeout(look, 4);
    };
    look();";

/// Has every figure mounted, and gives how many there are.
const MOUNT: &str = "
    const places = [...document.querySelectorAll('.figure')];
    for (const place of places) {
        place.scrollIntoView();
        while (!place.dataset.state || place.dataset.state === 'loading')
            await new Promise(requestAnimationFrame);
    }
    return places.length;";

/// Runs a figure with two kitchens and their programs, as often as asked.
const RUN: &str = "
    const place = document.querySelector('#answer .figure');
    place.scrollIntoView();
    place.dispatchEvent(new CustomEvent('expert-chef:configure', { detail: 'tasks=user:500,billing:800,orders:1200&compare=sequential,join' }));
    for (let run = 0; run < COUNT; run += 1) {
        const over = new Promise((tell) => place.addEventListener('expert-chef:finished', tell, { once: true }));
        place.dispatchEvent(new Event('expert-chef:start'));
        await over;
    }";

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).start()?;
    Ok(vec![
        at_rest(&site).await?,
        frame(&site).await?,
        ready(dist).await?,
    ])
}

async fn at_rest(site: &Site) -> Result<Row> {
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let browser = Browser::with_page(site, "", &options).await?;
    let figures: usize = browser.js_async(MOUNT).await?;
    let seen = browser.watch_rest().await?;
    Ok(Row {
        what: "with all figures mounted: frames, timers and animations".into(),
        measured: f64::from(seen.fired + seen.pending + seen.animations),
        unit: Unit::Count,
        asked: Asked::AtMost(0.0),
        note: format!("{figures} figures and the main stage"),
    })
}

/// A figure's frame beside the main stage's, of the same calls.
async fn frame(site: &Site) -> Result<Row> {
    let p95 = |trace: Trace| {
        let mut figures = trace.frames_work();
        ensure!(!figures.is_empty(), "no frame was drawn");
        Ok(percentile(&mut figures, 95.0))
    };
    let options = Options {
        trace: true,
        ..Options::default()
    };
    let browser = Browser::with_page(site, "", &options).await?;
    let main = browser
        .trace(&"await window.expertChef.run();".repeat(RUNS))
        .await?;
    let main = p95(main)?;
    let browser = Browser::with_page(site, "", &options).await?;
    browser.js_async::<usize>(MOUNT).await?;
    let figure = browser
        .trace(&RUN.replace("COUNT", &RUNS.to_string()))
        .await?;
    let figure = p95(figure)?;
    Ok(Row {
        what: "script of a figure's frame ÷ the main stage's, p95".into(),
        measured: figure / main,
        unit: Unit::Ratio,
        asked: Asked::AtMost(1.0),
        note: format!("{figure:.2} and {main:.2} ms"),
    })
}

/// How much later the page can be used than one with the stage alone.
async fn ready(dist: &Path) -> Result<Row> {
    let whole = Site::of(dist).start()?;
    let alone = Site::of(dist)
        .rewriting(|html| without_lesson(&html, ""))
        .start()?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..LOOKS {
        with.push(look(&whole).await?);
        without.push(look(&alone).await?);
    }
    let (with, without) = (median(&mut with), median(&mut without));
    Ok(Row {
        what: "ready later than the stage alone would be".into(),
        measured: with - without,
        unit: Unit::Millis,
        asked: Asked::AtMost(300.0),
        note: format!("{with:.0} and {without:.0} ms"),
    })
}

async fn look(site: &Site) -> Result<f64> {
    let options = Options {
        inject: vec![READY.into()],
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    browser.open(&site.url(QUIET)).await?;
    let read = async || browser.js::<Option<f64>>("return window.readyAt;").await;
    let at = until("the page to be ready", PATIENCE, read, Option::is_some).await?;
    Ok(at.unwrap_or_default())
}
