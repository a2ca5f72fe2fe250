//! Finishes and weighs what `trunk` builds.
//!
//! `seal` is trunk's `post_build` hook: it turns trunk's output into a set of
//! files that agree with each other under a strict content security policy and
//! offline. `sizes` is what `make build` prints at its end.

mod code;
mod code_editor;
mod columns;
mod compiled;
mod compressed;
mod declarations;
mod exercises;
mod files;
mod headers;
mod html;
mod imports;
mod javascript;
mod lesson;
mod library;
mod licences;
mod locals;
mod names;
mod order;
mod posters;
mod properties;
mod python;
mod runner;
mod seal;
mod shrink;
mod site;
mod sizes;
mod spelling;
mod styles;
mod tight;
mod told;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

const USAGE: &str = "\
usage: dist seal [STAGING_DIR SOURCE_DIR]   make a trunk build consistent
                                            (default: what trunk tells its hooks)
       dist worker SOURCE_DIR TARGET_DIR    leave the service worker, of no build,
                                            and the page for tests in a browser
       dist sizes [--json] DIST_DIR         print what each file weighs";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dist: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<()> {
    match args {
        ["seal"] => seal(
            &from_trunk("TRUNK_STAGING_DIR")?,
            &from_trunk("TRUNK_SOURCE_DIR")?,
        ),
        ["seal", staging, source] => seal(Path::new(staging), Path::new(source)),
        ["worker", source, target] => seal::worker(Path::new(source), Path::new(target)),
        ["sizes", dist] => {
            print!("{}", sizes::table(&sizes::weigh(Path::new(dist))?));
            Ok(())
        }
        ["sizes", "--json", dist] => {
            println!("{:#}", sizes::json(&sizes::weigh(Path::new(dist))?));
            Ok(())
        }
        _ => bail!("{USAGE}"),
    }
}

/// Seals for the site that `SITE_URL` names, if it is set.
fn seal(staging: &Path, source: &Path) -> Result<()> {
    let given = std::env::var("SITE_URL").unwrap_or_default();
    let site = match &*given {
        "" => None,
        given => Some(site::url(given)?),
    };
    // Beside the folder of the page.
    let snippets = source.join("../snippets");
    let shrink = shrink::Shrink::found();
    if let Some(pyodide) = python::found()? {
        let library = python::library(&pyodide)?;
        python::write_all(staging, source, &pyodide, library, shrink)?;
    }
    runner::write_page(staging, source, shrink)?;
    javascript::write_worker(staging, source, shrink)?;
    seal::seal(staging, source, &snippets, site.as_deref(), shrink)
}

fn from_trunk(variable: &str) -> Result<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .with_context(|| {
            format!("{variable} is not set: run me as trunk's hook, or name the directories")
        })
}
