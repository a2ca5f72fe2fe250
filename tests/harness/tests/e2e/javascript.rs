//! JavaScript as the language of a reader's program: programs do what they do in Node,
//! the language is chosen by hand, by link and where there is no Python, and nothing
//! of one language is lost to the other.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::figures::is_of_the_network;
use harness::programs::{Difference, JAVASCRIPT, Program, none_of};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use thirtyfour::{BrowserLogEntry, Key};

const PROGRAM: &str = "[data-part=program]";
const LABEL: &str = ".session__field > .field__label";
const RUN: &str = "[data-action=answer]";
const SAYS: &str = ".session__says";
const OUTPUT: &str = "[data-part=output]";

/// How often one may run before it is said to be late.
const TRIES: usize = 3;

fn button(language: &str) -> String {
    format!("[aria-label=Language] [data-value={language}]")
}

/// Waits until an element says that.
async fn until_it_says(browser: &Browser, selector: &str, wanted: &str) -> Result<()> {
    // It may not be there yet.
    let says = "return document.querySelector(arguments[0])?.innerText ?? '';";
    let look = async || {
        let selector = vec![selector.into()];
        browser.js_with::<String>(says, selector).await
    };
    until(wanted, 3 * PATIENCE, look, |text: &String| {
        text.contains(wanted)
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn programs_do_what_they_do_in_node() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs_in(JAVASCRIPT, &site, &Options::default()).await?;
    let programs = Program::of(&[JAVASCRIPT])?;
    ensure!(programs.len() >= 12, "{}", programs.len());
    let mut differences = Vec::new();
    for program in programs {
        let mut difference = None;
        for _ in 0..TRIES {
            browser.wait_for_interpreter().await?;
            difference = program.difference(&browser.run_program(&program).await?, None);
            let Some(Difference::Time(_)) = difference else {
                break;
            };
        }
        differences.extend(difference);
    }
    none_of(&differences)?;
    // Firefox says on its console what nobody has caught, whatever a page makes of it.
    let is_uncaught = |entry: &BrowserLogEntry| entry.message == "CallError: orders: HTTP 503";
    browser
        .check_clean_but(|entry| is_of_the_network(entry) || is_uncaught(entry))
        .await
}

#[tokio::test]
async fn the_language_is_chosen_by_keys_and_each_keeps_its_own_program() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    let python = "print('mine')\n";
    browser.run_program(&Program::named("mine", python)).await?;
    browser.press_on(&button("javascript"), Key::Enter).await?;
    browser.wait_for_interpreter().await?;
    let start = browser.value_of(PROGRAM).await?;
    ensure!(
        start.contains("await") && !start.contains("mine"),
        "{start}"
    );
    until_it_says(&browser, LABEL, "in JavaScript").await?;
    ensure!(browser.has_focus(&button("javascript")).await?);
    let pressed = "return document.querySelector(arguments[0]).ariaPressed;";
    let is_on: String = browser
        .js_with(pressed, vec![button("javascript").into()])
        .await?;
    assert_eq!(is_on, "true");
    // What does not parse has its line.
    let broken = Program::named("broken", "console.log(1);\nlet soup = ;\n");
    let ran = browser.run_program(&broken).await?;
    ensure!(ran.printed.contains("SyntaxError"), "{}", ran.printed);
    assert_eq!(ran.outcome, "raised");
    let failed = "return [...document.querySelectorAll('[data-part=lines] .listing__line')]
        .findIndex((line) => line.classList.contains('is-failed'));";
    assert_eq!(browser.js::<i32>(failed).await?, 1);
    // The choice is kept, and so is each program.
    browser
        .open(&format!("{}exercise.html?exercise=free", site.url("")))
        .await?;
    browser.wait_for_interpreter().await?;
    until_it_says(&browser, SAYS, "JavaScript is ready.").await?;
    assert_eq!(browser.value_of(PROGRAM).await?, broken.source);
    browser.press_on(&button("python"), Key::Enter).await?;
    assert_eq!(browser.value_of(PROGRAM).await?, python);
    until_it_says(&browser, LABEL, "in Python").await?;
    browser.check_clean().await
}

#[tokio::test]
async fn a_browser_that_cannot_run_python_is_offered_javascript() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec!["delete WebAssembly.Suspending;".into()],
        ..Options::default()
    };
    let browser = Browser::start(&options).await?;
    let asked = "exercise.html?exercise=free&language=cobol";
    browser.open(&format!("{}{asked}", site.url(""))).await?;
    until_it_says(&browser, SAYS, "Chrome 137").await?;
    until_it_says(&browser, "[data-part=exercises] .notice", "cobol").await?;
    until_it_says(&browser, "[data-part=exercises] .notice", "javascript").await?;
    let offer = "[data-part=controls] [data-action=language]";
    assert_eq!(browser.text_of(offer).await?, "Use JavaScript");
    browser.click(offer).await?;
    browser.wait_for_interpreter().await?;
    let program = Program::named("offered", "console.log((await call('user')).service);\n");
    let ran = browser.run_program(&program).await?;
    assert_eq!((&*ran.printed, &*ran.outcome), ("user\n", "ok"));
    browser.click(RUN).await?;
    until_it_says(&browser, OUTPUT, "user").await?;
    let fetched = site.served().into_iter();
    let mut pythons = fetched.filter(|one| one.file.starts_with("python-"));
    ensure!(pythons.next().is_none(), "Python was fetched in vain");
    browser.check_clean().await
}
