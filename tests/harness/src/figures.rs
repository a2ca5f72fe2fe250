//! The article's figures, as a driver: each is known by its section's id.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::browser::{Browser, Options};
use crate::page::QUIET;
use crate::site::Site;
use crate::wait::{PATIENCE, until};

/// The article's sections, in its order.
pub const SECTIONS: [&str; 10] = [
    "question", "pick", "waiting", "starts", "desk", "answer", "burns", "burners", "gil", "say",
];

/// Those that are on a page of their own, to which the article only leads.
pub const APART: [&str; 2] = ["practice", "exercise"];

/// Those with a figure.
pub const FIGURES: [&str; 8] = [
    "pick", "waiting", "starts", "desk", "answer", "burns", "burners", "gil",
];

/// Of a figure in which calls are meant to fail the browser tells the console.
pub fn is_of_the_network(entry: &thirtyfour::BrowserLogEntry) -> bool {
    entry.source.as_deref() == Some("network")
}

impl Browser {
    /// A browser with the whole page open, at its top, and nothing run.
    ///
    /// # Errors
    /// If it does not get ready.
    pub async fn with_article(site: &Site, options: &Options) -> Result<Self> {
        Self::with_page(site, QUIET, options).await
    }

    /// A browser with one section's own page open, as the first of the site.
    ///
    /// # Errors
    /// If it does not get ready.
    pub async fn with_section(site: &Site, section: &str, options: &Options) -> Result<Self> {
        let browser = Self::start(options).await?;
        browser.open(&site.section(section)).await?;
        browser
            .wait_for_states(&["ready", "asked"], PATIENCE)
            .await?;
        Ok(browser)
    }

    /// The sections that can be seen, the practice's among them.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn seen_sections(&self) -> Result<Vec<String>> {
        self.js("return [...document.querySelectorAll('.section')]
               .filter(section => section.checkVisibility()).map(section => section.id);")
            .await
    }

    /// Waits until the page's observers have heard of what is in sight by now.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn frames_pass(&self) -> Result<()> {
        self.js_async(
            "const frame = () => new Promise(requestAnimationFrame);
             await frame(); await frame(); await frame();",
        )
        .await
    }

    /// The sections whose figures are mounted.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn mounted_figures(&self) -> Result<Vec<String>> {
        self.js(
            "return [...document.querySelectorAll('[data-figure] .stage--alone')]
               .map(stage => stage.closest('.section').id);",
        )
        .await
    }

    /// The state of a section's figure; empty until it is mounted.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn figure_state(&self, section: &str) -> Result<String> {
        let look =
            "return document.querySelector(`#${arguments[0]} [data-figure]`)?.dataset.state ?? '';";
        self.js_with(look, vec![json!(section)]).await
    }

    /// Scrolls to a section's figure and waits until it can be run.
    ///
    /// # Errors
    /// If it is not mounted in good time.
    pub async fn bring_figure(&self, section: &str) -> Result<()> {
        self.js_with::<()>(
            "document.querySelector(`#${arguments[0]} [data-figure]`).scrollIntoView({ block: 'center' });",
            vec![json!(section)],
        )
        .await?;
        let what = format!("the figure of {section}");
        let look = async || self.figure_state(section).await;
        until(&what, PATIENCE, look, |state| {
            !["", "loading"].contains(&state.as_str())
        })
        .await?;
        Ok(())
    }

    /// Scrolls to each figure, one after another, and waits until it can be run.
    ///
    /// # Errors
    /// If one is not mounted in good time.
    pub async fn bring_all_figures(&self) -> Result<()> {
        for section in FIGURES {
            self.bring_figure(section).await?;
        }
        Ok(())
    }

    /// The results of all runs of a section's figure so far.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn figure_results(&self, section: &str) -> Result<Vec<Value>> {
        self.js_with(
            "const places = [...document.querySelectorAll('[data-expert-chef]')];
             const index = places.findIndex(place => place.matches(`#${arguments[0]} [data-figure]`));
             return harnessProbe.finished.filter(one => one.stage === index).map(one => one.detail);",
            vec![json!(section)],
        )
        .await
    }

    /// Waits for the result of a figure's next run after that many, and for the
    /// picture of its end.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn figure_result(&self, section: &str, after: usize) -> Result<Value> {
        let what = format!("a run of the figure of {section}");
        let look = async || self.figure_results(section).await;
        let results = until(&what, PATIENCE, look, |seen| seen.len() > after).await?;
        let playback =
            "return document.querySelector(`#${arguments[0]} [data-figure]`).dataset.playback;";
        let look = async || self.js_with::<String>(playback, vec![json!(section)]).await;
        until("its end to be shown", PATIENCE, look, |now| now == "paused").await?;
        let state = self.figure_state(section).await?;
        ensure!(
            state == "finished" || state == "failed",
            "{section} is {state} after its run"
        );
        Ok(results.into_iter().nth(after).unwrap_or_default())
    }

    /// Runs a figure by its button, and gives the result.
    ///
    /// # Errors
    /// If it does not end.
    pub async fn run_figure(&self, section: &str) -> Result<Value> {
        let before = self.figure_results(section).await?.len();
        self.click(&format!("#{section} [data-action=run]")).await?;
        self.figure_result(section, before).await
    }
}

/// When a task of one kitchen was first called, as a result has it.
///
/// # Errors
/// If there is no such task, or it never was.
pub fn start_of(result: &Value, kitchen: usize, task: &str) -> Result<f64> {
    let tasks = result["runs"][kitchen]["tasks"].as_array();
    let found = tasks.and_then(|tasks| tasks.iter().find(|one| one["name"] == task));
    let start = found.and_then(|task| task["startMs"].as_f64());
    start.ok_or_else(|| anyhow::anyhow!("no start of {task} in {result:#}"))
}
