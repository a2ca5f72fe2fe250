//! One style sheet for visitors, several for whoever reads the source: together
//! they are a request, and compress better.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use lol_html::html_content::ContentType;

use crate::files::{short_hash, write};
use crate::html::rewritten;
use crate::seal::path_of;
use crate::shrink::Shrink;

const SHEET: &str = "link[rel~=stylesheet]";

/// Has the page's own style sheets made into one, in their order, and links that
/// in the place of the first.
///
/// # Errors
/// If one cannot be read.
pub fn bundled(html: &str, staging: &Path, shrink: Shrink) -> Result<String> {
    let mut sheets = Vec::new();
    rewritten(html, SHEET, |link| {
        let url = link.get_attribute("href").unwrap_or_default();
        sheets.push(path_of(&url).to_owned());
        Ok(())
    })?;
    let entry: String = sheets
        .iter()
        .map(|sheet| format!("@import \"./{sheet}\";\n"))
        .collect();
    let Some(bundle) = shrink.styles(&entry, staging)? else {
        return Ok(html.to_owned());
    };
    for sheet in &sheets {
        fs::remove_file(staging.join(sheet)).with_context(|| format!("cannot remove {sheet}"))?;
    }
    let name = format!("style-{}.css", short_hash(bundle.as_bytes()));
    write(&staging.join(&name), bundle)?;

    let all = format!("<link rel=\"stylesheet\" href=\"./{name}\">");
    let mut is_first = true;
    rewritten(html, SHEET, |link| {
        if std::mem::take(&mut is_first) {
            // In its whole: what trunk says of a sheet is not true of all.
            link.replace(&all, ContentType::Html);
        } else {
            link.remove();
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot read its own files has failed"
    )]

    use super::*;
    use crate::html::{Tag, tags};
    use tempfile::TempDir;

    const PAGE: &str = "<head><link integrity=sha384-b rel=stylesheet href=./b-2.css><link rel=icon href=./i.svg>\
                        <link rel=stylesheet href=./a-1.css></head>";

    fn staging() -> TempDir {
        let staging = TempDir::new().unwrap();
        for (name, rule) in [("a-1.css", "a{top:0}"), ("b-2.css", "b{top:0}\n")] {
            fs::write(staging.path().join(name), rule).unwrap();
        }
        staging
    }

    fn loaded(page: &str) -> Vec<String> {
        let tags = tags(page).unwrap();
        let urls = tags.iter().filter_map(Tag::loads);
        urls.map(str::to_owned).collect()
    }

    #[test]
    fn the_page_links_one_style_sheet_where_the_first_was() {
        if Shrink::found() == Shrink::Nothing {
            return;
        }
        let staging = staging();
        let page = bundled(PAGE, staging.path(), Shrink::Esbuild).unwrap();
        let names = loaded(&page);
        assert_eq!(names.len(), 2, "{page}");
        assert!(!page.contains("integrity"), "{page}");
        assert_eq!(names[1], "./i.svg");
        let style = fs::read_to_string(staging.path().join(path_of(&names[0]))).unwrap();
        assert_eq!(style, "b{top:0}a{top:0}\n");
        assert!(!staging.path().join("a-1.css").exists());
    }

    #[test]
    fn without_esbuild_the_page_links_them_all() {
        let staging = staging();
        let page = bundled(PAGE, staging.path(), Shrink::Nothing).unwrap();
        assert_eq!(page, PAGE);
        assert!(staging.path().join("a-1.css").exists());
    }
}
