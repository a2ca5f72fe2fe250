//! What a stage is passed on by: lines, previews, and what other sites make of
//! a link to the page.

use anyhow::{Context as _, Result};
use harness::axe::Violation;
use harness::browser::{Browser, Engine, Options};
use harness::chromium_only;
use harness::dist;
use harness::page::RUN;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::{Value, json};
use thirtyfour::Key;

const LINES: [&str; 3] = ["link", "iframe", "element"];
const QUERY: &str = "tasks=a:80,%22%3Cb%3E%22:60&compare=sequential,pool:2";

/// A page with its panel open.
async fn with_panel(site: &Site, query: &str, options: &Options) -> Result<Browser> {
    let browser = Browser::with_page(site, query, options).await?;
    browser.open_share_panel().await?;
    Ok(browser)
}

async fn line(browser: &Browser, line: &str) -> Result<String> {
    browser
        .js_with(
            "return document.querySelector(`[data-line=${arguments[0]}]`).textContent;",
            vec![json!(line)],
        )
        .await
}

async fn said(browser: &Browser, what: &str) -> Result<()> {
    let said = async || browser.said_in_share_panel().await;
    until(what, PATIENCE, said, |said| said.contains(what)).await?;
    Ok(())
}

#[tokio::test]
async fn what_is_copied_is_the_line() -> Result<()> {
    let site = Site::start()?;
    let browser = with_panel(&site, QUERY, &Options::default()).await?;
    browser.allow_clipboard(&site).await?;
    for which in LINES {
        browser
            .click(&format!("[data-action=copy][data-value={which}]"))
            .await?;
        said(&browser, &format!("Copied the {which}.")).await?;
        let copied: String = browser
            .js_async("return navigator.clipboard.readText();")
            .await?;
        assert_eq!(copied, line(&browser, which).await?);
        assert!(copied.contains(&site.url("")), "{copied}");
    }
    browser.check_clean().await
}

#[tokio::test]
async fn where_nothing_can_be_copied_the_line_is_selected() -> Result<()> {
    let site = Site::start()?;
    for inject in [
        "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });",
        "if (window.Clipboard) Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));",
    ] {
        let options = Options {
            inject: vec![inject.into()],
            ..Options::default()
        };
        let browser = with_panel(&site, QUERY, &options).await?;
        browser
            .click("[data-action=copy][data-value=iframe]")
            .await?;
        said(&browser, "Selected").await?;
        let selected: String = browser.js("return String(getSelection());").await?;
        assert_eq!(selected.trim(), line(&browser, "iframe").await?);
        browser.check_clean().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_link_opens_the_same_stage() -> Result<()> {
    let site = Site::start()?;
    let browser = with_panel(&site, QUERY, &Options::default()).await?;
    let link = line(&browser, "link").await?;
    browser.open(&link).await?;
    browser.wait_for_state("ready").await?;
    let result = browser.run_by_click(PATIENCE).await?;
    let names: Vec<&str> = result.runs[1]
        .tasks
        .iter()
        .map(|task| task.name.as_str())
        .collect();
    assert_eq!(names, ["a", "\"<b>\""]);
    assert_eq!(result.runs[1].strategy, "pool:2");
    Ok(())
}

#[tokio::test]
async fn the_lines_follow_what_is_chosen() -> Result<()> {
    let site = Site::start()?;
    let browser = with_panel(&site, "", &Options::default()).await?;
    assert_eq!(line(&browser, "link").await?, site.url(""));
    browser.configure("scenario=two-calls").await?;
    assert_eq!(
        line(&browser, "link").await?,
        site.url("scenario=two-calls")
    );
    assert!(
        line(&browser, "element")
            .await?
            .contains("scenario=\"two-calls\"")
    );
    browser.check_clean().await
}

/// The state of the page that a preview shows, in whatever tree it stands.
const PREVIEWED: &str = "const place = document.querySelector('.share__preview');
    place?.scrollIntoView();
    const element = place?.querySelector('expert-chef');
    const frame = (element?.shadowRoot ?? place)?.querySelector('iframe');
    return frame?.contentDocument?.documentElement?.dataset.state
      ?? `${place?.innerHTML}: ${element?.shadowRoot?.innerHTML}`;";

#[tokio::test]
async fn nothing_is_previewed_before_it_is_asked_for_and_then_it_runs() -> Result<()> {
    let site = Site::start()?;
    let browser = with_panel(&site, QUERY, &Options::default()).await?;
    let frames: usize = browser.js("return frames.length;").await?;
    assert_eq!(frames, 0);
    let history: u32 = browser.js("return history.length;").await?;
    for which in LINES {
        let button = format!("[data-action=preview][data-value={which}]");
        browser.click(&button).await?;
        let state = async || browser.js::<String>(PREVIEWED).await;
        until(
            &format!("the preview of {which}"),
            PATIENCE,
            state,
            |state| state == "ready",
        )
        .await?;
        let previews: usize = browser
            .js("return document.querySelectorAll('.share__preview').length;")
            .await?;
        assert_eq!(previews, 1, "one at a time");
    }
    browser
        .click("[data-action=preview][data-value=element]")
        .await?;
    let preview: bool = browser
        .js("return document.querySelector('.share__preview') !== null;")
        .await?;
    assert!(!preview, "it was closed");
    let after: u32 = browser.js("return history.length;").await?;
    assert_eq!(after, history, "previews are no step back");
    browser.check_clean().await
}

#[tokio::test]
async fn an_embedded_stage_has_no_panel() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "embed=1", &Options::default()).await?;
    assert!(browser.open_share_panel().await.is_err());
    Ok(())
}

#[tokio::test]
async fn the_keyboard_alone_copies_previews_and_saves() -> Result<()> {
    let site = Site::start()?;
    let browser = with_panel(&site, "tasks=a:50", &Options::default()).await?;
    let folder = tempfile::TempDir::new()?;
    browser.save_into(folder.path()).await?;
    browser.run_by_click(PATIENCE).await?;
    browser.focus("[data-action=copy][data-value=link]").await?;
    browser.press(Key::Tab).await?;
    browser.press(Key::Enter).await?;
    let expanded = async || {
        browser
            .js::<String>("return document.activeElement.ariaExpanded ?? '';")
            .await
    };
    until("the preview", PATIENCE, expanded, |expanded| {
        expanded == "true"
    })
    .await?;
    // Space presses what has the focus, and does not play.
    browser.press(" ").await?;
    until("no preview", PATIENCE, expanded, |expanded| {
        expanded == "false"
    })
    .await?;
    browser
        .focus("[data-action=export][data-value=\"result.json\"]")
        .await?;
    browser.press(" ").await?;
    said(&browser, "Saved expert-chef-custom-result.json.").await?;
    browser.check_clean().await
}

#[tokio::test]
async fn axe_finds_nothing_in_the_panel() -> Result<()> {
    let site = Site::start()?;
    for dark in [false, true] {
        let options = Options {
            dark,
            ..Options::default()
        };
        let browser = with_panel(&site, QUERY, &options).await?;
        for size in [(1280, 800), (320, 700)] {
            browser.resize(size, 1).await?;
            check(
                browser.axe().await?,
                &format!("before a run, {size:?}, dark: {dark}"),
            )?;
        }
        browser.run_by_click(PATIENCE).await?;
        browser
            .click("[data-action=preview][data-value=iframe]")
            .await?;
        for size in [(1280, 800), (320, 700)] {
            browser.resize(size, 1).await?;
            check(
                browser.axe().await?,
                &format!("after a run, {size:?}, dark: {dark}"),
            )?;
            let overflow: i32 = browser
                .js("return document.documentElement.scrollWidth - innerWidth;")
                .await?;
            assert!(overflow <= 0, "{overflow} px too wide at {size:?}");
        }
    }
    Ok(())
}

fn check(found: Vec<Violation>, what: &str) -> Result<()> {
    let found: Vec<String> = found
        .iter()
        .filter(|violation| violation.is_of_wcag())
        .map(ToString::to_string)
        .collect();
    anyhow::ensure!(found.is_empty(), "{what}: {}", found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn the_page_can_be_installed() -> Result<()> {
    chromium_only!();
    let site = Site::of(&dist::folder()?).at("/some/chef/").start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let errors = async || {
        let found = browser
            .cdp("Page.getInstallabilityErrors", json!({}))
            .await?;
        Ok(found["installabilityErrors"].clone())
    };
    // A headless window is one of no profile to install into.
    let is_fine = |errors: &Value| {
        errors.as_array().is_some_and(|errors| {
            errors
                .iter()
                .all(|error| error["errorId"] == "in-incognito")
        })
    };
    until("no reason against it", PATIENCE, errors, is_fine).await?;
    let manifest = browser.cdp("Page.getAppManifest", json!({})).await?;
    assert_eq!(manifest["errors"], json!([]));
    let text = manifest["data"].as_str().context("no manifest")?;
    let manifest: Value = serde_json::from_str(text)?;
    for field in [
        "name",
        "short_name",
        "start_url",
        "scope",
        "display",
        "theme_color",
    ] {
        assert!(manifest[field].is_string(), "{field}");
    }
    Ok(())
}

#[tokio::test]
async fn pictures_for_other_sites_are_there_and_no_visitor_loads_them() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "", &Options::default()).await?;
    let named: Vec<(String, u32, u32)> = browser
        .js_async(
            "const manifest = await (await fetch(document.querySelector('[rel=manifest]').href)).json();
             const sizes = manifest.icons.filter(({ sizes }) => sizes !== 'any').map(({ src, sizes }) => [src, ...sizes.split('x').map(Number)]);
             const touch = document.querySelector('[rel=apple-touch-icon]').getAttribute('href');
             const meta = (name) => document.querySelector(`[property='og:image${name}']`).content;
             return [...sizes, [touch, 180, 180],
               [meta(''), Number(meta(':width')), Number(meta(':height'))]];",
        )
        .await?;
    assert_eq!(named.len(), 5);
    for (name, width, height) in named {
        let name = name.trim_start_matches("./");
        let file = std::fs::read(dist::folder()?.join(name)).context(name.to_owned())?;
        let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info()?;
        assert_eq!(reader.info().size(), (width, height), "{name}");
    }
    let words: Vec<String> = browser
        .js(
            "return ['og:title', 'og:description', 'og:type', 'og:image:alt']
               .map(name => document.querySelector(`[property='${name}']`).content)
               .concat(document.querySelector('[name=\"twitter:card\"]').content);",
        )
        .await?;
    assert!(words.iter().all(|word| !word.is_empty()), "{words:?}");
    // Nor does the worker store them for later.
    browser.wait_for_worker().await?;
    let loaded: Vec<String> = site
        .served()
        .into_iter()
        .map(|served| served.file)
        .collect();
    // Firefox fetches this one for its own list of pages often visited.
    let is_for_browser = |file: &str| file == "icons/touch-180.png";
    let is_firefox = Engine::asked_for()? == Engine::Firefox;
    let is_loaded =
        |file: &&String| file.ends_with(".png") && !(is_firefox && is_for_browser(file));
    assert!(!loaded.iter().any(|file| is_loaded(&file)), "{loaded:?}");
    Ok(())
}

#[tokio::test]
async fn a_stage_is_passed_on_while_it_runs() -> Result<()> {
    let site = Site::start()?;
    let browser = with_panel(&site, "tasks=a:6000", &Options::default()).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    browser
        .click("[data-action=preview][data-value=iframe]")
        .await?;
    assert_eq!(browser.state().await?, "running", "a preview stops no run");
    browser.finished_event(0, PATIENCE).await?;
    browser.check_clean().await
}
