//! At a site's root the service worker's scope holds other people's pages. They
//! hear nothing of it: whatever they ask for, the server answers.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::chromium_only;
use harness::dist;
use harness::page::RUN;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::json;
use tempfile::TempDir;

const QUICK: &str = "tasks=user:80,billing:60";

/// What the site's own files say.
const OWN: &str = "the site's own";

/// The site's own where sites have such things, and where the page has its
/// services.
const API: &str = "api/user";
const SERVICE: &str = "expert-chef-services/user";

const NEIGHBOUR: &str = "neighbour/index.html";

/// A site with the page at its root, and a neighbour below it.
struct Street {
    site: Site,
    _root: TempDir,
}

impl Street {
    fn build() -> Result<Self> {
        let root = TempDir::new()?;
        dist::copy_to(root.path())?;
        let page = "<!doctype html><title>A neighbour</title><link rel=icon href=data:,>\
             <script>var harnessProbe = { errors: [], violations: [] }</script>";
        for (file, content) in [(API, OWN), (SERVICE, OWN), (NEIGHBOUR, page)] {
            let file = root.path().join(file);
            fs::create_dir_all(file.parent().context("a file is in no folder")?)?;
            fs::write(file, content)?;
        }
        Ok(Self {
            site: Site::of(root.path()).start()?,
            _root: root,
        })
    }

    /// Opens the neighbour in a browser that was at the page, and so under the
    /// page's worker.
    async fn at_the_neighbour(&self) -> Result<Browser> {
        let browser = Browser::with_page(&self.site, QUICK, &Options::default()).await?;
        browser.wait_for_worker().await?;
        browser.open(&self.url(NEIGHBOUR)).await?;
        let controlled = "return navigator.serviceWorker.controller !== null;";
        ensure!(browser.js::<bool>(controlled).await?, "it is out of scope");
        Ok(browser)
    }

    fn url(&self, file: &str) -> String {
        format!("{}{file}", self.site.url(""))
    }

    /// How often the server was asked for this file.
    fn served(&self, file: &str) -> usize {
        let served = self.site.served();
        served.iter().filter(|one| one.file == file).count()
    }
}

/// Asks for a file of the site's, with what makes a service answer.
async fn ask(browser: &Browser, from: &str, file: &str) -> Result<String> {
    let asked = format!("return await (await {from}.fetch('/{file}?ms=1')).text();");
    browser.js_async(&asked).await
}

/// Ends the worker, as browsers do when it has nothing to do: the next that asks
/// is one that it has never seen.
async fn put_the_worker_to_sleep(browser: &Browser) -> Result<()> {
    for command in ["ServiceWorker.enable", "ServiceWorker.stopAllWorkers"] {
        browser.cdp(command, json!({})).await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_another_page_of_the_site_asks_for_the_server_answers() -> Result<()> {
    chromium_only!();
    let street = Street::build()?;
    let browser = street.at_the_neighbour().await?;
    for worker in ["awake", "asleep"] {
        if worker == "asleep" {
            put_the_worker_to_sleep(&browser).await?;
        }
        for file in [API, SERVICE] {
            let answer = ask(&browser, "window", file).await?;
            assert_eq!(answer, OWN, "{file}, with the worker {worker}");
        }
    }
    assert_eq!((street.served(API), street.served(SERVICE)), (2, 2));
    // Nor does it get a stored file where the server has a newer one.
    let before = street.served("embed.js");
    ask(&browser, "window", "embed.js").await?;
    assert_eq!(street.served("embed.js"), before + 1);
    Ok(())
}

#[tokio::test]
async fn a_service_that_is_opened_as_a_page_is_the_servers() -> Result<()> {
    let street = Street::build()?;
    let browser = Browser::with_page(&street.site, QUICK, &Options::default()).await?;
    for (opened, file) in [API, SERVICE].into_iter().enumerate() {
        let url = format!("/{file}?ms=1");
        let open = "const frame = document.createElement('iframe');
             frame.src = arguments[0];
             document.body.append(frame);";
        browser.js_with::<()>(open, vec![json!(url)]).await?;
        let served = async || Ok(street.served(file));
        until("the server to be asked", PATIENCE, served, |&served| {
            served == 1
        })
        .await
        .with_context(|| format!("frame {opened}, of {url}"))?;
    }
    Ok(())
}

#[tokio::test]
async fn a_frame_that_is_not_the_page_is_a_neighbour_even_in_the_page() -> Result<()> {
    let street = Street::build()?;
    let browser = Browser::with_page(&street.site, QUICK, &Options::default()).await?;
    browser
        .js_async::<()>(
            "const frame = document.createElement('iframe');
             frame.src = 'about:blank';
             const loaded = new Promise(resolve => { frame.onload = resolve; });
             document.body.append(frame);
             await loaded;",
        )
        .await?;
    let answer = ask(&browser, "frames[0]", SERVICE).await?;
    assert_eq!(answer, OWN);
    Ok(())
}

#[tokio::test]
async fn the_page_has_its_services_beside_neighbours_and_in_their_frames() -> Result<()> {
    let street = Street::build()?;
    let browser = Browser::with_page(&street.site, QUICK, &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "service-worker");
    assert_eq!(result.run("join")?.outcome, "ok");
    browser.check_clean().await?;

    let browser = street.at_the_neighbour().await?;
    let state: String = browser
        .js_async(
            "const frame = document.createElement('iframe');
             frame.src = '/index.html?embed=1&autorun=load&tasks=user:80#anything';
             document.body.append(frame);
             const over = new Promise(resolve => addEventListener('message', ({ data }) => {
               if (data.type !== 'hello') return;
               const { port1, port2 } = new MessageChannel();
               port1.onmessage = ({ data }) => {
                 if (data.type === 'finished') resolve(data.detail);
               };
               frame.contentWindow.postMessage({ version: 1, type: 'connect' }, '*', [port2]);
             }));
             const { source, runs } = await over;
             return `${source} ${runs.map(run => run.outcome)}`;",
        )
        .await?;
    assert_eq!(state, "service-worker ok,ok");
    assert_eq!(street.served(SERVICE), 0);
    Ok(())
}

#[tokio::test]
async fn a_worker_that_falls_asleep_in_mid_run_wakes_up_for_the_next_call() -> Result<()> {
    chromium_only!();
    let street = Street::build()?;
    let query =
        "tasks=quick:50,user:60:503*1&compare=sequential,join&retries=1&backoff=6000&seed=39";
    let browser = Browser::with_page(&street.site, query, &Options::default()).await?;
    browser.click(RUN).await?;
    let waits = async || {
        let calls = "return performance.getEntriesByType('resource')
             .filter(entry => entry.name.includes('services/user')).length;";
        browser.js::<usize>(calls).await
    };
    until("the first attempts", PATIENCE, waits, |&calls| calls == 2).await?;
    put_the_worker_to_sleep(&browser).await?;
    let result = browser.finished_event(0, PATIENCE).await?;
    for run in &result.runs {
        assert_eq!(run.outcome, "ok", "{result:?}");
    }
    Ok(())
}
