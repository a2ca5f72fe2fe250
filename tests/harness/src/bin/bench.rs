//! Measures the built page in a real browser and prints a table.
//!
//! `bench [--strict] [section …]`: with `--strict`, a figure that is not what
//! was asked for is an error. The same figures go to `target/bench.json`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use harness::{bench, dist};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<ExitCode> {
    let (flags, sections): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with('-'));
    let is_strict = match flags.as_slice() {
        [] => false,
        [flag] if flag == "--strict" => true,
        _ => bail!("usage: bench [--strict] [section …]"),
    };
    let report = bench::measure(&dist::folder()?, &sections).await?;
    print!("{report}");

    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| dist::workspace().join("target"), PathBuf::from);
    let file = folder.join("bench.json");
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&file, format!("{:#}\n", report.json())))
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(match report.missed() {
        0 => ExitCode::SUCCESS,
        _ if !is_strict => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
