//! The article for everyone: what axe-core checks, with every figure there, in
//! both themes, on a wide and a narrow screen.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::figures::{FIGURES, SECTIONS};
use harness::page::QUIET;
use harness::site::Site;
use harness::wait::PATIENCE;

const SIZES: [(u32, u32); 2] = [(1280, 800), (360, 740)];

/// Looks at the page as it is, at every size.
async fn look(browser: &Browser, what: &str, found: &mut Vec<String>) -> Result<()> {
    for size in SIZES {
        browser.resize(size, 1).await?;
        let violations = browser.axe().await?;
        let violations = violations.iter().filter(|one| one.is_of_wcag());
        found.extend(violations.map(|one| format!("{what}, {} px wide: {one}", size.0)));
    }
    browser.resize(SIZES[0], 1).await
}

async fn whole(theme: &str) -> Result<()> {
    let site = Site::start()?;
    let query = format!("{QUIET}&theme={theme}");
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    browser.bring_all_figures().await?;
    let mut found = Vec::new();
    look(&browser, "ready", &mut found).await?;
    for section in FIGURES {
        browser.run_figure(section).await?;
    }
    look(&browser, "over", &mut found).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn axe_finds_nothing_in_the_article_by_day() -> Result<()> {
    whole("light").await
}

#[tokio::test]
async fn axe_finds_nothing_in_the_article_by_night() -> Result<()> {
    whole("dark").await
}

async fn alone(theme: &str) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    let mut found = Vec::new();
    for section in SECTIONS {
        let url = format!("{}?theme={theme}", site.section(section));
        browser.open(&url).await?;
        browser
            .wait_for_states(&["ready", "asked"], PATIENCE)
            .await?;
        look(&browser, section, &mut found).await?;
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn axe_finds_nothing_in_a_section_alone_by_day() -> Result<()> {
    alone("light").await
}

#[tokio::test]
async fn axe_finds_nothing_in_a_section_alone_by_night() -> Result<()> {
    alone("dark").await
}
