//! The script of the worker in which a reader's JavaScript runs: its pieces
//! (`www/run/javascript`) in one block, since a module sees what a script declares
//! outside of one. No part of a visit: the page for a reader's own program fetches it
//! when somebody writes in that language.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use lol_html::html_content::ContentType;

use crate::files::{list, read_text, short_hash, write};
use crate::html::{rewritten, tags};
use crate::shrink::{Kind, Shrink};

/// What its name begins with.
pub const PREFIX: &str = "javascript-";
/// Where the pieces are, and which use what those before them declare.
const FOLDER: &str = "run/javascript";
const PIECES: [&str; 12] = [
    "taken", "wire", "inspect", "stacks", "loop", "calls", "fetch", "timers", "workers", "console",
    "doors", "start",
];

/// Writes the worker's script.
///
/// # Errors
/// If a piece is missing.
pub fn write_worker(staging: &Path, source: &Path, shrink: Shrink) -> Result<()> {
    let script = shrink.script(&whole(source)?, Kind::Worker)?;
    let name = format!("{PREFIX}{}.js", short_hash(script.as_bytes()));
    write(&staging.join(name), script)
}

fn whole(source: &Path) -> Result<String> {
    let mut script = String::from("\"use strict\";\n{\n");
    for piece in PIECES {
        let text = read_text(&source.join(FOLDER).join(format!("{piece}.js")));
        writeln!(script, "{}", text?)?;
    }
    script += "}\n";
    Ok(script)
}

/// Has the page for a reader's own program say where it is.
///
/// # Errors
/// If the page or the build cannot be read.
pub fn named(html: &str, staging: &Path) -> Result<String> {
    let is_answer = |tag: &crate::html::Tag| tag.get("data-answer").is_some();
    if !tags(html)?.iter().any(is_answer) {
        return Ok(html.to_owned());
    }
    let mut names = list(staging)?.into_iter();
    let file = names.find(|name| name.starts_with(PREFIX));
    let file = file.context("the build has no worker for JavaScript")?;
    let named = format!("<meta name=\"javascript\" content=\"./{file}\">");
    rewritten(html, "title", |title| {
        title.after(&named, ContentType::Html);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::files::read_text;
    use tempfile::TempDir;

    /// The page's own.
    fn www() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www")
    }

    #[test]
    fn every_piece_is_in_it_and_nothing_outside_of_its_block() {
        let mut pieces: Vec<String> = list(&www().join(FOLDER)).unwrap();
        pieces.sort();
        let mut known = PIECES.map(|piece| format!("{piece}.js")).to_vec();
        known.sort();
        assert_eq!(pieces, known);
        let script = whole(&www()).unwrap();
        assert!(script.starts_with("\"use strict\";\n{\n") && script.ends_with("\n}\n"));
    }

    #[test]
    fn the_page_for_answers_alone_names_it() {
        let staging = TempDir::new().unwrap();
        write_worker(staging.path(), &www(), Shrink::Nothing).unwrap();
        let [file] = &list(staging.path()).unwrap()[..] else {
            unreachable!("one file");
        };
        let script = read_text(&staging.path().join(file)).unwrap();
        assert!(script.contains("inWorker"));
        let page = named("<title>t</title><p data-answer>", staging.path()).unwrap();
        let meta = format!("<meta name=\"javascript\" content=\"./{file}\">");
        assert!(page.contains(&meta), "{page}");
        let other = "<title>t</title><p>";
        assert_eq!(named(other, staging.path()).unwrap(), other);
    }
}
