//! Embedded by real sites of other makers, on hosts with rules of their own.

use std::fs;
use std::time::Duration;

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::chromium_only;
use harness::dist;
use harness::embed::{self, Host};
use harness::result::RunResult;
use harness::services::Services;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use tempfile::TempDir;

/// What an author writes: in Markdown too, HTML is HTML.
fn markdown(stage: &Site) -> String {
    format!(
        "# Two slow calls\n\nBefore.\n\n<script src=\"{}embed.js\"></script>\n\n\
         <expert-chef id=\"one\" tasks=\"user:80,billing:120\" autorun=\"visible\"></expert-chef>\n\nBetween.\n\n\
         <expert-chef id=\"two\" scenario=\"two-calls\" compare=\"sequential,join\" theme=\"dark\"></expert-chef>\n\nAfter.\n",
        stage.url("")
    )
}

/// Runs the first embed by itself and the second by hand, and looks whether
/// anything moved.
async fn both_embeds_work(url: &str) -> Result<()> {
    let browser = embed::browser(Options::default()).await?;
    browser.open(url).await?;
    let finished = RunResult::parse(&browser.told_by("one", "finished", 1).await?)?;
    assert_eq!(finished.source, "service-worker");
    browser.js::<()>("two.scrollIntoView();").await?;
    browser.told_by("two", "ready", 1).await?;
    browser
        .js::<()>("two.setAttribute('tasks', 'x:70,y:90');")
        .await?;
    let result = browser.js_async("return await two.run();").await?;
    assert_eq!(RunResult::parse(&result)?.runs[0].tasks[0].name, "x");
    browser.ensure_unmoved().await?;
    browser.check_clean().await
}

#[tokio::test]
async fn a_site_built_with_mkdocs_embeds_it_twice() -> Result<()> {
    let (stage, folder) = (Site::start()?, TempDir::new()?);
    fs::create_dir(folder.path().join("docs"))?;
    fs::write(folder.path().join("docs/index.md"), markdown(&stage))?;
    fs::write(
        folder.path().join("mkdocs.yml"),
        "site_name: Host\nuse_directory_urls: false\n\
         theme: {name: mkdocs, highlightjs: false}\n",
    )?;
    embed::build(
        "MKDOCS_PYTHON",
        &["-m", "mkdocs", "build", "--quiet"],
        folder.path(),
    )?;
    let site = Site::of(&folder.path().join("site")).start()?;
    both_embeds_work(&site.foreign_url("")).await
}

#[tokio::test]
async fn a_book_built_with_mdbook_embeds_it_twice() -> Result<()> {
    let (stage, folder) = (Site::start()?, TempDir::new()?);
    fs::create_dir(folder.path().join("src"))?;
    fs::write(
        folder.path().join("src/SUMMARY.md"),
        "# Summary\n\n- [Calls](calls.md)\n",
    )?;
    fs::write(folder.path().join("src/calls.md"), markdown(&stage))?;
    fs::write(
        folder.path().join("book.toml"),
        "[book]\ntitle = \"Host\"\n",
    )?;
    embed::build("MDBOOK", &["build"], folder.path())?;
    let site = Site::of(&folder.path().join("book")).start()?;
    both_embeds_work(&site.foreign_url("")).await
}

#[tokio::test]
async fn a_strict_policy_needs_no_more_than_the_embeds_origin() -> Result<()> {
    let stage = Site::start()?;
    let origin = stage.url("");
    let origin = origin.trim_end_matches('/');
    let policy = format!(
        "default-src 'none'; img-src data: {origin}; script-src {origin}; frame-src {origin}"
    );
    let body = format!(
        "<script src=\"{origin}/embed.js\"></script>\
         <expert-chef id=\"one\" tasks=\"a:60\" theme=\"dark\"></expert-chef><p>After</p>"
    );
    let host = Host::with(&body, |like| like.under_policy(&policy))?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    let result = browser.js_async("return await one.run();").await?;
    assert_eq!(RunResult::parse(&result)?.source, "service-worker");
    browser.ensure_unmoved().await?;
    browser.check_clean().await
}

#[tokio::test]
async fn colours_are_as_the_hosts_own_colour_scheme_says() -> Result<()> {
    let stage = Site::start()?;
    let body = "<style>html { color-scheme: dark }</style>\
                <expert-chef id=\"one\" tasks=\"a:60\"></expert-chef>";
    let host = Host::start(&stage, body)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    let panel = async || {
        browser.enter_embed("one").await?;
        let panel = "return getComputedStyle(document.querySelector('.stage')).colorScheme
                       + (matchMedia('(prefers-color-scheme: dark)').matches ? ' dark' : ' light');";
        let seen: String = browser.js(panel).await?;
        browser.leave_frame().await?;
        Ok(seen)
    };
    let is = |wanted: &'static str| move |seen: &String| seen.ends_with(wanted);
    until("the dark", PATIENCE, panel, is("dark")).await?;
    browser
        .js::<()>("document.documentElement.style.colorScheme = 'light';")
        .await?;
    until("the light", PATIENCE, panel, is("light")).await?;
    Ok(())
}

#[tokio::test]
async fn the_module_takes_its_frame_from_where_it_is() -> Result<()> {
    let stage = Site::of(&dist::folder()?).with_headers()?.start()?;
    // A script of another host's, whose address looks like the embed's.
    let body = format!(
        "<script src=\"./elsewhere/embed.js\"></script>\
         <script type=\"module\" src=\"{}embed.mjs\"></script>\
         <expert-chef id=\"one\" tasks=\"a:60\" autorun=\"visible\"></expert-chef>",
        stage.url("")
    );
    let host = Host::with(&body, Ok)?;
    host.add("elsewhere/embed.js", "")?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    RunResult::parse(&browser.told_by("one", "finished", 1).await?)?;
    let frame: String = browser
        .js("return one.shadowRoot.querySelector('iframe').src;")
        .await?;
    assert!(frame.starts_with(&stage.url("")), "{frame}");
    browser.ensure_unmoved().await?;
    browser.check_clean().await
}

/// The page says that the script cannot know where it is, names the module, and
/// loads nothing.
async fn is_told_of_the_module(body: &str) -> Result<()> {
    let stage = Site::of(&dist::folder()?).with_headers()?.start()?;
    let body = body.replace("STAGE", &format!("{}embed.js", stage.url("")));
    let host = Host::with(
        &format!("{body}<expert-chef tasks=\"a:60\"></expert-chef>"),
        Ok,
    )?;
    host.add("elsewhere/embed.js", "")?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    let errors = async || Ok(browser.probe().await?.errors);
    until("an error", PATIENCE, errors, |errors| !errors.is_empty()).await?;
    let said = browser.console().await?;
    assert!(
        said.iter().any(|said| said.message.contains("embed.mjs")),
        "{said:?}"
    );
    let is_defined: bool = browser
        .js("return Boolean(customElements.get('expert-chef')) || frames.length > 0;")
        .await?;
    assert!(!is_defined);
    Ok(())
}

#[tokio::test]
async fn the_script_as_a_module_guesses_nothing_and_says_which_file_is_one() -> Result<()> {
    is_told_of_the_module(
        "<script src=\"./elsewhere/embed.js\"></script><script type=\"module\" src=\"STAGE\"></script>",
    )
    .await
}

#[tokio::test]
async fn an_image_that_is_named_like_the_script_is_not_believed() -> Result<()> {
    is_told_of_the_module(
        "<img name=\"currentScript\" src=\"./elsewhere/embed.js\"><script src=\"STAGE\"></script>",
    )
    .await
}

#[tokio::test]
async fn where_third_parties_have_no_storage_it_is_simulated_and_says_so() -> Result<()> {
    let stage = Site::start()?;
    let host = Host::start(
        &stage,
        "<expert-chef id=\"one\" tasks=\"a:60\"></expert-chef>",
    )?;
    let options = Options {
        blocks_third_parties: true,
        ..Options::default()
    };
    let browser = embed::browser(options).await?;
    browser.open(&host.url()).await?;
    let ready = browser.told_by("one", "ready", 1).await?;
    assert_eq!(ready["source"], "simulated");
    let result = browser.js_async("return await one.run();").await?;
    assert_eq!(RunResult::parse(&result)?.source, "simulated");
    browser.enter_embed("one").await?;
    assert_eq!(browser.source_text().await?, "simulated");
    Ok(())
}

#[tokio::test]
async fn a_tab_that_is_hidden_costs_nothing_and_works_when_it_is_opened() -> Result<()> {
    let stage = Site::start()?;
    let body = "<div id=\"tab\" hidden><p>Tab</p>\
                <expert-chef id=\"one\" tasks=\"a:60\" autorun=\"visible\"></expert-chef><p>After</p></div>";
    let host = Host::start(&stage, body)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.layout_shift().await?;
    let asked: Vec<String> = stage
        .served()
        .into_iter()
        .map(|served| served.file)
        .collect();
    assert_eq!(asked, ["embed.js"]);

    browser.js::<()>("tab.hidden = false;").await?;
    browser.told_by("one", "finished", 1).await?;
    let height: f64 = browser.embed_height("one").await?;

    // Closed and opened again, it is as it was.
    browser.js::<()>("tab.hidden = true;").await?;
    browser.layout_shift().await?;
    browser.js::<()>("tab.hidden = false;").await?;
    browser.layout_shift().await?;
    let again: f64 = browser.embed_height("one").await?;
    assert!((again - height).abs() < 1.0, "{height}, then {again}");
    browser
        .js_async::<serde_json::Value>("return await one.run();")
        .await?;
    browser.check_clean().await
}

#[tokio::test]
async fn the_way_out_of_the_sandbox_leads_to_a_page_that_is_in_none() -> Result<()> {
    let stage = Site::start()?;
    let host = Host::start(
        &stage,
        "<expert-chef id=\"one\" tasks=\"x:60,y:80\"></expert-chef>",
    )?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    browser.enter_embed("one").await?;
    browser.click(".stage a").await?;
    browser.go_to_newest_tab().await?;
    browser.wait_for_state("ready").await?;
    let result = browser.js_async("return await expertChef.run();").await?;
    let result = RunResult::parse(&result)?;
    assert_eq!(result.source, "service-worker");
    assert_eq!(result.runs[0].tasks[1].name, "y");
    let has_opener: bool = browser.js("return window.opener !== null;").await?;
    assert!(!has_opener);
    Ok(())
}

#[tokio::test]
async fn leaving_the_host_in_mid_run_closes_every_connection() -> Result<()> {
    chromium_only!();
    let (stage, services) = (Site::start()?, Services::start()?);
    let url = services.url("slow", "ms=60000").replace('&', "&amp;");
    let host = Host::start(
        &stage,
        &format!("<expert-chef id=\"one\" endpoint=\"slow@{url}\"></expert-chef>"),
    )?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    browser.enter_embed("one").await?;
    browser.press_run().await?;
    browser.leave_frame().await?;
    services
        .wait("the call", PATIENCE, |calls| calls.len() == 1)
        .await?;
    browser.open("about:blank").await?;
    let closed = |calls: &[harness::services::Call]| calls.iter().all(|call| call.was_closed());
    services
        .wait("the connection to close", Duration::from_secs(5), closed)
        .await?;
    let console = browser.console().await?;
    assert!(
        console.iter().all(|entry| entry.level != "SEVERE"),
        "{console:#?}"
    );
    Ok(())
}

#[tokio::test]
async fn leaving_the_host_in_mid_run_is_no_error_with_the_embedded_services_either() -> Result<()> {
    let stage = Site::start()?;
    let host = Host::start(
        &stage,
        "<expert-chef id=\"one\" tasks=\"a:20000\"></expert-chef>",
    )?;
    let browser: Browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    browser.js::<()>("one.run().catch(() => {});").await?;
    browser.told_by("one", "run", 1).await?;
    browser.open("about:blank").await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    let console = browser.console().await?;
    assert!(
        console.iter().all(|entry| entry.level != "SEVERE"),
        "{console:#?}"
    );
    Ok(())
}
