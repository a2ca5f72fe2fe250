//! What a stranger's program tries, it tries in vain: it reaches nothing, its end is
//! said, the page answers meanwhile, Stop works at once, and the next run is clean.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::figures::is_of_the_network;
use harness::hostile::{Hostile, Met};
use harness::programs::Program;
use harness::site::Site;
use thirtyfour::BrowserLogEntry;

/// Files that a browser may ask the page's host for at any time: the frame that the
/// next program runs in, and whether there is a new service worker.
fn is_of_the_page(file: &str) -> bool {
    file == "sw.js" || file.starts_with("runner")
}

/// Of those that come to their own end, after how many a plain program runs. Each is
/// a run after another itself: how it ends, and what it finds, is what it would.
const PLAIN_AFTER: usize = 4;

/// What of a program is wrong, and of the plain one after it, if there is one.
async fn wrong(
    browser: &Browser,
    program: &Hostile,
    elsewhere: &Site,
    is_followed: bool,
) -> Result<Vec<String>> {
    let met: Met = browser.run_hostile(program, elsewhere).await?;
    let stopped = met
        .stop_ms
        .map_or(String::new(), |ms| format!(", stopped in {ms:.0} ms"));
    let (name, outcome, gap) = (&program.name, &met.outcome, met.gap_ms);
    println!("{name}: {outcome}, no frame for {gap:.0} ms at most{stopped}");
    let mut wrong = program.wrong(&met);
    let ends_itself = matches!(program.end(), "ok" | "raised");
    if ends_itself && !is_followed {
        return Ok(wrong);
    }
    let next = browser
        .run_program(&Program::clean(program.language()))
        .await;
    match next {
        Ok(next) if (&*next.printed, &*next.outcome) == ("clean\n", "ok") => {}
        next => wrong.push(format!("is seen by the next run: {next:?}")),
    }
    Ok(wrong)
}

/// Runs all that end so, and says all that is wrong.
async fn in_vain(language: &'static str, ends: &[&str]) -> Result<()> {
    let site = Site::start()?;
    let elsewhere = Site::start()?;
    let browser = Browser::with_programs_in(language, &site, &Options::default()).await?;
    // Keeps what the page itself keeps: the program that was typed last.
    browser.run_program(&Program::clean(language)).await?;
    let before = browser.traces().await?;
    let asked: BTreeSet<String> = site.served().into_iter().map(|one| one.file).collect();
    let mut problems = Vec::new();
    let mut programs = Hostile::all(language)?;
    programs.retain(|program| ends.contains(&program.end()));
    for (place, program) in programs.iter().enumerate() {
        let place = place + 1;
        let is_followed = place.is_multiple_of(PLAIN_AFTER) || place == programs.len();
        let wrong = wrong(&browser, program, &elsewhere, is_followed).await?;
        problems.extend(wrong.iter().map(|what| format!("{} {what}", program.name)));
    }
    let after = browser.traces().await?;
    ensure!(before == after, "left behind: {before:?} became {after:?}");
    let reached = elsewhere.served();
    ensure!(reached.is_empty(), "reached another host: {reached:?}");
    let mut more = site.served();
    more.retain(|one| !asked.contains(&one.file) && !is_of_the_page(&one.file));
    ensure!(more.is_empty(), "asked the page's host for: {more:?}");
    ensure!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
    // What the runner's policy has refused to run, Firefox says on the page's console,
    // and of modules that were asked for also to fetch.
    let is_refused = |entry: &BrowserLogEntry| {
        let says = &entry.message;
        let is_module = says.contains("blocked a script (script-src-elem)")
            || says.contains("blocked the loading of a resource (connect-src)");
        let is_policys = says.starts_with("Content-Security-Policy")
            && (says.contains("blocked a JavaScript eval")
                || language == "javascript" && is_module);
        is_policys || says.starts_with("Security Error: Content at moz-nullprincipal:")
    };
    browser
        .check_clean_but(|entry| is_of_the_network(entry) || is_refused(entry))
        .await
}

#[tokio::test]
async fn ways_out_lead_nowhere() -> Result<()> {
    in_vain("python", &["ok"]).await
}

#[tokio::test]
async fn what_breaks_itself_breaks_nothing_else() -> Result<()> {
    in_vain("python", &["raised", "exit", "broken"]).await
}

#[tokio::test]
async fn floods_bombs_and_deadlocks_end_with_a_sentence() -> Result<()> {
    in_vain("python", &["limit", "deadlock"]).await
}

#[tokio::test]
async fn what_never_ends_is_stopped_at_once() -> Result<()> {
    in_vain("python", &["stopped"]).await
}

#[tokio::test]
async fn in_javascript_ways_out_lead_nowhere() -> Result<()> {
    in_vain("javascript", &["ok", "raised"]).await
}

#[tokio::test]
async fn in_javascript_what_floods_or_never_ends_is_ended() -> Result<()> {
    in_vain("javascript", &["limit", "deadlock", "stopped"]).await
}
