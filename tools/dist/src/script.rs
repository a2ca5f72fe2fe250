//! Scripts as visitors download them: without what only readers of the source
//! need.

use std::io::{ErrorKind, Write as _};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

/// How a script is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As a module: its top-level names are its own.
    Module,
    /// As a classic script.
    Classic,
}

/// Makes a script small.
pub type Shrink = fn(&str, Kind) -> Result<String>;

/// Shrinks a script with esbuild, which `make` puts on the PATH. A bare
/// `trunk build` goes on without: the page is the same, and a little larger.
///
/// # Errors
/// If esbuild does not understand the script.
pub fn minified(script: &str, kind: Kind) -> Result<String> {
    let mut esbuild = Command::new("esbuild");
    esbuild.args(["--minify", "--charset=utf8", "--log-level=error"]);
    if kind == Kind::Module {
        esbuild.arg("--format=esm");
    }
    let child = esbuild.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = match child {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            eprintln!("dist: esbuild is not on the PATH: scripts stay as long as they are");
            return Ok(without_comments(script));
        }
        child => child.context("cannot run esbuild")?,
    };
    // Closed at the end of the statement: that is where esbuild begins.
    child
        .stdin
        .take()
        .context("esbuild has no input")?
        .write_all(script.as_bytes())
        .context("esbuild does not take a script")?;
    let output = child.wait_with_output().context("esbuild was lost")?;
    ensure!(
        output.status.success(),
        "esbuild does not understand a script: see above"
    );
    String::from_utf8(output.stdout).context("esbuild made no text")
}

/// Drops blank lines, whole-line `//` comments and indentation.
pub fn without_comments(script: &str) -> String {
    script
        .lines()
        .filter(|line| !line.trim_start().starts_with("//") && !line.trim().is_empty())
        .fold(String::new(), |mut kept, line| {
            kept.push_str(line.trim_start());
            kept.push('\n');
            kept
        })
}
