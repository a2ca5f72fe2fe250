//! A run as a recording: what a reader can do with it, with a mouse or by keys,
//! and what the stage says of it.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::json;

use crate::browser::{Browser, Options};
use crate::result::RunResult;
use crate::site::Site;
use crate::wait::{PATIENCE, until};

/// Plays or pauses.
pub const PLAY: &str = "[data-expert-chef] [data-action=\"play\"]";
/// Steps to the event before.
pub const PREVIOUS: &str = "[data-expert-chef] [data-action=\"previous\"]";
/// Steps to the next event.
pub const NEXT: &str = "[data-expert-chef] [data-action=\"next\"]";
/// Begins anew at the end, or not.
pub const LOOP: &str = "[data-expert-chef] [data-action=\"loop\"]";
/// Goes back to what happens now, while it happens.
pub const LIVE: &str = "[data-expert-chef] [data-action=\"live\"]";
/// Shows the list of keys, or hides it.
pub const HELP: &str = "[data-expert-chef] [data-action=\"help\"]";
/// Where the playhead is taken hold of.
pub const SEEK: &str = "[data-expert-chef] [data-input=\"seek\"]";
/// How many times as fast as it happened it plays.
pub const RATE: &str = "[data-expert-chef] [data-input=\"rate\"]";
/// The rates.
pub const RATES: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// What the main stage says of its recording.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Playback {
    /// `live`, `playing` or `paused`.
    pub mode: String,
    /// Where the playhead is, in milliseconds.
    pub at: f64,
    /// The latest moment that the range has.
    pub max: f64,
    /// The playhead as it is read out.
    pub spoken: String,
    /// The playhead as it is shown.
    pub time: String,
    /// Whether it begins anew at the end.
    pub is_looping: bool,
}

impl Browser {
    /// A browser with the page open and its run over, as a paused recording.
    ///
    /// # Errors
    /// If it does not come to that.
    pub async fn with_recording(
        site: &Site,
        query: &str,
        options: &Options,
    ) -> Result<(Self, RunResult)> {
        let browser = Self::with_page(site, query, options).await?;
        let result = browser.run_by_click(PATIENCE).await?;
        browser.wait_for_playback("paused").await?;
        Ok((browser, result))
    }

    /// What the main stage says of its recording.
    ///
    /// # Errors
    /// If it has no player.
    pub async fn playback(&self) -> Result<Playback> {
        self.js(
            "const stage = document.querySelector('[data-expert-chef]');
             const range = stage.querySelector('[data-input=seek]');
             return {
               mode: stage.dataset.playback,
               at: range.valueAsNumber,
               max: Number(range.max),
               spoken: range.getAttribute('aria-valuetext'),
               time: stage.querySelector('[data-part=time]').textContent.trim(),
               isLooping: stage.querySelector('[data-action=loop]').getAttribute('aria-pressed') === 'true',
             };",
        )
        .await
    }

    /// Waits until it is `live`, `playing` or `paused`.
    ///
    /// # Errors
    /// If that takes too long.
    pub async fn wait_for_playback(&self, mode: &str) -> Result<Playback> {
        until(
            &format!("the playback to be {mode}"),
            PATIENCE,
            async || self.playback().await,
            |playback| playback.mode == mode,
        )
        .await
    }

    /// Presses Play, and says what the playback is right then: what is short may
    /// be over by the next look.
    ///
    /// # Errors
    /// If there is no player.
    pub async fn play(&self) -> Result<String> {
        self.js_with(
            "const button = document.querySelector(arguments[0]);
             button.click();
             return button.closest('[data-expert-chef]').dataset.playback;",
            vec![json!(PLAY)],
        )
        .await
    }

    /// Takes the playhead to that moment, as dragging it there does.
    ///
    /// # Errors
    /// If it does not go there.
    pub async fn seek(&self, to: f64) -> Result<Playback> {
        self.js_with::<()>(
            "const range = document.querySelector(arguments[0]);
             range.value = arguments[1];
             range.dispatchEvent(new Event('input', { bubbles: true }));
             range.dispatchEvent(new Event('change', { bubbles: true }));",
            vec![json!(SEEK), json!(to)],
        )
        .await?;
        let playback = self.playback().await?;
        ensure!(
            playback.mode != "paused" || (playback.at - to).abs() <= 1.0,
            "sought {to}: {playback:?}"
        );
        Ok(playback)
    }

    /// Chooses how many times as fast as it happened it plays.
    ///
    /// # Errors
    /// If there is no such rate.
    pub async fn set_rate(&self, rate: f64) -> Result<()> {
        let chosen: f64 = self
            .js_with(
                "const select = document.querySelector(arguments[0]);
                 const option = [...select.options].find(one => Number(one.value) === arguments[1]);
                 if (!option) return 0;
                 select.value = option.value;
                 select.dispatchEvent(new Event('change', { bubbles: true }));
                 return Number(select.value);",
                vec![json!(RATE), json!(rate)],
            )
            .await?;
        ensure!(
            (chosen - rate).abs() < f64::EPSILON,
            "no rate {rate}: {chosen}"
        );
        Ok(())
    }

    /// The kitchens' pictures as they are: their whole markup. In which order
    /// an element's attributes came about is no part of a picture.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn pictures(&self) -> Result<Vec<String>> {
        self.js("const copy = (element) => {
               const twin = element.cloneNode(true);
               for (const one of [twin, ...twin.querySelectorAll('*')]) {
                 const attributes = [...one.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
                 for (const { name } of attributes) one.removeAttribute(name);
                 for (const { name, value } of attributes) one.setAttribute(name, value);
               }
               return twin.outerHTML;
             };
             const stage = document.querySelector('[data-expert-chef]');
             return [...stage.querySelectorAll('svg.kitchen')].map(copy);")
            .await
    }

    /// Where the playhead was, in milliseconds, each time that it was moved:
    /// pairs of the clock, as the page read it for that, and the playhead. Plays
    /// what is paused. Ends with the recording, or when `enough`, an expression
    /// in which they are `seen`, is true.
    ///
    /// # Errors
    /// If there is no player.
    pub async fn watch_playhead(&self, enough: &str) -> Result<Vec<(f64, f64)>> {
        self.js_async(&format!(
            "const range = document.querySelector({SEEK:?});
             const stage = range.closest('[data-expert-chef]');
             const seen = [];
             let read;
             performance.now = () => (read = Performance.prototype.now.call(performance));
             await new Promise(resolve => {{
               const watch = new MutationObserver(() => {{
                 seen.push([read, range.valueAsNumber]);
                 if (!({enough}) && stage.dataset.playback === 'playing') return;
                 watch.disconnect();
                 resolve();
               }});
               watch.observe(range, {{ attributes: true }});
               watch.observe(stage, {{ attributeFilter: ['data-playback'] }});
               if (stage.dataset.playback === 'paused') document.querySelector({PLAY:?}).click();
             }});
             delete performance.now;
             return seen;"
        ))
        .await
    }
}

/// Two pictures are one: says where they part, as whole pictures would fill
/// the screen.
///
/// # Errors
/// If they are not.
pub fn ensure_same(what: &str, one: &[String], other: &[String]) -> Result<()> {
    ensure!(
        !one.is_empty() && one.len() == other.len(),
        "{what}: {} and {} pictures",
        one.len(),
        other.len()
    );
    for (kitchen, (one, other)) in one.iter().zip(other).enumerate() {
        let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
        let same = same.count();
        let near = |text: &str| -> String {
            text.chars()
                .skip(same.saturating_sub(120))
                .take(240)
                .collect()
        };
        ensure!(
            one == other,
            "{what}: the pictures of kitchen {kitchen} part at character {same}:\n  {}\n  {}",
            near(one),
            near(other)
        );
    }
    Ok(())
}
