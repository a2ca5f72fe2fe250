//! What axe-core finds: the rules of WCAG 2.2, levels A and AA, that a program
//! can check.

use std::fmt;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::json;

use crate::browser::Browser;

/// The tags of the rules that must hold.
const MUST: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// The tag of rules that are no part of WCAG.
const SHOULD: &str = "best-practice";

/// A rule that does not hold, and where.
#[derive(Clone, Debug, Deserialize)]
pub struct Violation {
    /// The rule's name.
    pub id: String,
    /// What it says.
    pub help: String,
    tags: Vec<String>,
    nodes: Vec<Node>,
}

/// An element for which a rule does not hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    /// Selectors, one within the other's frame or shadow tree.
    target: Vec<serde_json::Value>,
    failure_summary: Option<String>,
}

impl Violation {
    /// Whether WCAG asks for it; the others are good advice.
    #[must_use]
    pub fn is_of_wcag(&self) -> bool {
        self.tags.iter().any(|tag| MUST.contains(&tag.as_str()))
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.help)?;
        for node in &self.nodes {
            for target in &node.target {
                write!(f, "\n  at {target}")?;
            }
            for line in node.failure_summary.iter().flat_map(|text| text.lines()) {
                write!(f, "\n    {}", line.trim())?;
            }
        }
        Ok(())
    }
}

impl Browser {
    /// Has axe-core look at the page as it is now.
    ///
    /// # Errors
    /// If axe-core is not there or cannot look.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        let has_axe: bool = self.js("return typeof axe === 'object';").await?;
        if !has_axe {
            let file = std::env::var_os("AXE_JS").map(PathBuf::from);
            let file = file.context("AXE_JS must name axe.min.js: `make test-e2e` sees to it")?;
            let source = std::fs::read_to_string(&file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            // The driver's scripts are not the page's: its policy, which would
            // let in no such script, stays as it is.
            self.js::<()>(&source).await?;
        }
        let tags: Vec<&str> = MUST.iter().copied().chain([SHOULD]).collect();
        let options = json!({
            "runOnly": { "type": "tag", "values": tags },
            "resultTypes": ["violations"],
        });
        self.js_async(&format!(
            "return (await axe.run(document, {options})).violations;"
        ))
        .await
    }
}
