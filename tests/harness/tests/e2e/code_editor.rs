//! The code editor of the page for a reader's own program: what is typed in it is
//! the text area's, it can be left by keyboard, and the page does without it.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::json;
use thirtyfour::Key;

const EDITOR: &str = ".code-editor .cm-content";
const TEXT_AREA: &str = "[data-part=program]";
const RUN: &str = "[data-action=answer]";

/// Opens one more editor, in the page's own world, for what the page does with its
/// own only while a program runs.
const ANOTHER: &str = "window.another = async (program, told) => {
   const named = document.querySelector('meta[name=editor]').content;
   const { open } = await import(new URL(named, location.href).href);
   const text = Object.assign(document.createElement('textarea'), { value: program, rows: 8 });
   text.className = 'field__input';
   text.ariaLabel = 'Another program';
   document.querySelector('[data-answer]').append(text);
   window.other = open(text, { language: 'javascript' });
   window.other.mark(told);
 };";

/// Counts how often the text area and the button that runs a program say something.
const COUNTS: &str = "window.counts = { input: 0, click: 0 };
 addEventListener('input', ({ target }) => { counts.input += target.matches('[data-part=program]'); });
 addEventListener('click', ({ target }) => { counts.click += target.matches('[data-action=answer]'); });";

fn options() -> Options {
    Options {
        inject: vec![ANOTHER.into(), COUNTS.into()],
        ..Options::default()
    }
}

/// The page with an exercise's beginning in its text area.
async fn with_exercise(site: &Site, options: &Options) -> Result<Browser> {
    let browser = Browser::start(options).await?;
    browser.open(&site.section("exercise")).await?;
    let look = format!(
        "return document.querySelector('{RUN}') !== null && document.querySelector('{TEXT_AREA}').value !== '';"
    );
    let is_there = async || browser.js::<bool>(&look).await;
    until("an exercise", PATIENCE, is_there, |&is_there| is_there).await?;
    Ok(browser)
}

async fn with_editor(site: &Site, options: &Options) -> Result<Browser> {
    let browser = with_exercise(site, options).await?;
    wait_for_editor(&browser).await?;
    Ok(browser)
}

async fn wait_for_editor(browser: &Browser) -> Result<()> {
    let look = format!("return document.querySelector('{EDITOR}') !== null;");
    let is_there = async || browser.js::<bool>(&look).await;
    until("the code editor", PATIENCE, is_there, |&is_there| is_there).await?;
    Ok(())
}

/// Has somebody else write a program, and puts the caret at its end.
async fn write(browser: &Browser, program: &str) -> Result<()> {
    let write = "const text = document.querySelector(arguments[0]);
                 text.value = arguments[1];
                 text.dispatchEvent(new Event('input', { bubbles: true }));";
    let arguments = vec![json!(TEXT_AREA), json!(program)];
    browser.js_with::<()>(write, arguments).await?;
    browser.focus(EDITOR).await?;
    browser.press_with(Key::Control, Key::End).await
}

async fn written(browser: &Browser) -> Result<String> {
    browser.value_of(TEXT_AREA).await
}

fn fetched(site: &Site) -> Vec<String> {
    let served = site.served().into_iter().map(|served| served.file);
    served.filter(|file| file.starts_with("editor-")).collect()
}

/// The name of the editor's file, which a host then has not got or holds back.
fn file(dist: &Path) -> Result<&'static str> {
    for entry in std::fs::read_dir(dist)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("editor-") {
            return Ok(name.leak());
        }
    }
    None.context("the build has no code editor")
}

#[tokio::test]
async fn what_is_typed_is_the_text_areas_at_once() -> Result<()> {
    let site = Site::start()?;
    let browser = with_editor(&site, &options()).await?;
    ensure!(!browser.is_shown(TEXT_AREA).await?, "both are shown");
    write(&browser, "a = 1").await?;
    browser
        .js::<()>("counts.input = 0; document.activeElement.blur();")
        .await?;
    // The label's words lead to it, as they led to the text area.
    browser.click(".session__field .field__label").await?;
    ensure!(browser.has_focus(EDITOR).await?);
    browser.press_with(Key::Control, Key::End).await?;
    browser.press("00").await?;
    assert_eq!(written(&browser).await?, "a = 100");
    assert_eq!(browser.js::<u32>("return counts.input;").await?, 2);
    browser.press_with(Key::Control, "z").await?;
    assert_eq!(written(&browser).await?, "a = 1");
    browser.check_clean().await
}

#[tokio::test]
async fn what_another_writes_is_shown_and_can_be_undone() -> Result<()> {
    let site = Site::start()?;
    let browser = with_editor(&site, &options()).await?;
    write(&browser, "mine").await?;
    write(&browser, "their\n  own").await?;
    let lines = "return [...document.querySelectorAll('.code-editor .cm-line')].map(line => line.textContent);";
    assert_eq!(browser.js::<Vec<String>>(lines).await?, ["their", "  own"]);
    browser.press_with(Key::Control, "z").await?;
    assert_eq!(written(&browser).await?, "mine");
    browser.check_clean().await
}

#[tokio::test]
async fn lines_are_indented_as_the_language_has_it() -> Result<()> {
    let site = Site::start()?;
    let browser = with_editor(&site, &options()).await?;
    write(&browser, "def eat():").await?;
    browser.press(Key::Enter).await?;
    browser.press("if hungry:").await?;
    browser.press(Key::Enter).await?;
    browser.press("pass").await?;
    browser.press(Key::Enter).await?;
    browser.press("else:").await?;
    let program = "def eat():\n    if hungry:\n        pass\n    else:";
    assert_eq!(written(&browser).await?, program);
    browser.press(Key::Tab).await?;
    assert_eq!(
        written(&browser).await?,
        program.replace("    else", "        else")
    );
    browser.press_with(Key::Shift, Key::Tab).await?;
    assert_eq!(written(&browser).await?, program);
    browser.check_clean().await
}

#[tokio::test]
async fn escape_then_tab_leaves_however_long_that_takes() -> Result<()> {
    let site = Site::start()?;
    let browser = with_editor(&site, &options()).await?;
    write(&browser, "a").await?;
    browser.press(Key::Tab).await?;
    ensure!(browser.has_focus(EDITOR).await?, "Tab leaves at once");
    assert_eq!(written(&browser).await?, "    a");
    browser.press(Key::Escape).await?;
    // CodeMirror's own way out would have closed.
    let later = "const now = Date.now; Date.now = () => now() + 60_000;";
    browser.js::<()>(later).await?;
    browser.press(Key::Tab).await?;
    ensure!(browser.has_focus(RUN).await?, "Escape and Tab do not leave");
    assert_eq!(written(&browser).await?, "    a");
    // Once there again, Tab indents as before.
    browser.press_with(Key::Shift, Key::Tab).await?;
    ensure!(browser.has_focus(EDITOR).await?);
    browser.press(Key::Tab).await?;
    assert_eq!(written(&browser).await?, "        a");
    browser.press(Key::Escape).await?;
    browser.press("b").await?;
    browser.press(Key::Tab).await?;
    ensure!(
        browser.has_focus(EDITOR).await?,
        "the way out stays open for who types on"
    );
    let described =
        "const by = document.querySelector(arguments[0]).getAttribute('aria-describedby');
       return by.split(' ').map(id => document.getElementById(id).textContent).join(' ');";
    let described: String = browser.js_with(described, vec![json!(EDITOR)]).await?;
    ensure!(
        described.contains("Escape, then Tab, leaves"),
        "{described}"
    );
    browser.check_clean().await
}

#[tokio::test]
async fn control_and_enter_run_the_program() -> Result<()> {
    let site = Site::start()?;
    let browser = with_editor(&site, &options()).await?;
    write(&browser, "a").await?;
    browser.press_with(Key::Control, Key::Enter).await?;
    assert_eq!(browser.js::<u32>("return counts.click;").await?, 1);
    assert_eq!(written(&browser).await?, "a");
    ensure!(browser.has_focus(EDITOR).await?);
    Ok(())
}

#[tokio::test]
async fn without_its_file_the_text_area_takes_the_program() -> Result<()> {
    let dist = harness::dist::folder()?;
    let site = Site::of(&dist).without(file(&dist)?).start()?;
    let browser = with_exercise(&site, &options()).await?;
    let asked = async || Ok(fetched(&site));
    until("it to be asked for", PATIENCE, asked, |asked| {
        !asked.is_empty()
    })
    .await?;
    ensure!(browser.is_shown(TEXT_AREA).await?);
    let clear = "document.querySelector('[data-part=program]').value = '';";
    browser.js::<()>(clear).await?;
    browser.click(TEXT_AREA).await?;
    browser.press("b = 2").await?;
    assert_eq!(written(&browser).await?, "b = 2");
    browser.press(Key::Tab).await?;
    ensure!(browser.has_focus(RUN).await?, "Tab does not leave");
    browser
        .check_clean_but(|entry| entry.message.contains("/editor-"))
        .await
}

#[tokio::test]
async fn who_types_before_it_is_there_types_on_and_nothing_moves() -> Result<()> {
    let dist = harness::dist::folder()?;
    let site = Site::of(&dist).hanging(file(&dist)?).start()?;
    let browser = with_exercise(&site, &options()).await?;
    let begin = "const text = document.querySelector('[data-part=program]');
       text.value = 'c = '; text.focus(); text.setSelectionRange(4, 4);";
    browser.js::<()>(begin).await?;
    browser.press("3").await?;
    let places = "return ['[data-part=controls]', '.session__about'].map(one =>
       Math.round(document.querySelector(one).getBoundingClientRect().top));";
    let before: Vec<f64> = browser.js(places).await?;
    site.release();
    wait_for_editor(&browser).await?;
    ensure!(browser.has_focus(EDITOR).await?, "the focus is lost");
    browser.press("0").await?;
    assert_eq!(written(&browser).await?, "c = 30");
    assert_eq!(browser.js::<Vec<f64>>(places).await?, before);
    browser.check_clean().await
}

#[tokio::test]
async fn lines_are_lit_by_threads_and_a_failure_is_told() -> Result<()> {
    let site = Site::start()?;
    let browser = with_editor(&site, &options()).await?;
    let told = "await another('one();\\ntwo();\\nthree();\\n',
       { failed: 3, threads: [[1, 0], [2, 1], [2, 8], [99, 2]] }); return null;";
    browser.js_async::<()>(told).await?;
    let shown = "const host = [...document.querySelectorAll('.code-editor')].at(-1);
       const content = host.querySelector('.cm-content');
       return [
         [...host.querySelectorAll('.cm-line.is-lit')].map(line => line.textContent + line.dataset.thread).join(' '),
         [...host.querySelectorAll('.threads__mark')].map(mark => mark.dataset.thread).join(' '),
         [...host.querySelectorAll('.cm-line.is-failed')].map(line => line.textContent).join(' '),
         content.getAttribute('aria-invalid'),
         document.getElementById(content.getAttribute('aria-describedby').split(' ')[1]).textContent,
       ];";
    let marked: Vec<String> = browser.js(shown).await?;
    let failed = "The program failed at line 3.";
    assert_eq!(
        marked,
        ["one();0 two();1", "0 1 2", "three();", "true", failed]
    );
    browser
        .js::<()>("other.mark({ failed: null, threads: [] });")
        .await?;
    let marked: Vec<String> = browser.js(shown).await?;
    assert_eq!(marked, ["", "", "", "false", ""]);
    browser.check_clean().await
}

#[tokio::test]
async fn axe_finds_nothing_in_the_code_editor() -> Result<()> {
    let site = Site::start()?;
    for dark in [false, true] {
        let options = Options { dark, ..options() };
        let browser = with_editor(&site, &options).await?;
        let told = "await another('// one\\nif (2) \"two\";\\n// three\\n',
           { failed: 3, threads: [[1, 0], [2, 1]] }); return null;";
        browser.js_async::<()>(told).await?;
        for size in [(1280, 800), (360, 740)] {
            browser.resize(size, 1).await?;
            let found = browser.axe().await?;
            let found: Vec<String> = found
                .iter()
                .filter(|one| one.is_of_wcag())
                .map(ToString::to_string)
                .collect();
            ensure!(found.is_empty(), "dark: {dark}, {size:?}: {found:#?}");
        }
        browser.check_clean().await?;
    }
    Ok(())
}

#[tokio::test]
async fn it_is_fetched_once_and_where_programs_are_written_alone() -> Result<()> {
    let site = Site::start()?;
    // Another reader: who has been here before gets everything.
    Browser::with_practice(&site, &Options::default()).await?;
    assert_eq!(fetched(&site), Vec::<String>::new());
    let browser = with_editor(&site, &options()).await?;
    assert_eq!(fetched(&site).len(), 1);
    browser.check_clean().await
}
