//! What a page says of itself to those who link to it. Link previews and oEmbed
//! want absolute URLs, and a static build cannot know where it will be served:
//! whoever builds says so with `SITE_URL`. Without it a preview's picture stays
//! relative, which some crawlers resolve, and there is no oEmbed.

use anyhow::{Result, ensure};
use lol_html::html_content::ContentType;
use serde_json::{Value, json};

use crate::html::rewritten;
use crate::seal::path_of;

/// The page's own description of itself in a frame.
pub const OEMBED: &str = "oembed.json";

/// The folder's URL as `SITE_URL` has it, with the slash at its end.
///
/// # Errors
/// If it is not a URL of the web, or would not fit into an attribute as it is.
pub fn url(given: &str) -> Result<String> {
    let host = given
        .strip_prefix("https://")
        .or_else(|| given.strip_prefix("http://"));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]%".contains(c);
    ensure!(
        host.is_some_and(|host| !host.is_empty() && host.chars().all(is_plain)),
        "SITE_URL must be where the page will be, like https://example.org/chef/, and is {given}"
    );
    Ok(format!("{}/", given.trim_end_matches('/')))
}

/// The page with absolute URLs where others read them, and a link to its oEmbed
/// description in its head.
///
/// # Errors
/// If the page cannot be read.
pub fn announce(html: &str, site: &str) -> Result<String> {
    let html = rewritten(html, "meta[property='og:image']", |meta| {
        let relative = meta.get_attribute("content").unwrap_or_default();
        let absolute = format!("{site}{}", path_of(&relative));
        Ok(meta.set_attribute("content", &absolute)?)
    })?;
    let link = format!(
        "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{site}{OEMBED}\">"
    );
    rewritten(&html, "title", |title| {
        title.before(&link, ContentType::Html);
        Ok(())
    })
}

/// The description: how to frame the page, for sites that ask it. A static file
/// cannot know which stage a link was to, so it is always the usual one.
pub fn oembed(site: &str) -> Value {
    let title = "Expert Chef: how would you run two slow calls in parallel?";
    let (width, height) = (700, 760);
    json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Expert Chef",
        "provider_url": site,
        "html": format!(
            "<iframe src=\"{site}?embed=1\" title=\"{title}\" width=\"{width}\" \
             height=\"{height}\" loading=\"lazy\" frameborder=\"0\"></iframe>"
        ),
        "width": width,
        "height": height,
        "thumbnail_url": format!("{site}preview.png"),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn a_site_is_named_by_a_plain_url_of_the_web() {
        for (given, url_of_it) in [
            ("https://example.org", "https://example.org/"),
            ("https://example.org/chef/", "https://example.org/chef/"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
        ] {
            assert_eq!(url(given).unwrap(), url_of_it);
        }
        for bad in [
            "",
            "example.org",
            "https://",
            "javascript:alert(1)",
            "https://a b/",
            "https://a/?b",
            "https://a/\"><script>",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_picture_gets_an_absolute_url_and_the_page_a_description() {
        // As trunk's minifier leaves them.
        let html = "<head><title>T</title><meta content=./preview.png property=og:image>\
                    <link href=./icon.svg rel=icon></head>";
        assert_eq!(
            announce(html, "https://example.org/chef/").unwrap(),
            "<head><link rel=\"alternate\" type=\"application/json+oembed\" \
             href=\"https://example.org/chef/oembed.json\"><title>T</title>\
             <meta content=\"https://example.org/chef/preview.png\" property=og:image>\
             <link href=./icon.svg rel=icon></head>"
        );
    }

    #[test]
    fn the_description_frames_the_embedded_page() {
        let said = oembed("https://example.org/");
        assert_eq!(said["type"], "rich");
        let html = said["html"].as_str().unwrap();
        assert!(html.starts_with("<iframe src=\"https://example.org/?embed=1\""));
        assert!(html.ends_with("></iframe>"));
        for side in ["width", "height"] {
            assert!(
                html.contains(&format!("{side}=\"{}\"", said[side])),
                "{html}"
            );
        }
    }
}
