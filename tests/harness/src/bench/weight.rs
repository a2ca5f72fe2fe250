//! What a first visit loads, as a host with Brotli sends it: the page, its
//! parts, and what the service worker stores for later, each file once.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Asked, Row, Unit};
use crate::brotli;
use crate::browser::{Browser, Options};
use crate::site::Site;

/// The whole page. Earlier parts of it were held to less: the calls and the
/// chart by themselves to 80 KB, 60 KB of it wasm, and weighed 75.2 and 59.8;
/// with pictures, playback, log and table to 100 KB, and all but the lesson to 124.
pub(super) const MOST: Asked = Asked::AtMost(140_000.0);

/// A visit is over when nothing more was asked for in that time.
const QUIET: Duration = Duration::from_secs(2);

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let (all, wasm) = first_visit(dist, "").await?;
    Ok(vec![
        all.row("first visit, all files, brotli", MOST),
        wasm.row("of it wasm, brotli", Asked::Nothing),
    ])
}

/// What a first visit with this query string loads: everything, and the wasm.
pub(super) async fn first_visit(dist: &Path, query: &str) -> Result<(Weight, Weight)> {
    let site = Site::of(dist).start()?;
    let _browser = Browser::with_page(&site, query, &Options::default()).await?;
    let mut requests = 0;
    while site.served().len() > requests {
        requests = site.served().len();
        tokio::time::sleep(QUIET).await;
    }

    let (mut all, mut wasm) = (Weight::default(), Weight::default());
    for file in files(&site) {
        let bytes =
            std::fs::read(dist.join(&file)).with_context(|| format!("cannot read {file}"))?;
        let size = brotli::compressed(&bytes)?.len();
        all.add(bytes.len(), size);
        if file.ends_with(".wasm") {
            wasm.add(bytes.len(), size);
        }
    }
    Ok((all, wasm))
}

/// The distinct files that were there.
pub(super) fn files(site: &Site) -> BTreeSet<String> {
    let served = site
        .served()
        .into_iter()
        .filter(|served| served.status == 200);
    served
        .map(|served| match served.file.as_str() {
            "" => "index.html".into(),
            _ => served.file,
        })
        .collect()
}

/// Files, and what they weigh together.
#[derive(Default)]
pub(super) struct Weight {
    files: usize,
    raw: usize,
    compressed: usize,
}

impl Weight {
    fn add(&mut self, raw: usize, compressed: usize) {
        self.files += 1;
        self.raw += raw;
        self.compressed += compressed;
    }

    #[expect(clippy::cast_precision_loss, reason = "no page has 2^52 bytes")]
    pub(super) fn row(&self, what: &str, asked: Asked) -> Row {
        let raw = Unit::Bytes.show(self.raw as f64);
        Row {
            what: what.into(),
            measured: self.compressed as f64,
            unit: Unit::Bytes,
            asked,
            note: format!("{} files, {raw} raw", self.files),
        }
    }
}
