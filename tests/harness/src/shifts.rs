//! Layout shifts: how much of a page moved without being asked to, and what.

use anyhow::Result;
use serde::Deserialize;

use crate::browser::{Browser, Options};

/// Records them; to be injected where they are asked for.
pub const SHIFTS: &str = include_str!("shifts.js");

/// A browser of that size that records them.
#[must_use]
pub fn recorded(size: (u32, u32)) -> Options {
    Options {
        size,
        inject: vec![SHIFTS.into()],
        ..Options::default()
    }
}

/// A layout shift, as the Layout Instability API tells it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shift {
    /// Its score: the share of the screen that moved, times how far.
    pub value: f64,
    /// Whether it came right after the reader's own input, which Cumulative
    /// Layout Shift lets pass.
    pub had_recent_input: bool,
    /// What moved; empty if it is no longer there.
    pub sources: Vec<Source>,
}

/// An element or a text that moved.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// Its beginning, and from where to where.
    pub what: String,
    /// Whether it lies on the lanes' axis, which may grow with what is measured.
    pub is_on_axis: bool,
    /// Whether it comes after the page's first embed, if it has one.
    pub comes_after: bool,
}

impl Shift {
    /// The scores' sum.
    #[must_use]
    pub fn sum<'a>(shifts: impl IntoIterator<Item = &'a Self>) -> f64 {
        shifts.into_iter().fold(0.0, |sum, shift| sum + shift.value)
    }
}

impl Browser {
    /// Every layout shift so far, where [`SHIFTS`] is injected and the browser
    /// tells them.
    ///
    /// # Errors
    /// If nothing records them.
    pub async fn shifts(&self) -> Result<Vec<Shift>> {
        // Told with the frame after the one that moved something.
        self.js_async(
            "const frame = () => new Promise(requestAnimationFrame);
             await frame(); await frame();
             return harnessShifts;",
        )
        .await
    }
}
