//! An exercise in another site's page: a frame in which a reader writes and runs a
//! program, and of which the host hears the verdict and nothing else.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::embed::{self, Host};
use harness::programs::Program;
use harness::result::Answered;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/exercises");

/// An answer to an exercise, with something in it that nobody else is to hear of.
fn answer(exercise: &str, file: &str) -> Result<Program> {
    let path = format!("{FOLDER}/{exercise}/{file}");
    let source = std::fs::read_to_string(&path).context(path)?;
    Ok(Program::named(file, &(source + "# a secret\n")))
}

/// What the frame shows, of these: the page's parts that are the lesson's.
async fn shown(browser: &Browser) -> Result<Vec<String>> {
    browser
        .js(
            "const parts = ['.intro', '.contents', '.foot', '.skip', '[data-answer]', '.section__more'];
             return parts.filter((part) => document.querySelector(part)?.checkVisibility());",
        )
        .await
}

#[tokio::test]
async fn a_host_hears_the_verdict_and_nothing_of_the_program() -> Result<()> {
    let site = Site::start()?;
    let body = "<expert-chef id=\"one\" exercise=\"two-calls\" language=\"python\" \
                theme=\"dark\" autorun=\"load\"></expert-chef><p>After</p>";
    let host = Host::start(&site, body)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    let refused: String = browser
        .js_async("return await one.run().then(() => 'done', error => error.name);")
        .await?;
    assert_eq!(refused, "NotAllowedError", "a host runs nobody's program");

    browser.enter_embed("one").await?;
    browser.wait_for_interpreter().await?;
    assert_eq!(shown(&browser).await?, ["[data-answer]", ".section__more"]);
    let theme: String = browser
        .js("return document.documentElement.dataset.theme;")
        .await?;
    assert_eq!(theme, "dark");
    for file in ["junior.py", "start.py"] {
        let ran = browser.run_program(&answer("two-calls", file)?).await?;
        assert_eq!(ran.outcome, "ok", "{}", ran.printed);
    }
    let needed: f64 = browser.js("return document.body.offsetHeight;").await?;
    browser.leave_frame().await?;

    let passed = browser.told_by("one", "finished", 1).await?;
    let passed = Answered::parse(&passed)?;
    assert_eq!(
        (&*passed.exercise, &*passed.language, &*passed.source),
        ("two-calls", "python", "program")
    );
    assert_eq!(passed.verdict.outcome, "passed");
    ensure!(!passed.runs.is_empty());
    let failed = Answered::parse(&browser.told_by("one", "finished", 2).await?)?;
    assert_eq!(failed.verdict.failed, ["ratio"]);
    let told = serde_json::to_string(
        &browser
            .js::<serde_json::Value>("return embedRecord;")
            .await?,
    )?;
    ensure!(
        !told.contains("secret") && !told.contains("call("),
        "{told}"
    );
    let height = async || browser.embed_height("one").await;
    let is_room = |height: &f64| *height >= needed && *height < needed + 100.0;
    until("as much room as it needs", PATIENCE, height, is_room).await?;

    // One that is not there is a sentence.
    browser
        .js::<()>(
            "one.remove(); const two = document.createElement('expert-chef');
             two.id = 'two'; two.setAttribute('exercise', 'soup'); document.body.append(two);",
        )
        .await?;
    browser.told_by("two", "ready", 1).await?;
    browser.enter_embed("two").await?;
    browser.wait_for_interpreter().await?;
    let says: String = browser.text_of("[data-part=exercises] .notice").await?;
    ensure!(says.contains("soup"), "{says}");
    browser.leave_frame().await?;
    browser.check_clean().await
}

#[tokio::test]
async fn in_a_sandbox_without_an_origin_it_works_or_says_why_not() -> Result<()> {
    let site = Site::of(&dist::folder()?).with_headers()?.start()?;
    let body = format!(
        "<iframe id=\"one\" sandbox=\"allow-scripts\" width=\"700\" height=\"900\" \
         src=\"{}exercise.html?embed=1&amp;exercise=two-calls\"></iframe>",
        site.url("")
    );
    let host = Host::with(&body, Ok)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser
        .enter_frame("document.getElementById('one')")
        .await?;
    let look = "return document.querySelector('[data-answer]')?.dataset.program ?? 'none';";
    let word = async || Ok(browser.js::<String>(look).await.unwrap_or_default());
    let is_settled = |word: &String| matches!(word.as_str(), "ready" | "failed");
    let word = until(
        "an interpreter or a sentence",
        3 * PATIENCE,
        word,
        is_settled,
    )
    .await?;
    if word == "ready" {
        let ran = browser
            .run_program(&answer("two-calls", "junior.py")?)
            .await?;
        assert_eq!(ran.outcome, "ok", "{}", ran.printed);
    } else {
        let says: String = browser.text_of(".session__says").await?;
        ensure!(says.ends_with('.'), "{says}");
    }
    Ok(())
}
