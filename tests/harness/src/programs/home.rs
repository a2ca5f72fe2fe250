//! A program as the machine's own Python runs it, with real services to call.

use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::{Map, Value};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

use super::{FOLDER, Program, Ran};
use crate::services::Services;
use crate::wait::PATIENCE;

/// The first Python that has all that the programs use: `asyncio.TaskGroup`.
const LEAST: (u32, u32) = (3, 11);

/// Where a program runs as it does on the reader's own machine.
#[derive(Debug)]
pub struct Home {
    services: Services,
    /// What its calls take where they do not say so themselves, by name.
    latencies: Map<String, Value>,
    folder: TempDir,
}

/// What the prelude says of a run.
#[derive(Deserialize)]
struct Report {
    outcome: String,
    ms: f64,
}

impl Home {
    /// Starts the services.
    ///
    /// # Errors
    /// If there is no Python that will do, or no port to be had.
    pub async fn start() -> Result<Self> {
        Self::with_latencies(Map::new()).await
    }

    /// Starts services which take so many milliseconds each.
    ///
    /// # Errors
    /// As [`Home::start`].
    pub async fn with_latencies(latencies: Map<String, Value>) -> Result<Self> {
        let version = "import sys; print(*sys.version_info[:2])";
        let output = Command::new("python3").args(["-c", version]).output().await;
        let output = output.context("the programs are compared with python3, which is missing")?;
        let printed = String::from_utf8(output.stdout)?;
        let mut numbers = printed.split_whitespace().map(str::parse);
        let (major, minor) = (numbers.next(), numbers.next());
        let (Some(Ok(major)), Some(Ok(minor))) = (major, minor) else {
            anyhow::bail!("python3 does not say its version: {printed}");
        };
        ensure!(
            (major, minor) >= LEAST,
            "the programs are compared with python3, 3.11 or later; this is {major}.{minor}"
        );
        Ok(Self {
            services: Services::start()?,
            latencies,
            folder: TempDir::new()?,
        })
    }

    /// Runs a program to its end.
    ///
    /// # Errors
    /// If it has none, or cannot be run.
    pub async fn run(&self, program: &Program) -> Result<Ran> {
        let name = &program.name;
        let report = self.folder.path().join("report.json");
        let source = self.folder.path().join("program.py");
        std::fs::write(&source, &program.source)?;
        // Standard output and errors in one, as a terminal shows them.
        let (mut reader, writer) = std::io::pipe()?;
        let mut python = Command::new("python3");
        python
            .arg(format!("{FOLDER}/prelude.py"))
            .arg(source)
            .env("SERVICES", self.services.origin())
            .env("LATENCIES", serde_json::to_string(&self.latencies)?)
            .env("REPORT", &report)
            .env_remove("PYTHONUNBUFFERED")
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .kill_on_drop(true);
        let printed = tokio::task::spawn_blocking(move || std::io::read_to_string(&mut reader));
        let mut child = python.spawn()?;
        // It holds the pipe's other end.
        drop(python);
        let ended = timeout(PATIENCE, child.wait()).await;
        ended.with_context(|| format!("{name} does not end at home"))??;
        let printed = printed.await??;
        let report = std::fs::read(&report).with_context(|| format!("{name}: {printed}"))?;
        let Report { outcome, ms } = serde_json::from_slice(&report)?;
        Ok(Ran {
            printed,
            outcome,
            ms,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn run(name: &str) -> Result<Ran> {
        let (folder, _) = name.split_once('/').context("no folder")?;
        let programs = Program::of(&[folder])?;
        let program = programs.iter().find(|program| program.name == name);
        Home::start()
            .await?
            .run(program.context("no program")?)
            .await
    }

    #[tokio::test]
    async fn a_program_at_home_calls_real_services() -> Result<()> {
        let ran = run("calls/answer_says_who_answered").await?;
        let first = ran.printed.lines().next();
        assert_eq!(first, Some("dict {'service': 'user', 'ms': 100}"));
        assert_eq!(ran.outcome, "ok");
        assert!(ran.ms >= 150.0, "{ran:?}");
        Ok(())
    }

    #[tokio::test]
    async fn output_and_errors_are_one_and_what_failed_is_the_readers() -> Result<()> {
        let ran = run("errors/uncaught_exception_ends_the_program").await?;
        assert_eq!(ran.outcome, "raised");
        let start = "a\nTraceback (most recent call last):\n  File \"answer.py\", line 2, in <module>\n    1 / 0\n";
        assert!(ran.printed.starts_with(start), "{}", ran.printed);
        Ok(())
    }

    #[tokio::test]
    async fn processes_at_home_begin_anew_and_have_what_the_page_gives() -> Result<()> {
        let ran = run("processes/processes_can_call_services").await?;
        assert_eq!(ran.printed, "['user', 'billing']\n");
        let ran = run("processes/process_shares_no_state").await?;
        let process = "process: ['made at the start', 'by the process']\n";
        assert!(ran.printed.starts_with(process), "{}", ran.printed);
        Ok(())
    }
}
