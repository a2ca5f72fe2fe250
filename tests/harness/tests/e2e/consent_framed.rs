//! Consent on a page that stands in a frame, where the page around can show and
//! hide it as it likes.

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::chromium_only;
use harness::embed::{self, Host};
use harness::page::{AGREE, RUN};
use harness::services::Services;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::json;

/// A host with an embed that calls an address, whose reader has pressed Run.
async fn open(compare: &str) -> Result<(Site, Services, Host, Browser)> {
    let (site, services) = (Site::start()?, Services::start()?);
    let url = services.url("one", "ms=10").replace('&', "&amp;");
    let body = format!(
        "<div id=\"around\"><expert-chef id=\"one\" {compare} endpoint=\"one@{url}\"></expert-chef></div>
         <div id=\"over\" hidden style=\"position: fixed; inset: 0; z-index: 9; pointer-events: none; background: #fff\">Play</div>"
    );
    let host = Host::start(&site, &body)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    Ok((site, services, host, browser))
}

/// Waits in the frame until the button can be pressed, or cannot.
async fn button(browser: &Browser, is_ready: bool) -> Result<()> {
    browser.enter_embed("one").await?;
    let look = async || {
        let look = "const button = document.querySelector(arguments[0]);
             const said = document.querySelector('dialog[open] [role=status]')?.textContent;
             return button && (button.disabled ? said.includes('in view') && 'covered' : 'ready');";
        browser
            .js_with::<serde_json::Value>(look, vec![json!(AGREE)])
            .await
    };
    let wanted = json!(if is_ready { "ready" } else { "covered" });
    until(
        &format!("the button to be {wanted}"),
        PATIENCE,
        look,
        |seen| *seen == wanted,
    )
    .await?;
    browser.leave_frame().await
}

async fn press_run(browser: &Browser) -> Result<()> {
    browser.enter_embed("one").await?;
    browser.click(RUN).await?;
    browser.leave_frame().await
}

#[tokio::test]
async fn in_a_frame_consent_counts_while_all_of_it_is_really_seen() -> Result<()> {
    chromium_only!();
    let (_site, services, _host, browser) = open("").await?;
    browser.js::<()>("one.style.opacity = 0.01;").await?;
    press_run(&browser).await?;
    button(&browser, false).await?;
    browser.js::<()>("one.style.opacity = 1;").await?;
    button(&browser, true).await?;
    // Something lies over it, through which clicks go.
    browser.js::<()>("over.hidden = false;").await?;
    button(&browser, false).await?;
    browser.js::<()>("over.hidden = true;").await?;
    button(&browser, true).await?;
    // No more of it is shown than what is to be pressed.
    browser
        .js::<()>("around.style.cssText = 'height: 120px; overflow: hidden; position: relative';")
        .await?;
    button(&browser, false).await?;
    browser.js::<()>("around.style.cssText = '';").await?;
    button(&browser, true).await?;
    browser
        .js::<()>("one.style.transform = 'scale(0.1)';")
        .await?;
    button(&browser, false).await?;
    browser.js::<()>("one.style.transform = '';").await?;
    button(&browser, true).await?;
    assert!(services.calls().is_empty(), "{:#?}", services.calls());

    browser.enter_embed("one").await?;
    browser.click(AGREE).await?;
    browser.leave_frame().await?;
    browser.told_by("one", "finished", 1).await?;
    assert_eq!(services.calls().len(), 2);
    Ok(())
}

#[tokio::test]
async fn what_changes_between_shown_and_pressed_is_not_called() -> Result<()> {
    chromium_only!();
    let (_site, services, _host, browser) = open("").await?;
    let other = services.url("other", "ms=10");
    let change = "one.setAttribute('endpoint', arguments[0]);";
    press_run(&browser).await?;
    button(&browser, true).await?;
    browser.enter_embed("one").await?;
    browser.hold(AGREE).await?;
    browser.leave_frame().await?;
    let change_to = |url: String| vec![json!(format!("other@{url}"))];
    browser
        .js_with::<()>(change, change_to(other.clone()))
        .await?;
    browser.enter_embed("one").await?;
    let gone = async || {
        browser
            .js::<bool>("return document.querySelector('dialog') === null;")
            .await
    };
    until("the dialog to close", PATIENCE, gone, |is_gone| *is_gone).await?;
    browser.let_go().await?;
    browser.leave_frame().await?;

    // Covered while it is pressed.
    press_run(&browser).await?;
    button(&browser, true).await?;
    browser.enter_embed("one").await?;
    browser.hold(AGREE).await?;
    browser.leave_frame().await?;
    browser.js::<()>("over.hidden = false;").await?;
    browser.enter_embed("one").await?;
    browser.let_go().await?;
    browser.leave_frame().await?;
    button(&browser, false).await?;
    let refused: String = browser
        .js_async("return await one.run().then(() => 'done', error => error.name);")
        .await?;
    assert_eq!(refused, "NotAllowedError");
    assert!(services.calls().is_empty(), "{:#?}", services.calls());
    Ok(())
}

#[tokio::test]
async fn a_host_has_it_run_again_only_as_it_was_seen() -> Result<()> {
    chromium_only!();
    let (_site, services, _host, browser) = open("compare=\"join\"").await?;
    browser.enter_embed("one").await?;
    browser.press_run().await?;
    browser.leave_frame().await?;
    browser.told_by("one", "finished", 1).await?;
    assert_eq!(services.calls().len(), 1);
    let run = "return await one.run().then(() => 'done', error => error.name);";
    assert_eq!(browser.js_async::<String>(run).await?, "done");
    for more in [
        "one.setAttribute('compare', 'join,sequential')",
        "one.setAttribute('retries', 3)",
    ] {
        let refused = browser
            .js_async::<String>(&format!("{more}; {run}"))
            .await?;
        assert_eq!(refused, "NotAllowedError", "{more}");
        browser
            .js::<()>("one.setAttribute('compare', 'join'); one.removeAttribute('retries');")
            .await?;
    }
    assert_eq!(services.calls().len(), 2);
    let many = "for (let times = 0; times < 9; times += 1) await one.run();";
    let last: String = browser.js_async(&format!("{many} {run}")).await?;
    assert_eq!(last, "NotAllowedError");
    assert_eq!(services.calls().len(), 11);
    Ok(())
}
