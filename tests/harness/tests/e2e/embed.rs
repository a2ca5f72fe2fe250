//! The custom element that other pages embed the stage with: its methods, its
//! events, its attributes, and that it leaves nothing behind.

use anyhow::Result;
use harness::browser::{Browser, Engine, Options};
use harness::embed::{self, Host};
use harness::page::RUN;
use harness::result::RunResult;
use harness::services::Services;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::{Value, json};

const ONE: &str = "<expert-chef id=\"one\" tasks=\"a:80,b:120\"></expert-chef>";

/// A host page with this body, open and with its first embed ready.
async fn open(body: &str) -> Result<(Site, Host, Browser)> {
    let site = Site::start()?;
    let host = Host::start(&site, body)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    Ok((site, host, browser))
}

async fn kinds(browser: &Browser) -> Result<Vec<String>> {
    let told = browser.told().await?.into_iter();
    Ok(told.map(|told| told.kind).collect())
}

#[tokio::test]
async fn run_resolves_to_the_contracts_result_and_the_events_carry_its_head() -> Result<()> {
    let (_site, _host, browser) = open(ONE).await?;
    assert!(browser.js::<bool>("return one.result() === null;").await?);
    let result = browser.js_async("return await one.run();").await?;
    let result = RunResult::parse(&result)?;
    assert_eq!(
        (result.scenario.as_str(), result.source.as_str()),
        ("custom", "service-worker")
    );
    let finished = browser.told_by("one", "finished", 1).await?;
    assert_eq!(RunResult::parse(&finished)?, result);
    assert_eq!(
        browser
            .js::<serde_json::Value>("return one.result();")
            .await?,
        finished
    );
    let head = json!({ "version": 1, "scenario": "custom", "source": "service-worker" });
    assert_eq!(browser.told_by("one", "ready", 1).await?, head);
    assert_eq!(browser.told_by("one", "run", 1).await?, head);
    assert_eq!(kinds(&browser).await?, ["ready", "run", "finished"]);
    browser.check_clean().await
}

#[tokio::test]
async fn a_readers_own_run_in_the_frame_is_told_to_the_host() -> Result<()> {
    let (_site, _host, browser) = open(ONE).await?;
    browser.enter_embed("one").await?;
    browser.click(RUN).await?;
    browser.leave_frame().await?;
    RunResult::parse(&browser.told_by("one", "finished", 1).await?)?;
    Ok(())
}

#[tokio::test]
async fn reset_cancels_the_run_and_its_promise_says_so() -> Result<()> {
    let (_site, _host, browser) =
        open("<expert-chef id=\"one\" tasks=\"a:20000\"></expert-chef>").await?;
    let outcome: String = browser
        .js_async(
            "const begun = new Promise(resolve => one.addEventListener('run', resolve));
             const run = one.run();
             await begun;
             one.reset();
             return await run.then(() => 'done', error => error.name);",
        )
        .await?;
    assert_eq!(outcome, "AbortError");
    browser.enter_embed("one").await?;
    browser.wait_for_state("ready").await?;
    Ok(())
}

#[tokio::test]
async fn a_run_that_is_asked_for_before_the_frame_is_there_is_run() -> Result<()> {
    let site = Site::start()?;
    let far = "<div id=\"far\"></div><expert-chef id=\"one\" tasks=\"a:50\"></expert-chef>";
    let host = Host::start(&site, far)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    let result = browser.js_async("return await one.run();").await?;
    assert_eq!(RunResult::parse(&result)?.runs.len(), 2);
    browser.check_clean().await
}

#[tokio::test]
async fn an_element_that_runs_by_itself_gives_its_result_to_who_asks_at_once() -> Result<()> {
    let site = Site::start()?;
    // Long enough for the asking to arrive, which may be before the run or in it.
    let body = "<expert-chef id=\"one\" autorun=\"load\" tasks=\"a:2000\"></expert-chef>
        <script>window.early = one.run();</script>";
    let host = Host::start(&site, body)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    let result = browser.js_async("return await early;").await?;
    RunResult::parse(&result)?;
    let own: Value = browser.js("return one.result();").await?;
    assert_eq!(own, result);
    assert_eq!(kinds(&browser).await?, ["ready", "run", "finished"]);
    browser.check_clean().await
}

#[tokio::test]
async fn attributes_are_the_query_strings_words_and_their_changes_load_nothing_anew() -> Result<()>
{
    let (_site, _host, browser) = open(ONE).await?;
    let result: serde_json::Value = browser
        .js_async(
            "one.setAttribute('scenario', 'two-calls');
             one.setAttribute('tasks', 'x:40,y:50,z:60');
             one.setAttribute('compare', 'join,pool:2,sequential');
             one.setAttribute('theme', 'dark');
             return await one.run();",
        )
        .await?;
    let result = RunResult::parse(&result)?;
    let strategies: Vec<&str> = result
        .runs
        .iter()
        .map(|run| run.strategy.as_str())
        .collect();
    assert_eq!(strategies, ["join", "pool:2", "sequential"]);
    assert_eq!(result.runs[0].tasks.len(), 3);
    assert_eq!(
        kinds(&browser).await?,
        ["ready", "run", "finished"],
        "it was loaded once"
    );
    browser.enter_embed("one").await?;
    let theme: String = browser
        .js("return document.documentElement.dataset.theme;")
        .await?;
    assert_eq!(theme, "dark");
    browser.leave_frame().await?;
    browser
        .js::<()>("one.setAttribute('show', 'lanes result'); one.setAttribute('caption', 'In <i>short</i>');")
        .await?;
    browser.enter_embed("one").await?;
    // Each attribute is a message of its own, and what is seen between the two
    // has the parts of the first and the title of neither.
    let seen = "const parts = ['.kitchens', '.chart', '.strip', '.bar'];
        const shown = parts.filter(part => document.querySelector(part));
        return [...shown, document.querySelector('.stage__title').innerText];";
    let seen = async || browser.js::<Vec<String>>(seen).await;
    let wanted = [".chart", ".strip", "In <i>short</i>"];
    until("fewer parts and the caption", PATIENCE, seen, |seen| {
        seen == &wanted
    })
    .await?;
    browser.leave_frame().await?;
    browser
        .js::<()>("one.removeAttribute('tasks'); one.setAttribute('compare', 'fast');")
        .await?;
    let error = browser.told_by("one", "error", 1).await?;
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|message| message.contains("“fast”")),
        "{error}"
    );
    browser.check_clean().await
}

#[tokio::test]
async fn a_caption_names_the_frame_unless_it_has_a_title() -> Result<()> {
    let body = "<expert-chef id=\"one\" tasks=\"a:80\" caption=\"Two &lt;b&gt;ways\"></expert-chef>
        <expert-chef id=\"two\" tasks=\"a:80\" caption=\"Hello\" title=\"A race\"></expert-chef>";
    let (_site, _host, browser) = open(body).await?;
    browser.js::<()>("two.run().catch(() => {});").await?;
    let names: Vec<String> = browser
        .js("return [one, two].map(one => one.shadowRoot.querySelector('iframe').title);")
        .await?;
    assert_eq!(names, ["Two <b>ways", "A race"]);
    Ok(())
}

#[tokio::test]
async fn addresses_of_a_host_wait_for_the_readers_own_click() -> Result<()> {
    let (site, services) = (Site::start()?, Services::start()?);
    let (user, billing) = (
        services.url("user", "ms=50"),
        services.url("billing", "ms=80"),
    );
    let body = format!(
        "<expert-chef id=\"one\" autorun=\"load\" endpoint=\"user@{user}\n billing@{billing}\"></expert-chef>"
    )
    .replace("&ms", "&amp;ms");
    let host = Host::start(&site, &body)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    let refused: String = browser
        .js_async("return await one.run().then(() => 'done', error => error.name);")
        .await?;
    assert_eq!(refused, "NotAllowedError");
    let error = browser.told_by("one", "error", 1).await?;
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|message| message.contains("click")),
        "{error}"
    );
    assert!(services.calls().is_empty(), "{:#?}", services.calls());

    browser.enter_embed("one").await?;
    if Engine::asked_for()? == Engine::Firefox {
        // It cannot tell whether a frame is really seen, and asks on a page of its own.
        browser.click(RUN).await?;
        let link = "dialog[open] a";
        let has_link = "return document.querySelector(arguments[0]) !== null;";
        let look = async || browser.js_with::<bool>(has_link, vec![json!(link)]).await;
        until("the way to a page of its own", PATIENCE, look, |is_there| {
            *is_there
        })
        .await?;
        browser.click(link).await?;
        browser.go_to_newest_tab().await?;
        browser.wait_for_state("ready").await?;
        assert!(services.calls().is_empty(), "{:#?}", services.calls());
        let result = browser.run_by_click(PATIENCE).await?;
        assert_eq!(result.source, "network");
        assert_eq!(services.calls().len(), 4);
        return Ok(());
    }
    browser.press_run().await?;
    browser.leave_frame().await?;
    let finished = RunResult::parse(&browser.told_by("one", "finished", 1).await?)?;
    assert_eq!(finished.source, "network");
    assert_eq!(services.calls().len(), 4);

    // Consent is to those addresses, not to whatever comes after.
    let other = services.url("other", "ms=10");
    browser
        .js_with::<()>(
            "one.setAttribute('endpoint', arguments[0]);",
            vec![json!(format!("other@{other}"))],
        )
        .await?;
    let refused: String = browser
        .js_async("return await one.run().then(() => 'done', error => error.name);")
        .await?;
    assert_eq!(refused, "NotAllowedError");
    assert_eq!(services.calls().len(), 4);
    Ok(())
}

#[tokio::test]
async fn an_embed_that_is_removed_leaves_nothing_and_works_again_when_put_back() -> Result<()> {
    let (_site, _host, browser) =
        open("<expert-chef id=\"one\" tasks=\"a:20000\"></expert-chef>").await?;
    let seen: serde_json::Value = browser
        .js_async(
            "const begun = new Promise(resolve => one.addEventListener('run', resolve, { once: true }));
             const run = one.run();
             await begun;
             window.kept = one;
             kept.remove();
             const outcome = await run.then(() => 'done', error => error.name);
             return { outcome, frames: window.length, inside: kept.shadowRoot.querySelectorAll('iframe').length, result: kept.result() };",
        )
        .await?;
    assert_eq!(
        seen,
        json!({ "outcome": "AbortError", "frames": 0, "inside": 0, "result": null })
    );
    let while_away: String = browser
        .js_async("return await kept.run().then(() => 'done', error => error.name);")
        .await?;
    assert_eq!(while_away, "AbortError");

    browser
        .js::<()>("kept.setAttribute('tasks', 'a:60'); document.body.append(kept);")
        .await?;
    browser.told_by("one", "ready", 2).await?;
    let result = browser.js_async("return await kept.run();").await?;
    assert_eq!(RunResult::parse(&result)?.runs[0].tasks[0].name, "a");
    browser.check_clean().await
}

#[tokio::test]
async fn any_number_of_embeds_on_a_page_run_by_themselves() -> Result<()> {
    let three: String = ["one", "two", "three"]
        .map(|id| format!("<expert-chef id=\"{id}\" tasks=\"{id}:60,b:90\"></expert-chef>"))
        .concat();
    let (_site, _host, browser) = open(&three).await?;
    let names: Vec<String> = browser
        .js_async(
            "const results = await Promise.all([...document.querySelectorAll('expert-chef')].map(one => one.run()));
             return results.map(result => result.runs[0].tasks[0].name);",
        )
        .await?;
    assert_eq!(names, ["one", "two", "three"]);
    for id in ["one", "two", "three"] {
        browser.told_by(id, "finished", 1).await?;
    }
    browser.check_clean().await
}

#[tokio::test]
async fn a_page_that_cannot_start_is_an_error_event_and_not_silence() -> Result<()> {
    let site = Site::of(&harness::dist::folder()?)
        .without("_bg.wasm")
        .start()?;
    let host = Host::start(&site, ONE)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    let error = browser.told_by("one", "error", 1).await?;
    assert_eq!(error["version"], 1);
    browser.enter_embed("one").await?;
    assert!(browser.fatal_notice().await?.has_reload);
    Ok(())
}

#[tokio::test]
async fn a_defect_in_mid_run_rejects_the_run_and_is_an_error_event() -> Result<()> {
    let (_site, _host, browser) =
        open("<expert-chef id=\"one\" tasks=\"a:300\"></expert-chef>").await?;
    browser.enter_embed("one").await?;
    browser
        .js::<()>("Element.prototype.setAttribute = () => { throw new Error('broken'); };")
        .await?;
    browser.leave_frame().await?;
    let outcome: String = browser
        .js_async("return await one.run().then(() => 'done', error => error.name);")
        .await?;
    assert_eq!(outcome, "AbortError");
    browser.told_by("one", "error", 1).await?;
    browser.enter_embed("one").await?;
    assert!(browser.fatal_notice().await?.has_reload);
    Ok(())
}

#[tokio::test]
async fn the_hosts_back_button_is_the_hosts() -> Result<()> {
    let (_site, _host, browser) = open(ONE).await?;
    let before: usize = browser.js("return history.length;").await?;
    browser
        .js::<()>("one.setAttribute('tasks', 'x:40');")
        .await?;
    let changed = async || {
        browser.enter_embed("one").await?;
        let names: String = browser
            .js("return document.querySelector('.chart__names').innerText;")
            .await?;
        browser.leave_frame().await?;
        Ok(names)
    };
    until("the change", PATIENCE, changed, |names| names.contains('x')).await?;
    assert_eq!(browser.js::<usize>("return history.length;").await?, before);
    Ok(())
}
