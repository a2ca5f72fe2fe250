//! The built page: where it is, and copies of it.

use std::fs;
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

/// Copies the built page into this folder, for a test to add to it.
///
/// # Errors
/// If it was not built, or the files cannot be written.
pub fn copy_to(folder: &Path) -> Result<()> {
    copy(&self::folder()?, folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
