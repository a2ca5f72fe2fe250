//! Puts the built page under fire in a real browser and prints a table: what,
//! how often, held.
//!
//! `fire [--short] [scenario …]`: with `--short`, as often as the tests do. What
//! did not hold is an error.

use std::process::ExitCode;

use anyhow::{Result, bail};
use harness::dist;
use harness::fire::{self, Form};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("fire: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<ExitCode> {
    let (flags, names): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with('-'));
    let form = match flags.as_slice() {
        [] => Form::Long,
        [flag] if flag == "--short" => Form::Short,
        _ => bail!("usage: fire [--short] [scenario …]"),
    };
    let report = fire::fire(&dist::folder()?, form, &names).await?;
    print!("{report}");
    Ok(match report.failed() {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
