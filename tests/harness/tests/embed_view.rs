//! The stage alone, as it looks on other pages.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::RUN;
use harness::services::Services;
use harness::site::Site;
use harness::wait::PATIENCE;
use serde_json::Value;

const QUICK: &str = "embed=1&tasks=user:60,billing:90,orders:120";

async fn sized(site: &Site, query: &str, width: u32) -> Result<Browser> {
    let options = Options {
        size: (width, 1200),
        ..Options::default()
    };
    Browser::with_page(site, query, &options).await
}

/// What can be seen and is not within the stage or around it.
const OTHERS: &str = "return [...document.body.querySelectorAll('*')]
    .filter(one => one.checkVisibility({ visibilityProperty: true }))
    .filter(one => !one.closest('[data-expert-chef]') && !one.querySelector('[data-expert-chef]'))
    .map(one => `${one.localName}.${one.className}`);";

#[tokio::test]
async fn it_is_the_stage_and_nothing_else_of_the_page() -> Result<()> {
    let site = Site::start()?;
    let browser = sized(&site, QUICK, 700).await?;
    assert_eq!(
        browser.js::<Vec<String>>(OTHERS).await?,
        Vec::<String>::new()
    );
    for part in [
        ".kitchens",
        ".chart",
        ".player",
        ".verdict__headline",
        "[data-part=source]",
        RUN,
    ] {
        let is_there: bool = browser
            .js_with(
                "return document.querySelector(arguments[0])?.checkVisibility() === true;",
                vec![part.into()],
            )
            .await?;
        assert!(is_there, "{part} is missing");
    }
    for part in [
        "[data-part=guess]",
        ".log",
        ".calls",
        ".editor",
        ".compare",
        "[data-input=scenario]",
    ] {
        let count: usize = browser
            .js_with(
                "return document.querySelectorAll(arguments[0]).length;",
                vec![part.into()],
            )
            .await?;
        assert_eq!(count, 0, "{part} is there");
    }
    browser.run_by_click(PATIENCE).await?;
    browser.check_clean().await
}

#[tokio::test]
async fn its_link_leads_to_the_whole_page_with_the_same_calls() -> Result<()> {
    let site = Site::start()?;
    let query = "embed=1&ground=page&tasks=x:70,y:90&compare=join,pool:2&theme=dark";
    let browser = sized(&site, query, 360).await?;
    let (target, rel): (String, String) = browser
        .js("const link = document.querySelector('.stage a'); return [link.target, link.rel];")
        .await?;
    assert_eq!((target.as_str(), rel.as_str()), ("_blank", "noopener"));
    browser.click(".stage a").await?;
    browser.go_to_newest_tab().await?;
    browser.wait_for_state("ready").await?;
    let (search, is_alone): (String, bool) = browser
        .js("return [location.search, document.documentElement.hasAttribute('data-embed')];")
        .await?;
    assert!(!is_alone);
    for word in [
        "tasks=x%3A70%2Cy%3A90",
        "compare=join%2Cpool%3A2",
        "theme=dark",
    ] {
        assert!(search.contains(word), "{search}");
    }
    Ok(())
}

#[tokio::test]
async fn it_paints_no_ground_unless_asked_to() -> Result<()> {
    let site = Site::start()?;
    let grounds = "return [document.documentElement, document.body, document.querySelector('main'), document.querySelector('[data-expert-chef]')]
        .map(one => getComputedStyle(one).backgroundColor);";
    for theme in ["light", "dark", "auto"] {
        let browser = sized(&site, &format!("{QUICK}&theme={theme}"), 700).await?;
        let seen: Vec<String> = browser.js(grounds).await?;
        assert!(
            seen.iter().all(|ground| ground == "rgba(0, 0, 0, 0)"),
            "{theme}: {seen:?}"
        );
        let panel: String = browser
            .js("return getComputedStyle(document.querySelector('.stage')).backgroundColor;")
            .await?;
        assert!(panel.starts_with("rgb("), "{theme}: text stands on {panel}");
    }
    let browser = sized(&site, &format!("{QUICK}&ground=page"), 700).await?;
    let seen: Vec<String> = browser.js(grounds).await?;
    assert!(seen[1].starts_with("rgb("), "{seen:?}");
    Ok(())
}

/// Sizes that must not change from one state to the next.
async fn heights(browser: &Browser) -> Result<Value> {
    browser
        .js("return [...document.querySelectorAll('.stage, .stage > :not(.visually-hidden)')]
               .map(one => [one.className.split(' ')[0], Math.round(one.getBoundingClientRect().height)]);")
        .await
}

#[tokio::test]
async fn its_height_is_the_same_before_during_and_after_a_run() -> Result<()> {
    let site = Site::start()?;
    for width in [280, 360, 700] {
        for query in [
            "embed=1&tasks=a:700,b:900:503",
            "embed=1&scenario=dashboard&compare=sequential,join,first",
        ] {
            let browser = sized(&site, query, width).await?;
            let ready = heights(&browser).await?;
            browser.click(RUN).await?;
            browser.wait_for_state("running").await?;
            let running = heights(&browser).await?;
            browser
                .wait_for_states(&["finished", "failed"], PATIENCE)
                .await?;
            assert_eq!(ready, running, "{query}, {width} px wide");
            assert_eq!(ready, heights(&browser).await?, "{query}, {width} px wide");
        }
    }
    Ok(())
}

#[tokio::test]
async fn it_fits_from_280_pixels_up() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let endpoints = format!(
        "embed=1&{}",
        services.endpoints(&[("user", 50), ("a service with a long name", 80)])
    );
    for width in [280, 360, 479, 480, 700] {
        for query in [
            QUICK,
            &endpoints,
            "embed=1&scenario=fifty-orders&compare=sequential,join,pool:4,fail-fast",
        ] {
            let browser = sized(&site, query, width).await?;
            let beyond: Vec<String> = browser
                .js("const stage = document.querySelector('.stage').getBoundingClientRect();
                     return [...document.querySelectorAll('.stage *')]
                       .filter(one => one.checkVisibility() && !one.closest('svg svg, .visually-hidden, .stage__title, [data-part=endpoints] *'))
                       .filter(one => one.localName !== 'text' && one.getBoundingClientRect().right > stage.right + 0.5)
                       .map(one => `${one.localName}.${one.getAttribute('class')}`);")
                .await?;
            ensure!(beyond.is_empty(), "{query}, {width} px wide: {beyond:?}");
            let is_scrolling: bool = browser
                .js("return document.documentElement.scrollWidth > innerWidth;")
                .await?;
            ensure!(!is_scrolling, "{query}, {width} px wide, scrolls sideways");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_plain_frame_at_a_fixed_height_works_without_a_script() -> Result<()> {
    let site = Site::start()?;
    let frame = format!(
        "<iframe title=\"Chefs\" width=\"700\" height=\"500\" src=\"{}\"></iframe>",
        site.url(QUICK)
    );
    let host = harness::embed::Host::with(&frame.replace('&', "&amp;"), Ok)?;
    let browser = Browser::start(&Options::default()).await?;
    browser.open(&host.url()).await?;
    browser
        .enter_frame("document.querySelector('iframe')")
        .await?;
    browser.wait_for_state("ready").await?;
    browser.click(RUN).await?;
    browser.wait_for_state("finished").await?;
    let can_scroll: bool = browser.js("scrollTo(0, 9999); return scrollY > 0;").await?;
    assert!(can_scroll, "what does not fit cannot be reached");
    Ok(())
}
