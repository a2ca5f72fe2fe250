//! The practice page, as a driver: its own page, its three parts, and what is
//! said in them.

use anyhow::{Result, bail};
use serde_json::json;
use thirtyfour::Key;

use crate::browser::{Browser, Options};
use crate::site::Site;
use crate::wait::{PATIENCE, until};

/// Begins the two minutes.
pub const START: &str = "[data-do=start]";
/// Ends them.
pub const DONE: &str = "[data-do=done]";
/// What the reader types in them.
pub const SPOKEN: &str = "[data-part=spoken]";
/// What is ticked after them.
pub const CHECKLIST: &str = ".checklist";
/// What that comes to.
pub const LEVEL: &str = "[data-part=level]";
/// The follow-up questions.
pub const FOLLOW_UPS: &str = "[data-practice=follow-ups]";
/// The reader's own answer to one.
pub const ANSWER: &str = "[data-part=answer]";
/// Shows the model answers to it.
pub const REVEAL: &str = "[data-do=reveal]";
/// Marks it as known.
pub const HAD: &str = "[data-do=had]";
/// Marks it as one to come again.
pub const NOT: &str = "[data-do=not]";
/// The questions that a run decides.
pub const PREDICT: &str = "[data-practice=predict]";
/// An answer to choose, of the first.
pub const OPTION: &str = "[data-practice=predict] fieldset input";
/// Runs it.
pub const RUN: &str = "[data-practice=predict] [data-do=run]";
/// What is said of it then.
pub const VERDICT: &str = "[data-part=verdict]";
/// Empties what is kept.
pub const CLEAR: &str = "[data-do=clear]";

/// The page's URL.
#[must_use]
pub fn url(site: &Site) -> String {
    format!("{}practice.html", site.url(""))
}

impl Browser {
    /// A browser with the practice page open, ready to be used.
    ///
    /// # Errors
    /// If it does not get ready.
    pub async fn with_practice(site: &Site, options: &Options) -> Result<Self> {
        let browser = Self::start(options).await?;
        browser.open(&url(site)).await?;
        browser.wait_for_practice().await?;
        Ok(browser)
    }

    /// Waits until it can be used.
    ///
    /// # Errors
    /// If it cannot in good time.
    pub async fn wait_for_practice(&self) -> Result<()> {
        let look = "return document.documentElement.dataset.state === 'ready'
                    && 'live' in document.querySelector('#practice').dataset;";
        // Between two documents there is nothing to ask.
        let is_live = async || Ok(self.js::<bool>(look).await.unwrap_or(false));
        until("the practice", PATIENCE, is_live, |&is_live| is_live).await?;
        Ok(())
    }

    /// What can be read in the first element that matches.
    ///
    /// # Errors
    /// If there is none.
    pub async fn text_of(&self, selector: &str) -> Result<String> {
        let look = "return document.querySelector(arguments[0]).innerText;";
        self.js_with(look, vec![json!(selector)]).await
    }

    /// What is in the first field that matches.
    ///
    /// # Errors
    /// If there is none.
    pub async fn value_of(&self, selector: &str) -> Result<String> {
        let look = "return document.querySelector(arguments[0]).value;";
        self.js_with(look, vec![json!(selector)]).await
    }

    /// Whether the first element that matches can be seen.
    ///
    /// # Errors
    /// If there is none.
    pub async fn is_shown(&self, selector: &str) -> Result<bool> {
        let look = "return document.querySelector(arguments[0])
                      .checkVisibility({ visibilityProperty: true });";
        self.js_with(look, vec![json!(selector)]).await
    }

    /// Whether the focus is on one that matches, where it can be seen.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn has_focus(&self, selector: &str) -> Result<bool> {
        let look = "return document.activeElement.matches(arguments[0])
                    && document.activeElement.checkVisibility();";
        self.js_with(look, vec![json!(selector)]).await
    }

    /// Goes there by Tab, from wherever the focus is.
    ///
    /// # Errors
    /// If that does not lead there.
    pub async fn tab_to(&self, selector: &str) -> Result<()> {
        for _ in 0..60 {
            if self.has_focus(selector).await? {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        bail!("Tab does not lead to {selector}")
    }

    /// Goes there by Tab and presses a key.
    ///
    /// # Errors
    /// If that does not lead there.
    pub async fn press_on(&self, selector: &str, key: Key) -> Result<()> {
        self.tab_to(selector).await?;
        self.press(key).await
    }

    /// What is said of a prediction, once it has been run.
    ///
    /// # Errors
    /// If nothing is in good time.
    pub async fn verdict(&self) -> Result<String> {
        let said = async || self.text_of(VERDICT).await;
        let is_measured = |said: &String| said.starts_with("Measured");
        until("a verdict", PATIENCE, said, is_measured).await
    }

    /// Types, ticks and marks something in each part.
    ///
    /// # Errors
    /// If there is nowhere to.
    pub async fn practise(&self) -> Result<()> {
        self.focus(SPOKEN).await?;
        self.press("<b>an executor</b>").await?;
        self.click(START).await?;
        self.click(DONE).await?;
        self.click(".checklist input").await?;
        self.focus(ANSWER).await?;
        self.press("it waits").await?;
        self.click(REVEAL).await?;
        self.click(HAD).await
    }
}
