//! What the build's `_headers` has a host say with each file.

use std::path::Path;

use anyhow::{Context as _, Result};

/// A path with at most one asterisk, and the headers of what it matches.
#[derive(Debug)]
pub struct Rule {
    path: String,
    /// Each with its value.
    pub headers: Vec<(String, String)>,
}

impl Rule {
    /// Whether it is about this path, which begins with a slash.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        match self.path.split_once('*') {
            None => self.path == path,
            Some((before, after)) => {
                path.len() >= before.len() + after.len()
                    && path.starts_with(before)
                    && path.ends_with(after)
            }
        }
    }
}

/// The rules of the build in this folder.
///
/// # Errors
/// If it has none, or they cannot be read.
pub fn rules(folder: &Path) -> Result<Vec<Rule>> {
    let text = std::fs::read_to_string(folder.join("_headers"))?;
    let mut rules: Vec<Rule> = Vec::new();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        match line.strip_prefix("  ") {
            None => rules.push(Rule {
                path: line.into(),
                headers: Vec::new(),
            }),
            Some(header) => {
                let (name, value) = header.split_once(": ").context("a header's value")?;
                let rule = rules.last_mut().context("a header before any path")?;
                rule.headers.push((name.into(), value.into()));
            }
        }
    }
    Ok(rules)
}
