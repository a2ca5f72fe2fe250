//! The frame in which a reader's program runs, as the build has it: its script
//! inlined, that script's hash in its policy, and all of it in a frame of another
//! page. For no browser asks a service worker about the navigation of a sandboxed
//! frame, so the frame itself would not be there offline. The page around it is the
//! worker's to keep, has no script, and hands its policy down to the frame, whose
//! document is in it.
//!
//! `main` has it made before the build is sealed.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use lol_html::html_content::ContentType;
use sha2::{Digest as _, Sha256};

use crate::files::{list, read_text, short_hash, write};
use crate::html::{rewritten, tags};
use crate::shrink::{Kind, Shrink};

/// What its name begins with.
pub const PREFIX: &str = "runner-";
/// What `www/run/runner.html` has where the hash of its script goes.
const UNSEALED_HASH: &str = "'sha256-…'";
const POLICY: &str = "Content-Security-Policy";

/// Writes the runner's page.
///
/// # Errors
/// If its sources do not go together.
pub fn write_page(staging: &Path, source: &Path, shrink: Shrink) -> Result<()> {
    let script = read_text(&source.join("run/frame.js"))?;
    let script = shrink.script(&script, Kind::Worker)?;
    let frame = sealed(&read_text(&source.join("run/runner.html"))?, &script)?;
    let page = around(&frame)?;
    let name = format!("{PREFIX}{}.html", short_hash(page.as_bytes()));
    write(&staging.join(name), page)
}

/// The runner's page in the build, if there is one.
///
/// # Errors
/// If the folder cannot be read.
pub fn page(staging: &Path) -> Result<Option<String>> {
    let mut names = list(staging)?.into_iter();
    Ok(names.find(|name| name.starts_with(PREFIX) && name.ends_with(".html")))
}

/// What a page's own tag says that it may do.
///
/// # Errors
/// If it says nothing.
pub fn policy(html: &str) -> Result<String> {
    let tags = tags(html)?;
    let tag = tags.iter().find(|tag| {
        let says = tag.get("http-equiv");
        tag.name == "meta" && says.is_some_and(|says| says.eq_ignore_ascii_case(POLICY))
    });
    let policy = tag.and_then(|tag| tag.get("content"));
    Ok(policy
        .context("a page has no policy of its own")?
        .to_owned())
}

/// The frame's document with its script in it, which its policy knows.
fn sealed(html: &str, script: &str) -> Result<String> {
    ensure!(
        !script.contains("</script") && !script.contains("<!--"),
        "frame.js says what would end it where it stands in the page"
    );
    let hash = base64(&Sha256::digest(script));
    let mut places = [0, 0];
    let html = rewritten(html, "meta[http-equiv]", |meta| {
        let policy = meta.get_attribute("content").unwrap_or_default();
        places[0] += policy.matches(UNSEALED_HASH).count();
        let policy = policy.replace(UNSEALED_HASH, &format!("'sha256-{hash}'"));
        Ok(meta.set_attribute("content", &policy)?)
    })?;
    let html = rewritten(&html, "script", |tag| {
        places[1] += 1;
        tag.set_inner_content(script, ContentType::Html);
        Ok(())
    })?;
    ensure!(
        places == [1, 1],
        "runner.html must hold {UNSEALED_HASH} in its policy and one script, each exactly once, and has {places:?}"
    );
    Ok(html)
}

/// A page with nothing in it but that document's frame.
fn around(frame: &str) -> Result<String> {
    let policy = escaped(&policy(frame)?);
    let frame = escaped(frame);
    Ok(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta http-equiv=\"{POLICY}\" content=\"{policy}\"><title>Runner</title>\
         <iframe sandbox=\"allow-scripts\" title=\"Runner\" srcdoc=\"{frame}\"></iframe>\n"
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}

/// As policies write hashes.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[bits >> (18 - 6 * place) & 63];
            let _ = text.write_char(if place > three.len() {
                '='
            } else {
                digit.into()
            });
        }
    }
    text
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::html::Tag;
    use std::fs;
    use tempfile::TempDir;

    pub const HTML: &str = "<!doctype html><meta http-equiv=\"Content-Security-Policy\" \
        content=\"default-src 'none'; script-src 'sha256-…' blob:\"><script>/* frame.js */</script>";

    /// A folder with the runner's sources in it.
    pub fn add_to(source: &Path, html: &str, script: &str) {
        fs::create_dir_all(source.join("run")).unwrap();
        fs::write(source.join("run/runner.html"), html).unwrap();
        fs::write(source.join("run/frame.js"), script).unwrap();
    }

    fn built(html: &str, script: &str) -> Result<String> {
        let (staging, source) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        add_to(source.path(), html, script);
        write_page(staging.path(), source.path(), Shrink::Nothing)?;
        read_text(&staging.path().join(page(staging.path())?.unwrap()))
    }

    #[test]
    fn hashes_are_written_as_policies_have_them() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("~~?", "fn4/"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn the_frame_is_sandboxed_and_its_policy_knows_its_script_alone() {
        let script = "if (1 < 2 && \"a\") go('&amp;');\n";
        let page = built(HTML, script).unwrap();
        let all = tags(&page).unwrap();
        let frames: Vec<&Tag> = all.iter().filter(|tag| tag.name == "iframe").collect();
        assert_eq!(frames.len(), 1);
        assert_eq!(frames[0].get("sandbox"), Some("allow-scripts"));
        assert!(!all.iter().any(|tag| tag.name == "script"), "{page}");

        // As a browser reads the attribute.
        let unescaped = |text: &str| text.replace("&quot;", "\"").replace("&amp;", "&");
        let (_, frame) = page.split_once("srcdoc=\"").unwrap();
        let frame = unescaped(frame.split('"').next().unwrap());
        assert!(
            frame.ends_with(&format!("<script>{script}</script>")),
            "{frame}"
        );
        let hash = format!("'sha256-{}'", base64(&Sha256::digest(script)));
        for html in [&page, &frame] {
            let policy = policy(html).unwrap();
            assert_eq!(
                policy,
                format!("default-src 'none'; script-src {hash} blob:")
            );
        }
    }

    #[test]
    fn sources_that_do_not_go_together_are_an_error() {
        for (html, script, complaint) in [
            (HTML.replace("…", "abc"), "1", "exactly once"),
            (
                HTML.replace("<script>", "<script></script><script>"),
                "1",
                "exactly once",
            ),
            (HTML.replace("<script>", "<p>"), "1", "exactly once"),
            (HTML.into(), "'</script>'", "end it"),
            (HTML.into(), "'<!--'", "end it"),
        ] {
            let error = built(&html, script).unwrap_err().to_string();
            assert!(error.contains(complaint), "{html} {script}: {error}");
        }
    }
}
