//! One style sheet for visitors, several for whoever reads the source: together
//! they are a request, and compress better.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::files::{read_text, short_hash, write};
use crate::html::{Tag, tags};
use crate::seal::path_of;

/// Puts the page's own style sheets into one, in their order, and links that in
/// the place of the first.
///
/// # Errors
/// If one cannot be read.
pub fn joined(html: &str, staging: &Path) -> Result<String> {
    let links: Vec<Tag> = tags(html)
        .into_iter()
        .filter(|tag| tag.name == "link" && tag.has_rel("stylesheet"))
        .collect();
    let Some(first) = links.first() else {
        return Ok(html.to_owned());
    };
    let mut all = String::new();
    for link in &links {
        let name = path_of(link.get("href").unwrap_or_default());
        all.push_str(read_text(&staging.join(name))?.trim_end());
        all.push('\n');
        fs::remove_file(staging.join(name)).with_context(|| format!("cannot remove {name}"))?;
    }
    let name = format!("style-{}.css", short_hash(all.as_bytes()));
    write(&staging.join(&name), all)?;

    let mut page = html.to_owned();
    // From the last to the first: what stands before keeps its place.
    for link in links.iter().rev() {
        let tag = if link.span == first.span {
            format!("<link rel=\"stylesheet\" href=\"./{name}\">")
        } else {
            String::new()
        };
        page.replace_range(link.span.clone(), &tag);
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot read its own files has failed"
    )]

    use super::*;
    use tempfile::TempDir;

    #[test]
    fn style_sheets_become_one_in_their_order() {
        let staging = TempDir::new().unwrap();
        for (name, rule) in [("a-1.css", "a{}"), ("b-2.css", "b{}\n")] {
            fs::write(staging.path().join(name), rule).unwrap();
        }
        let html = "<head><link rel=stylesheet href=./b-2.css><link rel=icon href=./i.svg>\
                    <link rel=stylesheet href=./a-1.css></head>";
        let page = joined(html, staging.path()).unwrap();
        let names: Vec<String> = tags(&page)
            .iter()
            .filter_map(|tag| tag.get("href").map(str::to_owned))
            .collect();
        assert_eq!(names.len(), 2, "{page}");
        assert_eq!(names[1], "./i.svg");
        let style = fs::read_to_string(staging.path().join(path_of(&names[0]))).unwrap();
        assert_eq!(style, "b{}\na{}\n");
        assert!(!staging.path().join("a-1.css").exists());
    }
}
