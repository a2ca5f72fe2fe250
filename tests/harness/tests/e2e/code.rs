//! Programs in step with kitchens: what executes is marked, a line leads to its
//! moment, and whoever reads chooses the language.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::figures::is_of_the_network;
use harness::page::DOCUMENT;
use harness::result::{EARLY, RunResult};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde::Deserialize;
use serde_json::json;

const LANGUAGES: [&str; 3] = ["Python", "JavaScript", "Rust"];

/// How each language's programs wait for the network.
const WAITS: [&str; 3] = ["urlopen(", "await fetch(", "get(url).await"];

/// A program as it is shown.
#[derive(Debug, Deserialize)]
struct Program {
    lines: Vec<String>,
    lit: Vec<String>,
}

/// All programs of the page's figures, in its order.
async fn programs(browser: &Browser) -> Result<Vec<Program>> {
    browser
        .js("const texts = (root, selector) => [...root.querySelectorAll(selector)].map(one => one.textContent.trimEnd());
             return [...document.querySelectorAll('[data-figure] .listing')].map(listing => ({
               lines: texts(listing, '.listing__line'),
               lit: texts(listing, '.is-lit'),
             }));")
        .await
}

async fn wait_for_programs(browser: &Browser, count: usize) -> Result<Vec<Program>> {
    let look = async || programs(browser).await;
    let are_there = |seen: &Vec<Program>| {
        seen.len() >= count && seen.iter().all(|program| !program.lines.is_empty())
    };
    until("the programs", PATIENCE, look, are_there).await
}

async fn choose(browser: &Browser, language: &str) -> Result<()> {
    browser
        .click(&format!(
            "[data-figure] [data-action=language][data-value={language}]"
        ))
        .await
}

/// The language that each figure with programs says it is in.
async fn chosen(browser: &Browser) -> Result<Vec<String>> {
    browser
        .js("return [...document.querySelectorAll('[data-action=language][aria-pressed=true]')].map(one => one.dataset.value);")
        .await
}

/// Moments in the middle of a call, in whichever kitchen, and the kitchens in
/// which one is in flight then.
fn moments(result: &RunResult) -> Vec<(f64, Vec<usize>)> {
    let flights = |kitchen: usize| {
        let tasks = result.runs[kitchen].tasks.iter();
        tasks.filter_map(|task| Some((task.start_ms? + EARLY, task.end_ms - EARLY)))
    };
    let kitchens = 0..result.runs.len();
    let middles = kitchens.clone().flat_map(flights);
    middles
        .map(|(start, end)| (start + end) / 2.0)
        .map(|at| {
            let is_in_flight =
                |&kitchen: &usize| flights(kitchen).any(|(start, end)| start < at && at < end);
            (at, kitchens.clone().filter(is_in_flight).collect())
        })
        .collect()
}

#[tokio::test]
async fn the_line_that_waits_is_lit_while_a_call_is_in_flight_in_every_language() -> Result<()> {
    let site = Site::start()?;
    for section in ["burns", "gil"] {
        let browser = Browser::with_section(&site, section, &Options::default()).await?;
        let result = RunResult::parse(&browser.run_figure(section).await?)?;
        for (language, waits) in LANGUAGES.into_iter().zip(WAITS) {
            choose(&browser, language).await?;
            let speaks = |seen: &Vec<Program>| {
                let text = seen.iter().flat_map(|program| &program.lines);
                seen.len() == 2 && text.filter(|line| line.contains(waits)).count() >= 2
            };
            let look = async || programs(&browser).await;
            until(language, PATIENCE, look, speaks).await?;
            for (at, in_flight) in moments(&result) {
                browser.seek(at).await?;
                let programs = programs(&browser).await?;
                for kitchen in in_flight {
                    let lit = &programs[kitchen].lit;
                    ensure!(
                        lit.iter().any(|line| line.contains(waits)),
                        "{section}, {language}: kitchen {kitchen} has a call in flight at {at}, and lit are {lit:?}"
                    );
                }
            }
            let end = browser.playback().await?.max;
            browser.seek(end).await?;
            for program in programs(&browser).await? {
                let last = program.lit.last().context("nothing is lit at the end")?;
                ensure!(
                    last.contains("total"),
                    "{section}, {language}: at the end {last} is lit last"
                );
            }
        }
        browser.check_clean_but(is_of_the_network).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_line_leads_to_its_moment() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "answer", &Options::default()).await?;
    browser.run_figure("answer").await?;
    wait_for_programs(&browser, 1).await?;
    let lines: usize = browser
        .js("return document.querySelectorAll('.listing__line--goes').length;")
        .await?;
    ensure!(lines > 3, "only {lines} lines lead anywhere");
    for line in 0..lines {
        // From elsewhere.
        browser.seek(1000.0).await?;
        let (text, at): (String, f64) = browser
            .js_with(
                "const line = document.querySelectorAll('.listing__line--goes')[arguments[0]];
                 line.click();
                 return [line.textContent.trim(), Number(line.dataset.at)];",
                vec![json!(line)],
            )
            .await?;
        let seen = browser.playback().await?;
        ensure!(
            seen.mode == "paused" && (seen.at - at).abs() <= 1.0,
            "{text} leads to {at}: {seen:?}"
        );
        let programs = programs(&browser).await?;
        ensure!(
            programs[0].lit.iter().any(|lit| lit.trim() == text),
            "{text} is not lit at its moment: {programs:#?}"
        );
    }
    browser.check_clean().await
}

#[tokio::test]
async fn a_language_is_for_all_figures_and_for_the_next_visit() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_article(&site, &Options::default()).await?;
    browser.bring_figure("pick").await?;
    browser.bring_figure("answer").await?;
    for program in wait_for_programs(&browser, 2).await? {
        ensure!(
            program.lines.iter().any(|line| line.starts_with("from ")),
            "no Python at first: {program:?}"
        );
    }
    // It runs a page away, and leaves the lesson where it is.
    let links = "return [...document.querySelectorAll('[data-figure] .listing a')].map((link) =>
        [link.textContent, link.getAttribute('href'), link.target, link.rel].join(' '));";
    let shown: Vec<String> = browser.js(links).await?;
    let named: BTreeSet<_> = shown.iter().map(String::as_str).collect();
    let to = |language| {
        format!("Run it here ./exercise.html?snippet=answer&language={language} _blank noopener")
    };
    ensure!(named.contains(&*to("python")), "{shown:?}");
    assert_eq!(shown.len(), programs(&browser).await?.len());
    choose(&browser, "JavaScript").await?;
    let look = async || browser.js::<Vec<String>>(links).await;
    let are_javascript = |shown: &Vec<String>| shown.contains(&to("javascript"));
    until("links to JavaScript", PATIENCE, look, are_javascript).await?;
    choose(&browser, "Rust").await?;
    let look = async || programs(&browser).await;
    let are_rust = |seen: &Vec<Program>| {
        let mut seen = seen.iter();
        seen.all(|program| program.lines.iter().any(|line| line.contains("fn main()")))
    };
    until("programs in Rust", PATIENCE, look, are_rust).await?;
    assert_eq!(browser.js::<Vec<String>>(links).await?, [""; 0]);
    // What comes later speaks it too.
    browser.bring_figure("gil").await?;
    let look = async || programs(&browser).await;
    until("the last in Rust", PATIENCE, look, are_rust).await?;
    ensure!(chosen(&browser).await?.iter().all(|one| one == "Rust"));

    browser.reload(false).await?;
    browser.wait_for_state("ready").await?;
    browser.bring_figure("pick").await?;
    let look = async || programs(&browser).await;
    until("Rust again", PATIENCE, look, |seen| {
        !seen.is_empty() && are_rust(seen)
    })
    .await?;
    browser.check_clean().await
}

#[tokio::test]
async fn a_language_can_be_chosen_where_nothing_is_kept() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec![
            "Object.defineProperty(window, 'localStorage', { get() {
               throw new DOMException('The operation is insecure.', 'SecurityError'); } });"
                .into(),
        ],
        ..Options::default()
    };
    let browser = Browser::with_section(&site, "answer", &options).await?;
    wait_for_programs(&browser, 1).await?;
    choose(&browser, "JavaScript").await?;
    let look = async || programs(&browser).await;
    let is_other = |seen: &Vec<Program>| {
        let mut lines = seen.iter().flat_map(|program| &program.lines);
        lines.any(|line| line.contains("await fetch("))
    };
    until("JavaScript", PATIENCE, look, is_other).await?;
    browser.check_clean().await
}

/// Keeps what is copied where a test can read it.
const CLIPBOARD: &str = "
    window.harnessCopied = [];
    Object.defineProperty(Navigator.prototype, 'clipboard', {
      get: () => ({ writeText: async text => { harnessCopied.push(text); } }) });";

#[tokio::test]
async fn copy_gives_the_program_and_nothing_else() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec![CLIPBOARD.into()],
        ..Options::default()
    };
    let browser = Browser::with_section(&site, "answer", &options).await?;
    let shown = wait_for_programs(&browser, 1).await?;
    browser.click("#answer button.listing__copy").await?;
    let look = async || browser.js::<Vec<String>>("return harnessCopied;").await;
    let copied = until("a copy", PATIENCE, look, |copied| !copied.is_empty()).await?;
    let copied: Vec<&str> = copied[0].trim_end().lines().collect();
    assert_eq!(copied, shown[0].lines);
    ensure!(
        !copied.join("").contains(|c: char| c.is_control()),
        "marks are in it: {copied:?}"
    );
    // The very program that is there without scripts.
    let plain: String = browser
        .js_async(&format!(
            "{DOCUMENT}
             const page = await parsed(location.href);
             return page.querySelector('#answer noscript pre').textContent;"
        ))
        .await?;
    ensure!(
        plain.trim_end().lines().eq(copied.iter().copied()),
        "another program is read without scripts: {plain}"
    );
    browser.check_clean().await
}
