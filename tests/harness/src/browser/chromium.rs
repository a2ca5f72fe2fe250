//! What is Chromium's own: its command line, and what is asked of it by the
//! protocol of its developer tools.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};

use super::{Browser, Engine, Options, Remote, trace};

/// No window, no sandbox (containers have no namespaces to build one of), and
/// no errands of its own on a network that may be closed.
pub(crate) const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    // Whose screen's stripes a text is coloured for is no part of a picture.
    "--disable-lcd-text",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
];

/// What the driver is asked for.
pub(super) fn capabilities(options: &Options, profile: &Path) -> Result<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in ARGUMENTS {
        capabilities.add_arg(argument)?;
    }
    capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    if let Some(program) = Engine::Chromium.program() {
        capabilities.set_binary(&program)?;
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    if options.trace {
        trace::ask_for(&mut capabilities)?;
    }
    if options.blocks_third_parties {
        block_third_parties(&mut capabilities)?;
    }
    Ok(capabilities)
}

/// Chromium gives such pages storage of their own instead, unless told not to.
fn block_third_parties(capabilities: &mut ChromeCapabilities) -> Result<()> {
    capabilities.add_arg("--disable-features=ThirdPartyStoragePartitioning")?;
    let preferences = json!({
        "profile.cookie_controls_mode": 1,
        "profile.block_third_party_cookies": true,
    });
    capabilities.add_experimental_option("prefs", preferences)?;
    Ok(())
}

fn media_features(options: &Options) -> Value {
    let scheme = if options.dark { "dark" } else { "light" };
    let motion = if options.reduced_motion {
        "reduce"
    } else {
        "no-preference"
    };
    json!([
        { "name": "prefers-color-scheme", "value": scheme },
        { "name": "prefers-reduced-motion", "value": motion },
    ])
}

impl Browser {
    /// Sends a command of the protocol of Chromium's developer tools.
    ///
    /// # Errors
    /// If the browser refuses it, or is another.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        let is_chromium = matches!(self.remote, Remote::Chromium);
        ensure!(is_chromium, "only Chromium knows {command}");
        let sent = self.tab.cdp().send_raw(command, parameters).await;
        sent.with_context(|| format!("the browser refused {command}"))
    }

    pub(super) async fn apply_by_cdp(&self, options: &Options) -> Result<()> {
        let features = media_features(options);
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await?;
        for script in options.scripts() {
            // Before any script of the page, on every page from now on.
            let source = json!({ "source": script });
            self.cdp("Page.addScriptToEvaluateOnNewDocument", source)
                .await?;
        }
        Ok(())
    }

    /// The fonts in which the text of all elements that match is drawn; `None`
    /// where only Chromium could tell.
    ///
    /// # Errors
    /// If it does not.
    pub async fn fonts(&self, selector: &str) -> Result<Option<BTreeSet<String>>> {
        if !matches!(self.remote, Remote::Chromium) {
            return Ok(None);
        }
        for domain in ["DOM.enable", "CSS.enable"] {
            self.cdp(domain, json!({})).await?;
        }
        let document = self.cdp("DOM.getDocument", json!({})).await?;
        let root = &document["root"]["nodeId"];
        let within = json!({ "nodeId": root, "selector": selector });
        let found = self.cdp("DOM.querySelectorAll", within).await?;
        let mut names = BTreeSet::new();
        for node in found["nodeIds"].as_array().into_iter().flatten() {
            let drawn = json!({ "nodeId": node });
            let drawn = self.cdp("CSS.getPlatformFontsForNode", drawn).await?;
            let fonts = drawn["fonts"].as_array().into_iter().flatten();
            names
                .extend(fonts.filter_map(|font| Some(font["postScriptName"].as_str()?.to_owned())));
        }
        Ok(Some(names))
    }
}
