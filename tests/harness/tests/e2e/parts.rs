//! What a program of the reader's own needs, as the service worker keeps it: when it
//! is used and never otherwise, and then for good.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::page::QUIET;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

use crate::update::{self, notice_the_deployment};

/// The build's file whose name begins and ends so.
fn file(start: &str, end: &str) -> Result<String> {
    for entry in fs::read_dir(dist::folder()?)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(start) && name.ends_with(end) {
            return Ok(name);
        }
    }
    None.with_context(|| format!("the build has no {start}…{end}"))
}

/// How many bytes the page gets of a file, or why none.
async fn fetched(browser: &Browser, file: &str) -> Result<String> {
    let script = format!(
        "return await fetch('./{file}').then(async (answer) => String((await answer.arrayBuffer()).byteLength),
           (error) => error.name);"
    );
    browser.js_async(&script).await
}

/// The files of Python and of the runner that are stored.
async fn stored(browser: &Browser) -> Result<Vec<String>> {
    browser
        .js_async(
            "const urls = [];
             for (const name of await caches.keys()) {
               for (const { url } of await (await caches.open(name)).keys()) urls.push(url.split('/').pop());
             }
             return urls.filter((name) => /^(python|runner)-/.test(name)).sort();",
        )
        .await
}

async fn wait_until_stored(browser: &Browser, files: &[&str]) -> Result<()> {
    let look = async || stored(browser).await;
    until("what was used to be stored", PATIENCE, look, |seen| {
        seen == files
    })
    .await?;
    Ok(())
}

/// Has the page frame the runner, and tells whether there is a frame in that.
async fn framed(browser: &Browser, runner: &str) -> Result<bool> {
    let script = format!(
        "const frame = document.createElement('iframe');
         frame.src = './{runner}';
         await new Promise((loaded) => {{ frame.onload = loaded; document.body.append(frame); }});
         const inner = frame.contentDocument?.querySelector('iframe[sandbox=\"allow-scripts\"]');
         frame.remove();
         return Boolean(inner);"
    );
    browser.js_async(&script).await
}

#[tokio::test]
async fn what_python_needs_is_stored_when_it_is_used_and_not_before() -> Result<()> {
    let (part, runner) = (file("python-", ".wasm")?, file("runner-", ".html")?);
    let mut site = Site::of(&dist::folder()?).at("/kitchen/").start()?;
    let browser = Browser::with_page(&site, QUIET, &Options::default()).await?;
    // The visit that stores what is read later.
    browser.reload(false).await?;
    browser.wait_for_state("ready").await?;
    browser.run_by_click(PATIENCE).await?;
    let later = file("practice-", ".js")?;
    let look = async || {
        let script =
            format!("return Boolean(await caches.match(new URL('./{later}', location.href)));");
        browser.js_async::<bool>(&script).await
    };
    until("the rest to be stored", PATIENCE, look, |&stored| stored).await?;
    ensure!(stored(&browser).await?.is_empty(), "nobody has used it");

    let size = fetched(&browser, &part).await?;
    ensure!(size.parse::<u64>()? > 1_000_000, "{size}");
    ensure!(framed(&browser, &runner).await?);
    wait_until_stored(&browser, &[&part, &runner]).await?;

    site.stop();
    ensure!(fetched(&browser, &part).await? == size);
    ensure!(framed(&browser, &runner).await?, "no runner offline");
    let other = fetched(&browser, &file("python-", ".json")?).await?;
    ensure!(other == "TypeError", "{other}");
    Ok(())
}

#[tokio::test]
async fn a_new_version_takes_over_what_it_has_alike() -> Result<()> {
    let new = update::new_version()?;
    let part = file("python-", ".wasm")?;
    let mut site = Site::start()?;
    let browser = Browser::with_page(&site, QUIET, &Options::default()).await?;
    let size = fetched(&browser, &part).await?;
    wait_until_stored(&browser, &[&part]).await?;
    site.deploy(new.path());
    notice_the_deployment(&browser).await?;
    browser.reload(false).await?;
    let arrived = async || Ok(update::is_new(&browser).await.unwrap_or(false));
    until("the new version", PATIENCE, arrived, |&arrived| arrived).await?;
    wait_until_stored(&browser, &[&part]).await?;
    site.stop();
    ensure!(fetched(&browser, &part).await? == size);
    Ok(())
}

#[tokio::test]
async fn a_frame_of_a_runners_holds_no_new_version_up() -> Result<()> {
    let new = update::new_version()?;
    let runner = file("runner-", ".html")?;
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUIET, &Options::default()).await?;
    let script = format!(
        "const frame = document.createElement('iframe');
         frame.src = './{runner}';
         return await new Promise((loaded) => {{
           frame.onload = () => loaded(true);
           document.body.append(frame);
         }});"
    );
    ensure!(browser.js_async::<bool>(&script).await?);
    site.deploy(new.path());
    notice_the_deployment(&browser).await?;
    browser.reload(false).await?;
    let arrived = async || Ok(update::is_new(&browser).await.unwrap_or(false));
    until("the new version", PATIENCE, arrived, |&arrived| arrived).await?;
    Ok(())
}
