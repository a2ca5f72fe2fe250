//! What runs leave behind: memory after many of them beside memory after few.

use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::json;

use super::{Asked, Row, Unit};
use crate::browser::{Browser, Options};
use crate::site::Site;

const FEW: usize = 20;
const MANY: usize = 200;
const MOST: Asked = Asked::AtMost(1.05);

/// By [`MANY`] runs the browser has compiled all that is worth it, which it
/// keeps among the scripts' objects; what they grow by after that is the page's.
const TWICE: usize = 2 * MANY;

/// Short, because it is how many that counts.
const TASKS: &str = "tasks=a:5,b:8,c:12";

/// Remembers every memory of WebAssembly, whose size is part of no heap.
const REMEMBER_WASM: &str = "
    (() => {
      const memories = new Set();
      Object.defineProperty(window, 'harnessWasmBytes', {
        value: () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
      });
      const note = (made) => {
        for (const one of Object.values((made.instance ?? made).exports)) {
          if (one instanceof WebAssembly.Memory) memories.add(one);
        }
        return made;
      };
      for (const name of ['instantiate', 'instantiateStreaming']) {
        const original = WebAssembly[name];
        WebAssembly[name] = (...values) => original.apply(WebAssembly, values).then(note);
      }
    })();";

/// How often garbage is collected before what is left is counted: what one
/// collection lets go may hold other things that the next one finds.
const COLLECTIONS: usize = 4;

/// What the page holds.
#[derive(Clone, Copy, Debug)]
struct Held {
    /// Bytes of scripts' objects.
    script: f64,
    /// Bytes of what scripts' objects stand for: nodes, requests and such.
    document: f64,
    /// Bytes of WebAssembly.
    wasm: f64,
    nodes: f64,
    listeners: f64,
}

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).start()?;
    let options = Options {
        inject: vec![REMEMBER_WASM.into()],
        ..Options::default()
    };
    let browser = Browser::with_page(&site, TASKS, &options).await?;
    run(&browser, FEW).await?;
    let few = held(&browser).await?;
    run(&browser, MANY - FEW).await?;
    let many = held(&browser).await?;
    run(&browser, TWICE - MANY).await?;
    let twice = held(&browser).await?;

    let (bytes, shown) = (Unit::Bytes, Asked::Nothing);
    let row = |what: &str, unit, asked, of: fn(&Held) -> f64| Row {
        what: format!("{what} after {MANY} runs ÷ after {FEW}"),
        ..grown(unit, asked, of(&few), of(&many))
    };
    Ok(vec![
        row("memory", bytes, MOST, |held| {
            held.script + held.document + held.wasm
        }),
        row("of it scripts' objects", bytes, shown, |held| held.script),
        row("of it the document's", bytes, shown, |held| held.document),
        row("of it WebAssembly's", bytes, shown, |held| held.wasm),
        row("nodes", Unit::Count, MOST, |held| held.nodes),
        row("listeners", Unit::Count, MOST, |held| held.listeners),
        Row {
            what: format!("scripts' objects after {TWICE} runs ÷ after {MANY}"),
            ..grown(bytes, MOST, many.script, twice.script)
        },
    ])
}

async fn run(browser: &Browser, times: usize) -> Result<()> {
    let body = format!(
        "for (let run = 0; run < {times}; run += 1) await window.expertChef.run();
         // The last picture is still to be drawn.
         const stage = document.querySelector('[data-expert-chef]');
         while (stage.dataset.playback !== 'paused') await new Promise(requestAnimationFrame);
         // What the harness and the browser's network panel remember of them.
         harnessProbe.finished.length = harnessProbe.states.length = 0;
         performance.clearResourceTimings();
         return null;"
    );
    browser.js_async(&body).await
}

async fn held(browser: &Browser) -> Result<Held> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Heap {
        used_size: f64,
        #[serde(default)]
        embedder_heap_used_size: f64,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Counters {
        nodes: f64,
        js_event_listeners: f64,
    }
    for _ in 0..COLLECTIONS {
        browser
            .cdp("HeapProfiler.collectGarbage", json!({}))
            .await?;
    }
    let heap = browser.cdp("Runtime.getHeapUsage", json!({})).await?;
    let heap: Heap = serde_json::from_value(heap)?;
    let counters = browser.cdp("Memory.getDOMCounters", json!({})).await?;
    let counters: Counters = serde_json::from_value(counters)?;
    Ok(Held {
        script: heap.used_size,
        document: heap.embedder_heap_used_size,
        wasm: browser.js("return harnessWasmBytes();").await?,
        nodes: counters.nodes,
        listeners: counters.js_event_listeners,
    })
}

fn grown(unit: Unit, asked: Asked, before: f64, after: f64) -> Row {
    Row {
        what: String::new(),
        measured: after / before,
        unit: Unit::Ratio,
        asked,
        note: format!("{} and {}", unit.show(after), unit.show(before)),
    }
}
