//! Where the built page is.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

/// The root of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the built page: `DIST`, or the workspace's `dist/`.
///
/// # Errors
/// If there is no page in it.
pub fn folder() -> Result<PathBuf> {
    let folder = std::env::var_os("DIST").map_or_else(|| workspace().join("dist"), PathBuf::from);
    let folder = folder
        .canonicalize()
        .with_context(|| format!("there is no {}: run `make build` first", folder.display()))?;
    ensure!(
        folder.join("index.html").is_file(),
        "there is no page in {}: run `make build` first",
        folder.display()
    );
    Ok(folder)
}
