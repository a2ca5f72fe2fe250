//! A new version of the page, deployed while readers have the old one: each
//! document is made of one version's files, and the new one does arrive. The only
//! tests that know how the build is sealed, to seal one of their own.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::page::RUN;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const QUICK: &str = "tasks=a:80,b:60";
const NEW: &str = "The new version";

/// The built page with another title and other names for its style sheets:
/// what a release changes, and what shows which version a part is of.
pub fn new_version() -> Result<TempDir> {
    let new = TempDir::new()?;
    dist::copy_to(new.path())?;
    let read =
        |name: &str| fs::read_to_string(new.path().join(name)).with_context(|| name.to_owned());
    let (mut page, mut worker) = (read("index.html")?, read("sw.js")?);
    let old_hash = hash(page.as_bytes());
    ensure!(
        worker.contains(&old_hash),
        "sw.js does not know index.html's hash"
    );

    for file in fs::read_dir(new.path())? {
        let name = file?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".css") {
            let renamed = format!("new-{name}");
            fs::rename(new.path().join(&name), new.path().join(&renamed))?;
            page = page.replace(&name, &renamed);
            worker = worker.replace(&name, &renamed);
        }
    }
    let (start, end) = (page.find("<title>"), page.find("</title>"));
    let (start, end) = (
        start.context("no title")? + "<title>".len(),
        end.context("no title")?,
    );
    page.replace_range(start..end, NEW);
    worker = worker.replace(&old_hash, &hash(page.as_bytes()));
    // As JSON has it, or as a script that was made small.
    let version = worker.find("version").context("sw.js names no version")?;
    let quote = worker[version..]
        .find([':'])
        .and_then(|colon| {
            Some(version + colon + 1 + worker[version + colon..].get(1..)?.find('"')?)
        })
        .context("sw.js names no version")?;
    worker.insert_str(quote + 1, "new-");
    fs::write(new.path().join("index.html"), page)?;
    fs::write(new.path().join("sw.js"), worker)?;
    Ok(new)
}

/// How the worker knows a file: by the first digits of its hash.
fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether the document is of the new version; fails if it is of both.
pub async fn is_new(browser: &Browser) -> Result<bool> {
    let title: String = browser.js("return document.title;").await?;
    let sheets: Vec<(String, usize)> = browser
        .js("return [...document.styleSheets].map(sheet => [sheet.href.split('/').pop(), sheet.cssRules.length]);")
        .await?;
    ensure!(!sheets.is_empty(), "no style sheet was loaded");
    let is_new = title == NEW;
    for (name, _) in &sheets {
        ensure!(
            name.starts_with("new-") == is_new,
            "“{title}” is styled by {sheets:?}"
        );
    }
    browser.check_clean().await?;
    Ok(is_new)
}

/// Has the browser look for a new worker now, which it does in its own time
/// after a visit, and waits until the new one has all its files.
pub async fn notice_the_deployment(browser: &Browser) -> Result<()> {
    let registration = "const registration = await navigator.serviceWorker.getRegistration();";
    let update = format!("{registration} await registration.update();");
    browser.js_async::<()>(&update).await?;
    let look = format!("{registration} return registration.waiting !== null;");
    let is_waiting = async || browser.js_async::<bool>(&look).await;
    until(
        "the new worker to wait",
        PATIENCE,
        is_waiting,
        |&is_waiting| is_waiting,
    )
    .await?;
    Ok(())
}

/// How often the worker's script was asked for.
fn workers(site: &Site) -> usize {
    let served = site.served();
    served.iter().filter(|one| one.file == "sw.js").count()
}

async fn runs(browser: &Browser) -> Result<()> {
    browser.wait_for_state("ready").await?;
    let result = browser.run_by_click(PATIENCE).await?;
    ensure!(
        result.source == "service-worker",
        "not run by the worker: {result:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_page_that_is_open_keeps_working_after_a_deployment() -> Result<()> {
    let new = new_version()?;
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    site.deploy(new.path());
    notice_the_deployment(&browser).await?;
    runs(&browser).await?;
    assert!(!is_new(&browser).await?);
    Ok(())
}

#[tokio::test]
async fn a_run_that_a_deployment_falls_into_ends_and_can_be_taken_away() -> Result<()> {
    let new = new_version()?;
    let site = Site::start()?;
    let query = "tasks=a:1500,b:1500&compare=sequential,join";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    site.deploy(new.path());
    notice_the_deployment(&browser).await?;
    let result = browser.finished_event(0, PATIENCE).await?;
    assert_eq!(result.source, "service-worker");
    assert!(
        result.runs.iter().all(|run| run.outcome == "ok"),
        "{result:?}"
    );
    browser.open_share_panel().await?;
    let folder = TempDir::new()?;
    browser.save_into(folder.path()).await?;
    for file in ["kitchens.svg", "timeline.png", "result.json"] {
        let (_, saved) = browser.save_file(file, folder.path()).await?;
        assert!(!saved.is_empty(), "{file}");
    }
    assert!(!is_new(&browser).await?);
    Ok(())
}

#[tokio::test]
async fn a_reload_arrives_at_the_new_version() -> Result<()> {
    let new = new_version()?;
    let mut site = Site::start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    site.deploy(new.path());
    notice_the_deployment(&browser).await?;
    browser.reload(false).await?;
    // It may take a second document to get there; nobody is to do anything.
    let arrived = async || Ok(is_new(&browser).await.unwrap_or(false));
    until("the new version", PATIENCE, arrived, |&arrived| arrived).await?;
    runs(&browser).await?;
    assert!(is_new(&browser).await?);
    // The new version is the one that is kept for offline use.
    site.stop();
    browser.reload(false).await?;
    runs(&browser).await?;
    assert!(is_new(&browser).await?);
    Ok(())
}

#[tokio::test]
async fn a_host_that_lets_every_file_be_kept_delays_a_new_version_and_mixes_none() -> Result<()> {
    let new = new_version()?;
    let site = Site::of(&dist::folder()?).at("/repository/");
    let mut site = site.keeping_all().start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    runs(&browser).await?;
    site.deploy(new.path());
    // The one version or the other, as a whole.
    browser.reload(false).await?;
    runs(&browser).await?;
    is_new(&browser).await?;
    let arrived = async || {
        let arrived = is_new(&browser).await.unwrap_or(false);
        if !arrived {
            // Browsers look for a new worker some time after a visit, and
            // never if the next visit comes before that.
            let before = workers(&site);
            browser.reload(false).await?;
            browser.wait_for_state("ready").await?;
            let look = async || Ok(workers(&site));
            until("a look", PATIENCE, look, |&seen| seen > before).await?;
        }
        Ok(arrived)
    };
    // Each round has a patience of its own.
    until("the new version", PATIENCE * 6, arrived, |&arrived| arrived).await?;
    site.stop();
    browser.reload(false).await?;
    runs(&browser).await?;
    assert!(is_new(&browser).await?);
    Ok(())
}

#[tokio::test]
async fn a_visit_after_the_last_page_was_left_is_of_the_new_version() -> Result<()> {
    let new = new_version()?;
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    site.deploy(new.path());
    notice_the_deployment(&browser).await?;
    browser.open("about:blank").await?;
    browser.open(&site.url(QUICK)).await?;
    let arrived = async || Ok(is_new(&browser).await.unwrap_or(false));
    until("the new version", PATIENCE, arrived, |&arrived| arrived).await?;
    runs(&browser).await
}

#[tokio::test]
async fn visits_right_after_a_deployment_never_mix_two_versions() -> Result<()> {
    let new = new_version()?;
    let site = Site::start()?;
    let browser = Browser::with_page(&site, QUICK, &Options::default()).await?;
    site.deploy(new.path());
    for visit in 0..6 {
        // Past the worker as well, which has the new page at once.
        browser.reload(visit % 3 == 2).await?;
        runs(&browser).await?;
        is_new(&browser).await?;
    }
    Ok(())
}
