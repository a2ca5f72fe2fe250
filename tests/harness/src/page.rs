//! The page's public contract, as a driver: what a host page's script, or a
//! reader with a mouse, can do with it.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::browser::{Browser, Options};
use crate::result::RunResult;
use crate::site::Site;
use crate::wait::{PATIENCE, until};

/// The button that runs the first stage.
pub const RUN: &str = "[data-expert-chef] [data-action=\"run\"]";
/// The button that resets it.
pub const RESET: &str = "[data-expert-chef] [data-action=\"reset\"]";
/// The button by which a reader agrees to calls that are not of the page's own.
pub const AGREE: &str = "dialog[open] [data-action=\"agree\"]";
/// A query string that means nothing to the page.
pub const QUIET: &str = "utm_source=test";
/// A document of the page's host, by its URL, as it is without scripts. Asked for
/// by a request and not a parser: the page's policy lets none have a string.
pub const DOCUMENT: &str = "const parsed = (url) => new Promise((resolve, reject) => {
       const request = new XMLHttpRequest();
       request.open('GET', url);
       request.responseType = 'document';
       request.onload = () => resolve(request.response);
       request.onerror = () => reject(new Error(`no ${url}`));
       request.send();
     });";
/// Where it says what was wrong; what it will call is a notice as well.
const NOTICES: &str = ".notice:not([data-part=\"endpoints\"])";
/// Where it shows where the latencies came from.
const SOURCE: &str = "[data-expert-chef] [data-part=\"source\"]";

/// A message that can be seen on the page.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// What it says, and what is on its buttons.
    pub text: String,
    /// Whether it is of the kind after which nothing works any more.
    pub is_error: bool,
    /// Whether it has a button that loads the page anew.
    pub has_reload: bool,
    /// Whether it is read out as soon as it is there.
    pub is_alert: bool,
}

impl Browser {
    /// A browser with the page open, ready to run. With no query it is given one
    /// that says nothing, so that nothing begins by itself.
    ///
    /// # Errors
    /// If it does not get ready.
    pub async fn with_page(site: &Site, query: &str, options: &Options) -> Result<Self> {
        let browser = Self::start(options).await?;
        let query = if query.is_empty() { QUIET } else { query };
        browser.open(&site.url(query)).await?;
        browser.wait_for_state("ready").await?;
        Ok(browser)
    }

    /// Waits for the document to come to a state.
    ///
    /// # Errors
    /// If it does not in good time; says what the page shows instead.
    pub async fn wait_for_state(&self, wanted: &str) -> Result<()> {
        self.wait_for_states(&[wanted], PATIENCE).await?;
        Ok(())
    }

    /// Waits for the document to come to one of these states.
    ///
    /// # Errors
    /// If it does not in that time; says what the page shows instead.
    pub async fn wait_for_states(&self, wanted: &[&str], patience: Duration) -> Result<String> {
        let what = format!("the state {}", wanted.join(" or "));
        let waited = until(
            &what,
            patience,
            async || self.state().await,
            |state| wanted.contains(&state.as_str()),
        );
        match waited.await {
            Ok(state) => Ok(state),
            Err(error) => {
                let notices = self.notices().await;
                let console = self.console().await;
                Err(error.context(format!("notices: {notices:?}; console: {console:?}")))
            }
        }
    }

    /// The document's `data-state`, which is the main stage's. Firefox answers
    /// nothing at all for a document that another is taking the place of.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn state(&self) -> Result<String> {
        let look = "return document.documentElement?.dataset.state ?? '';";
        Ok(self.js::<Option<String>>(look).await?.unwrap_or_default())
    }

    /// Waits until the page's worker is in service, by when it has stored all
    /// that it stores for later.
    ///
    /// # Errors
    /// If there is none, or that takes too long.
    pub async fn wait_for_worker(&self) -> Result<()> {
        let state = "return (await navigator.serviceWorker.ready).active.state;";
        let look = async || self.js_async::<String>(state).await;
        until("the worker", PATIENCE, look, |state| state == "activated").await?;
        Ok(())
    }

    /// Whether the main stage is in sight, as the browser tells observers. By
    /// then whatever begins by that has begun: the page's own observers hear of
    /// it first, and its worker answers its questions first.
    ///
    /// # Errors
    /// If no page is open, or none that has a worker.
    pub async fn is_stage_in_sight(&self) -> Result<bool> {
        self.js_async(
            "const stage = document.querySelector('[data-expert-chef]');
             const entries = await new Promise(tell => new IntersectionObserver(tell).observe(stage));
             const { port1, port2 } = new MessageChannel();
             await new Promise(answer => {
               port1.onmessage = answer;
               navigator.serviceWorker.controller.postMessage({ type: 'ping' }, [port2]);
             });
             await new Promise(requestAnimationFrame);
             await new Promise(requestAnimationFrame);
             return entries.at(-1).isIntersecting;",
        )
        .await
    }

    /// The states of all stages, in the order of the document.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn stage_states(&self) -> Result<Vec<String>> {
        self.js("return [...document.querySelectorAll('[data-expert-chef]')].map(stage => stage.dataset.state ?? '');")
            .await
    }

    /// Pulls a drawer of the main stage out: `edit`, `share`, `guess` or `keys`.
    ///
    /// # Errors
    /// If there is none.
    pub async fn open_drawer(&self, drawer: &str) -> Result<()> {
        let has_it: bool = self
            .js_with(
                "const [drawer] = arguments;
                 const stage = document.querySelector('[data-expert-chef]');
                 const handle = stage.querySelector(drawer === 'keys' ? '[data-action=help]'
                   : `[data-action=drawer][data-value=${drawer}]`);
                 if (handle?.ariaExpanded === 'false') handle.click();
                 return handle !== null;",
                vec![json!(drawer)],
            )
            .await?;
        ensure!(has_it, "nothing pulls out {drawer}");
        Ok(())
    }

    /// Chooses a scenario of the main stage's by its chip.
    ///
    /// # Errors
    /// If there is none.
    pub async fn choose_scenario(&self, id: &str) -> Result<()> {
        self.js_with(
            "document.querySelector(`[data-action=scenario][data-value=${arguments[0]}]`).click();",
            vec![json!(id)],
        )
        .await
    }

    /// The scenario of each stage: its chip's name, or nothing for the reader's own.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn chosen_scenarios(&self) -> Result<Vec<String>> {
        self.js(
            "return [...document.querySelectorAll('[data-action=scenario][aria-pressed=true]')]
               .map(chip => chip.dataset.value);",
        )
        .await
    }

    /// Clicks Run on the main stage and, if it is to call what the reader has not
    /// agreed to, agrees to that.
    ///
    /// # Errors
    /// If there is no such button, or it cannot be pressed.
    pub async fn press_run(&self) -> Result<()> {
        let waits = "return document.querySelector('[data-part=endpoints][data-waits]') !== null;";
        let waits: bool = self.js(waits).await?;
        self.click(RUN).await?;
        if waits {
            self.agree().await?;
        }
        Ok(())
    }

    /// Agrees to what is proposed, as soon as that can be done.
    ///
    /// # Errors
    /// If it cannot.
    pub async fn agree(&self) -> Result<()> {
        let can = "return document.querySelector(arguments[0])?.disabled === false;";
        let look = async || self.js_with::<bool>(can, vec![json!(AGREE)]).await;
        until("the button that agrees", PATIENCE, look, |can| *can).await?;
        self.click(AGREE).await
    }

    /// Clicks Run on the main stage, agreeing to what it calls, and waits until it
    /// is over.
    ///
    /// # Errors
    /// If it does not end in that time or its result is wrong.
    pub async fn run_by_click(&self, patience: Duration) -> Result<RunResult> {
        let before = self.probe().await?.finished.len();
        self.press_run().await?;
        self.finished_event(before, patience).await
    }

    /// Waits for the main stage's next finished event after that many, and
    /// checks it against the contract.
    ///
    /// # Errors
    /// If it does not come in that time or is not as the contract has it.
    pub async fn finished_event(&self, after: usize, patience: Duration) -> Result<RunResult> {
        let probe = until(
            "expert-chef:finished",
            patience,
            async || self.probe().await,
            |probe| probe.finished.len() > after,
        )
        .await?;
        let Some(event) = probe.finished.get(after) else {
            anyhow::bail!("the event went away");
        };
        ensure!(
            event.is_custom_event && event.bubbles,
            "not a bubbling CustomEvent: {event:?}"
        );
        ensure!(event.stage == 0, "not fired by the main stage: {event:?}");
        ensure!(
            event.detail == event.result,
            "the event's detail is not what result() returns: {event:#?}"
        );
        let result = RunResult::parse_of(&event.detail, self.computes().await?)?;
        let has_failed = result.runs.iter().any(|run| run.outcome == "failed");
        let state = if has_failed { "failed" } else { "finished" };
        ensure!(
            event.state.as_deref() == Some(state),
            "the document is not yet {state} at its event: {:?}",
            event.state
        );
        Ok(result)
    }

    /// Whether there is work for the processor in the main stage's scenario: its
    /// kitchens have the page's heartbeat then.
    async fn computes(&self) -> Result<bool> {
        self.js("return document.querySelector('[data-expert-chef] .card__heart') !== null;")
            .await
    }

    /// Waits until any stages have fired more than that many finished events.
    ///
    /// # Errors
    /// If they do not in that time.
    pub async fn finished_event_of_any(&self, after: usize, patience: Duration) -> Result<()> {
        let look = async || Ok(self.probe().await?.finished.len());
        until("expert-chef:finished", patience, look, |&seen| seen > after).await?;
        Ok(())
    }

    /// What `window.expertChef.result()` returns.
    ///
    /// # Errors
    /// If there is no such function.
    pub async fn result(&self) -> Result<Value> {
        self.js("return window.expertChef.result();").await
    }

    /// Calls `window.expertChef.configure()`.
    ///
    /// # Errors
    /// If it throws.
    pub async fn configure(&self, query: &str) -> Result<()> {
        self.js_with(
            "window.expertChef.configure(arguments[0]);",
            vec![json!(query)],
        )
        .await
    }

    /// Every message on the page.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn notices(&self) -> Result<Vec<Notice>> {
        let look = "return [...document.querySelectorAll(arguments[0])]
               .filter(notice => notice.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
               .map(notice => ({
                 text: notice.innerText.trim(),
                 isError: notice.classList.contains('notice--error'),
                 isAlert: notice.getAttribute('role') === 'alert',
                 hasReload: notice.querySelector('button[data-action=\"reload\"]') !== null,
               }));";
        let seen: Option<Vec<Notice>> = self.js_with(look, vec![json!(NOTICES)]).await?;
        // Nothing is seen while another document is taking its place.
        Ok(seen.unwrap_or_default())
    }

    /// Waits for the message that says that the page cannot go on, and checks
    /// that it can be read and offers a way out.
    ///
    /// # Errors
    /// If there is none.
    pub async fn fatal_notice(&self) -> Result<Notice> {
        let notices = until(
            "a message that the page cannot go on",
            PATIENCE,
            async || self.notices().await,
            |notices| notices.iter().any(|notice| notice.is_error),
        )
        .await?;
        let fatal = notices.into_iter().find(|notice| notice.is_error);
        let Some(fatal) = fatal else {
            anyhow::bail!("the message went away");
        };
        ensure!(fatal.has_reload, "no reload button: {fatal:?}");
        ensure!(fatal.is_alert, "not read out: {fatal:?}");
        ensure!(
            fatal.text.split_whitespace().count() >= 5,
            "not readable: {fatal:?}"
        );
        Ok(fatal)
    }

    /// What the main stage says about where its latencies come from.
    ///
    /// # Errors
    /// If it says nothing.
    pub async fn source_text(&self) -> Result<String> {
        self.js_with(
            "return document.querySelector(arguments[0]).innerText;",
            vec![json!(SOURCE)],
        )
        .await
    }

    /// All text that can be read on the page.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn text(&self) -> Result<String> {
        self.js("return document.body.innerText;").await
    }
}
