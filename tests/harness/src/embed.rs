//! Pages of another site that embed the stage, and what such a page sees of
//! it: its element's events and methods, and whether anything on it moved.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::browser::{Browser, Options};
use crate::shifts::{SHIFTS, Shift};
use crate::site::{Site, SiteBuilder};
use crate::wait::{PATIENCE, until};

const RECORD: &str = include_str!("embed/record.js");

/// A page with the stage embedded, on another site than the stage.
#[derive(Debug)]
pub struct Host {
    site: Site,
    _folder: TempDir,
}

/// An event of an embed's element.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Told {
    /// The element's id.
    pub element: String,
    /// The event's type.
    pub kind: String,
    /// Its detail.
    pub detail: Value,
}

impl Host {
    /// With `embed.js` from the stage's site and then this body.
    ///
    /// # Errors
    /// If there is no port or no room to be had.
    pub fn start(stage: &Site, body: &str) -> Result<Self> {
        let script = format!("<script src=\"{}embed.js\"></script>{body}", stage.url(""));
        Self::with(&script, Ok)
    }

    /// With this body alone, on a server that is like this.
    ///
    /// # Errors
    /// If there is no port or no room to be had.
    pub fn with(body: &str, like: impl FnOnce(SiteBuilder) -> Result<SiteBuilder>) -> Result<Self> {
        let folder = TempDir::new()?;
        // With an icon of its own, or the browser would ask for one.
        let page = format!(
            "<!doctype html><html lang=\"en\"><title>Host</title>\
             <link rel=\"icon\" href=\"data:,\">{body}"
        );
        std::fs::write(folder.path().join("index.html"), page)?;
        let site = like(Site::of(folder.path()))?.start()?;
        Ok(Self {
            site,
            _folder: folder,
        })
    }

    /// Puts another file beside the page, or in a folder there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&self, name: &str, content: &str) -> Result<()> {
        let file = self._folder.path().join(name);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(file, content)?)
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        self.site.foreign_url("")
    }
}

/// A browser that records what embeds tell.
///
/// # Errors
/// If it does not start.
pub async fn browser(mut options: Options) -> Result<Browser> {
    options.inject.extend([RECORD, SHIFTS].map(Into::into));
    Browser::start(&options).await
}

/// A program of the host's that builds sites: `MKDOCS` and `MDBOOK` name them.
///
/// # Errors
/// If it is not there or does not work.
pub fn build(variable: &str, arguments: &[&str], folder: &Path) -> Result<()> {
    let program = std::env::var_os(variable)
        .with_context(|| format!("{variable} must name a program: `make test-e2e` sees to it"))?;
    let output = std::process::Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .with_context(|| format!("cannot run what {variable} names"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{variable}: {said}");
    Ok(())
}

impl Browser {
    /// Every event of every embed so far.
    ///
    /// # Errors
    /// If the page is no host.
    pub async fn told(&self) -> Result<Vec<Told>> {
        self.js("return embedRecord.told;").await
    }

    /// Waits for an embed's so-many-th event of a kind, and gives its detail.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn told_by(&self, element: &str, kind: &str, count: usize) -> Result<Value> {
        let what = format!("{kind} number {count} of {element}");
        let is_wanted = |told: &&Told| told.element == element && told.kind == kind;
        let enough = |told: &Vec<Told>| told.iter().filter(is_wanted).count() >= count;
        let told = until(&what, PATIENCE, async || self.told().await, enough).await?;
        let found = told.iter().filter(is_wanted).nth(count - 1);
        Ok(found.context("it went away")?.detail.clone())
    }

    /// What an embed moved of the page, the reader's input counted too.
    ///
    /// # Errors
    /// If the page is no host.
    async fn moved(&self) -> Result<Vec<Shift>> {
        let mut shifts = self.shifts().await?;
        shifts.retain(|shift| shift.sources.iter().all(|source| source.comes_after));
        Ok(shifts)
    }

    /// Checks that no embed has moved anything.
    ///
    /// # Errors
    /// With what has moved.
    pub async fn ensure_unmoved(&self) -> Result<()> {
        let moved = self.moved().await?;
        let is_unmoved = moved.iter().all(|shift| shift.value == 0.0);
        anyhow::ensure!(is_unmoved, "the page moved: {moved:#?}");
        Ok(())
    }

    /// How much of the page that is, as Cumulative Layout Shift counts it.
    ///
    /// # Errors
    /// If the page is no host.
    pub async fn layout_shift(&self) -> Result<f64> {
        Ok(Shift::sum(&self.moved().await?))
    }

    /// Goes into the frame of the embed of that id.
    ///
    /// # Errors
    /// If it has none.
    pub async fn enter_embed(&self, id: &str) -> Result<()> {
        let frame = format!("document.getElementById('{id}').shadowRoot.querySelector('iframe')");
        self.enter_frame(&frame).await
    }

    /// How high the embed's element is, in pixels.
    ///
    /// # Errors
    /// If there is none.
    pub async fn embed_height(&self, id: &str) -> Result<f64> {
        let look = "return document.getElementById(arguments[0]).getBoundingClientRect().height;";
        self.js_with(look, vec![id.into()]).await
    }
}
