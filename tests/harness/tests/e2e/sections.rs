//! Each section of the article by itself: on its own page, as somebody who
//! searched for it finds it, and in a frame on another site.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::embed::{self, Host};
use harness::figures::{APART, FIGURES, SECTIONS, is_of_the_network};
use harness::page::{DOCUMENT, QUIET, RUN};
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde::Deserialize;

/// What a page says of itself to who has not opened it.
#[derive(Debug, Deserialize)]
struct Said {
    title: String,
    description: String,
    card: String,
    /// What search engines read, parsed.
    data: serde_json::Value,
}

/// As its host sends it, to whom nothing of it has been stored.
async fn said(browser: &Browser, url: &str) -> Result<Said> {
    browser
        .js_async(&format!(
            "{DOCUMENT}
             const page = await parsed({url:?});
             const meta = name => page.querySelector(`meta[name=\"${{name}}\"], meta[property=\"${{name}}\"]`)?.content ?? '';
             return {{
               title: page.title,
               description: meta('description'),
               card: meta('og:title'),
               data: JSON.parse(page.querySelector('script[type=\"application/ld+json\"]').textContent),
             }};"
        ))
        .await
}

/// One section alone can be seen, and its figure once.
async fn ensure_alone(browser: &Browser, section: &str) -> Result<()> {
    let seen = browser.seen_sections().await?;
    ensure!(seen == [section], "seen beside {section}: {seen:?}");
    let stages: Vec<String> = browser
        .js("return [...document.querySelectorAll('.stage')].filter(stage => stage.checkVisibility())
               .map(stage => stage.closest('section').id);")
        .await?;
    let expected = match section {
        "say" => vec![],
        "question" => vec!["stage"],
        _ => vec![section],
    };
    ensure!(stages == expected, "stages of {section}: {stages:?}");
    Ok(())
}

async fn opens_alone_and_runs(site: &Site, section: &str) -> Result<()> {
    let browser = Browser::with_section(site, section, &Options::default()).await?;
    ensure_alone(&browser, section).await?;
    if section != "say" {
        browser.click(RUN).await?;
        let over = ["finished", "failed"];
        browser.wait_for_states(&over, PATIENCE * 2).await?;
        // Once: no second stage has answered to the same click.
        let finished = browser.probe().await?.finished.len();
        ensure!(finished == 1, "{finished} runs of one click");
    }
    ensure_alone(&browser, section).await?;
    browser.check_clean_but(is_of_the_network).await
}

#[tokio::test]
async fn each_section_opened_first_is_there_alone_and_runs() -> Result<()> {
    for section in SECTIONS {
        // The service worker of one host would know the page by the second.
        let site = Site::start()?;
        let opened = opens_alone_and_runs(&site, section).await;
        opened.with_context(|| format!("{section}.html"))?;
    }
    Ok(())
}

async fn runs_in_a_frame(site: &Site, section: &str) -> Result<()> {
    let source = site.url(&format!("embed=1&section={section}"));
    let frame = format!("<iframe src=\"{source}\" width=\"900\" height=\"1400\"></iframe>");
    let host = Host::with(&frame, Ok)?;
    let browser = Browser::start(&Options {
        size: (1000, 1500),
        ..Options::default()
    })
    .await?;
    browser.open(&host.url()).await?;
    browser
        .enter_frame("document.querySelector('iframe')")
        .await?;
    browser
        .wait_for_states(&["ready", "asked"], PATIENCE)
        .await?;
    ensure_alone(&browser, section).await?;
    if FIGURES.contains(&section) {
        browser
            .click(&format!("#{section} [data-action=run]"))
            .await?;
        let over = ["finished", "failed"];
        browser.wait_for_states(&over, PATIENCE * 2).await?;
    }
    let around: Vec<String> = browser
        .js("return ['.intro', '.contents', '.foot'].filter(part => document.querySelector(part)?.checkVisibility());")
        .await?;
    ensure!(around.is_empty(), "seen around it: {around:?}");
    let way: String = browser
        .js_with(
            "return document.querySelector(`#${arguments[0]} .section__more a`).href;",
            vec![section.into()],
        )
        .await?;
    ensure!(way == site.url("") + "#" + section, "it leads to {way}");
    let mut console = browser.console().await?;
    console.retain(|entry| entry.level == "SEVERE" && !is_of_the_network(entry));
    ensure!(console.is_empty(), "{console:#?}");
    Ok(())
}

#[tokio::test]
async fn each_section_is_there_alone_and_runs_in_a_frame_on_another_site() -> Result<()> {
    for section in SECTIONS {
        let site = Site::start()?;
        let embedded = runs_in_a_frame(&site, section).await;
        embedded.with_context(|| format!("?embed=1&section={section}"))?;
    }
    Ok(())
}

#[tokio::test]
async fn an_element_shows_a_section_whole_and_tells_of_its_runs() -> Result<()> {
    let site = Site::start()?;
    let element = "<expert-chef id=\"one\" section=\"answer\"></expert-chef>";
    let host = Host::start(&site, element)?;
    for width in [1280, 360] {
        let options = Options {
            size: (width, 900),
            ..Options::default()
        };
        let browser = embed::browser(options).await?;
        browser.open(&host.url()).await?;
        browser.told_by("one", "ready", 1).await?;
        browser.enter_embed("one").await?;
        ensure_alone(&browser, "answer").await?;
        // The frame cannot be scrolled.
        let look = async || {
            let cut = "return document.documentElement.scrollHeight - innerHeight;";
            browser.js::<f64>(cut).await
        };
        let is_whole = |cut: &f64| *cut <= 0.5;
        until("the room for all of it", PATIENCE, look, is_whole).await?;
        browser.click("#answer [data-action=run]").await?;
        browser.leave_frame().await?;
        let result = browser.told_by("one", "finished", 1).await?;
        assert_eq!(result["scenario"], "two-calls");
        browser.check_clean().await?;
    }
    Ok(())
}

#[tokio::test]
async fn each_section_says_of_itself_what_it_is() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    let mut titles = BTreeSet::new();
    let mut descriptions = BTreeSet::new();
    browser.open(&site.url(QUIET)).await?;
    let whole = said(&browser, &site.url("")).await?;
    assert_eq!(whole.data["@type"], "LearningResource");
    titles.insert(whole.title.clone());
    descriptions.insert(whole.description.clone());
    let pages: Vec<&str> = SECTIONS.into_iter().chain(APART).collect();
    let parts = whole.data["hasPart"].as_array();
    let parts = parts.context("the whole has no parts")?;
    assert_eq!(parts.len(), pages.len(), "{parts:?}");
    for (section, part) in pages.into_iter().zip(parts) {
        assert_eq!(part["@type"], "LearningResource");
        assert_eq!(part["url"], format!("./{section}.html"));
        let said = said(&browser, &site.section(section)).await?;
        assert_eq!(said.data["@type"], "LearningResource", "{section}");
        assert_eq!(said.data["name"], said.title.as_str(), "{section}");
        assert_eq!(
            said.data["description"],
            said.description.as_str(),
            "{section}"
        );
        assert_eq!(said.card, said.title, "{section}");
        assert!(titles.insert(said.title), "{section} has another's title");
        assert!(
            descriptions.insert(said.description),
            "{section} has another's description"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_section_that_is_asked_for_is_shown_by_the_whole_page_too() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&site.url("section=gil")).await?;
    browser.wait_for_state("ready").await?;
    ensure_alone(&browser, "gil").await?;
    let (title, heading): (String, String) = browser
        .js("return [document.title, document.querySelector('#gil h2').textContent];")
        .await?;
    assert_eq!(title, format!("{heading} · Expert Chef"));
    browser.run_figure("gil").await?;
    browser.wait_for_state("finished").await?;
    browser.check_clean().await
}

#[tokio::test]
async fn an_unknown_section_is_the_whole_page() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    for query in ["section=soup", "section=stage", "section=", "section=crib"] {
        browser.open(&site.url(query)).await?;
        browser
            .wait_for_states(&["ready", "asked"], PATIENCE)
            .await?;
        let seen = browser.seen_sections().await?;
        let all: Vec<&str> = SECTIONS.into_iter().chain(APART).collect();
        assert_eq!(seen, all, "{query}");
        let title: String = browser.js("return document.title;").await?;
        assert!(title.starts_with("Expert Chef"), "{query}: {title}");
    }
    browser.check_clean().await
}

#[tokio::test]
async fn what_a_section_links_to_in_the_others_is_a_page_away() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "say", &Options::default()).await?;
    browser.click("#say a[href*=practice]").await?;
    let there = "return document.querySelector('#practice')?.checkVisibility() === true
                   && location.hash === '#practice';";
    let look = async || Ok(browser.js::<bool>(there).await.unwrap_or(false));
    until("the practice", PATIENCE, look, |&there| there).await?;
    browser
        .wait_for_states(&["ready", "asked"], PATIENCE)
        .await?;
    browser.check_clean().await
}
