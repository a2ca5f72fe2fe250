//! What `_headers` has Netlify and Cloudflare Pages say with each file.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use harness::dist;

const FOREVER: &str = "public, max-age=31536000, immutable";

/// A path with at most one asterisk, and the headers of what it matches.
#[derive(Debug)]
struct Rule {
    path: String,
    headers: Vec<(String, String)>,
}

impl Rule {
    fn matches(&self, path: &str) -> bool {
        match self.path.split_once('*') {
            None => self.path == path,
            Some((before, after)) => {
                path.len() >= before.len() + after.len()
                    && path.starts_with(before)
                    && path.ends_with(after)
            }
        }
    }
}

fn rules() -> Result<Vec<Rule>> {
    let text = fs::read_to_string(dist::folder()?.join("_headers"))?;
    let mut rules: Vec<Rule> = Vec::new();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        match line.strip_prefix("  ") {
            None => rules.push(Rule {
                path: line.into(),
                headers: Vec::new(),
            }),
            Some(header) => {
                let (name, value) = header.split_once(": ").context("a header's value")?;
                let rule = rules.last_mut().context("a header before any path")?;
                rule.headers.push((name.into(), value.into()));
            }
        }
    }
    Ok(rules)
}

/// What is said of a header for that path.
fn said(rules: &[Rule], path: &str, header: &str) -> Vec<String> {
    let matching = rules.iter().filter(|rule| rule.matches(path));
    let headers = matching.flat_map(|rule| &rule.headers);
    headers
        .filter(|(name, _)| name == header)
        .map(|(_, value)| value.clone())
        .collect()
}

/// The paths of everything that was built, and of the page itself.
fn paths() -> Result<Vec<String>> {
    let mut paths = vec!["/".into()];
    let mut folders = vec![(dist::folder()?, String::from("/"))];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), path + "/"));
            } else {
                paths.push(path);
            }
        }
    }
    Ok(paths)
}

/// `/style-e9404596d3206e93.css`, `/expert-chef-d21d5da8840889f4_bg.wasm`.
fn has_hash(path: &str) -> bool {
    let tail = path.rsplit('-').next().unwrap_or_default();
    let hash = tail.split(['.', '_']).next().unwrap_or_default();
    hash.len() >= 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[test]
fn files_are_for_keeping_if_and_only_if_their_names_change_with_their_content() -> Result<()> {
    let rules = rules()?;
    let paths = paths()?;
    assert!(
        paths.iter().any(|path| has_hash(path)),
        "nothing has a hash: {paths:?}"
    );
    for path in &paths {
        let caching = said(&rules, path, "Cache-Control");
        let is_kept = caching == [FOREVER];
        assert_eq!(is_kept, has_hash(path), "{path}: {caching:?}");
    }
    for path in ["/", "/index.html", "/sw.js"] {
        assert_eq!(said(&rules, path, "Cache-Control"), ["no-cache"], "{path}");
    }
    Ok(())
}

#[test]
fn the_policy_is_the_pages_own() -> Result<()> {
    let html = fs::read_to_string(dist::folder()?.join("index.html"))?;
    let rules = rules()?;
    for path in paths()? {
        let policy = said(&rules, &path, "Content-Security-Policy");
        ensure!(policy.len() == 1, "{path}: {policy:?}");
        ensure!(
            html.contains(&format!("\"{}\"", policy[0])),
            "the page has another policy than {}",
            policy[0]
        );
    }
    Ok(())
}

#[test]
fn no_header_is_said_twice_of_one_file() -> Result<()> {
    let rules = rules()?;
    for path in paths()? {
        let matching = rules.iter().filter(|rule| rule.matches(&path));
        let mut names: Vec<&str> = matching
            .flat_map(|rule| &rule.headers)
            .map(|(name, _)| name.as_str())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{path}: {names:?}");
    }
    Ok(())
}

#[test]
fn any_page_may_embed_this_one() -> Result<()> {
    for rule in rules()? {
        for (name, value) in rule.headers {
            assert!(!name.eq_ignore_ascii_case("X-Frame-Options"), "{value}");
            assert!(!value.contains("frame-ancestors"), "{value}");
        }
    }
    Ok(())
}
