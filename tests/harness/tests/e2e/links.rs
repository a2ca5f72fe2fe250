//! Programs that are not the reader's own: those of links and of the lesson are
//! shown, wait for a click, and take nothing of the reader's away.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::programs::{JAVASCRIPT, Program};
use harness::services::Services;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::json;
use tokio::process::Command;
use tokio::task::JoinSet;

const PROGRAM: &str = "[data-part=program]";
const GUEST: &str = "[data-part=guest]";
const REFUSED: &str = "[data-part=refused]";

/// What programs print at home, by their names.
type Homes = BTreeMap<String, String>;

/// What the lesson has its processor do, and how little of it is enough to see that it
/// runs.
const WORK: [&str; 2] = ["fib(34)", "fib(40)"];
const LESS_WORK: &str = "fib(24)";

/// How far totals may lie apart, in seconds: they are printed to a tenth or to
/// whole ones.
const SLACK: f64 = 0.35;

/// Puts a program in the reader's place, as if it were typed.
async fn write(browser: &Browser, program: &str) -> Result<()> {
    let write = "const field = document.querySelector(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    browser
        .js_with(write, vec![json!(PROGRAM), json!(program)])
        .await
}

/// Waits until such an element says something, and gives it.
async fn said(browser: &Browser, selector: &str) -> Result<String> {
    let look = "return document.querySelector(arguments[0])?.textContent ?? '';";
    let look = async || browser.js_with(look, vec![json!(selector)]).await;
    until(selector, PATIENCE, look, |said: &String| !said.is_empty()).await
}

async fn goes(browser: &Browser, selector: &str) -> Result<()> {
    let look = "return document.querySelector(arguments[0]) === null;";
    let look = async || browser.js_with(look, vec![json!(selector)]).await;
    let what = format!("{selector} to go");
    until(&what, PATIENCE, look, |is_gone: &bool| *is_gone).await?;
    Ok(())
}

/// Presses the button that makes a link, and gives the link.
async fn shared(browser: &Browser) -> Result<String> {
    browser.click("[data-action=share]").await?;
    said(browser, "[data-line=link]").await
}

/// What the page says of itself.
async fn word(browser: &Browser) -> Result<String> {
    browser
        .js("return document.querySelector('[data-answer]').dataset.program;")
        .await
}

#[tokio::test]
async fn a_links_program_waits_for_a_click_and_the_readers_own_is_not_lost() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    let page = format!("{}exercise.html", site.url(""));
    browser
        .open(&format!("{page}?exercise=two-calls&theme=dark"))
        .await?;
    browser.wait_for_interpreter().await?;
    let theirs = "# théirs 👩‍🍳\nprint('from a link')\n";
    write(&browser, theirs).await?;
    let link = shared(&browser).await?;
    ensure!(
        link.starts_with(&format!(
            "{page}?exercise=two-calls&language=python#program=1."
        )),
        "{link}"
    );
    let copied = said(&browser, ".session__share .share__said").await?;
    ensure!(copied.starts_with("Copied the link.") || copied.starts_with("Selected:"));
    // A server has seen nothing of it.
    let asked = site.served().into_iter().map(|served| served.file);
    ensure!(asked.clone().all(|file| !file.contains("program=")));

    let own = "print('own')\n";
    write(&browser, own).await?;
    browser.open(&format!("{link}&autorun=load")).await?;
    let from = said(&browser, GUEST).await?;
    ensure!(
        from.contains("came with the link") && from.contains("has not been run"),
        "{from}"
    );
    browser.wait_for_interpreter().await?;
    assert_eq!(word(&browser).await?, "ready", "nobody has pressed Run");
    assert_eq!(browser.value_of(PROGRAM).await?, theirs);
    browser.click("[data-action=answer]").await?;
    browser.wait_for_interpreter().await?;
    let output = said(&browser, "[data-part=output]").await?;
    assert_eq!(output, "from a link\n");

    write(&browser, "changed()\n").await?;
    browser.click("[data-action=turn][data-value=own]").await?;
    assert_eq!(browser.value_of(PROGRAM).await?, own);
    browser
        .click("[data-action=turn][data-value=guest]")
        .await?;
    assert_eq!(browser.value_of(PROGRAM).await?, "changed()\n");
    browser.click("[data-action=begin]").await?;
    assert_eq!(browser.value_of(PROGRAM).await?, theirs);
    browser.js::<()>("location.hash = '#exercise';").await?;
    goes(&browser, GUEST).await?;
    assert_eq!(browser.value_of(PROGRAM).await?, own);
    browser.js::<()>("history.back();").await?;
    said(&browser, GUEST).await?;
    browser.click("[data-action=adopt]").await?;
    assert_eq!(browser.value_of(PROGRAM).await?, theirs);
    browser.open(&format!("{page}?exercise=two-calls")).await?;
    browser.wait_for_interpreter().await?;
    assert_eq!(browser.value_of(PROGRAM).await?, theirs, "it is theirs now");
    browser.check_clean().await
}

/// Makes fragments of bytes that no program of ours would put there.
const FRAGMENT: &str = "const pack = async (bytes) => {
    const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  };
  const letters = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const put = (bytes) => { location.hash = `program=1.${letters(bytes)}`; };
  const text = (text) => new TextEncoder().encode(text);";

#[tokio::test]
async fn what_a_link_should_not_have_is_a_sentence_and_the_start_stays() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    let page = format!("{}exercise.html?exercise=two-calls", site.url(""));
    browser.open(&page).await?;
    browser.wait_for_interpreter().await?;
    let start = browser.value_of(PROGRAM).await?;
    for (made, sentence) in [
        ("put(await pack(new Uint8Array(50_000_000)));", "64 KB"),
        ("put(await pack(text('#'.repeat(65_537))));", "64 KB"),
        (
            "put(await pack(new Uint8Array([0xff, 0xfe, 0xfd])));",
            "changed",
        ),
        ("put(text('not compressed at all'));", "changed"),
        (
            "put((await pack(text('print(1)'))).slice(0, -3));",
            "changed",
        ),
        (
            "put(await pack(text('a = 1\\nb = \"\\u202e\"')));",
            "line 2 has a character that cannot be seen, [U+202E]",
        ),
        ("put(await pack(text(' \\n')));", "nothing in it"),
        ("location.hash = 'program=9.AAAA';", "form"),
    ] {
        let before: String = said(&browser, "[data-answer]").await?;
        browser
            .js_async::<()>(&format!("{FRAGMENT} {made} return null;"))
            .await?;
        let look = "return document.querySelector(arguments[0])?.textContent ?? '';";
        let look = async || browser.js_with(look, vec![json!(REFUSED)]).await;
        let is_said = |said: &String| said.contains(sentence);
        until(sentence, PATIENCE, look, is_said)
            .await
            .with_context(|| before)?;
        assert_eq!(browser.value_of(PROGRAM).await?, start);
        browser.js::<()>("location.hash = '';").await?;
        goes(&browser, REFUSED).await?;
    }
    // One that has no room in a link.
    let long: String = (0..9_000_u32)
        .map(|n| char::from(b'a' + u8::try_from(n.wrapping_mul(2_654_435_761) >> 28).unwrap_or(0)))
        .collect();
    let noise: String = long
        .chars()
        .enumerate()
        .map(|(at, one)| format!("{one}{}\n", at * at * 7919 % 10_007))
        .collect();
    write(&browser, &noise).await?;
    browser.click("[data-action=share]").await?;
    let refused = said(&browser, ".session__share .share__said").await?;
    ensure!(refused.contains("cut off"), "{refused}");
    browser.check_clean().await
}

#[tokio::test]
async fn an_exercise_that_the_lesson_is_asked_for_is_a_page_away() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser
        .open(&site.url("theme=dark&exercise=twelve-calls#program=1.AA"))
        .await?;
    browser.wait_for_interpreter().await?;
    let at: String = browser
        .js("return location.pathname.split('/').pop() + location.search + location.hash;")
        .await?;
    assert_eq!(
        at,
        "exercise.html?theme=dark&exercise=twelve-calls#program=1.AA"
    );
    let on: String = browser
        .text_of("[data-action=exercise][aria-pressed=true]")
        .await?;
    ensure!(!on.is_empty());
    // And a program of the lesson, as its link there says.
    browser
        .open(&format!("{}exercise.html?snippet=answer", site.url("")))
        .await?;
    let from = said(&browser, GUEST).await?;
    ensure!(from.contains("“answer”") && from.contains("has not been run"));
    ensure!(
        browser
            .value_of(PROGRAM)
            .await?
            .contains("ThreadPoolExecutor")
    );
    browser.check_clean().await
}

/// The lesson's programs in a language as the page has them, with less work.
async fn lesson(browser: &Browser, ending: &str) -> Result<Vec<(String, String)>> {
    let text: String = browser
        .js_async(
            "const named = document.querySelector('meta[name=exercises]').content;
             return await (await fetch(named)).text();",
        )
        .await?;
    let mut programs: Vec<(String, String)> = Vec::new();
    let mut is_on = false;
    for line in text.lines() {
        if let Some(file) = line.strip_prefix('@') {
            let name = file.strip_prefix("lesson/");
            is_on = name.is_some();
            programs.extend(name.map(|name| (name.to_owned(), String::new())));
        } else if let (true, Some(line), Some(last)) =
            (is_on, line.strip_prefix('\t'), programs.last_mut())
        {
            let less = |line: String, work: &&str| line.replace(work, LESS_WORK);
            last.1 += &WORK.iter().fold(line.to_owned(), less);
            last.1.push('\n');
        }
    }
    programs.retain(|(name, _)| name.ends_with(ending));
    Ok(programs)
}

/// What these print with the machine's own Python, all at once.
async fn at_home(services: &Services, programs: &[(String, String)]) -> Result<Homes> {
    let port = services.origin();
    let port = port.rsplit(':').next().unwrap_or_default();
    let mut homes = JoinSet::new();
    for (name, source) in programs {
        if in_turn(name).is_some() {
            continue;
        }
        let ours = ["7001", "7002", "7003"]
            .iter()
            .fold(source.clone(), |source, known| source.replace(known, port));
        let name = name.clone();
        homes.spawn(async move {
            let ran = Command::new("python3").args(["-c", &ours]).output().await?;
            let errors = String::from_utf8_lossy(&ran.stderr);
            ensure!(ran.status.success(), "{name}: {errors}");
            Ok((name, String::from_utf8(ran.stdout)?))
        });
    }
    homes.join_all().await.into_iter().collect()
}

/// A line without the seconds at its end, and these.
fn parted(line: &str) -> (String, Option<f64>) {
    let words: Vec<&str> = line.split(' ').collect();
    match &words[..] {
        [text @ .., number, "s"] => (text.join(" "), number.parse().ok()),
        _ => (line.to_owned(), None),
    }
}

/// Whose lines it prints, at other times and in another order: at home two threads'
/// lines may run into each other.
fn in_turn(name: &str) -> Option<&'static str> {
    match name {
        "answer.py" => Some("plain.py"),
        "cpu-join.py" | "cpu-workers.py" => Some("cpu-sequential.py"),
        _ => None,
    }
}

/// That both say the same: in the same order, but of what is a set or at it
/// together, and in the same time, but of work.
fn same(name: &str, page: &str, home: &str) -> Result<()> {
    let read = |text: &str| -> Vec<_> { text.lines().map(parted).collect() };
    let (mut page, mut home) = (read(page), read(home));
    let is_timed = !name.starts_with("cpu-") && in_turn(name).is_none();
    if !is_timed || name == "fail-fast.py" {
        page.sort_by(|one, other| one.0.cmp(&other.0));
        home.sort_by(|one, other| one.0.cmp(&other.0));
    }
    let is_same = page.len() == home.len()
        && page.iter().zip(&home).all(|(page, home)| {
            let apart = page.1.zip(home.1).map_or(0.0, |(one, other)| one - other);
            page.0 == home.0 && (!is_timed || apart.abs() < SLACK)
        });
    ensure!(is_same, "{name} prints {page:?} and at home {home:?}");
    Ok(())
}

#[tokio::test]
async fn every_python_program_of_the_lesson_runs_here_as_it_does_at_home() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let browser = Browser::with_programs(&site, &Options::default()).await?;
    let programs = lesson(&browser, ".py").await?;
    assert_eq!(programs.len(), 11, "{programs:?}");
    let homes = at_home(&services, &programs).await?;
    for (name, source) in &programs {
        let ran = browser.run_program(&Program::named(name, source)).await?;
        assert_eq!(ran.outcome, "ok", "{name}: {}", ran.printed);
        let home = homes.get(in_turn(name).unwrap_or(name));
        same(name, &ran.printed, home.context("it has not run")?)?;
    }
    browser.check_clean().await
}

#[tokio::test]
async fn every_javascript_program_of_the_lesson_that_needs_no_node_runs_here() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_programs_in(JAVASCRIPT, &site, &Options::default()).await?;
    let programs = lesson(&browser, ".js").await?;
    assert_eq!(programs.len(), 10, "{programs:?}");
    for (name, source) in &programs {
        let ran = browser.run_program(&Program::named(name, source)).await?;
        assert_eq!(ran.outcome, "ok", "{name}: {}", ran.printed);
        ensure!(ran.printed.contains("total"), "{name}: {}", ran.printed);
    }
    // As the link there says.
    browser
        .open(&format!(
            "{}exercise.html?snippet=answer&language=javascript",
            site.url("")
        ))
        .await?;
    let from = said(&browser, GUEST).await?;
    ensure!(from.contains("“answer”") && from.contains("has not been run"));
    ensure!(browser.value_of(PROGRAM).await?.contains("Promise.all"));
    browser.check_clean().await
}
