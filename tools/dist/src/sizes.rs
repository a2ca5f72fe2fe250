//! What a build weighs: as stored, and as sent by hosts that compress.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::compressed::{self, Packed};
use crate::files::{list, read, read_text};
use crate::html::{Tag, tags};
use crate::python;
use crate::seal::path_of;

/// One file's weight, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Path in the build.
    pub name: String,
    /// Whether a first visit to the page downloads it.
    pub first_visit: bool,
    /// As stored, after `gzip -9`, and after brotli at its best (11).
    pub bytes: Bytes,
}

/// A size before and after each compression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bytes {
    /// As stored.
    pub raw: usize,
    /// After `gzip -9`.
    pub gzip: usize,
    /// After brotli, quality 11.
    pub brotli: usize,
}

impl std::iter::Sum for Bytes {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), |sum, size| Self {
            raw: sum.raw + size.raw,
            gzip: sum.gzip + size.gzip,
            brotli: sum.brotli + size.brotli,
        })
    }
}

/// Weighs every file of the build in `dist`, heaviest first.
pub fn weigh(dist: &Path) -> Result<Vec<Weight>> {
    let first_visit = loaded_at_once(dist)
        .with_context(|| format!("{} holds no finished build: run make build", dist.display()))?;
    let mut weights = Vec::new();
    for name in list(dist)? {
        let content = read(&dist.join(&name))?;
        let Packed { gzip, brotli } = compressed::size(&content)?;
        let bytes = Bytes {
            raw: content.len(),
            gzip,
            brotli,
        };
        weights.push(Weight {
            first_visit: first_visit.contains(&name),
            name,
            bytes,
        });
    }
    weights.sort_by(|a, b| {
        b.bytes
            .brotli
            .cmp(&a.bytes.brotli)
            .then_with(|| a.name.cmp(&b.name))
    });
    Ok(weights)
}

/// The page, what its tags load, what its style sheets load, and the service
/// worker. What the worker then fetches for offline use comes out of the
/// browser's cache where the page had it already, and after the page stands.
fn loaded_at_once(dist: &Path) -> Result<BTreeSet<String>> {
    let html = read_text(&dist.join("index.html"))?;
    let mut names: BTreeSet<String> = tags(&html)?
        .iter()
        .filter_map(Tag::loads)
        .map(|url| path_of(url).to_owned())
        .collect();
    let sheets: Vec<String> = names
        .iter()
        .filter(|name| name.ends_with(".css"))
        .cloned()
        .collect();
    for sheet in sheets {
        let text = read_text(&dist.join(&sheet))?;
        let urls = text
            .split("url(")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        names.extend(urls.map(|url| path_of(url.trim_matches(['"', '\''])).to_owned()));
    }
    names.extend(["index.html".to_owned(), "sw.js".to_owned()]);
    Ok(names)
}

/// Which files belong together, and how they are marked.
fn marks(weight: &Weight) -> char {
    if weight.first_visit {
        '*'
    } else if weight.name.starts_with(python::PREFIX) {
        '+'
    } else {
        ' '
    }
}

/// Of all files, of those of a first visit, and of those that a program in Python
/// takes more.
fn totals(weights: &[Weight]) -> [(char, &'static str, Bytes); 3] {
    let marked = |mark| {
        let weights = weights.iter().filter(move |weight| marks(weight) == mark);
        weights.map(|weight| weight.bytes).sum()
    };
    [
        (
            ' ',
            "all files",
            weights.iter().map(|weight| weight.bytes).sum(),
        ),
        ('*', "first visit", marked('*')),
        ('+', "Python, when it is asked for", marked('+')),
    ]
}

/// The table that people read. A star marks what a first visit downloads, a plus
/// what Python is made of.
pub fn table(weights: &[Weight]) -> String {
    let row = |mark, name: &str, bytes| (format!("{mark} {name}"), bytes);
    let rows: Vec<(String, Bytes)> = weights
        .iter()
        .map(|weight| row(marks(weight), &weight.name, weight.bytes))
        .collect();
    let mut sums = totals(weights).to_vec();
    sums.retain(|(_, _, bytes)| bytes.raw > 0);
    let sums: Vec<_> = sums
        .into_iter()
        .map(|(mark, name, bytes)| row(mark, name, bytes))
        .collect();
    let width = rows
        .iter()
        .chain(&sums)
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or(0);
    let mut out = format!(
        "{:width$} {:>10} {:>10} {:>10}\n",
        "  file (bytes)", "raw", "gzip -9", "brotli 11"
    );
    let line = |(name, size): &(String, Bytes)| {
        format!(
            "{name:width$} {:>10} {:>10} {:>10}\n",
            size.raw, size.gzip, size.brotli
        )
    };
    out.extend(rows.iter().map(line));
    out.push_str(&"-".repeat(width + 33));
    out.push('\n');
    out.extend(sums.iter().map(line));
    out
}

/// The same for programs:
/// `{ files: [{ name, firstVisit, raw, gzip, brotli }], total: {…}, firstVisit: {…},
/// python: {…} }`, in bytes.
pub fn json(weights: &[Weight]) -> Value {
    let sizes = |size: Bytes| json!({ "raw": size.raw, "gzip": size.gzip, "brotli": size.brotli });
    let files: Vec<Value> = weights
        .iter()
        .map(|weight| {
            let mut file = sizes(weight.bytes);
            file["name"] = weight.name.as_str().into();
            file["firstVisit"] = weight.first_visit.into();
            file
        })
        .collect();
    let [(.., total), (.., first_visit), (.., python)] = totals(weights);
    json!({
        "files": files,
        "total": sizes(total),
        "firstVisit": sizes(first_visit),
        "python": sizes(python),
    })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot read its own files has failed"
    )]

    use super::*;
    use std::fs;
    use tempfile::TempDir;

    fn build() -> TempDir {
        let dir = TempDir::new().unwrap();
        for (name, content) in [
            (
                "index.html",
                "<link rel=stylesheet href=./a.css><a href=./later.html>later</a>".to_owned(),
            ),
            ("a.css", "@font-face{src:url(\"./f.woff2\")}".to_owned()),
            ("f.woff2", "x".repeat(1000)),
            ("later.html", "later".to_owned()),
            ("sw.js", "1".to_owned()),
        ] {
            fs::write(dir.path().join(name), content).unwrap();
        }
        dir
    }

    #[test]
    fn first_visit_is_what_the_page_loads_not_what_it_links_to() {
        let weights = weigh(build().path()).unwrap();
        let later: Vec<&str> = weights
            .iter()
            .filter(|weight| !weight.first_visit)
            .map(|weight| weight.name.as_str())
            .collect();
        assert_eq!(later, ["later.html"]);
    }

    #[test]
    fn compression_is_measured_and_totals_add_up() {
        let weights = weigh(build().path()).unwrap();
        let font = weights
            .iter()
            .find(|weight| weight.name == "f.woff2")
            .unwrap()
            .bytes;
        assert_eq!(font.raw, 1000);
        assert!(font.gzip < 100 && font.brotli < 100);
        let json = json(&weights);
        assert_eq!(
            json["total"]["raw"].as_u64().unwrap(),
            json["firstVisit"]["raw"].as_u64().unwrap() + "later".len() as u64
        );
    }

    #[test]
    fn the_table_has_a_row_for_each_file_and_total() {
        let weights = weigh(build().path()).unwrap();
        let table = table(&weights);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 1 + weights.len() + 1 + 2, "{table}");
        assert!(lines[lines.len() - 3].starts_with("---"), "{table}");
        assert!(
            lines[lines.len() - 1].starts_with("* first visit"),
            "{table}"
        );
    }

    #[test]
    fn what_python_weighs_is_told_apart() {
        let dir = build();
        fs::write(dir.path().join("python-0.wasm"), "x".repeat(2000)).unwrap();
        let weights = weigh(dir.path()).unwrap();
        assert_eq!(json(&weights)["python"]["raw"], 2000);
        let table = table(&weights);
        assert!(table.contains("\n+ python-0.wasm "), "{table}");
        let last = table.lines().next_back().unwrap();
        assert!(
            last.starts_with("+ Python, when it is asked for"),
            "{table}"
        );
    }

    #[test]
    fn an_empty_directory_is_an_error_that_says_what_to_do() {
        let error = weigh(TempDir::new().unwrap().path()).unwrap_err();
        assert!(format!("{error:#}").contains("make build"));
    }
}
