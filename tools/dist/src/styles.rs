//! One style sheet for visitors, several for whoever reads the source: together
//! they are a request, and compress better.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use lol_html::html_content::ContentType;

use crate::declarations;
use crate::files::{read_text, short_hash, write};
use crate::html::rewritten;
use crate::properties::Names;
use crate::seal::path_of;
use crate::shrink::Shrink;
use crate::told;

const SHEET: &str = "link[rel~=stylesheet]";

/// Has the page's own style sheets filled in and made into one, in their order,
/// and links that in the place of the first. Where nothing can make them one
/// they stay several.
///
/// # Errors
/// If one cannot be read, or does not go with the program.
pub fn bundled(html: &str, staging: &Path, shrink: Shrink) -> Result<(String, Names)> {
    let mut sheets = Vec::new();
    rewritten(html, SHEET, |link| {
        let url = link.get_attribute("href").unwrap_or_default();
        sheets.push(path_of(&url).to_owned());
        Ok(())
    })?;
    let texts = sheets.iter().map(|sheet| read_text(&staging.join(sheet)));
    let mut texts = texts.collect::<Result<Vec<String>>>()?;
    told::styles(&mut texts)?;

    let mut entry = String::new();
    for (sheet, text) in sheets.iter().zip(&texts) {
        write(&staging.join(sheet), text)?;
        entry += &format!("@import \"./{sheet}\";\n");
    }
    let mut names = Names::default();
    if let Some(bundle) = shrink.styles(&entry, staging)? {
        names = Names::of(&bundle);
        texts = vec![declarations::ordered(&names.shortened(&bundle))];
    }
    for sheet in &sheets {
        fs::remove_file(staging.join(sheet)).with_context(|| format!("cannot remove {sheet}"))?;
    }
    let mut links = String::new();
    for text in texts {
        let name = format!("style-{}.css", short_hash(text.as_bytes()));
        links += &format!("<link rel=\"stylesheet\" href=\"./{name}\">");
        write(&staging.join(name), text)?;
    }

    let mut is_first = true;
    let html = rewritten(html, SHEET, |link| {
        if std::mem::take(&mut is_first) {
            // In its whole: what trunk says of a sheet is not true of these.
            link.replace(&links, ContentType::Html);
        } else {
            link.remove();
        }
        Ok(())
    })?;
    Ok((html, names))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot read its own files has failed"
    )]

    use super::*;
    use crate::html::{Tag, tags};
    use crate::told::tests::every_size;
    use tempfile::TempDir;

    const PAGE: &str = "<head><link integrity=sha384-b rel=stylesheet href=./b-2.css><link rel=icon href=./i.svg>\
                        <link rel=stylesheet href=./a-1.css></head>";

    fn staging() -> TempDir {
        let staging = TempDir::new().unwrap();
        for (name, text) in [("a-1.css", "a{top:0}".into()), ("b-2.css", every_size())] {
            fs::write(staging.path().join(name), text).unwrap();
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
        let (page, _) = bundled(PAGE, staging.path(), Shrink::Esbuild).unwrap();
        let names = loaded(&page);
        assert_eq!(names.len(), 2, "{page}");
        assert!(!page.contains("integrity"), "{page}");
        assert_eq!(names[1], "./i.svg");
        let style = fs::read_to_string(staging.path().join(path_of(&names[0]))).unwrap();
        assert!(style.ends_with("}a{top:0}\n"), "{style}");
        assert!(!style.contains("env("), "{style}");
        assert!(!staging.path().join("a-1.css").exists());
    }

    #[test]
    fn without_esbuild_the_page_links_them_all_each_filled_in() {
        let staging = staging();
        let (page, _) = bundled(PAGE, staging.path(), Shrink::Nothing).unwrap();
        let names = loaded(&page);
        assert_eq!(names.len(), 3, "{page}");
        let read = |name: &str| fs::read_to_string(staging.path().join(path_of(name))).unwrap();
        assert!(!read(&names[0]).contains("env("));
        assert_eq!(read(&names[1]), "a{top:0}");
        assert!(!page.contains("integrity"), "{page}");
        assert!(!staging.path().join("a-1.css").exists());
    }
}
