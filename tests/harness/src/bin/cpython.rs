//! Runs CPython's own tests in the page and says how many pass, and why the others do
//! not: `cpython [part of a name …]`. `CPYTHON_TESTS` says where they are.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use harness::cpython::{How, run};
use harness::dist;
use harness::site::Site;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = std::env::var_os("CPYTHON_TESTS").map(PathBuf::from);
    let folder = folder.context("CPYTHON_TESTS does not say where the tests are")?;
    let only: Vec<String> = std::env::args().skip(1).collect();
    let site = Site::of(&dist::folder()?).start()?;
    let tell = |name: &str, how: How, why: &str| eprintln!("{how:?} {name} {why}");
    let report = run(&site, &folder, &only, tell).await?;
    print!("{report}");
    Ok(())
}
