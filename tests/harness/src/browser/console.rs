//! What the browser's console says, and that nothing went wrong.

use anyhow::{Result, ensure};
use thirtyfour::BrowserLogEntry;

use super::{Browser, Remote};

impl Browser {
    /// What the console said since it was last asked. In Firefox these are the
    /// scripts' own words and uncaught errors, not what became of requests.
    ///
    /// # Errors
    /// If the session is gone.
    pub async fn console(&self) -> Result<Vec<BrowserLogEntry>> {
        match &self.remote {
            Remote::Chromium => Ok(self.tab.browser_log().await?),
            Remote::Firefox(firefox) => firefox.console(&self.tab).await,
        }
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
        if entries.iter().any(ended) && self.has_interpreters().await? {
            entries.retain(|entry| !ended(entry));
        }
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

    /// Whether the page has interpreters, which it ends one after another.
    async fn has_interpreters(&self) -> Result<bool> {
        self.js("return document.querySelector('iframe[title=Runner]') !== null;")
            .await
    }
}

/// Whether it is what Firefox says, now and then, of a worker that is ended while a
/// stack of its WebAssembly goes on. What a page itself does not catch is told by its
/// probe as well.
fn ended(entry: &BrowserLogEntry) -> bool {
    entry.message == "uncaught exception: undefined"
}
