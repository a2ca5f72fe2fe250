//! Scripts and style sheets as visitors download them: without what only
//! readers of the source need.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

/// How a script is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As a module: its top-level names are its own.
    Module,
    /// As a classic script, among others that may know its top-level names.
    Classic,
    /// As a worker: a classic script that is alone.
    Worker,
}

/// What makes them small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shrink {
    /// esbuild, which `make` puts on the PATH.
    Esbuild,
    /// Nothing, for a bare `trunk build`: the page is the same, a little larger,
    /// and asks for each of its style sheets.
    Nothing,
}

impl Shrink {
    /// esbuild if it is there; says so if not.
    pub fn found() -> Self {
        if Self::has_esbuild() {
            return Self::Esbuild;
        }
        eprintln!("dist: esbuild is not on the PATH: scripts and styles stay as they are");
        Self::Nothing
    }

    fn has_esbuild() -> bool {
        let mut esbuild = Command::new("esbuild");
        let asked = esbuild.arg("--version").stdout(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    }

    /// The script, shrunk.
    ///
    /// # Errors
    /// If esbuild does not understand it.
    pub fn script(self, script: &str, kind: Kind) -> Result<String> {
        match (self, kind) {
            (Self::Nothing, _) => Ok(script.to_owned()),
            (Self::Esbuild, Kind::Classic) => esbuild(script, &[], Path::new(".")),
            (Self::Esbuild, Kind::Module) => {
                // What it does not export, and nothing in it uses, goes.
                let options = ["--format=esm", "--tree-shaking=true"];
                esbuild(script, &options, Path::new("."))
            }
            (Self::Esbuild, Kind::Worker) => esbuild(script, &["--format=iife"], Path::new(".")),
        }
    }

    /// The module with all that it imports from `modules`, in one. `None` if there is
    /// nothing that makes it one.
    ///
    /// # Errors
    /// If one is missing or esbuild does not understand it.
    pub fn bundle(self, script: &str, modules: &Path) -> Result<Option<String>> {
        match self {
            Self::Nothing => Ok(None),
            Self::Esbuild => {
                let options = ["--bundle", "--format=esm"];
                esbuild_with(script, &options, Path::new("."), modules).map(Some)
            }
        }
    }

    /// The style sheets that `entry` imports from `folder`, in one. `None` if
    /// they have to stay several.
    ///
    /// # Errors
    /// If one is missing or esbuild does not understand it.
    pub fn styles(self, entry: &str, folder: &Path) -> Result<Option<String>> {
        match self {
            Self::Nothing => Ok(None),
            Self::Esbuild => {
                // What a sheet names by a URL is the build's own, and stays.
                let options = ["--loader=css", "--bundle", "--external:./*.svg"];
                esbuild(entry, &options, folder).map(Some)
            }
        }
    }
}

/// What esbuild makes of a text in that folder.
fn esbuild(text: &str, options: &[&str], folder: &Path) -> Result<String> {
    esbuild_with(text, options, folder, Path::new(""))
}

/// The same, with modules that are named and not in a folder of their importer's.
fn esbuild_with(text: &str, options: &[&str], folder: &Path, modules: &Path) -> Result<String> {
    let mut child = Command::new("esbuild")
        .args(["--minify", "--charset=utf8", "--log-level=error"])
        .args(options)
        .current_dir(folder)
        .env("NODE_PATH", modules)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run esbuild")?;
    // Closed at the end of the statement: that is where esbuild begins.
    child
        .stdin
        .take()
        .context("esbuild has no input")?
        .write_all(text.as_bytes())
        .context("esbuild does not take what it is given")?;
    let output = child.wait_with_output().context("esbuild was lost")?;
    ensure!(
        output.status.success(),
        "esbuild does not understand a script or a style sheet: see above"
    );
    String::from_utf8(output.stdout).context("esbuild made no text")
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot write its own files has failed"
    )]

    use super::*;
    use tempfile::TempDir;

    /// `make` puts esbuild on the PATH of these tests; without it they have
    /// nothing to look at.
    fn esbuild_or_skip() -> Option<Shrink> {
        (Shrink::found() == Shrink::Esbuild).then_some(Shrink::Esbuild)
    }

    /// Where a line begins like a comment and is none.
    const QUOTING: &str = "// why\nlet shown = `\n// kept\n`; show(shown);\n";

    #[test]
    fn comments_go_and_text_that_looks_like_one_stays() {
        let Some(shrink) = esbuild_or_skip() else {
            return;
        };
        let script = shrink.script(QUOTING, Kind::Classic).unwrap();
        assert!(
            script.contains("// kept") && !script.contains("why"),
            "{script}"
        );
    }

    #[test]
    fn without_esbuild_a_script_stays_as_it_is() {
        for kind in [Kind::Classic, Kind::Module, Kind::Worker] {
            assert_eq!(Shrink::Nothing.script(QUOTING, kind).unwrap(), QUOTING);
        }
    }

    #[test]
    fn a_module_keeps_what_it_exports() {
        let Some(shrink) = esbuild_or_skip() else {
            return;
        };
        let script = shrink.script("export const door = 1;", Kind::Module);
        assert!(script.unwrap().contains("door"));
    }

    #[test]
    fn a_workers_own_names_become_short() {
        let Some(shrink) = esbuild_or_skip() else {
            return;
        };
        let script = "\"use strict\";const handovers = read();tell(handovers, handovers);";
        let script = shrink.script(script, Kind::Worker).unwrap();
        assert!(!script.contains("handovers"), "{script}");
        assert!(script.contains("use strict"), "{script}");
    }

    #[test]
    fn style_sheets_become_one_in_their_order() {
        let Some(shrink) = esbuild_or_skip() else {
            return;
        };
        let folder = TempDir::new().unwrap();
        for (name, rule) in [
            ("a.css", "a { top: 0px }"),
            ("b.css", "b{background:url(./i.svg)}"),
        ] {
            std::fs::write(folder.path().join(name), rule).unwrap();
        }
        let entry = "@import \"./b.css\";@import \"./a.css\";";
        let bundle = shrink.styles(entry, folder.path()).unwrap().unwrap();
        assert_eq!(bundle, "b{background:url(./i.svg)}a{top:0}\n");
        assert_eq!(Shrink::Nothing.styles(entry, folder.path()).unwrap(), None);
    }

    #[test]
    fn a_bundle_has_what_the_module_imports_and_keeps_what_it_exports() {
        let Some(shrink) = esbuild_or_skip() else {
            return;
        };
        let modules = TempDir::new().unwrap();
        let module = modules.path().join("@kitchen/pot");
        std::fs::create_dir_all(&module).unwrap();
        std::fs::write(module.join("index.js"), "export const pot = 'boils';").unwrap();
        let script = "import { pot } from '@kitchen/pot';export const door = () => pot;";
        let bundle = shrink.bundle(script, modules.path()).unwrap().unwrap();
        assert!(
            bundle.contains("boils") && bundle.contains("as door"),
            "{bundle}"
        );
        assert!(!bundle.contains("import"), "{bundle}");
        let nowhere = TempDir::new().unwrap();
        assert!(shrink.bundle(script, nowhere.path()).is_err());
        let bare = Shrink::Nothing.bundle(script, modules.path()).unwrap();
        assert_eq!(bare, None);
    }

    #[test]
    fn a_style_sheet_that_is_missing_is_an_error() {
        let Some(shrink) = esbuild_or_skip() else {
            return;
        };
        let folder = TempDir::new().unwrap();
        assert!(shrink.styles("@import './a.css';", folder.path()).is_err());
    }
}
