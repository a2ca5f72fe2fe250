//! What is Firefox's own: its preferences, and what is asked of it by WebDriver
//! BiDi, the standard's way for what Chromium has a protocol of its own for.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{BrowserLogEntry, FirefoxCapabilities};

use super::bidi::Bidi;
use super::{Engine, Options};

/// The connection to a running one.
#[derive(Debug)]
pub(super) struct Firefox(Bidi);

/// An entry of the console, as WebDriver BiDi has it.
#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "type")]
    kind: String,
    level: String,
    text: Option<String>,
    timestamp: i64,
}

/// How what is said of requests that failed begins, which the console tells as of
/// errors in scripts: to another origin, and by way of a service worker.
const OF_NETWORK: &[&str] = &["Cross-Origin Request Blocked", "Failed to load ‘"];

/// How that begins of a request that was given up while a worker's answer to it
/// was on its way: it has no address any more, and nothing went wrong.
const GIVEN_UP: &str = "Failed to load ‘’.";

impl From<Entry> for BrowserLogEntry {
    fn from(entry: Entry) -> Self {
        let message = entry.text.unwrap_or_default();
        let mut of_network = OF_NETWORK.iter();
        let is_of_network = of_network.any(|begin| message.starts_with(begin));
        let level = match entry.level.as_str() {
            _ if message.starts_with(GIVEN_UP) => "INFO",
            "error" => "SEVERE",
            "warn" => "WARNING",
            _ => "INFO",
        };
        Self {
            level: level.into(),
            timestamp: entry.timestamp,
            source: Some(if is_of_network {
                "network".into()
            } else {
                entry.kind
            }),
            message,
        }
    }
}

/// What the driver is asked for.
pub(super) fn capabilities(options: &Options) -> Result<FirefoxCapabilities> {
    ensure!(!options.trace, "only Chromium records traces");
    let mut capabilities = DesiredCapabilities::firefox();
    capabilities.set_headless()?;
    if let Some(program) = Engine::Firefox.program() {
        capabilities.set_firefox_binary(&program)?;
    }
    capabilities.set_browser_option("prefs", preferences(options))?;
    capabilities.enable_bidi()?;
    Ok(capabilities)
}

/// Those that make it as a test wants it; the driver sees to it that it runs no
/// errands of its own.
fn preferences(options: &Options) -> Value {
    const DARK: i32 = 0;
    const LIGHT: i32 = 1;
    const REJECT_THIRD_PARTIES: i32 = 1;
    let mut preferences = json!({
        "layout.css.prefers-color-scheme.content-override": if options.dark { DARK } else { LIGHT },
        "ui.prefersReducedMotion": i32::from(options.reduced_motion),
        // What is saved is saved, and nothing is asked or opened.
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.download.open_pdf_attachments_inline": false,
        "browser.download.alwaysOpenPanel": false,
        // How often a file is asked for is counted: a slow disk is no reason to
        // ask for it again.
        "network.http.rcwn.enabled": false,
        // A test may ask for garbage to be collected.
        "dom.testing.testutils.enabled": true,
        // A test may read what the page has put there.
        "dom.events.testing.asyncClipboard": true,
    });
    if options.blocks_third_parties {
        preferences["network.cookie.cookieBehavior"] = REJECT_THIRD_PARTIES.into();
    }
    preferences
}

impl Firefox {
    /// Connects to it and makes it as a test wants it.
    pub(super) async fn connect(tab: &WebDriver, options: &Options) -> Result<Self> {
        let capabilities = tab.handle().capabilities();
        let url = capabilities.get("webSocketUrl").and_then(Value::as_str);
        let bidi = Bidi::connect(url.context("the driver knows no WebDriver BiDi")?).await?;
        let console = json!({ "events": ["log.entryAdded"] });
        bidi.send("session.subscribe", console).await?;
        for script in options.scripts() {
            // Before any script of the page, on every page from now on.
            let script = json!({ "functionDeclaration": format!("() => {{ {script} }}") });
            bidi.send("script.addPreloadScript", script).await?;
        }
        Ok(Self(bidi))
    }

    pub(super) async fn resize(
        &self,
        tab: &WebDriver,
        (width, height): (u32, u32),
        zoom: u32,
    ) -> Result<()> {
        let parameters = json!({
            "context": tab.window().await?.to_string(),
            "viewport": { "width": width, "height": height },
            "devicePixelRatio": zoom,
        });
        self.0
            .send("browsingContext.setViewport", parameters)
            .await?;
        Ok(())
    }

    pub(super) async fn save_into(&self, folder: &Path) -> Result<()> {
        let behaviour = json!({ "type": "allowed", "destinationFolder": folder });
        let parameters = json!({ "downloadBehavior": behaviour });
        self.0
            .send("browser.setDownloadBehavior", parameters)
            .await?;
        Ok(())
    }

    /// What the console said since it was last asked, in Chromium's words.
    pub(super) async fn console(&self, tab: &WebDriver) -> Result<Vec<BrowserLogEntry>> {
        // By the same way as the console's entries, and so after all of them.
        let parameters = json!({
            "expression": "null",
            "target": { "context": tab.window().await?.to_string() },
            "awaitPromise": false,
        });
        self.0.send("script.evaluate", parameters).await?;
        let entries = self.0.events().await.into_iter();
        let entries = entries.map(serde_json::from_value::<Entry>);
        Ok(entries
            .map(|entry| entry.map(Into::into))
            .collect::<Result<_, _>>()?)
    }
}
