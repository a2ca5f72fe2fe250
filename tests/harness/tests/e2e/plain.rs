//! The article without scripts, and on paper: all that can be read is there.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::chromium_only;
use harness::figures::{APART, FIGURES, SECTIONS};
use harness::page::{DOCUMENT, QUIET};
use harness::site::Site;
use serde::Deserialize;
use serde_json::json;

/// A section as a page without scripts has it.
#[derive(Debug, Deserialize)]
struct Section {
    id: String,
    words: usize,
    /// The stills, each with what it was answered with and what it says in words.
    stills: Vec<(String, u16, String)>,
    programs: Vec<String>,
}

/// What is in a page for who has no script; a parser has none either.
async fn sections(browser: &Browser, url: &str) -> Result<Vec<Section>> {
    browser
        .js_async(&format!(
            "{DOCUMENT}
             const page = await parsed({url:?});
             const still = async (image) => {{
               const url = new URL(image.getAttribute('src'), {url:?});
               return [url.pathname, (await fetch(url)).status, image.alt];
             }};
             return Promise.all([...page.querySelectorAll('.section')].map(async (section) => ({{
               id: section.id,
               words: section.textContent.split(/\\s+/).length,
               stills: await Promise.all([...section.querySelectorAll('noscript img')].map(still)),
               programs: [...section.querySelectorAll('noscript pre')].map(one => one.textContent),
             }})));"
        ))
        .await
}

fn ensure_readable(section: &Section) -> Result<()> {
    let id = &section.id;
    ensure!(section.words > 60, "{id} has {} words", section.words);
    let figures = usize::from(FIGURES.contains(&id.as_str()) || APART.contains(&id.as_str()));
    ensure!(
        section.stills.len() == figures,
        "the stills of {id}: {:?}",
        section.stills
    );
    for (still, status, words) in &section.stills {
        ensure!(*status == 200, "{still} answered {status}");
        ensure!(!words.is_empty(), "{still} says nothing in words");
    }
    Ok(())
}

/// What the lesson is about.
const THE_ANSWER: [&str; 3] = ["with ThreadPoolExecutor", "executor.submit(", ".result()"];

#[tokio::test]
async fn without_scripts_the_whole_lesson_and_its_answer_are_there() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url(QUIET)).await?;
    let whole = sections(&browser, &site.url("")).await?;
    let ids: Vec<&str> = whole.iter().map(|section| section.id.as_str()).collect();
    let all: Vec<&str> = SECTIONS.into_iter().chain(APART).collect();
    assert_eq!(ids, all);
    for section in whole
        .iter()
        .filter(|section| !APART.contains(&section.id.as_str()))
    {
        ensure_readable(section)?;
    }
    let answer = whole.iter().find(|section| section.id == "answer");
    let programs = &answer.context("there is no answer")?.programs;
    let program = programs.first().context("there is no program")?;
    for part in THE_ANSWER {
        ensure!(program.contains(part), "{part} is not in {program}");
    }
    for id in all {
        let alone = sections(&browser, &site.section(id)).await?;
        let [section] = &alone[..] else {
            anyhow::bail!("{id}.html has {} sections", alone.len());
        };
        assert_eq!(section.id, id);
        ensure_readable(section)?;
    }
    Ok(())
}

#[tokio::test]
async fn with_scripts_switched_off_the_lesson_is_read_and_its_stills_are_seen() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    let off = json!({ "value": true });
    browser
        .cdp("Emulation.setScriptExecutionDisabled", off)
        .await?;
    browser.open(&site.url("")).await?;
    let text = browser.text().await?;
    for part in THE_ANSWER {
        ensure!(text.contains(part), "{part} cannot be read");
    }
    let unseen: Vec<String> = browser
        .js("return [...document.querySelectorAll('.figure')]
               .filter(figure => !(figure.querySelector('img')?.naturalWidth > 0))
               .map(figure => figure.closest('.section').id);")
        .await?;
    ensure!(unseen.is_empty(), "no stills of {unseen:?}");
    // What would set a figure that is not there is not there either.
    let knobs: bool = browser
        .js("return [...document.querySelectorAll('.knobs')].some(one => one.checkVisibility());")
        .await?;
    ensure!(!knobs, "there are knobs for nothing");
    // Nor is anything said of a program that is late, beside what is said of it.
    let late: Vec<String> = browser
        .js(
            "return [...document.querySelectorAll('.notice')].filter(one => one.checkVisibility())
               .map(one => one.textContent);",
        )
        .await?;
    ensure!(
        late.len() == 1 && late[0].contains("needs JavaScript"),
        "{late:?}"
    );
    Ok(())
}

#[tokio::test]
async fn on_paper_there_is_the_crib_alone() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    for dark in [false, true] {
        let options = Options {
            dark,
            ..Options::default()
        };
        let browser = Browser::with_article(&site, &options).await?;
        browser.bring_all_figures().await?;
        browser
            .cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await?;
        let (seen, others): (bool, Vec<String>) = browser
            .js("const crib = document.querySelector('#crib');
                 const others = [...document.body.querySelectorAll('*')]
                   .filter(one => one.checkVisibility({ visibilityProperty: true }))
                   .filter(one => !crib.contains(one) && !one.contains(crib))
                   .filter(one => one.getBoundingClientRect().height > 0 && !one.closest('.visually-hidden'));
                 return [crib.checkVisibility(), others.map(one => `${one.localName}.${one.className}`)];")
            .await?;
        ensure!(seen && others.is_empty(), "seen: {seen}, {others:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_crib_fits_on_one_sheet() -> Result<()> {
    let site = Site::start()?;
    for query in [QUIET, "section=gil"] {
        let browser = Browser::start(&Options::default()).await?;
        browser.open(&site.url(query)).await?;
        browser.wait_for_state("ready").await?;
        assert_eq!(browser.sheets().await?, 1, "{query}");
    }
    Ok(())
}
