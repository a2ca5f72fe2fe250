//! The code editor of the page for a reader's own program: `www/code-editor.js` and
//! the modules of others that it imports, in one file, with their licences. A build
//! that has not got them leaves it out, and the page keeps its text area.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::files::read_text;
use crate::shrink::Shrink;
use crate::told;

/// The source.
const SCRIPT: &str = "code-editor.js";
/// Where `tools/env.sh` says that the modules are.
const MODULES: &str = "CODE_EDITOR";

/// The modules that it is made of, if there are any; says so if not.
pub fn modules() -> Option<PathBuf> {
    let modules = env::var_os(MODULES).map(PathBuf::from);
    let modules = modules.filter(|modules| modules.is_dir());
    if modules.is_none() {
        eprintln!("dist: {MODULES} names no modules: programs are typed in a plain text area");
    }
    modules
}

/// The editor, with its style in it. `None` if nothing can make it one file.
///
/// # Errors
/// If a module or a licence is missing, or not understood.
pub fn bundled(
    source: &Path,
    styles: String,
    modules: &Path,
    shrink: Shrink,
) -> Result<Option<String>> {
    let styles = [("styles".to_owned(), json!(styles))];
    let script = told::script(&read_text(&source.join(SCRIPT))?, &styles, SCRIPT)?;
    let Some(bundle) = shrink.bundle(&script, modules)? else {
        return Ok(None);
    };
    Ok(Some(licences(modules)? + &bundle))
}

/// What the modules ask of whoever passes them on: their licences, each once, as a
/// comment.
fn licences(modules: &Path) -> Result<String> {
    let mut licences: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in packages(modules)? {
        let text = read_text(&modules.join(&name).join("LICENSE"))?;
        let text = text.trim().replace("*/", "* /");
        licences.entry(text).or_default().push(name);
    }
    let mut comment = String::new();
    for (licence, names) in licences {
        comment += &format!("/*! {}\n\n{licence}\n*/\n", names.join(", "));
    }
    Ok(comment)
}

/// The packages in a folder of modules, by name; those of one maker are in a folder
/// more.
fn packages(modules: &Path) -> Result<Vec<String>> {
    let mut packages = Vec::new();
    for name in folders(modules)? {
        if name.starts_with('@') {
            let inner = folders(&modules.join(&name))?;
            packages.extend(inner.into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            packages.push(name);
        }
    }
    packages.sort();
    Ok(packages)
}

/// What is in a folder and is neither a file nor hidden.
fn folders(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder);
    let entries = entries.with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot write its own files has failed"
    )]

    use super::*;
    use tempfile::TempDir;

    fn modules_of(licences: &[(&str, &str)]) -> TempDir {
        let modules = TempDir::new().unwrap();
        fs::create_dir(modules.path().join(".bin")).unwrap();
        fs::write(modules.path().join(".package-lock.json"), "{}").unwrap();
        for (name, licence) in licences {
            let module = modules.path().join(name);
            fs::create_dir_all(&module).unwrap();
            fs::write(module.join("LICENSE"), licence).unwrap();
            fs::write(module.join("index.js"), "export const pot = 'boils';").unwrap();
        }
        modules
    }

    #[test]
    fn a_licence_that_several_have_is_there_once_with_their_names() {
        let modules = modules_of(&[("@k/pot", "A\n"), ("@k/pan", "A"), ("lid", "B */ C")]);
        assert_eq!(
            licences(modules.path()).unwrap(),
            "/*! @k/pan, @k/pot\n\nA\n*/\n/*! lid\n\nB * / C\n*/\n"
        );
    }

    #[test]
    fn modules_without_a_licence_are_an_error() {
        let modules = modules_of(&[("lid", "A")]);
        fs::create_dir(modules.path().join("pot")).unwrap();
        let error = licences(modules.path()).unwrap_err();
        assert!(format!("{error:#}").contains("LICENSE"), "{error:#}");
    }

    #[test]
    fn the_editor_has_its_style_its_modules_and_their_licences_in_it() {
        let modules = modules_of(&[("pot", "A")]);
        let source = TempDir::new().unwrap();
        let script = "import { pot } from 'pot';export const open = () => [pot, UNSEALED.styles];";
        fs::write(source.path().join(SCRIPT), script).unwrap();
        let bundled = |shrink| {
            let styles = ".e{top:0}".to_owned();
            super::bundled(source.path(), styles, modules.path(), shrink).unwrap()
        };
        assert_eq!(bundled(Shrink::Nothing), None);
        if Shrink::found() == Shrink::Nothing {
            return;
        }
        let editor = bundled(Shrink::Esbuild).unwrap();
        assert!(editor.starts_with("/*! pot\n\nA\n*/\n"), "{editor}");
        for piece in ["boils", ".e{top:0}", "as open"] {
            assert!(editor.contains(piece), "{piece}: {editor}");
        }
    }
}
