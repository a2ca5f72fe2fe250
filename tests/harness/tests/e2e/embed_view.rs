//! The stage alone, as it looks on other pages.

use anyhow::{Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::RUN;
use harness::services::Services;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
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
        ".bar__player",
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

/// How many calls have been made, and what the source is said to be.
async fn calls_and_source(browser: &Browser) -> Result<(usize, String)> {
    browser
        .js("return [
               performance.getEntriesByType('resource')
                 .filter(({ name }) => name.includes('/expert-chef-services/')).length,
               document.querySelector('[data-part=source]').innerText.trim(),
             ];")
        .await
}

#[tokio::test]
async fn a_still_shows_its_moment_without_any_call_until_it_is_run() -> Result<()> {
    let site = Site::start()?;
    let query = "embed=1&tasks=user:60,billing:900&at=70";
    let browser = sized(&site, query, 700).await?;
    let ahead = (0, "drawn ahead".to_owned());
    assert_eq!(calls_and_source(&browser).await?, ahead);
    let seen: Vec<String> = browser
        .js(
            "return [...document.querySelectorAll('.card__time, .chart__label, .chart__time')]
               .map(one => one.textContent).filter(text => text);",
        )
        .await?;
    assert_eq!(seen, ["0.07 s", "0.07 s", "70 ms", "✓ 60", "✓ 60"]);
    let is_asked: bool = browser
        .js("return document.querySelector('[data-part=guess]') !== null;")
        .await?;
    assert!(!is_asked);

    browser.run_by_click(PATIENCE).await?;
    let seen = async || calls_and_source(&browser).await;
    let is_live = |(calls, source): &(usize, String)| *calls == 4 && source == "service worker";
    until("four calls", PATIENCE, seen, is_live).await?;
    browser.click("[data-action=reset]").await?;
    browser.wait_for_state("ready").await?;
    assert_eq!(calls_and_source(&browser).await?.1, "drawn ahead");
    browser.check_clean().await
}

#[tokio::test]
async fn the_whole_page_has_stills_too() -> Result<()> {
    let site = Site::start()?;
    let browser = sized(&site, "at=900", 1000).await?;
    let (calls, source) = calls_and_source(&browser).await?;
    assert_eq!(calls, 0);
    assert!(
        source.starts_with("drawn ahead") && source.contains("Nothing was called"),
        "{source}"
    );
    let measured: Vec<String> = browser
        .js("return [...document.querySelectorAll('.verdict__table tbody td:nth-child(3)')].map(one => one.textContent);")
        .await?;
    assert_eq!(measured, ["–", "–"]);
    browser.check_clean().await
}

#[tokio::test]
async fn a_caption_is_its_title_and_nothing_but_text() -> Result<()> {
    let site = Site::start()?;
    let query = format!("{QUICK}&caption=%3Cimg src=x onerror=alert(1)%3E Two ways");
    let browser = sized(&site, &query, 700).await?;
    let (title, pictures): (String, usize) = browser
        .js("const title = document.querySelector('.stage__title');
             return [title.textContent, title.children.length];")
        .await?;
    assert_eq!(title, "<img src=x onerror=alert(1)> Two ways");
    assert_eq!(pictures, 0);
    browser.check_clean().await
}

#[tokio::test]
async fn an_accent_colours_what_is_pressed_and_the_text_on_it_can_be_read() -> Result<()> {
    let site = Site::start()?;
    let colours = "const run = getComputedStyle(document.querySelector('.bar__run'));
                   const head = getComputedStyle(document.querySelector('.chart__playhead'));
                   return [run.backgroundColor, run.color, head.stroke];";
    for (accent, colour, on_it) in [
        ("ffcc00", "rgb(255, 204, 0)", "rgb(0, 0, 0)"),
        ("%23037", "rgb(0, 51, 119)", "rgb(255, 255, 255)"),
    ] {
        for theme in ["light", "dark"] {
            let query = format!("{QUICK}&accent={accent}&theme={theme}");
            let browser = sized(&site, &query, 700).await?;
            let seen: Vec<String> = browser.js(colours).await?;
            assert_eq!(seen, [colour, on_it, colour], "{accent}, {theme}");
            browser.check_clean().await?;
        }
    }
    let usual = sized(&site, QUICK, 700).await?;
    let bad = sized(&site, &format!("{QUICK}&accent=red;background:url(x)"), 700).await?;
    assert_eq!(
        usual.js::<Vec<String>>(colours).await?,
        bad.js::<Vec<String>>(colours).await?
    );
    let problem: String = bad
        .js("return document.querySelector('.notice--problem').textContent;")
        .await?;
    assert!(problem.contains("accent"), "{problem}");
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
            "embed=1&tasks=a:1900,b:2100:503",
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
                       .filter(one => one.checkVisibility() && !one.closest('svg svg, .kitchen, .visually-hidden, .stage__title, [data-part=endpoints] *'))
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
