//! What `_headers` has hosts say of the policy. It is no longer said of every file:
//! the runner has another, and hosts add up what several rules say of one. So there
//! is a rule for each page and each script that workers are started from, and the
//! pages of sections are only known here. `seal` calls it.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::files::{read_text, write};
use crate::runner;

const HEADERS: &str = "_headers";
const POLICY: &str = "  Content-Security-Policy: ";
/// Where the rules of the sections' pages go, and the runner's policy.
const UNSEALED_PAGES: &str = "# UNSEALED.pages\n";
const UNSEALED_RUNNER: &str = "UNSEALED.runner";

/// Fills in what the build has.
///
/// # Errors
/// If a place for it is missing.
pub fn fill(staging: &Path, pages: &[String]) -> Result<()> {
    let path = staging.join(HEADERS);
    let text = read_text(&path)?;
    let policy = text.lines().find(|line| line.starts_with(POLICY));
    let policy = policy.context("_headers has no policy for the page")?;
    let mut rules = String::new();
    for page in pages {
        // Hosts that take the ending off a page's name.
        let short = page.strip_suffix(".html").unwrap_or(page);
        for name in [page, short] {
            rules += &format!("/{name}\n{policy}\n");
        }
    }
    let text = once(&text, UNSEALED_PAGES, &rules)?;
    let runner = runner::page(staging)?.context("the build has no runner")?;
    let runner = runner::policy(&read_text(&staging.join(runner))?)?;
    write(&path, once(&text, UNSEALED_RUNNER, &runner)?)
}

fn once(text: &str, from: &str, to: &str) -> Result<String> {
    let count = text.matches(from).count();
    ensure!(
        count == 1,
        "_headers must hold {} exactly once, to be filled in by the build, and has it {count} times",
        from.trim_end()
    );
    Ok(text.replace(from, to))
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::shrink::Shrink;
    use std::fs;
    use tempfile::TempDir;

    /// As `www/_headers` is.
    pub const TEMPLATE: &str = "/\n  Content-Security-Policy: default-src 'self'\n\
        # UNSEALED.pages\n/runner-*\n  Content-Security-Policy: UNSEALED.runner\n";

    fn filled(template: &str) -> Result<String> {
        let (staging, source) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        runner::tests::add_to(source.path(), runner::tests::HTML, "1");
        runner::write_page(staging.path(), source.path(), Shrink::Nothing).unwrap();
        fs::write(staging.path().join(HEADERS), template).unwrap();
        fill(staging.path(), &["gil.html".into()])?;
        read_text(&staging.path().join(HEADERS))
    }

    #[test]
    fn a_page_has_the_pages_policy_by_both_its_names_and_the_runner_its_own() {
        let hash = "a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=";
        assert_eq!(
            filled(TEMPLATE).unwrap(),
            format!(
                "/\n  Content-Security-Policy: default-src 'self'\n\
                 /gil.html\n  Content-Security-Policy: default-src 'self'\n\
                 /gil\n  Content-Security-Policy: default-src 'self'\n\
                 /runner-*\n  Content-Security-Policy: default-src 'none'; script-src 'sha256-{hash}' blob:\n"
            )
        );
    }

    #[test]
    fn headers_without_their_places_are_an_error() {
        for place in [POLICY, UNSEALED_PAGES, UNSEALED_RUNNER] {
            assert!(filled(&TEMPLATE.replace(place, "")).is_err(), "{place}");
        }
    }
}
