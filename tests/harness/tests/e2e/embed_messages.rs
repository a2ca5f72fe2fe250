//! What passes between the frame and its host: little, and checked on both
//! sides. The hosts here speak for themselves, without `embed.js`.

use std::fs;

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::dist;
use harness::embed::{self, Host};
use harness::result::RunResult;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Keeps every message that reaches the window, and connects when asked to.
const SPEAKER: &str = "
    window.heard = [];
    window.answers = [];
    window.frameOf = () => document.querySelector('iframe');
    addEventListener('message', ({ data, origin, source }) => {
      // Some browsers give what is injected to the frame's page too.
      if (window !== top) return;
      heard.push({ data, isFrame: source === frameOf().contentWindow, isItsOrigin: origin === new URL(frameOf().src).origin });
    });
    window.connect = (greeting = { version: 1, type: 'connect' }) => {
      const { port1, port2 } = new MessageChannel();
      const said = [];
      port1.onmessage = ({ data }) => said.push(data);
      frameOf().contentWindow.postMessage(greeting, '*', [port2]);
      return { port: port1, said };
    };
    window.pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    window.until = async (good) => { while (!good()) await pause(20); };
    // When the frame has got all that was posted to it.
    window.delivered = () => {
      const { port1, port2 } = new MessageChannel();
      frameOf().contentWindow.postMessage('marker', '*', [port2]);
      return new Promise((resolve) => { port1.onmessage = resolve; });
    };";

/// Answers the host's marker, which comes after all that was posted before it.
const MARKER: &str = "
    addEventListener('message', ({ data, ports }) => {
      if (data === 'marker') ports[0].postMessage(data);
    });";

/// A host that has the stage in a plain frame, after its greeting.
async fn speak(query: &str) -> Result<(Site, Host, Browser)> {
    let site = Site::start()?;
    let frame = format!(
        "<iframe width=\"700\" height=\"760\" src=\"{}\"></iframe>",
        site.url(query)
    );
    let host = Host::with(&frame.replace('&', "&amp;"), Ok)?;
    let options = Options {
        inject: vec![SPEAKER.into()],
        ..Options::default()
    };
    let browser = embed::browser(options).await?;
    browser.open(&host.url()).await?;
    Ok((site, host, browser))
}

/// Has the frame's page, once it is ready, answer the host's markers.
async fn marking(browser: &Browser) -> Result<()> {
    browser.enter_frame("frameOf()").await?;
    browser.wait_for_state("ready").await?;
    browser.js::<()>(MARKER).await?;
    browser.leave_frame().await
}

async fn greeted(browser: &Browser) -> Result<()> {
    let heard = async || browser.js::<usize>("return heard.length;").await;
    until("a greeting", PATIENCE, heard, |&count| count > 0).await?;
    Ok(())
}

#[tokio::test]
async fn the_frame_greets_its_host_with_nothing_in_it_and_says_no_more_to_everyone() -> Result<()> {
    let (_site, _host, browser) = speak("embed=1&tasks=a:50&autorun=load").await?;
    greeted(&browser).await?;
    let said: Vec<Value> = browser
        .js_async(
            "const { port, said } = connect();
             await until(() => said.some(one => one.type === 'finished'));
             return said;",
        )
        .await?;
    let finished = said.iter().find(|one| one["type"] == "finished");
    RunResult::parse(
        &finished
            .map(|one| one["detail"].clone())
            .unwrap_or_default(),
    )?;
    assert!(said.iter().all(|one| one["version"] == 1), "{said:#?}");
    let heard: Value = browser.js("return heard;").await?;
    let greeting = json!({ "version": 1, "type": "hello" });
    assert_eq!(
        heard,
        json!([{ "data": greeting, "isFrame": true, "isItsOrigin": true }])
    );
    Ok(())
}

#[tokio::test]
async fn the_whole_page_in_a_frame_says_nothing_and_hears_nothing() -> Result<()> {
    let (_site, _host, browser) = speak("tasks=a:50").await?;
    marking(&browser).await?;
    let seen: Value = browser
        .js_async(
            "const { port, said } = connect();
             port.postMessage({ version: 1, type: 'run', id: 1 });
             await delivered();
             return [heard.length, said.length];",
        )
        .await?;
    assert_eq!(seen, json!([0, 0]));
    Ok(())
}

#[tokio::test]
async fn junk_is_ignored_before_and_after_the_greeting() -> Result<()> {
    let (_site, _host, browser) = speak("embed=1&tasks=a:50").await?;
    greeted(&browser).await?;
    let said: Vec<Value> = browser
        .js_async(
            "const junk = [undefined, null, 0, NaN, '', 'connect', 'x'.repeat(1e6), [], {}, { version: 1 },
               { type: 'connect' }, { version: '1', type: 'connect' }, { version: 2, type: 'connect' },
               { version: 1, type: ['connect'] }, { version: 1, type: 'eval', query: 'alert(1)' },
               { version: 1, type: 'run' }, { version: 1, type: 'run', id: '1' }, { version: 1, type: 'run', id: -1 },
               { version: 1, type: 'run', id: 0.5 }, { version: 1, type: 'run', id: NaN },
               { version: 1, type: 'run', id: Infinity }, { version: 3, type: 'run', id: 1 },
               { version: 1, type: 'configure' }, { version: 1, type: 'configure', query: 7 },
               { version: 1, type: 'finished', detail: {} }, new Map([['version', 1]]), new Date(), /x/];
             for (const one of junk) frameOf().contentWindow.postMessage(one, '*');
             // A greeting without a port leads nowhere.
             frameOf().contentWindow.postMessage({ version: 1, type: 'connect' }, '*');
             const { port, said } = connect();
             await until(() => said.some(one => one.type === 'ready'));
             for (const one of junk) port.postMessage(one);
             port.postMessage({ version: 1, type: 'run', id: 7 });
             await until(() => said.some(one => one.type === 'answer'));
             return said.filter(one => one.type !== 'height');",
        )
        .await?;
    let kinds: Vec<&str> = said.iter().filter_map(|one| one["type"].as_str()).collect();
    assert_eq!(kinds, ["ready", "run", "finished", "answer"]);
    assert_eq!(said[3]["id"], 7);
    assert_eq!(
        RunResult::parse(&said[3]["detail"])?.runs[0].tasks[0].name,
        "a"
    );
    browser.check_clean().await
}

#[tokio::test]
async fn only_the_first_greeting_counts_and_only_the_container_may_send_it() -> Result<()> {
    let (_site, _host, browser) = speak("embed=1&tasks=a:50").await?;
    greeted(&browser).await?;
    marking(&browser).await?;
    let seen: Value = browser
        .js_async(
            "const sibling = document.createElement('iframe');
             document.body.append(sibling);
             const code = `const { port1, port2 } = new MessageChannel();
               port1.onmessage = () => parent.heard.push('a sibling was heard');
               parent.frameOf().contentWindow.postMessage({ version: 1, type: 'connect' }, '*', [port2]);`;
             sibling.contentWindow.eval(code);
             const first = connect();
             await until(() => first.said.length);
             const second = connect();
             second.port.postMessage({ version: 1, type: 'run', id: 1 });
             await delivered();
             first.port.postMessage({ version: 1, type: 'run', id: 2 });
             await until(() => first.said.some(one => one.type === 'answer'));
             const runs = first.said.filter(one => one.type === 'run');
             return [heard.includes('a sibling was heard'), second.said.length, runs.length];",
        )
        .await?;
    assert_eq!(seen, json!([false, 0, 1]));
    Ok(())
}

#[tokio::test]
async fn a_flood_costs_no_more_than_a_bounded_number_of_runs_and_the_stage_survives_it()
-> Result<()> {
    let (_site, _host, browser) = speak("embed=1&tasks=a:30").await?;
    greeted(&browser).await?;
    marking(&browser).await?;
    let seen: Value = browser
        .js_async(
            "const { port, said } = connect();
             await until(() => said.some(one => one.type === 'ready'));
             for (let id = 0; id < 20000; id += 1) port.postMessage({ version: 1, type: 'run', id });
             for (let id = 0; id < 20000; id += 1) frameOf().contentWindow.postMessage({ version: 1, type: 'connect' }, '*');
             await delivered();
             // It is heard again some time after the flood, and then runs.
             for (let id = 99999; !said.some(one => one.id >= 99999 && one.detail); id += 1) {
               port.postMessage({ version: 1, type: 'run', id });
               await until(() => said.some(one => one.id === id));
             }
             const answered = said.filter(one => one.type === 'answer' && one.id < 20000);
             return [said.filter(one => one.type === 'run').length, new Set(answered.map(one => one.id)).size];",
        )
        .await?;
    let begun = seen[0].as_u64().unwrap_or(u64::MAX);
    // One a frame, for as long as a slow machine takes.
    assert!((1..2000).contains(&begun), "{begun} runs were begun");
    assert_eq!(seen[1], 20_000, "each run is answered");
    browser.check_clean().await
}

#[tokio::test]
async fn the_last_of_many_orders_counts_and_a_run_after_them_is_answered() -> Result<()> {
    let (_site, _host, browser) = speak("embed=1&tasks=a:30").await?;
    greeted(&browser).await?;
    let seen: Value = browser
        .js_async(
            "const { port, said } = connect();
             await until(() => said.some(one => one.type === 'ready'));
             for (let n = 1; n <= 100; n += 1)
               port.postMessage({ version: 1, type: 'configure', query: `embed=1&tasks=a:${n}` });
             port.postMessage({ version: 1, type: 'run', id: 7 });
             await until(() => said.some(one => one.type === 'answer'));
             return said.find(one => one.type === 'answer');",
        )
        .await?;
    assert_eq!(seen["id"], 7);
    assert_eq!(seen["detail"]["runs"][0]["predictedMs"], 100);
    browser.check_clean().await
}

#[tokio::test]
async fn a_host_hears_of_the_first_few_problems_of_many() -> Result<()> {
    let (_site, _host, browser) = speak("embed=1&tasks=a:30").await?;
    greeted(&browser).await?;
    let told: Vec<Vec<String>> = browser
        .js_async(
            "const { port, said } = connect();
             await until(() => said.some(one => one.type === 'ready'));
             const told = [];
             for (const query of ['endpoint&'.repeat(7281), 'endpoint=x&'.repeat(300000)]) {
               said.length = 0;
               port.postMessage({ version: 1, type: 'configure', query });
               port.postMessage({ version: 1, type: 'run', id: told.length });
               await until(() => said.some(one => one.type === 'answer' && one.detail));
               told.push(said.filter(one => one.type === 'error').map(one => one.detail.message));
             }
             return told;",
        )
        .await?;
    let [many, long] = &told[..] else {
        anyhow::bail!("{told:#?}");
    };
    assert_eq!(many.len(), 6, "{many:#?}");
    assert_eq!(many[5], "And 996 more.");
    assert_eq!(
        long[..],
        ["This link is longer than any that the page makes: it was not read."]
    );
    browser.check_clean().await
}

#[tokio::test]
async fn the_last_of_many_changes_of_an_attribute_is_what_the_element_shows() -> Result<()> {
    let site = Site::start()?;
    let one = "<expert-chef id=\"one\" tasks=\"a:50\"></expert-chef>";
    let host = Host::start(&site, one)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    let change = |count: u32| {
        format!(
            "for (let n = 1; n <= {count}; n += 1) one.setAttribute('tasks', `call-${{n}}:50`);"
        )
    };
    browser.js::<()>(&change(100)).await?;
    browser.enter_embed("one").await?;
    let text = async || browser.text().await;
    until("the 100th", PATIENCE, text, |text| {
        text.contains("call-100")
    })
    .await?;
    browser.leave_frame().await?;

    let run = format!("{} return await one.run();", change(70));
    let result = browser.js_async(&run).await?;
    let result = RunResult::parse(&result)?;
    assert_eq!(result.runs[0].tasks[0].name, "call-70");
    browser.check_clean().await
}

#[tokio::test]
async fn a_host_can_run_reset_and_configure() -> Result<()> {
    let (_site, _host, browser) = speak("embed=1&tasks=a:20000").await?;
    greeted(&browser).await?;
    let said: Vec<Value> = browser
        .js_async(
            "const { port, said } = connect();
             const heard = (good) => until(() => said.some(good));
             await heard(one => one.type === 'ready');
             port.postMessage({ version: 1, type: 'run', id: 1 });
             await heard(one => one.type === 'run');
             port.postMessage({ version: 1, type: 'reset' });
             await heard(one => one.id === 1);
             port.postMessage({ version: 1, type: 'configure', query: 'tasks=b:40&embed=0' });
             port.postMessage({ version: 1, type: 'run', id: 2 });
             await heard(one => one.id === 2);
             return said.filter(one => one.type === 'answer');",
        )
        .await?;
    assert_eq!(
        said[0],
        json!({ "version": 1, "type": "answer", "id": 1, "name": "AbortError" })
    );
    assert_eq!(
        RunResult::parse(&said[1]["detail"])?.runs[0].tasks[0].name,
        "b"
    );
    browser
        .enter_frame("document.querySelector('iframe')")
        .await?;
    let is_alone: bool = browser
        .js("return document.documentElement.hasAttribute('data-embed');")
        .await?;
    assert!(is_alone, "a host made the whole page of it");
    Ok(())
}

#[tokio::test]
async fn the_element_believes_its_own_frame_alone() -> Result<()> {
    let site = Site::start()?;
    let host = Host::start(
        &site,
        "<expert-chef id=\"one\" tasks=\"a:50\"></expert-chef>",
    )?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    browser
        .js_async::<Value>(
            "const sibling = document.createElement('iframe');
             document.body.append(sibling);
             for (const type of ['failed', 'hello', 'ready', 'finished', 'error', 'height']) {
               const message = { version: 1, type, height: 9000, detail: { version: 1 } };
               postMessage(message, '*');
               sibling.contentWindow.eval(`parent.postMessage(${JSON.stringify(message)}, '*')`);
             }
             for (let flood = 0; flood < 10000; flood += 1) postMessage({ version: 1, type: 'hello' }, '*');
             // They come in this order, to this window as to the element.
             await new Promise(resolve => {
               addEventListener('message', ({ data }) => { if (data === 'marker') resolve(); });
               postMessage('marker', '*');
             });
             return null;",
        )
        .await?;
    let result = browser.js_async("return await one.run();").await?;
    RunResult::parse(&result)?;
    let kinds: Vec<String> = browser
        .told()
        .await?
        .into_iter()
        .map(|told| told.kind)
        .collect();
    assert_eq!(kinds, ["ready", "run", "finished"]);
    assert!(browser.embed_height("one").await? < 2000.0);
    browser.check_clean().await
}

/// A page in the stage's place that speaks its language, and says what it likes.
const HOSTILE: &str = "<!doctype html><title>Hostile</title><script>
    addEventListener('message', ({ ports: [port] }) => {
      let deep = [];
      for (let depth = 0; depth < 1000; depth += 1) deep = [deep];
      const odd = [10n, NaN, Infinity, -Infinity, -5, '700', '9e3', true, null, undefined, {}, [700], deep, new Date(), new Map()];
      const say = (message) => { try { port.postMessage({ version: 1, ...message }); } catch {} };
      for (const height of odd) say({ type: 'height', height });
      for (const type of [...odd, 'click', 'load', 'toString', 'ready ', '__proto__']) say({ type, detail: { version: 1 } });
      port.onmessage = ({ data: { id } }) => {
        for (const other of odd) say({ type: 'answer', id: other, detail: { version: 1 } });
        say({ type: 'answer', id, name: NAME });
      };
      for (const one of odd) port.postMessage(one === deep ? null : one);
      say({ type: 'ready', detail: { version: 1, ended: true } });
    }, { once: true });
    parent.postMessage({ version: 1, type: 'hello' }, '*');
  </script>";

/// A host whose frame is that page, where a run is answered by that name.
async fn frames_a_hostile_page(
    name: &str,
    attributes: &str,
) -> Result<(Site, Host, Browser, TempDir)> {
    let folder = TempDir::new()?;
    fs::write(
        folder.path().join("index.html"),
        HOSTILE.replace("NAME", name),
    )?;
    fs::copy(
        dist::folder()?.join("embed.js"),
        folder.path().join("embed.js"),
    )?;
    fs::create_dir(folder.path().join("posters"))?;
    fs::write(
        folder.path().join("posters/own.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    )?;
    let site = Site::of(folder.path()).start()?;
    let host = Host::start(
        &site,
        &format!("<expert-chef id=\"one\" tasks=\"a:50\" {attributes}></expert-chef>"),
    )?;
    let heard = "for (const type of ['click', 'load', 'toString', 'ready ', '__proto__', '10', 'NaN', '700', 'true', 'null'])
        document.addEventListener(type, (event) => { if (event instanceof CustomEvent) (window.odd ??= []).push(event.type); }, true);";
    let options = Options {
        inject: vec![heard.into()],
        ..Options::default()
    };
    let browser = embed::browser(options).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    Ok((site, host, browser, folder))
}

#[tokio::test]
async fn a_frame_cannot_make_its_host_throw_nor_fire_what_is_no_event_of_its_own() -> Result<()> {
    for (name, rejected) in [
        ("deep", "AbortError"),
        ("'SyntaxError'", "AbortError"),
        ("10n", "AbortError"),
        ("'NotAllowedError'", "NotAllowedError"),
    ] {
        let (_site, _host, browser, _folder) = frames_a_hostile_page(name, "").await?;
        let height: String = browser
            .js("return one.shadowRoot.firstChild.style.height;")
            .await?;
        assert_eq!(height, "", "what is no height was taken for one");
        let answer: String = browser
            .js_async("return await one.run().then(() => 'a result', (error) => error.name);")
            .await?;
        assert_eq!(answer, rejected);
        let odd: Value = browser.js("return window.odd ?? null;").await?;
        assert_eq!(odd, Value::Null);
        let told: Vec<String> = browser
            .told()
            .await?
            .into_iter()
            .map(|told| told.kind)
            .collect();
        assert_eq!(told, ["ready"]);
        browser.check_clean().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_frame_gets_no_more_height_than_its_host_lets_it_have() -> Result<()> {
    let asks = "(port.postMessage({ version: 1, type: 'height', height: 99999 }), 'AbortError')";
    for (attributes, most) in [
        ("", 5000.0),
        ("max-height=\"700\"", 700.0),
        ("max-height=\"x\"", 0.0),
    ] {
        let (_site, _host, browser, _folder) = frames_a_hostile_page(asks, attributes).await?;
        let height = async || browser.embed_height("one").await;
        let before = height().await?;
        browser
            .js_async::<Value>("return await one.run().catch(() => null);")
            .await?;
        let expected = if most > 0.0 { most } else { before };
        assert!(
            (height().await? - expected).abs() < 1.0,
            "{attributes}: {}",
            height().await?
        );
        browser.check_clean().await?;
    }
    Ok(())
}
