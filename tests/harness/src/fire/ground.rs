//! Where the fire is: the page, a hostile server and a browser that counts what
//! goes on, with what is done and checked in every scenario.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde::Deserialize;

use super::Form;
use super::hostile::Hostile;
use crate::browser::{Browser, Engine, Options};
use crate::crew;
use crate::result::RunResult;
use crate::site::Site;
use crate::wait::{PATIENCE, until};

const WATCH: &str = include_str!("watch.js");

/// What is run before and after: it must go well then, whatever was between.
pub(super) const CONTROL: &str = "tasks=a:30,b:50";

/// How much more memory than before may be held afterwards, and while a body comes
/// that is too large: 100 MB.
const ROOM: u64 = 100_000_000;

/// How much more of it while so many come at once as [`super::network::bodies`]
/// has come.
const ROOM_FOR_BODIES: u64 = 3 * ROOM;

/// So much in Firefox, which takes in more of a body than a page has asked for: all
/// that comes until the page gives it up.
const ROOM_AHEAD: u64 = 500_000_000;

/// How often memory is looked at in mid-run.
const LOOK: Duration = Duration::from_millis(200);

/// What goes on in a page.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
struct Left {
    /// Calls without an answer.
    fetches: usize,
    /// Listeners on what lives as long as the page.
    listeners: usize,
    /// Web Workers.
    workers: usize,
}

/// A page under fire.
#[derive(Debug)]
pub struct Ground {
    pub(super) site: Site,
    pub(super) server: Hostile,
    pub(super) browser: Browser,
    pub(super) form: Form,
    /// What else is worth knowing of what was done.
    pub(super) notes: Vec<String>,
    before: Left,
    /// Before, at its most, and after.
    pub(super) memory: Option<[u64; 3]>,
}

impl Ground {
    /// The page in this folder after a first run, at rest.
    ///
    /// # Errors
    /// If it does not get so far.
    pub async fn prepare(dist: &Path, form: Form) -> Result<Self> {
        let mut options = Options {
            count_wakeups: true,
            ..crew::watching(Options::default())
        };
        options.inject.push(WATCH.into());
        let site = Site::of(dist).start()?;
        let browser = Browser::with_page(&site, CONTROL, &options).await?;
        // A browser that has no room for the worker is waited for.
        browser.run_by_click(PATIENCE * 2).await?;
        browser.rest().await?;
        browser.collect_garbage().await;
        Ok(Self {
            site,
            server: Hostile::start()?,
            form,
            notes: Vec::new(),
            before: left(&browser).await?,
            memory: browser.memory().map(|bytes| [bytes; 3]),
            browser,
        })
    }

    /// One figure in the short form, another in the long one.
    pub(super) fn pick<T>(&self, short: T, long: T) -> T {
        match self.form {
            Form::Short => short,
            Form::Long => long,
        }
    }

    /// The browser's memory before, at its most, and now, as far as it was seen.
    #[must_use]
    pub fn memory(&self) -> Option<[u64; 3]> {
        self.memory
    }

    /// Configures the page and has it begin, with the reader's consent to every
    /// address. Gives how many runs had ended before.
    pub(super) async fn begin(&self, query: &str) -> Result<usize> {
        self.browser.configure(query).await?;
        let before = self.browser.probe().await?.finished.len();
        // The one place where anybody consents.
        self.browser.press_run().await?;
        Ok(before)
    }

    /// Waits for a run's end, and looks at the memory meanwhile.
    pub(super) async fn end(&mut self, before: usize) -> Result<RunResult> {
        let patience = PATIENCE * self.pick(3, 18);
        let browser = &self.browser;
        let mut most = 0;
        let over = browser.finished_event(before, patience);
        tokio::pin!(over);
        let result = loop {
            tokio::select! {
                result = &mut over => break result,
                () = tokio::time::sleep(LOOK) => most = most.max(browser.memory().unwrap_or(0)),
            }
        };
        if let Some([_, highest, last]) = &mut self.memory {
            *highest = most.max(*highest);
            *last = most;
        }
        result
    }

    /// A query string by which both kitchens call the server by these tricks, and
    /// nobody waits for another.
    pub(super) fn tricks<'a>(&self, tricks: impl IntoIterator<Item = &'a str>) -> String {
        let calls: Vec<(String, &str)> = tricks
            .into_iter()
            .enumerate()
            .map(|(place, trick)| (format!("{}-{place}", word(trick)), trick))
            .collect();
        let calls: Vec<(&str, &str)> = calls
            .iter()
            .map(|(name, trick)| (name.as_str(), *trick))
            .collect();
        format!("compare=join,pool:8&{}", self.server.endpoints(&calls))
    }

    /// Calls the server by these tricks, and checks what became of each: one of
    /// what it may come to, like `ok|failed`.
    pub(super) async fn meet(&mut self, tricks: &[(&str, &str)], more: &str) -> Result<()> {
        let query = self.tricks(tricks.iter().map(|(trick, _)| *trick));
        let before = self.begin(&format!("{query}{more}")).await?;
        let result = self.end(before).await?;
        ends(
            &result,
            &tricks.iter().map(|(_, may)| *may).collect::<Vec<_>>(),
        )
    }

    /// So much memory was never held as would be if bodies were kept.
    pub(super) fn check_peak(&self) -> Result<()> {
        if let Some([before, most, _]) = self.memory {
            let room = match Engine::asked_for()? {
                Engine::Chromium => ROOM_FOR_BODIES,
                Engine::Firefox => ROOM_AHEAD,
            };
            ensure!(
                most <= before + room,
                "the browser held {} MB at its most and {} MB before",
                most >> 20,
                before >> 20
            );
        }
        Ok(())
    }

    /// Nothing went wrong that the page did not handle. The browser itself says on
    /// the console that a call failed.
    pub(super) async fn check_clean(&self) -> Result<()> {
        let is_of_network = |source: Option<&str>| source == Some("network");
        self.browser
            .check_clean_but(|entry| is_of_network(entry.source.as_deref()))
            .await
    }

    /// Opens the page anew.
    pub(super) async fn open(&self) -> Result<()> {
        self.browser.open(&self.site.url(CONTROL)).await?;
        self.browser.wait_for_state("ready").await
    }

    /// Checks all that must hold after everything: the next run is right, nothing
    /// goes on, nothing went wrong that the page did not handle, and memory is
    /// level.
    pub(super) async fn settle(&mut self) -> Result<()> {
        let before = self.begin(CONTROL).await?;
        let result = self.end(before).await?;
        ends(&result, &["ok", "ok"])?;
        self.browser.rest().await?;
        self.server.wait_for_open(0).await?;
        let expected = self.before;
        let look = async || left(&self.browser).await;
        until("all to end that went on", PATIENCE, look, |left| {
            *left == expected
        })
        .await?;
        self.check_clean().await?;
        let Some([before, _, after]) = &mut self.memory else {
            return Ok(());
        };
        let browser = &self.browser;
        let look = async || {
            browser.collect_garbage().await;
            Ok(browser.memory().unwrap_or(0))
        };
        *after = until("memory to be level", PATIENCE * 3, look, |&held| {
            held <= *before + ROOM
        })
        .await?;
        Ok(())
    }
}

/// What the scenario's name for a call is: its trick without numbers.
fn word(trick: &str) -> &str {
    trick.split('&').next().unwrap_or(trick)
}

/// Every run's tasks came to what they may.
pub(super) fn ends(result: &RunResult, may: &[&str]) -> Result<()> {
    for run in &result.runs {
        ensure!(run.tasks.len() == may.len(), "{run:?}");
        for (task, may) in run.tasks.iter().zip(may) {
            ensure!(
                may.split('|').any(|may| may == task.outcome),
                "“{}” under {} came to {} ({}) and not to {may}",
                task.name,
                run.strategy,
                task.outcome,
                task.error.as_deref().unwrap_or("no error")
            );
        }
    }
    Ok(())
}

async fn left(browser: &Browser) -> Result<Left> {
    browser
        .js(
            "return { fetches: harnessLeft.fetches, listeners: harnessLeft.listeners.length,
                      workers: harnessCrew.live().length };",
        )
        .await
}
