//! What an embed costs the page that it is on: until it comes near, when it
//! does, and when there are three.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::weight::{MOST, files, first_visit};
use super::{Asked, Row, Unit};
use crate::browser::{Browser, Options};
use crate::embed::{self, Host};
use crate::gzip;
use crate::site::Site;

/// A page that cannot be moved unseen: text after the embed, and room for both.
const SIZE: (u32, u32) = (700, 1400);

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let (visit, _) = first_visit(dist, "embed=1").await?;
    Ok(vec![
        script(dist, "embed.js")?,
        script(dist, "embed.mjs")?,
        before_it_is_near(dist).await?,
        layout_shift(dist).await?,
        // The page's own files, so held to its own limit.
        visit.row("embedded view, first visit, brotli", MOST),
        wasm_of_three(dist).await?,
    ])
}

fn row(what: &str, measured: f64, unit: Unit, most: f64, note: String) -> Row {
    Row {
        what: what.into(),
        measured,
        unit,
        asked: Asked::AtMost(most),
        note,
    }
}

fn size_of(dist: &Path, file: &str) -> Result<f64> {
    let bytes = std::fs::read(dist.join(file)).with_context(|| format!("cannot read {file}"))?;
    let size = u32::try_from(gzip::compressed(&bytes)?.len())?;
    Ok(size.into())
}

fn script(dist: &Path, file: &str) -> Result<Row> {
    let size = size_of(dist, file)?;
    Ok(row(
        &format!("{file}, gzip"),
        size,
        Unit::Bytes,
        2000.0,
        String::new(),
    ))
}

async fn open(host: &Host) -> Result<Browser> {
    let options = Options {
        size: SIZE,
        ..Options::default()
    };
    let browser = embed::browser(options).await?;
    browser.open(&host.url()).await?;
    Ok(browser)
}

/// Everything that a host asks the stage's site for while its embed is far off.
async fn before_it_is_near(dist: &Path) -> Result<Row> {
    let site = Site::of(dist).start()?;
    let far = "<style>div { height: 9000px }</style><div></div><expert-chef></expert-chef>";
    let browser = open(&Host::start(&site, far)?).await?;
    browser.layout_shift().await?;
    let mut bytes = 0.0;
    let files = files(&site);
    for file in &files {
        bytes += size_of(dist, file)?;
    }
    let note = format!("{} files", files.len());
    let what = "asked for before it is near, gzip";
    Ok(row(what, bytes, Unit::Bytes, 2000.0, note))
}

/// Cumulative Layout Shift of a host whose embed loads, runs and ends.
async fn layout_shift(dist: &Path) -> Result<Row> {
    let site = Site::of(dist).start()?;
    let body =
        "<p>Before</p><expert-chef id=\"one\" autorun=\"visible\"></expert-chef><p>After</p>";
    let browser = open(&Host::start(&site, body)?).await?;
    browser.told_by("one", "finished", 1).await?;
    let shift = browser.layout_shift().await?;
    let note = "dashboard, run and finished".into();
    Ok(row(
        "layout shift of the host",
        shift,
        Unit::Ratio,
        0.0,
        note,
    ))
}

async fn wasm_of_three(dist: &Path) -> Result<Row> {
    let site = Site::of(dist).tuned()?.start()?;
    let ids = ["one", "two", "three"];
    let body = ids.map(|id| format!("<expert-chef id=\"{id}\"></expert-chef>"));
    let browser = open(&Host::start(&site, &body.concat())?).await?;
    for id in ids {
        browser.js::<()>(&format!("{id}.scrollIntoView();")).await?;
        browser.told_by(id, "ready", 1).await?;
    }
    let served = site.served();
    let wasm = served
        .iter()
        .filter(|served| served.file.ends_with(".wasm"));
    let count = u32::try_from(wasm.count())?.into();
    let what = "three embeds ask for the wasm, times";
    Ok(row(what, count, Unit::Count, 1.0, String::new()))
}
