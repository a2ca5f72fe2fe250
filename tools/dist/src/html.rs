//! Just enough HTML to find the tags that load something.
//!
//! The input is our own page after trunk's minifier, which drops optional
//! quotes and reorders attributes; a full parser would be the largest
//! dependency of the workspace for the sake of a handful of tags.

use std::ops::Range;

/// One start tag of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Lower-case element name.
    pub name: String,
    /// Attributes in order, names in lower case; a bare attribute is empty.
    pub attributes: Vec<(String, String)>,
    /// Where the tag stands in the document, from `<` to after `>`.
    pub span: Range<usize>,
}

impl Tag {
    /// The attribute's value, if it is there.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether `rel` holds this word.
    pub fn has_rel(&self, word: &str) -> bool {
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
}

/// All start tags of `html`, in order. Comments, and what stands inside
/// `<script>` and `<style>`, are passed over.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = parse(html, start);
            at = tag.span.end;
            if matches!(tag.name.as_str(), "script" | "style") {
                let close = format!("</{}", tag.name);
                at = html[at..].find(&close).map_or(html.len(), |end| at + end);
            }
            tags.push(tag);
        } else {
            at = start + 1;
        }
    }
    tags
}

/// Parses the tag whose `<` stands at `start`.
fn parse(html: &str, start: usize) -> Tag {
    let mut rest = &html[start + 1..];
    let name = take(&mut rest, |c| {
        !c.is_ascii_whitespace() && c != '>' && c != '/'
    })
    .to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        take(&mut rest, |c| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        let key = take(&mut rest, |c| {
            !c.is_ascii_whitespace() && !matches!(c, '=' | '>' | '/')
        });
        take(&mut rest, |c| c.is_ascii_whitespace());
        let value = match rest.strip_prefix('=') {
            None => "",
            Some(after) => {
                rest = after.trim_ascii_start();
                match rest.chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        rest = &rest[1..];
                        let value = take(&mut rest, |c| c != quote);
                        rest = rest.get(1..).unwrap_or_default();
                        value
                    }
                    _ => take(&mut rest, |c| !c.is_ascii_whitespace() && c != '>'),
                }
            }
        };
        attributes.push((key.to_ascii_lowercase(), value.to_owned()));
    }
    let end = (html.len() - rest.len() + 1).min(html.len());
    Tag {
        name,
        attributes,
        span: start..end,
    }
}

/// Cuts the leading characters that satisfy `wanted` off `rest`.
fn take<'a>(rest: &mut &'a str, wanted: impl Fn(char) -> bool) -> &'a str {
    let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
    let (taken, left) = rest.split_at(end);
    *rest = left;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_optional_and_attributes_may_be_bare() {
        let html = "<p><link rel=icon href=./a.svg crossorigin><SCRIPT type='module' src=\"./b.js\"></script>";
        let tags = tags(html);
        assert_eq!(tags.len(), 3);
        assert_eq!(tags[1].loads(), Some("./a.svg"));
        assert_eq!(tags[1].get("crossorigin"), Some(""));
        assert_eq!(tags[2].loads(), Some("./b.js"));
        assert!(html[tags[2].span.clone()].ends_with("b.js\">"));
    }

    #[test]
    fn comments_and_script_text_hold_no_tags() {
        let html = "<!-- <img src=a> --><script>if (1<b) '<img src=x>'</script><img src=c>";
        let names: Vec<_> = tags(html)
            .into_iter()
            .filter_map(|tag| tag.loads().map(str::to_owned))
            .collect();
        assert_eq!(names, ["c"]);
    }

    #[test]
    fn a_document_cut_short_still_ends() {
        for html in [
            "<",
            "<link",
            "<link href",
            "<link href=",
            "<link href='x",
            "<!--",
            "<script",
        ] {
            tags(html);
        }
    }
}
