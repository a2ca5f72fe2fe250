//! What an embed costs its host: nothing until it comes near, one program for
//! any number of them, and never a page that moves.

use anyhow::{Result, bail};
use harness::browser::{Browser, Options};
use harness::chromium_only;
use harness::dist;
use harness::embed::{self, Host};
use harness::gzip;
use harness::site::Site;
use harness::wait::{PATIENCE, until};

/// Text before and after an embed, so that something would move.
fn article(attributes: &str) -> String {
    format!(
        "<p>Before</p><expert-chef id=\"one\" {attributes}></expert-chef><p>After</p>\
         <p>And more</p>"
    )
}

#[tokio::test]
async fn nothing_but_the_script_is_asked_for_until_the_embed_comes_near() -> Result<()> {
    let site = Site::start()?;
    let body = "<style>#far { height: 9000px }</style><div id=\"far\"></div>\
                <expert-chef id=\"one\" tasks=\"a:50\" autorun=\"visible\"></expert-chef>";
    let host = Host::start(&site, body)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.js::<()>("scrollTo(0, 3000);").await?;
    browser.layout_shift().await?;
    let asked: Vec<String> = site
        .served()
        .into_iter()
        .map(|served| served.file)
        .collect();
    assert_eq!(asked, ["embed.js"]);
    for file in ["embed.js", "embed.mjs"] {
        let script = std::fs::read(dist::folder()?.join(file))?;
        let size = gzip::compressed(&script)?.len();
        assert!(size <= 2000, "{file} has {size} bytes");
    }

    browser.js::<()>("one.scrollIntoView();").await?;
    browser.told_by("one", "finished", 1).await?;
    browser.check_clean().await
}

#[tokio::test]
async fn an_embed_that_is_not_near_yet_has_a_still_in_the_room_that_is_kept_for_it() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    let body = "<style>#far { height: 1300px } #farther { height: 9000px }</style><div id=\"far\"></div>\
                <expert-chef id=\"one\" scenario=\"flaky\"></expert-chef>\
                <div id=\"farther\"></div>\
                <expert-chef id=\"two\" tasks=\"a:50\"></expert-chef><p>After</p>";
    let host = Host::start(&site, body)?;
    let options = Options {
        size: (700, 600),
        ..Options::default()
    };
    let browser = embed::browser(options).await?;
    browser.open(&host.url()).await?;
    let loaded = async || {
        let width = "return one.shadowRoot.querySelector('img').naturalWidth;";
        browser.js::<u32>(width).await
    };
    until("the still", PATIENCE, loaded, |&width| width > 0).await?;
    let seen: Vec<(String, String, bool)> = browser
        .js("return [one, two].map(embed => {
               const still = embed.shadowRoot.querySelector('img');
               const [own, room] = [still, embed].map(one => one.getBoundingClientRect());
               return [new URL(still.src).pathname.split('/').pop(), still.alt,
                       Math.abs(own.width - room.width) + Math.abs(own.height - room.height) < 1];
             });")
        .await?;
    let still = |file: &str| (file.to_owned(), String::new(), true);
    assert_eq!(seen, [still("flaky.svg"), still("own.svg")]);
    let asked: Vec<String> = site
        .served()
        .into_iter()
        .map(|served| served.file)
        .collect();
    // The other one is too far away, and no frame is there yet.
    assert_eq!(asked, ["embed.js", "posters/flaky.svg"]);

    browser.js::<()>("one.scrollIntoView();").await?;
    browser.told_by("one", "ready", 1).await?;
    let is_covered = async || {
        browser
            .js::<bool>("return !one.shadowRoot.querySelector('img').checkVisibility();")
            .await
    };
    until("the frame in its place", PATIENCE, is_covered, |&is| is).await?;
    browser.ensure_unmoved().await?;
    browser.check_clean().await
}

#[tokio::test]
async fn three_embeds_on_a_page_ask_for_the_program_once() -> Result<()> {
    let site = Site::of(&dist::folder()?).tuned()?.start()?;
    let body: String = ["one", "two", "three"]
        .map(|id| format!("<expert-chef id=\"{id}\" tasks=\"a:50\"></expert-chef>"))
        .concat();
    let host = Host::start(&site, &body)?;
    let options = Options {
        size: (700, 3000),
        ..Options::default()
    };
    let browser = embed::browser(options).await?;
    browser.open(&host.url()).await?;
    for id in ["one", "two", "three"] {
        browser.told_by(id, "ready", 1).await?;
    }
    let served = site.served();
    let wasm = served
        .iter()
        .filter(|served| served.file.ends_with(".wasm"));
    assert_eq!(wasm.count(), 1, "{served:#?}");
    browser.check_clean().await
}

#[tokio::test]
async fn embeds_that_come_and_go_leave_nothing_that_listens() -> Result<()> {
    let site = Site::start()?;
    let host = Host::start(&site, "<p>Host</p>")?;
    let options = Options {
        inject: vec![COUNT.into()],
        ..Options::default()
    };
    let browser = embed::browser(options).await?;
    browser.open(&host.url()).await?;
    let left: Vec<i32> = browser
        .js_async(
            "const before = [...watched];
             for (let round = 0; round < 5; round += 1) {
               const one = document.createElement('expert-chef');
               one.setAttribute('tasks', 'a:20000');
               const ready = new Promise(resolve => one.addEventListener('ready', resolve));
               document.body.prepend(one);
               if (round > 0) {
                 await ready;
                 one.run().catch(() => {});
               }
               one.remove();
             }
             return [watched[0] - before[0], watched[1] - before[1], watched[2] - before[2], window.length];",
        )
        .await?;
    assert_eq!(
        left,
        [0, 0, 0, 0],
        "listeners, observed elements, ports, frames"
    );
    browser.check_clean().await
}

/// Counts the window's listeners for messages, elements that are observed, and
/// ports that are open.
const COUNT: &str = "
    window.watched = [0, 0, 0];
    const count = (owner, name, place, by, wanted = () => true) => {
      const original = owner[name];
      owner[name] = function (...all) {
        if (wanted(this, ...all)) watched[place] += by;
        return original.apply(this, all);
      };
    };
    const listeners = new Set();
    const listen = (isAdded) => (_, kind, listener) => {
      if (kind === 'message') listeners[isAdded ? 'add' : 'delete'](listener);
      watched[0] = listeners.size;
    };
    count(window, 'addEventListener', 0, 0, listen(true));
    count(window, 'removeEventListener', 0, 0, listen(false));
    count(IntersectionObserver.prototype, 'observe', 1, 1);
    count(IntersectionObserver.prototype, 'unobserve', 1, -1);
    count(MessagePort.prototype, 'close', 2, -1);
    window.MessageChannel = class extends MessageChannel {
      constructor() { super(); watched[2] += 1; }
    };";

/// Loads, runs and finishes at each of these widths without moving the page.
async fn nothing_moves(attributes: &str, widths: &[u32]) -> Result<()> {
    let site = Site::start()?;
    let host = Host::start(&site, &article(attributes))?;
    let mut moved = Vec::new();
    for &width in widths {
        let options = Options {
            size: (width, 1400),
            ..Options::default()
        };
        let browser = embed::browser(options).await?;
        browser.open(&host.url()).await?;
        browser.told_by("one", "ready", 1).await?;
        finish(&browser).await?;
        let shift = browser.layout_shift().await?;
        let asked: String = browser
            .js("return one.shadowRoot.firstChild.style.height;")
            .await?;
        if shift > 0.0 || !asked.is_empty() {
            moved.push(format!(
                "{width} px wide: moved by {shift}, asked for “{asked}”"
            ));
        }
    }
    if !moved.is_empty() {
        bail!("{attributes}: {moved:#?}");
    }
    Ok(())
}

/// Waits for the run, which may have begun by itself, or starts one.
async fn finish(browser: &Browser) -> Result<()> {
    if browser
        .js::<bool>("return one.getAttribute('autorun') === null;")
        .await?
    {
        browser
            .js_async::<serde_json::Value>("return await one.run();")
            .await?;
    }
    browser.told_by("one", "finished", 1).await?;
    Ok(())
}

#[tokio::test]
async fn the_host_page_never_moves_while_an_embed_loads_runs_and_ends() -> Result<()> {
    nothing_moves(
        "tasks=\"a:80,b:120,c:150\" autorun=\"visible\"",
        &[300, 360, 495, 497, 700, 1100],
    )
    .await
}

#[tokio::test]
async fn nor_with_more_kitchens_calls_and_failures() -> Result<()> {
    let compare = "compare=\"sequential,join,pool:2\"";
    nothing_moves(&format!("{compare} tasks=\"a:80:503,b:60\""), &[300, 700]).await?;
    let compare = "compare=\"sequential,join,pool:2,fail-fast\"";
    nothing_moves(&format!("{compare} scenario=\"fifty-orders\""), &[360, 700]).await
}

#[tokio::test]
async fn nor_whatever_it_shows() -> Result<()> {
    for show in [
        "lanes",
        "picture,controls",
        "result code",
        "picture,lanes,result,controls,log,code",
    ] {
        let attributes = format!("tasks=\"a:80,b:60\" show=\"{show}\"");
        nothing_moves(&attributes, &[300, 700]).await?;
    }
    Ok(())
}

#[tokio::test]
async fn nor_with_a_still_that_is_drawn_ahead() -> Result<()> {
    nothing_moves("tasks=\"a:80,b:60\" at=\"70\" accent=\"#fc0\"", &[300, 700]).await
}

#[tokio::test]
async fn nor_with_addresses_that_wait_for_a_click() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    let endpoints = "endpoint=\"a@https://example.org/a b@https://example.org/b\"";
    let host = Host::start(&site, &article(endpoints))?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    browser.ensure_unmoved().await?;
    Ok(())
}

#[tokio::test]
async fn a_script_that_comes_late_moves_nothing_where_the_room_is_kept() -> Result<()> {
    chromium_only!();
    let site = Site::start()?;
    let body = format!(
        "<style>expert-chef {{ width: 700px }} expert-chef:not(:defined) {{ display: block; height: 612px }}</style>\
         {}<script async src=\"{}embed.js\"></script>",
        article("tasks=\"a:80\" autorun=\"load\""),
        site.url("")
    );
    let host = Host::with(&body, Ok)?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "finished", 1).await?;
    let shift = browser.layout_shift().await?;
    assert!(shift < 0.0005, "moved by {shift}");
    Ok(())
}

#[tokio::test]
async fn the_frame_follows_its_content_without_a_scroll_bar() -> Result<()> {
    let site = Site::start()?;
    let host = Host::start(&site, &article("tasks=\"a:80\""))?;
    let browser = embed::browser(Options::default()).await?;
    browser.open(&host.url()).await?;
    browser.told_by("one", "ready", 1).await?;
    let height = async || browser.embed_height("one").await;
    let before = height().await?;
    browser
        .js::<()>("one.setAttribute('compare', 'sequential,join,pool:2');")
        .await?;
    // The room grows at once; the frame, and what is in it, each in its time.
    let seen = async || {
        let room = height().await?;
        browser.enter_embed("one").await?;
        let inside: (usize, f64, f64) = browser
            .js("return [document.querySelectorAll('.card').length,
                   document.documentElement.scrollHeight, innerHeight];")
            .await?;
        browser.leave_frame().await?;
        Ok((room, inside))
    };
    let fits = |&(room, (cards, content, frame)): &(f64, (usize, f64, f64))| {
        cards == 3 && room > before + 150.0 && content <= frame && (frame - room).abs() <= 1.0
    };
    until("room for three, and no scroll bar", PATIENCE, seen, fits).await?;
    browser.js::<()>("one.removeAttribute('compare');").await?;
    until("less room", PATIENCE, height, |&now| now < before + 24.0).await?;
    Ok(())
}
