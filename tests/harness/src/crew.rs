//! The Web Workers of a page, as a script sees them that was there before.

use anyhow::Result;
use serde::Deserialize;

use crate::browser::{Browser, Options};
use crate::page::RUN;
use crate::result::RunResult;
use crate::wait::{PATIENCE, until};

const WATCH: &str = include_str!("crew.js");

/// How many workers there were and are.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub struct Crew {
    /// Ever started.
    pub created: usize,
    /// Ended by the page.
    pub ended: usize,
}

/// A browser that counts workers, with these options otherwise.
#[must_use]
pub fn watching(mut options: Options) -> Options {
    options.inject.push(WATCH.into());
    options
}

impl Browser {
    /// How many workers the page has started and ended. Needs [`watching`].
    ///
    /// # Errors
    /// If nothing counts on the page.
    pub async fn crew(&self) -> Result<Crew> {
        self.js("return { created: harnessCrew.created.length, ended: harnessCrew.ended.size };")
            .await
    }

    /// Waits until so many workers' threads are there. Needs [`watching`].
    ///
    /// # Errors
    /// If they are not in good time.
    pub async fn wait_for_threads(&self, wanted: usize) -> Result<()> {
        let look = async || {
            self.js_async::<usize>("return await harnessCrew.threads();")
                .await
        };
        until("the workers’ threads", PATIENCE, look, |&seen| {
            seen == wanted
        })
        .await?;
        Ok(())
    }

    /// The lines of a kitchen's log, without their times.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn log_of(&self, kitchen: usize) -> Result<Vec<String>> {
        self.js_with(
            "return [...document.querySelectorAll(`.log__run[data-kitchen='${arguments[0]}'] .log__line`)]
               .map(line => line.textContent.replace(/^\\S+ m?s /, '').replace(/\\s+/g, ' ').trim());",
            vec![kitchen.into()],
        )
        .await
    }

    /// Waits until a kitchen's log has that many lines that end so.
    ///
    /// # Errors
    /// If it has not in good time.
    pub async fn wait_for_lines(&self, kitchen: usize, end: &str, count: usize) -> Result<()> {
        let look = async || self.log_of(kitchen).await;
        let is_there =
            |lines: &Vec<String>| lines.iter().filter(|line| line.ends_with(end)).count() >= count;
        until(&format!("“{end}” in the log"), PATIENCE * 2, look, is_there).await?;
        Ok(())
    }

    /// Configures the page, clicks Run, and waits for the result.
    ///
    /// # Errors
    /// If it does not come, or is not as the contract has it.
    pub async fn run_of(&self, query: &str) -> Result<RunResult> {
        self.configure(query).await?;
        let before = self.probe().await?.finished.len();
        self.click(RUN).await?;
        self.finished_event(before, PATIENCE * 2).await
    }
}
