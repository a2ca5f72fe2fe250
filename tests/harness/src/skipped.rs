//! The tests that only Chromium can be given, and why: `docs/firefox.md` lists
//! them, and nothing else does.

use std::io::Write as _;

use anyhow::{Context as _, Result};

use crate::browser::Engine;

const LIST: &str = include_str!("../../../docs/firefox.md");

/// Ends a test that is for Chromium alone, unless that is what it runs in, and
/// says so; the first line of a test that returns a `Result`.
#[macro_export]
macro_rules! chromium_only {
    () => {{
        fn here() {}
        if $crate::skipped::is_skipped(std::any::type_name_of_val(&here))? {
            return Ok(());
        }
    }};
}

/// Whether the test that this function stands in is to be skipped; says so.
///
/// # Errors
/// If it is not listed, or an unknown browser was asked for.
pub fn is_skipped(function: &str) -> Result<bool> {
    let test = test_of(function);
    let listed = listed().find(|(listed, _)| *listed == test);
    let (_, why) = listed.with_context(|| format!("docs/firefox.md does not list {test}"))?;
    if Engine::asked_for()? == Engine::Chromium {
        return Ok(false);
    }
    // Not by a macro: those are kept back unless the test fails.
    writeln!(std::io::stderr(), "skipped in Firefox: {test}: {why}")?;
    Ok(true)
}

/// `e2e::hosting::a_test::{{closure}}::here` stands in `hosting::a_test`.
fn test_of(function: &str) -> String {
    let path = function.split("::").skip(1).take(2);
    path.collect::<Vec<_>>().join("::")
}

/// Every test on the list, with its reason.
fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter_map(|line| {
        let (test, why) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((test, why.strip_suffix(" |")?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_of_tests_that_there_are_and_that_ask_it() -> Result<()> {
        let mut asked = 0;
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e"))? {
            let path = entry?.path();
            let text = std::fs::read_to_string(&path)?;
            asked += text.matches("chromium_only!();").count();
        }
        for (test, _) in listed() {
            let (file, name) = test.split_once("::").context("no name of a test")?;
            let file = format!("{}/tests/e2e/{file}.rs", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&file).context(file)?;
            let function = text.split_once(&format!("fn {name}(")).context(test)?.1;
            let body = function.split_once("{\n").context(test)?.1.trim_start();
            let asks = body.starts_with("chromium_only!();");
            anyhow::ensure!(asks, "{test} is listed, and is not skipped");
        }
        assert_eq!(asked, listed().count());
        Ok(())
    }

    #[test]
    fn a_test_is_known_by_what_stands_in_it() {
        let function = "e2e::hosting::it_works::{{closure}}::here";
        assert_eq!(test_of(function), "hosting::it_works");
    }
}
