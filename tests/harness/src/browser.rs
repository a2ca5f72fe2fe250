//! A real browser, driven from outside: fresh for each test, and gone with it.

mod driver;
mod options;
mod probe;
mod trace;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{BrowserLogEntry, Key, LoggingPrefsLogLevel, TypingData};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::wait::{PATIENCE, until};
use driver::Chromedriver;

pub(crate) use options::ARGUMENTS;
pub use options::{Options, ServiceWorkers};
pub use probe::{AtRest, Finished, Probe, StateChange, WATCHED};
pub use trace::{Span, Trace};

/// Browsers at a time: more would wait for each other's processor time, and
/// tests of a page about time would fail for no fault of the page.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A running browser with one tab and an empty profile.
#[derive(Debug)]
pub struct Browser {
    // Dropped in this order: the driver with its browser, then their files.
    tab: WebDriver,
    driver: Chromedriver,
    _profile: TempDir,
    _turn: SemaphorePermit<'static>,
}

impl Browser {
    /// Starts one.
    ///
    /// # Errors
    /// If Chromium or its driver is missing or does not start.
    pub async fn start(options: &Options) -> Result<Self> {
        let turn = TURNS.acquire().await?;
        let profile = TempDir::new()?;
        let driver = Chromedriver::start(options.fonts.as_deref()).await?;
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        if let Some(binary) = std::env::var_os("CHROME") {
            capabilities.set_binary(&binary.to_string_lossy())?;
        }
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        if options.trace {
            trace::ask_for(&mut capabilities)?;
        }
        if options.blocks_third_parties {
            options::block_third_parties(&mut capabilities)?;
        }
        let tab = WebDriver::new(driver.url(), capabilities)
            .await
            .context("Chromium does not start; is it installed?")?;
        let browser = Self {
            tab,
            driver,
            _profile: profile,
            _turn: turn,
        };
        browser.set_script_timeout(Duration::from_secs(120)).await?;
        browser.apply(options).await?;
        Ok(browser)
    }

    async fn set_script_timeout(&self, timeout: Duration) -> Result<()> {
        self.tab.set_script_timeout(timeout).await?;
        self.tab.set_page_load_timeout(timeout).await?;
        Ok(())
    }

    async fn apply(&self, options: &Options) -> Result<()> {
        self.resize(options.size, 1).await?;
        let features = options.media_features();
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

    /// Gives the page another width and height, in CSS pixels of which each is
    /// so many of the screen's: 640 at 2 is a window of 1280 at 200 % zoom.
    ///
    /// # Errors
    /// If the browser refuses it.
    pub async fn resize(&self, (width, height): (u32, u32), zoom: u32) -> Result<()> {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": zoom, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// Sends a command of the browser's own debugging protocol.
    ///
    /// # Errors
    /// If the browser refuses it.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        let sent = self.tab.cdp().send_raw(command, parameters).await;
        sent.with_context(|| format!("the browser refused {command}"))
    }

    /// Opens a page and waits until it is loaded.
    ///
    /// # Errors
    /// If there is none.
    pub async fn open(&self, url: &str) -> Result<()> {
        let shown: String = url.chars().take(200).collect();
        let opened = self.tab.goto(url).await;
        opened.with_context(|| format!("cannot open {shown}"))
    }

    /// Reloads the page; past the browser's cache and the service worker, as
    /// with the shift key held, if asked to. Waits for the new document.
    ///
    /// # Errors
    /// If it does not load.
    pub async fn reload(&self, ignore_cache: bool) -> Result<()> {
        self.js::<()>("window.isBeforeReload = true;").await?;
        self.cdp("Page.reload", json!({ "ignoreCache": ignore_cache }))
            .await?;
        let is_new = async || {
            // Between two documents there is nothing to ask.
            let state = self
                .js::<bool>("return !window.isBeforeReload && document.readyState === 'complete';");
            Ok(state.await.unwrap_or(false))
        };
        until("the page to reload", PATIENCE, is_new, |&is_new| is_new).await?;
        Ok(())
    }

    /// Runs the body of a function in the page, and gives what it returns.
    ///
    /// # Errors
    /// If it throws or returns something else than asked for.
    pub async fn js<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        self.js_with(body, Vec::new()).await
    }

    /// Runs the body of a function with these `arguments` in the page.
    ///
    /// # Errors
    /// If it throws or returns something else than asked for.
    pub async fn js_with<T: DeserializeOwned>(
        &self,
        body: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        let returned = self.tab.execute(body, arguments).await;
        let returned = returned.with_context(|| format!("in the page: {body}"))?;
        serde_json::from_value(returned.json().clone())
            .with_context(|| format!("the page returned {} from: {body}", returned.json()))
    }

    /// Runs the body of an asynchronous function in the page, and gives what
    /// its promise resolves to.
    ///
    /// # Errors
    /// If it rejects or gives something else than asked for.
    pub async fn js_async<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        let body = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {body} }})().then(
                value => done({{ value: value ?? null }}),
                error => done({{ error: String(error) }}));"
        );
        let returned = self.tab.execute_async(body.as_str(), Vec::new()).await?;
        let returned = returned.json();
        ensure!(
            returned.get("error").is_none(),
            "the page: {}",
            returned["error"]
        );
        Ok(serde_json::from_value(returned["value"].clone())?)
    }

    /// Clicks, as a mouse does, in the middle of the first element that matches.
    ///
    /// # Errors
    /// If there is none or something lies over it.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let element = self.tab.find(By::Css(selector)).await?;
        element
            .click()
            .await
            .with_context(|| format!("cannot click {selector}"))
    }

    /// Gives the focus to the first element that matches.
    ///
    /// # Errors
    /// If there is none, or it does not take the focus.
    pub async fn focus(&self, selector: &str) -> Result<()> {
        let has_focus: bool = self
            .js_with(
                "const element = document.querySelector(arguments[0]);
                 element?.focus();
                 return element !== null && document.activeElement === element;",
                vec![json!(selector)],
            )
            .await?;
        ensure!(has_focus, "{selector} does not take the focus");
        Ok(())
    }

    /// Presses a key, or types a few, wherever the focus is.
    ///
    /// # Errors
    /// If the session is gone.
    pub async fn press(&self, key: impl Into<TypingData>) -> Result<()> {
        Ok(self.tab.action_chain().send_keys(key).perform().await?)
    }

    /// Presses a key while another is held down.
    ///
    /// # Errors
    /// If the session is gone.
    pub async fn press_with(&self, held: Key, key: impl Into<TypingData>) -> Result<()> {
        let keys = self
            .tab
            .action_chain()
            .key_down(held.clone())
            .send_keys(key);
        Ok(keys.key_up(held).perform().await?)
    }

    /// Goes into the frame that a script's expression gives: from now on all is
    /// looked for and done there.
    ///
    /// # Errors
    /// If there is none.
    pub async fn enter_frame(&self, expression: &str) -> Result<()> {
        let found = self
            .tab
            .execute(format!("return {expression};"), Vec::new());
        let frame = found.await?.element();
        let frame = frame.with_context(|| format!("{expression} is no frame"))?;
        Ok(frame.enter_frame().await?)
    }

    /// Goes back to the page that contains all frames.
    ///
    /// # Errors
    /// If the session is gone.
    pub async fn leave_frame(&self) -> Result<()> {
        Ok(self.tab.enter_default_frame().await?)
    }

    /// Goes to the tab that was opened last.
    ///
    /// # Errors
    /// If there is none.
    pub async fn go_to_newest_tab(&self) -> Result<()> {
        let tabs = self.tab.windows().await?;
        let newest = tabs.last().context("there is no tab")?;
        Ok(self.tab.switch_to_window(newest.clone()).await?)
    }

    /// What the console said since it was last asked.
    ///
    /// # Errors
    /// If the session is gone.
    pub async fn console(&self) -> Result<Vec<BrowserLogEntry>> {
        Ok(self.tab.browser_log().await?)
    }

    /// Nothing went wrong that the page did not handle: no error in the
    /// console, none uncaught, no violation of the content security policy.
    ///
    /// # Errors
    /// Says what went wrong.
    pub async fn check_clean(&self) -> Result<()> {
        self.check_clean_but(|_| false).await
    }

    /// As [`Self::check_clean`], but for the console's errors that are expected.
    ///
    /// # Errors
    /// Says what went wrong.
    pub async fn check_clean_but(&self, expected: impl Fn(&BrowserLogEntry) -> bool) -> Result<()> {
        let mut entries = self.console().await?;
        entries.retain(|entry| entry.level == "SEVERE" && !expected(entry));
        ensure!(entries.is_empty(), "errors in the console: {entries:#?}");
        let probe = self.probe().await?;
        ensure!(
            probe.errors.is_empty(),
            "uncaught errors: {:#?}",
            probe.errors
        );
        ensure!(
            probe.violations.is_empty(),
            "the content security policy was violated: {:#?}",
            probe.violations
        );
        Ok(())
    }

    /// The fonts in which the text of all elements that match is drawn.
    ///
    /// # Errors
    /// If the browser does not tell.
    pub async fn fonts(&self, selector: &str) -> Result<BTreeSet<String>> {
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
        Ok(names)
    }

    /// Saves what the page looks like.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(self.tab.screenshot(file).await?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The session's own end waits for an answer which only the runtime that
        // it blocks could bring, if a test drops it, and half of them fail before
        // they could have ended it themselves.
        let _ = self.tab.clone().leak();
        self.driver.end_session(&self.tab.session_id().to_string());
    }
}
