//! A real browser, driven from outside: fresh for each test, and gone with it.

mod bidi;
mod chromium;
mod console;
mod driver;
mod engine;
mod firefox;
mod memory;
mod options;
mod paper;
mod probe;
mod trace;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{Key, TypingData};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::site::Site;
use crate::wait::{PATIENCE, until};
use driver::Driver;
use firefox::Firefox;

pub(crate) use chromium::ARGUMENTS;
pub use engine::Engine;
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
    remote: Remote,
    driver: Driver,
    _profile: TempDir,
    _turn: SemaphorePermit<'static>,
}

/// By what it is asked for more than WebDriver has.
#[derive(Debug)]
enum Remote {
    Chromium,
    Firefox(Box<Firefox>),
}

impl Browser {
    /// Starts one of the make that is [asked for](Engine::asked_for).
    ///
    /// # Errors
    /// If it or its driver is missing or does not start.
    pub async fn start(options: &Options) -> Result<Self> {
        let turn = TURNS.acquire().await?;
        let profile = TempDir::new()?;
        let engine = Engine::asked_for()?;
        let driver = Driver::start(engine, profile.path(), options.fonts.as_deref()).await?;
        let capabilities: Capabilities = match engine {
            Engine::Chromium => chromium::capabilities(options, profile.path())?.into(),
            Engine::Firefox => firefox::capabilities(options)?.into(),
        };
        let tab = WebDriver::new(driver.url(), capabilities);
        let tab = tab
            .await
            .with_context(|| format!("{engine:?} does not start; is it installed?"))?;
        // From here on it is quit as it should be, whatever goes wrong.
        let mut browser = Self {
            tab,
            remote: Remote::Chromium,
            driver,
            _profile: profile,
            _turn: turn,
        };
        browser.set_script_timeout(Duration::from_secs(120)).await?;
        match engine {
            Engine::Chromium => browser.apply_by_cdp(options).await?,
            Engine::Firefox => {
                let firefox = Firefox::connect(&browser.tab, options).await?;
                browser.remote = Remote::Firefox(Box::new(firefox));
            }
        }
        browser.resize(options.size, 1).await?;
        Ok(browser)
    }

    async fn set_script_timeout(&self, timeout: Duration) -> Result<()> {
        self.tab.set_script_timeout(timeout).await?;
        self.tab.set_page_load_timeout(timeout).await?;
        Ok(())
    }

    /// Gives the page another width and height, in CSS pixels of which each is
    /// so many of the screen's: 640 at 2 is a window of 1280 at 200 % zoom.
    ///
    /// # Errors
    /// If the browser refuses it.
    pub async fn resize(&self, (width, height): (u32, u32), zoom: u32) -> Result<()> {
        if let Remote::Firefox(firefox) = &self.remote {
            return firefox.resize(&self.tab, (width, height), zoom).await;
        }
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": zoom, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
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
        match &self.remote {
            Remote::Chromium if ignore_cache => {
                let parameters = json!({ "ignoreCache": true });
                self.cdp("Page.reload", parameters).await?;
            }
            // The argument is Firefox's own. Not before the script's own end, or
            // the driver would miss its answer.
            _ => {
                let reload = format!("setTimeout(() => location.reload({ignore_cache}));");
                self.js::<()>(&reload).await?;
            }
        }
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

    /// Clicks twice there, as fast as that goes.
    ///
    /// # Errors
    /// If there is none.
    pub async fn double_click(&self, selector: &str) -> Result<()> {
        let element = self.tab.find(By::Css(selector)).await?;
        let clicks = self.tab.action_chain().double_click_element(&element);
        Ok(clicks.perform().await?)
    }

    /// Presses the mouse's button there, and holds it.
    ///
    /// # Errors
    /// If there is none.
    pub async fn hold(&self, selector: &str) -> Result<()> {
        let element = self.tab.find(By::Css(selector)).await?;
        let press = self.tab.action_chain().click_and_hold_element(&element);
        Ok(press.perform().await?)
    }

    /// Releases the mouse's button, wherever it is.
    ///
    /// # Errors
    /// If the session is gone.
    pub async fn let_go(&self) -> Result<()> {
        Ok(self.tab.action_chain().release().perform().await?)
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

    /// Takes the focus to where Tab leads to the page's first control: past the
    /// last one, some browsers go on to their own.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn focus_beginning(&self) -> Result<()> {
        self.js("document.body.tabIndex = -1; document.body.focus();")
            .await
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

    /// Goes to the tab that the page opens.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn go_to_newest_tab(&self) -> Result<()> {
        let tabs = async || Ok(self.tab.windows().await?);
        let tabs = until("another tab", PATIENCE, tabs, |tabs| tabs.len() > 1).await?;
        let newest = tabs.last().context("there is no tab")?;
        Ok(self.tab.switch_to_window(newest.clone()).await?)
    }

    /// Opens that in another tab, in front: the page is hidden behind it.
    ///
    /// # Errors
    /// If there is no other tab to be had.
    pub async fn cover(&self, url: &str) -> Result<()> {
        let front = self.tab.new_tab().await?;
        self.tab.switch_to_window(front).await?;
        self.open(url).await
    }

    /// Closes that tab: the page is seen again.
    ///
    /// # Errors
    /// If there is no page behind it.
    pub async fn uncover(&self) -> Result<()> {
        self.tab.close_window().await?;
        let tabs = self.tab.windows().await?;
        let page = tabs.first().context("there is no tab")?;
        Ok(self.tab.switch_to_window(page.clone()).await?)
    }

    /// Has the browser put what it downloads into that folder.
    ///
    /// # Errors
    /// If it refuses.
    pub async fn save_into(&self, folder: &Path) -> Result<()> {
        if let Remote::Firefox(firefox) = &self.remote {
            return firefox.save_into(folder).await;
        }
        let parameters = json!({ "behavior": "allow", "downloadPath": folder });
        self.cdp("Browser.setDownloadBehavior", parameters).await?;
        Ok(())
    }

    /// Lets a script read what a page of that site has put on the clipboard.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn allow_clipboard(&self, site: &Site) -> Result<()> {
        if let Remote::Firefox(_) = &self.remote {
            return Ok(()); // By its preferences.
        }
        let permissions = json!({
            "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
            "origin": site.url("").trim_end_matches('/'),
        });
        self.cdp("Browser.grantPermissions", permissions).await?;
        Ok(())
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
