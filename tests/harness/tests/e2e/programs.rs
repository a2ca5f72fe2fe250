//! Readers' programs do in the page what they do in the Python of this machine:
//! they print the same, in the same order, and take the same time.

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::figures::is_of_the_network;
use harness::programs::{Difference, Home, Program, Ran, none_of};
use harness::site::Site;

/// How often a program may run before it is said to be late: a busy machine makes one
/// so now and then, and none early.
const TRIES: usize = 3;

async fn at_home(home: &Home, program: &Program) -> Result<Option<Ran>> {
    match program.prints {
        Some(_) => Ok(None),
        None => Ok(Some(home.run(program).await?)),
    }
}

/// Runs a program again, in both places, as long as it is only late.
async fn again(browser: &Browser, home: &Home, program: &Program) -> Result<Option<Difference>> {
    let mut difference = None;
    for _ in 1..TRIES {
        browser.wait_for_interpreter().await?;
        let page = browser.run_program(program).await?;
        difference = program.difference(&page, at_home(home, program).await?.as_ref());
        let Some(Difference::Time(_)) = difference else {
            break;
        };
    }
    Ok(difference)
}

/// Runs all of these folders, and says all that differs.
async fn same_as_at_home(folders: &[&str]) -> Result<()> {
    let programs = Program::of(folders)?;
    let site = Site::start()?;
    let home = Home::start().await?;
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    let mut pages = Vec::new();
    for program in &programs {
        pages.push(browser.run_program(program).await);
    }
    // Not in between: a program at home would have to share the processor with the
    // interpreter that the page starts for its next one.
    let mut differences = Vec::new();
    for (program, page) in programs.iter().zip(pages) {
        let difference = match page {
            Ok(page) => program.difference(&page, at_home(&home, program).await?.as_ref()),
            Err(problem) => Some(Difference::Deed(format!("{} {problem:#}", program.name))),
        };
        differences.extend(match difference {
            Some(Difference::Time(_)) => again(&browser, &home, program).await?,
            other => other,
        });
    }
    none_of(&differences)?;
    browser.check_clean_but(is_of_the_network).await
}

#[tokio::test]
async fn threads_locks_and_queues_do_what_they_do_at_home() -> Result<()> {
    same_as_at_home(&["threads", "queue"]).await
}

#[tokio::test]
async fn executors_and_calls_do_what_they_do_at_home() -> Result<()> {
    same_as_at_home(&["executor", "calls", "timing"]).await
}

#[tokio::test]
async fn coroutines_do_what_they_do_at_home() -> Result<()> {
    same_as_at_home(&["asyncio"]).await
}

#[tokio::test]
async fn errors_processes_and_the_language_do_what_they_do_at_home() -> Result<()> {
    same_as_at_home(&["errors", "language", "processes"]).await
}
