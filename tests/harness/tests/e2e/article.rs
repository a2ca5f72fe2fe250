//! The whole article: its figures come when they are near, stand still while it
//! is read, fit their room, and cost nothing when nobody runs them.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{AtRest, Browser, Options};
use harness::chromium_only;
use harness::figures::{APART, FIGURES, SECTIONS, is_of_the_network};
use harness::page::QUIET;
use harness::shifts::{self, Shift};
use harness::site::Site;
use harness::wait::{PATIENCE, until};

#[tokio::test]
async fn the_contents_lead_to_each_section() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_article(&site, &Options::default()).await?;
    let links: Vec<String> = browser
        .js("return [...document.querySelectorAll('.contents a')].map(link => link.getAttribute('href'));")
        .await?;
    let sections = SECTIONS.into_iter().chain(APART);
    let expected: Vec<String> = sections.map(|section| format!("#{section}")).collect();
    assert_eq!(links, expected);
    for link in links {
        browser.js::<()>("scrollTo(0, 0);").await?;
        browser
            .click(&format!(".contents a[href='{link}']"))
            .await?;
        let arrived = format!(
            "const {{ top, bottom }} = document.querySelector('{link} h2').getBoundingClientRect();
             return location.hash === '{link}' && top >= 0 && bottom <= innerHeight;"
        );
        let look = async || browser.js::<bool>(&arrived).await;
        until(&link, PATIENCE, look, |&arrived| arrived).await?;
    }
    browser.check_clean().await
}

/// The figures that are at most half a screen away.
async fn near(browser: &Browser) -> Result<Vec<String>> {
    browser
        .js("const isNear = figure => {
               const { top, bottom } = figure.getBoundingClientRect();
               return top <= innerHeight * 1.5 && bottom >= innerHeight * -0.5;
             };
             return [...document.querySelectorAll('[data-figure]')].filter(isNear)
               .map(figure => figure.closest('.section').id);")
        .await
}

#[tokio::test]
async fn a_figure_is_there_when_it_comes_near_and_not_before() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_article(&site, &Options::default()).await?;
    let mut came_near = near(&browser).await?;
    ensure!(came_near.len() < FIGURES.len(), "all of them are near");
    for section in FIGURES {
        // By then whatever is near is there.
        browser.frames_pass().await?;
        let mounted = browser.mounted_figures().await?;
        ensure!(
            mounted.iter().all(|one| came_near.contains(one)),
            "{mounted:?} are there, and only {came_near:?} came near"
        );
        browser.bring_figure(section).await?;
        came_near.extend(near(&browser).await?);
    }
    assert_eq!(browser.mounted_figures().await?, FIGURES);
    Ok(())
}

#[tokio::test]
async fn no_figure_runs_by_itself() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_article(&site, &Options::default()).await?;
    browser.bring_all_figures().await?;
    browser.js::<()>("scrollTo(0, 0);").await?;
    ensure!(browser.is_stage_in_sight().await?);
    for section in FIGURES {
        assert_eq!(browser.figure_state(section).await?, "ready", "{section}");
    }
    let calls: Vec<String> = browser
        .js(
            "return performance.getEntriesByType('resource').map(entry => entry.name)
               .filter(name => name.includes('/expert-chef-services/'));",
        )
        .await?;
    assert_eq!(calls, Vec::<String>::new());
    assert_eq!(browser.probe().await?.finished.len(), 0);
    browser.check_clean().await
}

#[tokio::test]
async fn nothing_shifts_while_the_article_is_read_and_run() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    for size in [(1280, 800), (360, 740)] {
        let options = shifts::recorded(size);
        let browser = Browser::with_article(&site, &options).await?;
        browser.bring_all_figures().await?;
        let mut moved = moved(&browser).await?;
        let sum = Shift::sum(&moved);
        ensure!(sum <= 0.001, "{size:?}, read: {}", told(&moved));
        for section in FIGURES {
            let before = moved.len();
            browser.run_figure(section).await?;
            moved = self::moved(&browser).await?;
            let by_run = &moved[before..];
            let sum = Shift::sum(by_run);
            ensure!(sum <= 0.001, "{size:?}, {section} run: {}", told(by_run));
        }
        let before = moved.len();
        for section in FIGURES.into_iter().rev() {
            browser.bring_figure(section).await?;
        }
        moved = self::moved(&browser).await?;
        ensure!(
            moved.len() == before,
            "{size:?}, read again: {}",
            told(&moved[before..])
        );
    }
    Ok(())
}

/// How high the place of the main stage is with each frame, from the first on in
/// which there is a stage.
const HEIGHTS: &str = "
    window.heights = [];
    const look = () => {
      const place = document.getElementById('stage');
      if (place?.querySelector('.stage')) heights.push(place.getBoundingClientRect().height);
      requestAnimationFrame(look);
    };
    look();";

#[tokio::test]
async fn the_stage_is_as_high_while_it_loads_as_when_it_is_ready() -> Result<()> {
    let site = Site::start()?;
    for size in [(1280, 800), (700, 800), (360, 740)] {
        let options = Options {
            size,
            inject: vec![HEIGHTS.into()],
            ..Options::default()
        };
        let browser = Browser::with_article(&site, &options).await?;
        browser.frames_pass().await?;
        let heights: Vec<f64> = browser.js("return heights;").await?;
        let (first, last) = heights.first().zip(heights.last()).context("no frame")?;
        ensure!(
            heights.iter().all(|height| (height - last).abs() <= 0.5),
            "{size:?}: from {first} to {last}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn nothing_shifts_for_who_comes_for_a_section_in_the_middle() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    for size in [(1280, 800), (360, 740)] {
        let options = shifts::recorded(size);
        let browser = Browser::start(&options).await?;
        let url = format!("{}#burns", site.url(QUIET));
        browser.open(&url).await?;
        browser.wait_for_state("ready").await?;
        browser.bring_figure("burns").await?;
        let moved = moved(&browser).await?;
        let sum = Shift::sum(&moved);
        ensure!(sum <= 0.001, "{size:?}: {}", told(&moved));
    }
    Ok(())
}

/// What has moved so far, but along the axis, where a run takes longer than
/// theory says.
async fn moved(browser: &Browser) -> Result<Vec<Shift>> {
    let mut moved = browser.shifts().await?;
    let is_off = |shift: &Shift| shift.sources.iter().any(|source| !source.is_on_axis);
    moved.retain(|shift| shift.sources.is_empty() || is_off(shift));
    Ok(moved)
}

fn told(shifts: &[Shift]) -> String {
    let sources = shifts.iter().flat_map(|shift| &shift.sources);
    let told: Vec<&str> = sources.map(|source| source.what.as_str()).collect();
    format!("{}: {told:#?}", Shift::sum(shifts))
}

/// How high a figure's panel may be, in pixels.
const HIGHEST: f64 = 360.5;

async fn panels_fit(browser: &Browser, when: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for size in [(1280, 800), (360, 740)] {
        browser.resize(size, 1).await?;
        for section in FIGURES {
            browser.bring_figure(section).await?;
            let height: f64 = browser
                .js_with(
                    "return document.querySelector(`#${arguments[0]} .figure__panel`).getBoundingClientRect().height;",
                    vec![section.into()],
                )
                .await?;
            if height > HIGHEST {
                found.push(format!(
                    "{section}, {when}, {} px wide: {height} px",
                    size.0
                ));
            }
        }
    }
    browser.resize((1280, 800), 1).await?;
    Ok(found)
}

#[tokio::test]
async fn no_panel_of_a_figure_is_higher_than_its_room() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_article(&site, &Options::default()).await?;
    let mut found = panels_fit(&browser, "ready").await?;
    for section in FIGURES {
        browser.run_figure(section).await?;
    }
    found.extend(panels_fit(&browser, "over").await?);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.check_clean_but(is_of_the_network).await
}

#[tokio::test]
async fn nothing_of_the_article_reaches_beyond_a_narrow_screen() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        size: (320, 640),
        ..Options::default()
    };
    let browser = Browser::with_article(&site, &options).await?;
    browser.bring_all_figures().await?;
    browser.run_figure("burns").await?;
    let (width, screen): (f64, f64) = browser
        .js("return [document.documentElement.scrollWidth, document.documentElement.clientWidth];")
        .await?;
    let beyond: Vec<String> = browser
        .js("const scrolls = (one) => {
               for (; one && one !== document.body; one = one.parentElement)
                 if (getComputedStyle(one).overflowX !== 'visible') return true;
               return false;
             };
             return [...document.querySelectorAll('.lesson *')]
               .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.visually-hidden'))
               .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
               .filter(one => !scrolls(one.parentElement) && !one.matches('svg svg, svg *'))
               .map(one => `${one.closest('.section')?.id}: ${one.localName}.${one.className}`).slice(0, 20);")
        .await?;
    ensure!(
        width <= screen && beyond.is_empty(),
        "{width} px wide: {beyond:#?}"
    );
    Ok(())
}

#[tokio::test]
async fn all_figures_at_rest_ask_for_no_frame() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let browser = Browser::with_article(&site, &options).await?;
    browser.bring_all_figures().await?;
    browser.run_figure("answer").await?;
    browser.bring_figure("pick").await?;
    browser.js::<()>("scrollTo(0, 0);").await?;
    ensure!(browser.is_stage_in_sight().await?);
    let seen = browser.watch_rest().await;
    assert_eq!(seen.context("at the top")?, AtRest::SILENT);
    // Nor where figures are in sight.
    browser.bring_figure("answer").await?;
    assert_eq!(browser.watch_rest().await?, AtRest::SILENT);
    browser.check_clean().await
}
