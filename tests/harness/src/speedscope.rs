//! speedscope, to read traces back by the importer that readers will use.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::browser::{Browser, Options};
use crate::site::Site;
use crate::wait::{PATIENCE, until};

/// Keeps what the page would save.
const KEEP_BLOBS: &str = "window.keptBlobs = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.keptBlobs.push(blob); return create.call(URL, blob); };";

/// What it made of a trace, in the format that it saves itself.
#[derive(Clone, Debug, Deserialize)]
pub struct Imported {
    shared: Shared,
    /// One for each thread.
    pub profiles: Vec<Profile>,
}

#[derive(Clone, Debug, Deserialize)]
struct Shared {
    frames: Vec<Frame>,
}

#[derive(Clone, Debug, Deserialize)]
struct Frame {
    name: String,
}

/// What happened on a thread.
#[derive(Clone, Debug, Deserialize)]
pub struct Profile {
    /// The names of process and thread.
    pub name: String,
    /// What its times are in.
    pub unit: String,
    events: Vec<Event>,
}

#[derive(Clone, Debug, Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    frame: usize,
    at: f64,
}

impl Imported {
    /// The calls of a thread in order: name with arguments, from when, until when.
    #[must_use]
    pub fn calls(&self, profile: &Profile) -> Vec<(String, f64, f64)> {
        let events = profile.events.chunks(2);
        let pairs = events.filter_map(|pair| match pair {
            [open, close] if open.kind == "O" && close.kind == "C" => {
                let name = self.shared.frames.get(open.frame)?.name.clone();
                Some((name, open.at, close.at))
            }
            _ => None,
        });
        pairs.collect()
    }
}

/// Has speedscope read a trace.
///
/// # Errors
/// If speedscope is not there, or cannot read it.
pub async fn import(trace: &[u8]) -> Result<Imported> {
    let release = std::env::var_os("SPEEDSCOPE").map(PathBuf::from);
    let release =
        release.context("SPEEDSCOPE must name speedscope's files: `make test-e2e` sees to it")?;
    let folder = tempfile::TempDir::new()?;
    copy(&release, folder.path())?;
    std::fs::write(folder.path().join("trace.json"), trace)?;
    let site = Site::of(folder.path()).start()?;
    let options = Options {
        inject: vec![KEEP_BLOBS.into()],
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    browser
        .open(&(site.url("") + "#profileURL=trace.json"))
        .await?;
    // Its own key for saving; nothing comes of it until the trace has been read.
    let saved = async || {
        browser
            .js_async::<Option<String>>(
                "window.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true }));
                 return window.keptBlobs[0]?.text() ?? null;",
            )
            .await
    };
    let saved = until(
        "speedscope to read the trace",
        PATIENCE,
        saved,
        Option::is_some,
    )
    .await?;
    Ok(serde_json::from_str(&saved.unwrap_or_default())?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let entries = std::fs::read_dir(from).with_context(|| format!("no {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
