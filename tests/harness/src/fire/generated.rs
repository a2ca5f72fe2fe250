//! What strangers ask: configurations, messages and attributes that are made up,
//! from seeds, so that what did not hold can be made up again.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::ground::Ground;
use crate::browser::Browser;
use crate::embed::Host;
use crate::result::RunResult;
use crate::wait::{PATIENCE, until};

const GENERATE: &str = include_str!("generate.js");

/// As many as are made up at a time: fewer than a script may take time for.
const BATCH: usize = 100;
const FLOOD: usize = 1000;

/// States of the contract in which a page may be after it was asked something.
const STATES: [&str; 5] = ["ready", "asked", "running", "finished", "failed"];

pub(super) async fn configurations(ground: &mut Ground, times: usize) -> Result<()> {
    let browser = &ground.browser;
    browser.js::<()>(GENERATE).await?;
    for first in (0..times).step_by(BATCH) {
        let wrong: Vec<Value> = browser
            .js_with(
                "const [first, count, states] = arguments;
                 const wrong = [];
                 for (let seed = first; seed < first + count; seed += 1) {
                   const query = harnessMaker(seed, false).query();
                   let error = null;
                   try { expertChef.configure(query); } catch (thrown) { error = String(thrown); }
                   const { state } = document.documentElement.dataset;
                   if (error !== null || !states.includes(state)) wrong.push({ seed, query, error, state });
                 }
                 return wrong;",
                vec![json!(first), json!(BATCH.min(times - first)), json!(STATES)],
            )
            .await?;
        ensure!(wrong.is_empty(), "{wrong:#?}");
        ground.check_clean().await?;
    }
    ensure!(ground.server.calls() == 0, "addresses were called");
    Ok(())
}

/// The document that the driver is in, be it in a frame, is in such a state.
async fn check_state(ground: &Ground) -> Result<()> {
    let state = ground.browser.state().await?;
    ensure!(STATES.contains(&state.as_str()), "its state is {state}");
    Ok(())
}

/// Speaks with a plain frame, and counts the answers.
const SPEAK: &str = "
    window.speaking = new Promise((resolve) => addEventListener('message', ({ data }) => {
      if (data?.type !== 'hello') return;
      const { port1, port2 } = new MessageChannel();
      const heard = new Map();
      port1.onmessage = ({ data }) => {
        if (data.type === 'answer') heard.set(data.id, data);
        window.onanswer?.();
      };
      const frame = document.querySelector('iframe');
      frame.contentWindow.postMessage({ version: 1, type: 'connect' }, '*', [port2]);
      resolve({ port: port1, heard, frame });
    }, { once: true }));
    document.querySelector('iframe').src = arguments[0];";

pub(super) async fn messages(ground: &mut Ground, times: usize) -> Result<()> {
    let frame = "<iframe width=\"700\" height=\"760\"></iframe>";
    let host = Host::with(frame, Ok)?;
    let mut memory = None;
    let browser = &ground.browser;
    browser.open(&host.url()).await?;
    browser.js::<()>(GENERATE).await?;
    let url = ground.site.url("embed=1&tasks=a:5");
    browser.js_with::<()>(SPEAK, vec![json!(url)]).await?;
    for first in (0..times).step_by(FLOOD) {
        let last = first + FLOOD.min(times - first);
        // Every run is answered, whatever stands between; the last one well.
        let body = format!(
            "const {{ port, heard, frame }} = await speaking;
             const ids = [];
             for (let id = {first}; id < {last}; id += 1) {{
               const maker = harnessMaker(id, true);
               const {{ message, isAnswered }} = maker.message(id);
               if (isAnswered) ids.push(id);
               port.postMessage(message);
               if (maker.often(0.1)) frame.contentWindow.postMessage(message, '*');
             }}
             const end = 1e9 + {first};
             port.postMessage({{ version: 1, type: 'reset' }});
             port.postMessage({{ version: 1, type: 'configure', query: 'embed=1&tasks=z:5&autorun=none&compare=sequential,join&timeout=none&retries=0' }});
             port.postMessage({{ version: 1, type: 'run', id: end }});
             const missing = () => ids.filter(id => !heard.has(id));
             await new Promise(resolve => {{
               window.onanswer = () => {{ if (heard.has(end) && !missing().length) resolve(); }};
               onanswer();
             }});
             const {{ detail }} = heard.get(end);
             heard.clear();
             return detail ?? null;"
        );
        batch(browser, &body, &mut memory).await?;
    }
    ground.check_clean().await?;
    browser
        .enter_frame("document.querySelector('iframe')")
        .await?;
    leave(ground, memory).await
}

pub(super) async fn attributes(ground: &mut Ground, times: usize) -> Result<()> {
    let host = Host::start(&ground.site, "<expert-chef id=\"one\"></expert-chef>")?;
    let mut memory = None;
    let browser = &ground.browser;
    browser.open(&host.url()).await?;
    browser.js::<()>(GENERATE).await?;
    for first in (0..times).step_by(BATCH) {
        let last = first + BATCH.min(times - first);
        let body = format!(
            "for (let seed = {first}; seed < {last}; seed += 1) {{
               const maker = harnessMaker(seed, true);
               for (const [word, value] of maker.list(8, () => maker.attribute())) {{
                 if (value === null) one.removeAttribute(word);
                 else one.setAttribute(word, value);
               }}
               if (maker.often(0.2)) one.run().catch(() => {{}});
               if (maker.often(0.05)) one.reset();
             }}
             for (const {{ name }} of [...one.attributes]) if (name !== 'id') one.removeAttribute(name);
             one.setAttribute('tasks', 'z:5');
             return await one.run();"
        );
        batch(browser, &body, &mut memory).await?;
    }
    ground.check_clean().await?;
    browser.enter_embed("one").await?;
    let inside = async || Ok(browser.state().await?);
    until("the run's end", PATIENCE, inside, |state| {
        state == "finished"
    })
    .await
    .context("in the frame")?;
    leave(ground, memory).await
}

/// Has a host's page do that, which ends with a run of a task z; and takes as the
/// memory before what there is after the first time: it is another page than the
/// one before, with its frame.
async fn batch(browser: &Browser, body: &str, memory: &mut Option<[u64; 3]>) -> Result<()> {
    let detail: Value = browser.js_async(body).await?;
    let result = RunResult::parse(&detail)?;
    ensure!(result.runs[0].tasks[0].name == "z", "{result:?}");
    if memory.is_none() {
        *memory = browser.memory().map(|bytes| [bytes; 3]);
    }
    Ok(())
}

/// From a host's frame back to the page.
async fn leave(ground: &mut Ground, memory: Option<[u64; 3]>) -> Result<()> {
    check_state(ground).await?;
    ground.browser.leave_frame().await?;
    ensure!(ground.server.calls() == 0, "addresses were called");
    ground.memory = memory;
    ground.open().await
}
