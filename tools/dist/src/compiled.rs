//! Python's library with the modules compiled that an interpreter loads when it
//! starts: it starts in two fifths of the time. They are compiled by Pyodide itself,
//! in Node.js, which `make` needs for esbuild as well. `python` calls it.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context as _, Result, anyhow, ensure};

use crate::compressed;
use crate::files::short_hash;

const SCRIPT: &str = include_str!("compile.mjs");
/// What `www/run/python` loads beyond what Pyodide does by itself.
const IMPORTS: &str = "asyncio concurrent.futures.process concurrent.futures.thread json logging \
    multiprocessing.pool queue random threading traceback";
/// Modules whose lines a traceback of a reader's program quotes: of these the source
/// stays beside the code.
const SHOWN: &str = "concurrent/ json/ queue threading asyncio/base_events asyncio/events \
    asyncio/futures asyncio/locks asyncio/queues asyncio/runners asyncio/taskgroups asyncio/tasks \
    asyncio/threads asyncio/timeouts multiprocessing/pool multiprocessing/process";

/// The library, with code in the place of the sources that nobody reads.
///
/// # Errors
/// If there is no Node.js, or Pyodide does not run in it.
pub fn started(library: &[u8], pyodide: &Path) -> Result<Vec<u8>> {
    // It takes some seconds, and is the same each time.
    let of = format!("{} {SCRIPT} {IMPORTS} {SHOWN}", short_hash(library));
    let kept = compressed::shelf().map(|shelf| shelf.join(short_hash(of.as_bytes()) + ".zip"));
    if let Some(known) = kept.as_ref().and_then(|path| fs::read(path).ok()) {
        return Ok(known);
    }
    let compiled = compiled(library, pyodide)?;
    if let Some(path) = kept {
        compressed::keep(&path, &compiled);
    }
    Ok(compiled)
}

fn compiled(library: &[u8], pyodide: &Path) -> Result<Vec<u8>> {
    let mut node = Command::new("node")
        .args(["--input-type=module", "--eval", SCRIPT, "--"])
        .arg(pyodide)
        .args([IMPORTS, SHOWN])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run node, which compiles Python's library (PYTHON=0 does without)")?;
    let mut input = node.stdin.take().context("node has no input")?;
    let library = library.to_vec();
    // It reads no more once it fails, and says why itself.
    let given = thread::spawn(move || input.write_all(&library));
    let output = node.wait_with_output().context("node was lost")?;
    let given = given
        .join()
        .map_err(|_| anyhow!("node was given nothing"))?;
    ensure!(
        output.status.success() && given.is_ok(),
        "Python's library could not be compiled: see above"
    );
    Ok(output.stdout)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::library;
    use crate::library::tests::files;

    /// In the very library, where `make` has put it.
    #[test]
    fn what_a_start_loads_is_code_and_what_tracebacks_quote_is_source_too() {
        let Some(folder) = std::env::var_os("PYODIDE").filter(|folder| !folder.is_empty()) else {
            return;
        };
        let folder = Path::new(&folder);
        let library = fs::read(folder.join("python_stdlib.zip")).unwrap();
        let library = library::trimmed(&library).unwrap();
        let compiled = compiled(&library, folder).unwrap();
        let names: Vec<String> = files(&compiled).into_iter().map(|(name, _)| name).collect();
        let has = |name: &str| names.iter().any(|one| one == name);
        assert!(has("typing.pyc") && !has("typing.py"));
        assert!(has("threading.pyc") && has("threading.py"));
        assert!(has("statistics.py") && !has("statistics.pyc"));
        // Nothing is lost.
        for (name, _) in files(&library) {
            assert!(has(&name) || has(&format!("{name}c")), "{name}");
        }
        assert!(
            started(&library, folder).unwrap() == compiled,
            "not the same twice"
        );
    }

    #[test]
    fn a_folder_without_pyodide_is_an_error() {
        let nowhere = tempfile::TempDir::new().unwrap();
        let error = compiled(b"", nowhere.path()).unwrap_err().to_string();
        assert!(error.contains("Python's library"), "{error}");
    }
}
