//! The page's tags as the rest of the tool asks about them; the parsing and the
//! rewriting are `lol_html`'s.

use std::fmt;

use anyhow::{Result, anyhow};
use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str, text};

/// One start tag of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Lower-case element name.
    pub name: String,
    /// Attributes in order, names in lower case; a bare attribute is empty.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The start tag of an element that the rewriter has come to.
    pub fn of(element: &Element) -> Self {
        let attributes = element.attributes().iter();
        Self {
            name: element.tag_name(),
            attributes: attributes
                .map(|attribute| (attribute.name(), attribute.value()))
                .collect(),
        }
    }

    /// The attribute's value, if it is there.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether `rel` holds this word.
    fn has_rel(&self, word: &str) -> bool {
        self.get("rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|has| has == word))
    }

    /// What a browser downloads because of this tag.
    pub fn loads(&self) -> Option<&str> {
        const LOADED: [&str; 5] = ["stylesheet", "icon", "modulepreload", "preload", "manifest"];
        match self.name.as_str() {
            "link" if LOADED.iter().any(|rel| self.has_rel(rel)) => self.get("href"),
            "script" | "img" | "source" | "iframe" => self.get("src"),
            _ => None,
        }
    }

    /// The file that it names, whether a visitor's browser loads it or others do:
    /// home screens, and sites that show a preview of the page.
    pub fn names(&self) -> Option<&str> {
        match self.name.as_str() {
            "link" if self.has_rel("apple-touch-icon") => self.get("href"),
            "meta" if self.get("property") == Some("og:image") => self.get("content"),
            _ => self.loads(),
        }
    }

    /// Whether it is a script or a style of its own, with no file.
    pub fn is_inline(&self) -> bool {
        let is_script = self.name == "script"
            && self.get("src").is_none()
            && self.get("type") != Some("application/ld+json");
        let is_handler = |(key, _): &(String, String)| key.starts_with("on");
        is_script
            || self.name == "style"
            || self.get("style").is_some()
            || self.attributes.iter().any(is_handler)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.name)?;
        for (key, value) in &self.attributes {
            write!(f, " {key}=\"{value}\"")?;
        }
        f.write_str(">")
    }
}

/// All start tags of `html`, in order.
///
/// # Errors
/// If it is no HTML that every browser reads alike.
pub fn tags(html: &str) -> Result<Vec<Tag>> {
    let mut tags = Vec::new();
    rewritten(html, "*", |element| {
        tags.push(Tag::of(element));
        Ok(())
    })?;
    Ok(tags)
}

/// The document after `change` had each element that the CSS selector finds.
///
/// # Errors
/// `change`'s, or if it is no HTML that every browser reads alike.
pub fn rewritten(
    html: &str,
    selector: &str,
    mut change: impl FnMut(&mut Element) -> Result<()>,
) -> Result<String> {
    let change = element!(selector, |element| Ok(change(element)?));
    rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(change),
    )
    .map_err(|error| anyhow!("cannot read the page: {error}"))
}

/// The text of the elements that the CSS selector finds, as it is written.
///
/// # Errors
/// If it is no HTML that every browser reads alike.
pub fn text_of(html: &str, selector: &str) -> Result<String> {
    let mut text = String::new();
    let collect = text!(selector, |chunk| {
        text.push_str(chunk.as_str());
        Ok(())
    });
    rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(collect),
    )
    .map_err(|error| anyhow!("cannot read the page: {error}"))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn quotes_are_optional_and_attributes_may_be_bare() {
        let html = "<p><link rel=icon href=./a.svg crossorigin><SCRIPT type='module' src=\"./b.js\"></script>";
        let tags = tags(html).unwrap();
        assert_eq!(tags.len(), 3);
        assert_eq!(tags[1].loads(), Some("./a.svg"));
        assert_eq!(tags[1].get("crossorigin"), Some(""));
        assert_eq!(tags[2].loads(), Some("./b.js"));
        assert_eq!(
            tags[2].to_string(),
            "<script type=\"module\" src=\"./b.js\">"
        );
    }

    #[test]
    fn comments_and_script_text_hold_no_tags() {
        let html = "<!-- <img src=a> --><script>if (1<b) '<img src=x>'</script><img src=c>";
        let tags = tags(html).unwrap();
        let names: Vec<_> = tags.iter().filter_map(Tag::loads).collect();
        assert_eq!(names, ["c"]);
    }

    #[test]
    fn a_complaint_comes_out_as_it_was_made() {
        let error = rewritten("<p>", "p", |_| Err(anyhow!("no paragraphs"))).unwrap_err();
        assert!(error.to_string().contains("no paragraphs"), "{error}");
    }
}
