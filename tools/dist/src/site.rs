//! What a page says of itself to those who link to it. Link previews and oEmbed
//! want absolute URLs, and a static build cannot know where it will be served:
//! whoever builds says so with `SITE_URL`. Without it a preview's picture stays
//! relative, which some crawlers resolve, and there is no oEmbed.

use anyhow::{Context as _, Result, ensure};
use expert_chef_core::panel;
use expert_chef_core::part::Parts;
use lol_html::html_content::ContentType;
use serde_json::{Value, json};

use crate::html::{rewritten, tags, text_of};
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

/// The addresses of the page and of its sections' own.
#[must_use]
pub fn sitemap(site: &str, pages: &[String]) -> String {
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in std::iter::once("").chain(pages.iter().map(String::as_str)) {
        map += &format!("<url><loc>{site}{page}</loc></url>\n");
    }
    map + "</urlset>\n"
}

/// How wide most columns of text are, or less: a frame of that width has what it
/// needs. In pixels.
const WIDTH: u32 = 700;

/// The description: how to frame the page, for sites that ask it. A static file
/// cannot know which stage a link was to, so it is always the usual one. What
/// it is called and how it looks, the page says in its head.
///
/// # Errors
/// If the page does not say it.
pub fn oembed(html: &str, site: &str) -> Result<Value> {
    let tags = tags(html)?;
    let meta = |property: &str| {
        let named = tags
            .iter()
            .find(|tag| tag.get("property") == Some(property));
        let content = named.and_then(|tag| tag.get("content"));
        content.with_context(|| format!("index.html has no {property}"))
    };
    let pixels = |property: &str| {
        let pixels = meta(property)?.parse::<u32>();
        pixels.with_context(|| format!("index.html's {property} is no number"))
    };
    let title = text_of(html, "title")?;
    ensure!(
        !title.contains(['&', '"']),
        "index.html's title must mean the same in HTML and out of it, and is {title}"
    );
    let height = tens(panel::height(WIDTH.into(), 2, Parts::EMBEDDED));
    Ok(json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": meta("og:site_name")?,
        "provider_url": site,
        "html": format!(
            "<iframe src=\"{site}?embed=1\" title=\"{title}\" width=\"{WIDTH}\" \
             height=\"{height}\" loading=\"lazy\" frameborder=\"0\"></iframe>"
        ),
        "width": WIDTH,
        "height": height,
        "thumbnail_url": format!("{site}{}", path_of(meta("og:image")?)),
        "thumbnail_width": pixels("og:image:width")?,
        "thumbnail_height": pixels("og:image:height")?,
    }))
}

/// Rounded up, to what people would write.
fn tens(pixels: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a panel's height fits, and is more than nothing"
    )]
    let tens = (pixels / 10.0).ceil() as u32;
    tens * 10
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
    fn the_description_frames_the_embedded_page_and_calls_it_as_the_page_does() {
        let page = "<title>Two chefs, a pot</title>\
                    <meta content=Chef property=og:site_name>\
                    <meta content=./preview.png property=og:image>\
                    <meta content=1200 property=og:image:width>\
                    <meta content=630 property=og:image:height>";
        let said = oembed(page, "https://example.org/").unwrap();
        assert_eq!(said["type"], "rich");
        assert_eq!(said["title"], "Two chefs, a pot");
        assert_eq!(said["provider_name"], "Chef");
        assert_eq!(said["thumbnail_url"], "https://example.org/preview.png");
        assert_eq!(said["thumbnail_width"], 1200);
        let html = said["html"].as_str().unwrap();
        assert!(html.starts_with("<iframe src=\"https://example.org/?embed=1\""));
        assert!(html.ends_with("></iframe>"));
        for side in ["width", "height"] {
            assert!(
                html.contains(&format!("{side}=\"{}\"", said[side])),
                "{html}"
            );
        }
        // As the README says.
        assert_eq!(said["height"], 620);
    }

    #[test]
    fn a_page_that_does_not_say_what_it_is_cannot_be_described() {
        let error = oembed("<title>T</title>", "https://example.org/").unwrap_err();
        assert!(error.to_string().contains("og:"), "{error}");
    }
}
