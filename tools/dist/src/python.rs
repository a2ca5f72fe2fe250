//! The interpreter that the page runs the reader's own program by: Pyodide, which
//! is CPython for the browser, from the folder that `tools/env.sh` names. Its parts
//! become files of the build before it is sealed (`main`), and a manifest says which
//! they are and how large. Nothing but the page for answers names that, and no part
//! is fetched before a reader wants to run something.
//!
//! `docs/python.md` says it to people.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use lol_html::html_content::ContentType;
use serde_json::{Map, Value, json};

use crate::compiled;
use crate::compressed;
use crate::files::{list, read, read_text, short_hash, write};
use crate::html::{rewritten, tags};
use crate::library;
use crate::licences;
use crate::runner;
use crate::shrink::{Kind, Shrink};

/// What the names of all its files begin with: one rule for hosts, and one for the
/// service worker.
pub const PREFIX: &str = "python-";
/// Where our part of it is, beside the page's own sources.
const OURS: &str = "run";

/// The folder with Pyodide's package, unless this build is to have no Python.
///
/// # Errors
/// If it is not there.
pub fn found() -> Result<Option<PathBuf>> {
    if std::env::var_os("PYTHON").is_some_and(|wanted| wanted == "0") {
        return Ok(None);
    }
    match std::env::var_os("PYODIDE").filter(|folder| !folder.is_empty()) {
        None => {
            eprintln!("dist: PYODIDE names no folder: this page has no Python (make sees to it)");
            Ok(None)
        }
        Some(folder) => {
            let folder = PathBuf::from(folder);
            ensure!(
                folder.join("package.json").is_file(),
                "PYODIDE must be the folder of Pyodide's npm package, and {} is not",
                folder.display()
            );
            Ok(Some(folder))
        }
    }
}

/// Python's library as the page has it.
///
/// # Errors
/// If it is missing, another version's, or cannot be compiled.
pub fn library(pyodide: &Path) -> Result<Vec<u8>> {
    let whole = read(&pyodide.join("python_stdlib.zip"))?;
    compiled::started(&library::trimmed(&whole)?, pyodide)
}

/// Writes the interpreter's parts, that library among them, their manifest and their
/// licences into `staging`.
///
/// # Errors
/// If a part is missing, or is not what the rest goes with.
pub fn write_all(
    staging: &Path,
    source: &Path,
    pyodide: &Path,
    library: Vec<u8>,
    shrink: Shrink,
) -> Result<()> {
    let ours = source.join(OURS);
    let version = version(pyodide)?;
    let worker = shrink.script(&read_text(&ours.join("python.js"))?, Kind::Worker)?;
    let parts = [
        ("pyodide.mjs", "js", read(&pyodide.join("pyodide.mjs"))?),
        (
            "pyodide.asm.mjs",
            "js",
            read(&pyodide.join("pyodide.asm.mjs"))?,
        ),
        (
            "pyodide.asm.wasm",
            "wasm",
            read(&pyodide.join("pyodide.asm.wasm"))?,
        ),
        // Hosts compress what is called a text, and send an archive as it is.
        ("python_stdlib.zip", "txt", library),
        (
            "stacks.json",
            "json",
            runtime(&ours.join("python/stacks"))?.into(),
        ),
        ("python.js", "js", worker.into()),
    ];
    let packed = compressed::all(parts.iter().map(|(_, _, content)| &**content))?;
    let mut manifest = Vec::new();
    for ((name, ending, content), packed) in parts.iter().zip(packed) {
        let file = format!("{PREFIX}{}.{ending}", short_hash(content));
        write(&staging.join(&file), content)?;
        manifest.push(json!({
            "name": name,
            "url": format!("./{file}"),
            "bytes": content.len(),
            "brotli": packed.brotli,
        }));
    }
    let manifest = Value::Array(manifest).to_string();
    let name = format!("{PREFIX}{}.json", short_hash(manifest.as_bytes()));
    write(&staging.join(name), &manifest)?;
    write(&staging.join(licences::FILE), licences::text(&version))
}

/// Has the page for answers, which has an element `data-answer`, say where the runner
/// is and, in a build that has Python, the manifest: `[{ name, url, bytes, brotli }]`,
/// a part's name to the runner, its address relative to the page, its length as it
/// arrives there, and how much of the network it takes.
///
/// # Errors
/// If the page or the build cannot be read.
pub fn named(html: &str, staging: &Path) -> Result<String> {
    if !tags(html)?
        .iter()
        .any(|tag| tag.get("data-answer").is_some())
    {
        return Ok(html.to_owned());
    }
    let files = [
        ("runner", runner::page(staging)?),
        ("python", manifest(staging)?),
    ];
    let mut named = String::new();
    for (name, file) in files {
        if let Some(file) = file {
            named += &format!("<meta name=\"{name}\" content=\"./{file}\">");
        }
    }
    rewritten(html, "title", |title| {
        title.after(&named, ContentType::Html);
        Ok(())
    })
}

/// The manifest in the build, if that has Python.
fn manifest(staging: &Path) -> Result<Option<String>> {
    let mut found = None;
    for name in list(staging)? {
        let is_json = name.starts_with(PREFIX) && name.ends_with(".json");
        // The other one is our modules, an object.
        if is_json && read_text(&staging.join(&name))?.starts_with('[') {
            ensure!(
                found.is_none(),
                "the build has two manifests of Python's parts"
            );
            found = Some(name);
        }
    }
    Ok(found)
}

/// Which Pyodide it is, and which CPython that has.
fn version(pyodide: &Path) -> Result<licences::Version> {
    let of = |file: &str, pointer: &str| -> Result<String> {
        let text = read_text(&pyodide.join(file))?;
        let value: Value =
            serde_json::from_str(&text).with_context(|| format!("reading {file}"))?;
        let version = value.pointer(pointer).and_then(Value::as_str);
        Ok(version
            .with_context(|| format!("{file} has no {pointer}"))?
            .to_owned())
    };
    Ok(licences::Version {
        pyodide: of("package.json", "/version")?,
        cpython: of("pyodide-lock.json", "/info/python")?,
    })
}

/// Our own modules in Python, by their names: `{ "threads.py": "…" }`.
fn runtime(folder: &Path) -> Result<String> {
    let mut modules = Map::new();
    for name in list(folder)? {
        if name.ends_with(".py") {
            let text = fs::read_to_string(folder.join(&name));
            modules.insert(
                name.clone(),
                text.with_context(|| format!("reading {name}"))?.into(),
            );
        }
    }
    ensure!(
        !modules.is_empty(),
        "there is no Python in {}",
        folder.display()
    );
    Ok(Value::Object(modules).to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::runner::tests::{HTML, add_to};
    use tempfile::TempDir;

    const LIBRARY: &[u8] = b"PK";
    const PAGE: &str = "<title>T</title><section data-answer></section>";

    /// A package like Pyodide's, and the sources that go with it.
    fn sources() -> (TempDir, TempDir) {
        let (pyodide, source) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        for (name, content) in [
            ("package.json", &b"{\"version\":\"1.2.3\"}"[..]),
            ("pyodide-lock.json", b"{\"info\":{\"python\":\"4.5.6\"}}"),
            ("pyodide.mjs", b"load();"),
            ("pyodide.asm.mjs", b"compile();"),
            ("pyodide.asm.wasm", b"\0asm"),
        ] {
            fs::write(pyodide.path().join(name), content).unwrap();
        }
        add_to(source.path(), HTML, "frame();");
        fs::write(source.path().join("run/python.js"), "work();\n").unwrap();
        fs::create_dir_all(source.path().join("run/python/stacks")).unwrap();
        for (name, text) in [
            ("threads.py", "import _thread\n"),
            ("notes.txt", "no module"),
        ] {
            fs::write(source.path().join("run/python/stacks").join(name), text).unwrap();
        }
        (pyodide, source)
    }

    fn built() -> TempDir {
        let ((pyodide, source), staging) = (sources(), TempDir::new().unwrap());
        write_all(
            staging.path(),
            source.path(),
            pyodide.path(),
            LIBRARY.to_vec(),
            Shrink::Nothing,
        )
        .unwrap();
        runner::write_page(staging.path(), source.path(), Shrink::Nothing).unwrap();
        staging
    }

    fn parts(staging: &TempDir) -> Vec<Value> {
        let name = manifest(staging.path()).unwrap().unwrap();
        serde_json::from_str(&read_text(&staging.path().join(name)).unwrap()).unwrap()
    }

    #[test]
    fn the_manifest_names_every_part_with_its_size() {
        let staging = built();
        let mut files: Vec<String> = list(staging.path()).unwrap();
        files.retain(|name| name.starts_with(PREFIX));
        let parts = parts(&staging);
        // With the manifest itself.
        assert_eq!(files.len(), parts.len() + 1);
        let names: Vec<&str> = parts
            .iter()
            .map(|part| part["name"].as_str().unwrap())
            .collect();
        assert_eq!(
            names,
            [
                "pyodide.mjs",
                "pyodide.asm.mjs",
                "pyodide.asm.wasm",
                "python_stdlib.zip",
                "stacks.json",
                "python.js",
            ]
        );
        for part in &parts {
            let file = part["url"].as_str().unwrap().strip_prefix("./").unwrap();
            let content = read(&staging.path().join(file)).unwrap();
            assert!(file.contains(&short_hash(&content)), "{file}");
            assert_eq!(part["bytes"], content.len());
            assert!(part["brotli"].as_u64().unwrap() > 0);
        }
    }

    #[test]
    fn what_is_not_ours_is_as_it_came_and_our_modules_are_one_file() {
        let (staging, (pyodide, _)) = (built(), sources());
        for part in parts(&staging) {
            let name = part["name"].as_str().unwrap();
            let content = read(&staging.path().join(part["url"].as_str().unwrap())).unwrap();
            match name {
                "stacks.json" => assert_eq!(content, b"{\"threads.py\":\"import _thread\\n\"}"),
                "python.js" => assert_eq!(content, b"work();\n"),
                "python_stdlib.zip" => assert_eq!(content, LIBRARY),
                _ => assert_eq!(content, read(&pyodide.path().join(name)).unwrap(), "{name}"),
            }
        }
    }

    #[test]
    fn the_same_parts_make_the_same_files() {
        let (one, two) = (built(), built());
        assert_eq!(list(one.path()).unwrap(), list(two.path()).unwrap());
    }

    #[test]
    fn the_licences_name_the_versions_that_are_there() {
        let text = read_text(&built().path().join(licences::FILE)).unwrap();
        assert!(text.contains("CPython 4.5.6, as Pyodide 1.2.3"), "{text}");
    }

    #[test]
    fn the_page_for_answers_alone_says_where_both_are() {
        let staging = built();
        let page = named(PAGE, staging.path()).unwrap();
        let mut files = list(staging.path()).unwrap();
        files.retain(|name| page.contains(&format!("content=\"./{name}\"")));
        assert_eq!(
            files,
            [
                manifest(staging.path()).unwrap().unwrap(),
                runner::page(staging.path()).unwrap().unwrap()
            ]
        );
        let other = "<title>T</title>";
        assert_eq!(named(other, staging.path()).unwrap(), other);
    }

    #[test]
    fn a_build_without_python_has_a_runner_and_no_word_of_python() {
        let ((_, source), staging) = (sources(), TempDir::new().unwrap());
        runner::write_page(staging.path(), source.path(), Shrink::Nothing).unwrap();
        let page = named(PAGE, staging.path()).unwrap();
        assert!(
            page.contains("name=\"runner\"") && !page.contains("python"),
            "{page}"
        );
        assert_eq!(list(staging.path()).unwrap().len(), 1);
    }

    #[test]
    fn a_part_that_is_missing_is_named() {
        for file in ["package.json", "pyodide.asm.wasm"] {
            let ((pyodide, source), staging) = (sources(), TempDir::new().unwrap());
            fs::remove_file(pyodide.path().join(file)).unwrap();
            let error = write_all(
                staging.path(),
                source.path(),
                pyodide.path(),
                LIBRARY.to_vec(),
                Shrink::Nothing,
            );
            assert!(format!("{:#}", error.unwrap_err()).contains(file), "{file}");
        }
        let error = library(TempDir::new().unwrap().path()).unwrap_err();
        assert!(format!("{error:#}").contains("python_stdlib.zip"));
        let ((pyodide, source), staging) = (sources(), TempDir::new().unwrap());
        fs::remove_file(source.path().join("run/python/stacks/threads.py")).unwrap();
        let error = write_all(
            staging.path(),
            source.path(),
            pyodide.path(),
            LIBRARY.to_vec(),
            Shrink::Nothing,
        );
        assert!(format!("{:#}", error.unwrap_err()).contains("no Python"));
    }
}
