//! The exercises: model answers pass, typical wrong ones get the verdict that they
//! deserve, and what the reader wrote is theirs.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::figures::is_of_the_network;
use harness::programs::Program;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::Key;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/exercises");

const PROGRAM: &str = "[data-part=program]";
const EDITOR: &str = ".cm-content";
const RUN: &str = "[data-action=answer]";
const OUTPUT: &str = "[data-part=output]";

/// A language in which they can be answered: its word, and how its files end and its
/// comments begin.
#[derive(Clone, Copy)]
struct Language {
    word: &'static str,
    ending: &'static str,
    comment: &'static str,
}

const PYTHON: Language = Language {
    word: "python",
    ending: ".py",
    comment: "#",
};
const JAVASCRIPT: Language = Language {
    word: "javascript",
    ending: ".js",
    comment: "//",
};

/// The exercises that check something, in order.
fn exercises() -> Result<Vec<String>> {
    let order = std::fs::read_to_string(Path::new(FOLDER).join("order.txt"))?;
    let names = order.split_whitespace().filter(|name| *name != "free");
    Ok(names.map(str::to_owned).collect())
}

/// The Python programs of an exercise whose files begin so.
fn programs(exercise: &str, start: &str) -> Result<Vec<Program>> {
    programs_in(PYTHON, exercise, start)
}

fn programs_in(language: Language, exercise: &str, start: &str) -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    for entry in std::fs::read_dir(Path::new(FOLDER).join(exercise))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(start) && name.ends_with(language.ending) {
            let source = std::fs::read_to_string(&path)?;
            programs.push(Program::named(&format!("{exercise}/{name}"), &source));
        }
    }
    programs.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(programs)
}

/// Opens an exercise on the page that is open.
async fn choose(browser: &Browser, exercise: &str) -> Result<()> {
    browser
        .click(&format!("[data-action=exercise][data-value={exercise}]"))
        .await?;
    browser.wait_for_interpreter().await
}

/// The checks that failed; an error without a verdict.
async fn failed(browser: &Browser) -> Result<BTreeSet<String>> {
    let look = "const verdict = document.querySelector('[data-part=verdict]');
        return verdict && [...verdict.querySelectorAll('.is-failed')].map(one => one.dataset.check);";
    let failed: Option<Vec<String>> = browser.js(look).await?;
    Ok(failed.context("there is no verdict")?.into_iter().collect())
}

/// What the page says of itself, for a message.
async fn said(browser: &Browser) -> Result<String> {
    let look =
        "const text = (name) => document.querySelector(`[data-part=${name}]`)?.innerText ?? '';
        return text('verdict') + '\\n' + text('output');";
    browser.js(look).await
}

#[tokio::test]
async fn model_answers_pass() -> Result<()> {
    models_pass(PYTHON).await
}

#[tokio::test]
async fn model_answers_in_javascript_pass() -> Result<()> {
    models_pass(JAVASCRIPT).await
}

async fn models_pass(language: Language) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs_in(language.word, &site, &Options::default()).await?;
    let mut wrong = Vec::new();
    for exercise in exercises()? {
        choose(&browser, &exercise).await?;
        for level in ["junior", "senior"] {
            let models = programs_in(language, &exercise, level)?;
            ensure!(!models.is_empty(), "{exercise} has no {level}'s answer");
            for model in models {
                browser.run_program(&model).await?;
                let failed = failed(&browser).await?;
                if !failed.is_empty() {
                    wrong.push(format!(
                        "{}: {failed:?}\n{}",
                        model.name,
                        said(&browser).await?
                    ));
                }
            }
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    // Calls are meant to fail.
    browser.check_clean_but(is_of_the_network).await
}

#[tokio::test]
async fn wrong_answers_get_the_verdict_that_they_deserve() -> Result<()> {
    wrong_ones_fail(PYTHON).await
}

#[tokio::test]
async fn wrong_answers_in_javascript_get_the_verdict_that_they_deserve() -> Result<()> {
    wrong_ones_fail(JAVASCRIPT).await
}

async fn wrong_ones_fail(language: Language) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs_in(language.word, &site, &Options::default()).await?;
    let mut wrong = Vec::new();
    for exercise in exercises()? {
        choose(&browser, &exercise).await?;
        let answers = programs_in(language, &exercise, "wrong-")?;
        ensure!(
            answers.len() >= 3,
            "{exercise} has {} wrong answers",
            answers.len()
        );
        for answer in answers {
            let first = answer.source.lines().next().unwrap_or_default();
            let expected = first
                .strip_prefix(language.comment)
                .and_then(|line| line.strip_prefix(" fails: "))
                .context(answer.name.clone())?;
            let expected: BTreeSet<String> = expected.split(", ").map(str::to_owned).collect();
            browser.run_program(&answer).await?;
            let failed = failed(&browser).await?;
            if failed != expected {
                let said = said(&browser).await?;
                wrong.push(format!(
                    "{}: {failed:?}, not {expected:?}\n{said}",
                    answer.name
                ));
            }
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    // Calls are meant to fail.
    browser.check_clean_but(is_of_the_network).await
}

#[tokio::test]
async fn what_was_written_and_passed_is_kept_for_its_exercise() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    choose(&browser, "two-calls").await?;
    let start = browser.value_of(PROGRAM).await?;
    let model = programs("two-calls", "junior")?.remove(0);
    browser.run_program(&model).await?;
    assert_eq!(failed(&browser).await?, BTreeSet::new());
    choose(&browser, "dashboard").await?;
    ensure!(browser.value_of(PROGRAM).await? != model.source);
    browser.reload(false).await?;
    browser.wait_for_interpreter().await?;
    choose(&browser, "two-calls").await?;
    assert_eq!(browser.value_of(PROGRAM).await?, model.source);
    let chip: String = browser
        .text_of("[data-action=exercise][data-value=two-calls]")
        .await?;
    ensure!(chip.contains('✓'), "{chip}");
    browser.click("[data-action=begin]").await?;
    assert_eq!(browser.value_of(PROGRAM).await?, start);
    browser.check_clean().await
}

#[tokio::test]
async fn a_script_hears_the_verdict_and_nothing_of_the_program() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    choose(&browser, "two-calls").await?;
    browser
        .js::<()>(
            "window.heard = [];
             addEventListener('expert-chef:finished', (event) => heard.push(event.detail));",
        )
        .await?;
    let mut model = programs("two-calls", "junior")?.remove(0);
    model.source += "# a secret\n";
    browser.run_program(&model).await?;
    let slow = programs("two-calls", "wrong-")?.remove(0);
    browser.run_program(&slow).await?;
    let heard: Value = browser.js("return heard;").await?;
    let [passed, failed] = heard.as_array().map(Vec::as_slice).unwrap_or_default() else {
        anyhow::bail!("{heard}");
    };
    assert_eq!(passed["exercise"], "two-calls");
    assert_eq!(passed["source"], "program");
    assert_eq!(
        passed["verdict"],
        json!({ "outcome": "passed", "failed": [] })
    );
    assert_eq!(passed["runs"][0]["tasks"].as_array().map(Vec::len), Some(2));
    assert_eq!(failed["verdict"]["outcome"], "failed");
    ensure!(!heard.to_string().contains("secret"), "{heard}");
    browser.check_clean().await
}

#[tokio::test]
async fn it_is_used_by_keys_alone() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    browser
        .press_on("[data-action=exercise][data-value=dashboard]", Key::Enter)
        .await?;
    browser.wait_for_interpreter().await?;
    // Tab indents in the editor: out of it is by Escape.
    browser.tab_to(EDITOR).await?;
    browser.press(Key::Escape).await?;
    browser.press_on(RUN, Key::Enter).await?;
    let look = async || {
        browser
            .js::<String>("return document.querySelector('[data-answer]').dataset.program;")
            .await
    };
    until("the end", PATIENCE, look, |word| word == "ended").await?;
    ensure!(
        browser.has_focus(RUN).await?,
        "the focus stays on the button"
    );
    browser.tab_to("[data-action=play]").await?;
    browser.press(Key::Home).await?;
    let at_first: String = browser.text_of(OUTPUT).await?;
    browser.press(Key::End).await?;
    let at_last: String = browser.text_of(OUTPUT).await?;
    ensure!(
        at_last.starts_with(&at_first) && at_last.len() > at_first.len(),
        "output is in step: {at_first:?} {at_last:?}"
    );
    browser.check_clean().await
}

/// What a screen reader is told of the page: its parts in order, by their roles and
/// names.
const TREE: &str = "
    const text = (element) => element?.textContent.trim().replace(/\\s+/g, ' ') ?? '';
    const named = (element) => (element.getAttribute('aria-labelledby') ?? '').split(' ')
      .map((id) => text(document.getElementById(id))).join(' ').trim()
      || element.getAttribute('aria-label') || text(element);
    const roles = { H1: 'heading', H2: 'heading', H3: 'heading', SUMMARY: 'summary', SECTION: 'region' };
    const parts = document.querySelectorAll(
      'h1, h2, .session h3, .session [role], .session section, .session summary');
    return [...parts].filter((part) => part.checkVisibility())
      .map((part) => `${part.getAttribute('role') ?? roles[part.tagName]}: ${named(part)}`);";

#[tokio::test]
async fn its_parts_have_names_in_the_order_in_which_they_are_read() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    choose(&browser, "two-calls").await?;
    let there = format!("return document.querySelector('{EDITOR}') !== null;");
    let there = async || browser.js::<bool>(&there).await;
    until("the editor", PATIENCE, there, |is_there| *is_there).await?;
    let model = programs("two-calls", "junior")?.remove(0);
    browser.run_program(&model).await?;
    let tree: Vec<String> = browser.js(TREE).await?;
    let mut rest = tree.iter();
    for part in [
        "heading: How would you run two slow calls in parallel?",
        "heading: Run your own program",
        "group: Exercises",
        "textbox: Your program, in Python",
        "status: It took ",
        "region: What it wrote",
        "region: Verdict",
        // What it says is the verdict's own promise.
        "heading: ",
        "summary: A junior’s answer",
        "summary: A senior’s answer",
    ] {
        ensure!(
            rest.any(|one| one.starts_with(part)),
            "{part} is missing or out of order in {tree:#?}"
        );
    }
    browser.check_clean().await
}

#[tokio::test]
async fn an_exercise_that_is_not_there_is_said_and_the_first_is_on() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser
        .open(&format!("{}exercise.html?exercise=soup", site.url("")))
        .await?;
    browser.wait_for_interpreter().await?;
    let says: String = browser.text_of("[data-part=exercises] .notice").await?;
    ensure!(
        says.contains("soup") && says.contains("two-calls"),
        "{says}"
    );
    let on: String = browser
        .text_of("[data-action=exercise][aria-pressed=true]")
        .await?;
    ensure!(!on.is_empty());
    browser.check_clean().await
}

#[tokio::test]
async fn once_used_it_works_offline() -> Result<()> {
    let mut site = Site::start()?;
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    browser.wait_for_worker().await?;
    // The first visit's files came before there was a worker to keep them.
    for _ in 0..2 {
        browser.reload(false).await?;
        browser.wait_for_interpreter().await?;
    }
    site.stop();
    browser.open("about:blank").await?;
    browser.open(&harness::programs::url(&site, "free")).await?;
    browser.wait_for_interpreter().await?;
    let program = Program::named("offline", "print(call('user')['service'])\n");
    let ran = browser.run_program(&program).await?;
    assert_eq!((&*ran.printed, &*ran.outcome), ("user\n", "ok"));
    browser.check_clean().await
}

#[tokio::test]
async fn it_is_seen_while_it_runs() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    let program =
        "import time\\nprint(call('user', ms=300)['service'])\\ncall('slow', ms=30_000)\\n";
    browser
        .js::<()>(&format!(
            "const field = document.querySelector('[data-part=program]');
             field.value = \"{program}\";
             field.dispatchEvent(new Event('input', {{ bubbles: true }}));
             document.querySelector('{RUN}').click();"
        ))
        .await?;
    // One call is over, and the other is on its way.
    let look = async || {
        let look = "const figure = document.querySelector('[data-answer] [data-figure]');
            const text = (part) => figure.querySelector(`[data-part=${part}]`)?.textContent ?? '';
            return [figure.dataset.state, /user.*done/.test(text('log')), /slow.*start/.test(text('log')),
                    figure.checkVisibility(), text('threads').includes('MainThread')].join();";
        browser.js::<String>(look).await
    };
    let seen = |seen: &String| seen == "running,true,true,true,true";
    until("the calls on the stage", PATIENCE, look, seen).await?;
    assert_eq!(browser.text_of(OUTPUT).await?.trim(), "user");
    browser.click(RUN).await?;
    let look = "const figure = document.querySelector('[data-answer] [data-figure]');
        return [figure.dataset.state, figure.querySelectorAll('.kitchens > *').length].join();";
    let look = async || browser.js::<String>(look).await;
    until("its end", PATIENCE, look, |seen| seen == "finished,3").await?;
    // What can be taken away is of the program, and says so.
    browser.click("[data-part=files] summary").await?;
    let folder = TempDir::new()?;
    browser.save_into(folder.path()).await?;
    browser
        .click("[data-action=export][data-value='result.json']")
        .await?;
    let saved = async || {
        let mut saved = Vec::new();
        for entry in std::fs::read_dir(folder.path())? {
            saved.push(std::fs::read_to_string(entry?.path()).unwrap_or_default());
        }
        Ok(saved.concat())
    };
    let is_whole = |saved: &String| serde_json::from_str::<Value>(saved).is_ok();
    let saved = until("the result", PATIENCE, saved, is_whole).await?;
    ensure!(saved.contains(r#""source":"program""#), "{saved}");
    ensure!(!saved.contains("print("), "{saved}");
    browser.check_clean_but(is_of_the_network).await
}

#[tokio::test]
async fn processes_that_call_nothing_are_seen_on_a_narrow_screen() -> Result<()> {
    let site = Site::start()?;
    let narrow = Options {
        size: (360, 800),
        ..Options::default()
    };
    let browser = Browser::with_programs(&site, &narrow).await?;
    choose(&browser, "cpu").await?;
    browser
        .run_program(&programs("cpu", "junior")?.remove(0))
        .await?;
    assert_eq!(failed(&browser).await?, BTreeSet::new());
    let threads: String = browser
        .js("return document.querySelector('[data-part=threads] svg').getAttribute('aria-label');")
        .await?;
    for process in ["Process 1: ran ", "Process 2: ran "] {
        let ran = threads.split(process).nth(1);
        let ran = ran.with_context(|| threads.clone())?;
        ensure!(!ran.starts_with("0 ms"), "{threads}");
    }
    let beyond: f64 = browser
        .js("return document.documentElement.scrollWidth - innerWidth;")
        .await?;
    ensure!(
        beyond <= 0.0,
        "{beyond} px are to be had only by scrolling sideways"
    );
    browser.check_clean().await
}

/// The page does not hear that an interpreter was closed, as if the frame did not
/// answer.
const DEAF: &str = "addEventListener('message', (event) => {
    if (event.data?.type === 'closed') event.stopImmediatePropagation();
});";

#[tokio::test]
async fn a_frame_that_does_not_answer_is_replaced_with_all_that_is_in_it() -> Result<()> {
    let site = Site::start()?;
    let deaf = Options {
        inject: vec![DEAF.into()],
        ..Options::default()
    };
    let browser = Browser::with_programs(&site, &deaf).await?;
    let program = Program::named("one", "print(1)\n");
    for _ in 0..2 {
        browser
            .js::<()>("document.querySelector('iframe[title=Runner]').dataset.is = 'old';")
            .await?;
        let ran = browser.run_program(&program).await?;
        assert_eq!((&*ran.printed, &*ran.outcome), ("1\n", "ok"));
        let look = async || {
            browser
                .js::<bool>("return !document.querySelector('iframe[title=Runner][data-is=old]');")
                .await
        };
        until("another frame", PATIENCE, look, |is_gone| *is_gone).await?;
        let look = async || {
            browser
                .js::<bool>("return !!document.querySelector('iframe[title=Runner]');")
                .await
        };
        until("the new one", PATIENCE, look, |is_there| *is_there).await?;
    }
    browser.check_clean().await
}
