//! A program as the page runs it: its contract is the section's attributes.

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::json;

use super::{Program, Ran};
use crate::browser::{Browser, Options};
use crate::site::Site;
use crate::wait::{PATIENCE, until};

/// Puts a program in the reader's place, runs it and gives what became of it.
/// Stops it where it does not end.
const RUN: &str = "
    const [source, patience] = JSON.parse(PROGRAM);
    const place = document.querySelector('[data-answer]');
    const part = (name) => place.querySelector(`[data-part=${name}]`);
    const field = part('program');
    field.value = source;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const over = new Promise((resolve) => {
      const look = () => /^(ended|failed)$/.test(place.dataset.program) && resolve(true);
      new MutationObserver(look).observe(place, { attributeFilter: ['data-program', 'data-outcome'] });
      setTimeout(() => resolve(false), patience);
    });
    const button = () => place.querySelector('[data-action=answer]');
    button().click();
    const isOver = await over;
    if (!isOver) button().click();
    await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
    return {
      printed: part('output')?.textContent ?? '',
      outcome: isOver ? place.dataset.outcome : 'none',
      ms: Number(place.dataset.elapsed),
    };";

/// What the page says of a run.
#[derive(Deserialize)]
struct Said {
    printed: String,
    outcome: String,
    ms: f64,
}

/// The page's URL, with that exercise on.
#[must_use]
pub fn url(site: &Site, exercise: &str) -> String {
    format!("{}exercise.html?exercise={exercise}", site.url(""))
}

impl Browser {
    /// A browser with the page open on which a reader's program runs, ready for one.
    ///
    /// # Errors
    /// If it does not get ready.
    pub async fn with_programs(site: &Site, options: &Options) -> Result<Self> {
        Self::with_programs_in("python", site, options).await
    }

    /// The same, for programs in that language.
    ///
    /// # Errors
    /// If it does not get ready.
    pub async fn with_programs_in(language: &str, site: &Site, options: &Options) -> Result<Self> {
        let browser = Self::start(options).await?;
        let language = match language {
            "python" => String::new(),
            other => format!("&language={other}"),
        };
        browser
            .open(&format!("{}{language}", url(site, "free")))
            .await?;
        browser.wait_for_interpreter().await?;
        Ok(browser)
    }

    /// Waits until a program can begin at once.
    ///
    /// # Errors
    /// If none can in good time.
    pub async fn wait_for_interpreter(&self) -> Result<()> {
        let look = "return document.querySelector('[data-answer]')?.dataset.program ?? 'none';";
        // Between two documents there is nothing to ask.
        let word = async || Ok(self.js::<String>(look).await.unwrap_or_default());
        let is_ready = |word: &String| matches!(word.as_str(), "ready" | "ended");
        until("an interpreter", 3 * PATIENCE, word, is_ready).await?;
        Ok(())
    }

    /// Runs a program to its end.
    ///
    /// # Errors
    /// If the page cannot, or the program has no end.
    pub async fn run_program(&self, program: &Program) -> Result<Ran> {
        let asked = json!([program.source, (3 * PATIENCE).as_millis()]).to_string();
        let script = RUN.replace("PROGRAM", &json!(asked).to_string());
        let Said {
            printed,
            outcome,
            ms,
        } = self.js_async(&script).await?;
        if outcome == "none" {
            bail!("{} does not end in the page: {printed}", program.name);
        }
        Ok(Ran {
            printed,
            outcome,
            ms,
        })
    }
}
