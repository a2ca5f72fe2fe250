//! The picture of one kitchen: chef, counter, stove and pass.

use crate::kitchen::Scene;
use crate::markup::{Element, svg};

/// Draws the scene; `names` are the scenario's task names.
#[must_use]
pub fn kitchen(scene: &Scene, names: &[&str]) -> Element {
    let _ = (scene, names);
    svg("svg")
}
