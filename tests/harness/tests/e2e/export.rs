//! What is taken away from a stage: files that stand alone.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::page::RUN;
use harness::result::RunResult;
use harness::site::{Site, without_lesson};
use harness::speedscope;
use harness::wait::{PATIENCE, until};
use serde_json::{Value, json};
use tempfile::TempDir;

const FILES: [&str; 6] = [
    "kitchens.svg",
    "kitchens.png",
    "timeline.svg",
    "timeline.png",
    "result.json",
    "trace.json",
];

/// Pixels of a painted picture for each of its units.
const DENSITY: u32 = 2;

/// A page that has run what the query says, with its panel open.
async fn has_run(site: &Site, query: &str, options: &Options) -> Result<(Browser, TempDir)> {
    let browser = Browser::with_page(site, query, options).await?;
    let folder = TempDir::new()?;
    browser.save_into(folder.path()).await?;
    browser.run_by_click(PATIENCE).await?;
    // Until the last dish has reached its place the picture goes on.
    let playback = async || {
        browser
            .js::<String>("return document.querySelector('[data-expert-chef]').dataset.playback;")
            .await
    };
    until("the end of the picture", PATIENCE, playback, |mode| {
        mode == "paused"
    })
    .await?;
    browser.open_share_panel().await?;
    Ok((browser, folder))
}

struct Pixels {
    width: u32,
    height: u32,
    /// Red, green and blue, and opacity where there is one.
    each: usize,
    bytes: Vec<u8>,
}

impl Pixels {
    fn decode(file: &[u8]) -> Result<Self> {
        let mut reader = png::Decoder::new(Cursor::new(file)).read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size().context("too large")?];
        let frame = reader.next_frame(&mut bytes)?;
        bytes.truncate(frame.buffer_size());
        Ok(Self {
            width: frame.width,
            height: frame.height,
            each: frame.color_type.samples(),
            bytes,
        })
    }

    fn colour(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y * self.width + x) as usize * self.each;
        [self.bytes[at], self.bytes[at + 1], self.bytes[at + 2]]
    }

    /// Which part of the pixels can be told from the other picture's.
    fn difference(&self, other: &Self) -> f64 {
        let mut different = 0_u32;
        for y in 0..self.height.min(other.height) {
            for x in 0..self.width.min(other.width) {
                let pair = self.colour(x, y).into_iter().zip(other.colour(x, y));
                different += u32::from(pair.map(|(a, b)| a.abs_diff(b)).max() > Some(24));
            }
        }
        f64::from(different) / f64::from(self.width * self.height)
    }
}

/// What stands in an SVG file, which is well-formed and needs nothing else.
fn size_of(svg: &[u8]) -> Result<(u32, u32)> {
    let text = std::str::from_utf8(svg)?;
    let parsed = roxmltree::Document::parse(text)?;
    let namespace = "http://www.w3.org/2000/svg";
    for node in parsed.descendants().filter(|node| node.is_element()) {
        ensure!(node.tag_name().namespace() == Some(namespace));
    }
    let alone = text.replace(namespace, "");
    for outside in ["var(", "://", "url(", "@import", "href", "<script"] {
        ensure!(!alone.contains(outside), "it needs {outside}: {text}");
    }
    ensure!(
        parsed
            .descendants()
            .any(|node| node.has_tag_name((namespace, "style")))
    );
    let side = |name| -> Result<u32> {
        let side = parsed.root_element().attribute(name).context("no size")?;
        Ok(side.parse::<f64>()?.round() as u32)
    };
    Ok((side("width")?, side("height")?))
}

/// What the file looks like when it is opened by itself.
async fn opened_alone(browser: &Browser, svg: &[u8], folder: &Path) -> Result<Pixels> {
    let (file, picture) = (folder.join("alone.svg"), folder.join("alone.png"));
    fs::write(&file, svg)?;
    browser.resize(size_of(svg)?, DENSITY).await?;
    browser.open(&format!("file://{}", file.display())).await?;
    browser.screenshot(&picture).await?;
    Pixels::decode(&fs::read(&picture)?)
}

/// By which the generic families are none of what they are elsewhere, and
/// letters are fitted to the pixels as far as that goes.
const OTHER_FONTS: &str = "<?xml version=\"1.0\"?>
    <!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">
    <fontconfig>
      <dir>/usr/share/fonts</dir>
      <dir>/usr/local/share/fonts</dir>
      <match>
        <test name=\"family\"><string>system-ui</string></test>
        <edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>DejaVu Serif</string></edit>
      </match>
      <match>
        <test name=\"family\"><string>sans-serif</string></test>
        <edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>DejaVu Sans Mono</string></edit>
      </match>
      <match target=\"font\">
        <edit name=\"hinting\" mode=\"assign\"><bool>true</bool></edit>
        <edit name=\"hintstyle\" mode=\"assign\"><const>hintfull</const></edit>
      </match>
    </fontconfig>";

/// What is text in the pictures on the page too.
const DRAWN: &str = ".kitchen text, .chart__lanes text, .chart__ruler text";

async fn stands_alone(options: &Options, query: &str, paper: [u8; 3]) -> Result<()> {
    let site = Site::start()?;
    let (browser, folder) = has_run(&site, query, options).await?;
    let fonts = browser.fonts(DRAWN).await?;
    assert!(fonts.as_ref().is_none_or(|fonts| !fonts.is_empty()));
    let mut fonts_alone = fonts.as_ref().map(|_| BTreeSet::new());
    let mut pictures = Vec::new();
    for what in ["kitchens", "timeline"] {
        let folder = folder.path();
        let (name, svg) = browser.save_file(&format!("{what}.svg"), folder).await?;
        assert_eq!(name, format!("expert-chef-custom-{what}.svg"));
        let (_, painted) = browser.save_file(&format!("{what}.png"), folder).await?;
        pictures.push((what, svg, Pixels::decode(&painted)?));
    }
    browser.check_clean().await?;
    // A reader's other browser: there are only so many at a time.
    drop(browser);
    let other = Options {
        fonts: options.fonts.clone(),
        ..Options::default()
    };
    let other = Browser::start(&other).await?;
    for (what, svg, painted) in pictures {
        let size = size_of(&svg)?;
        assert_eq!(
            (painted.width, painted.height),
            (size.0 * DENSITY, size.1 * DENSITY)
        );
        assert_eq!(
            painted.colour(2, 2),
            paper,
            "{what}: not the page's own paper"
        );
        let alone = opened_alone(&other, &svg, folder.path()).await?;
        assert_eq!((alone.width, alone.height), (painted.width, painted.height));
        if let (Some(known), Some(more)) = (&mut fonts_alone, other.fonts(DRAWN).await?) {
            known.extend(more);
        }
        let difference = painted.difference(&alone);
        assert!(
            difference < 0.01,
            "{what}: {difference} of it looks different"
        );
        let colours: BTreeSet<_> = (0..alone.height)
            .flat_map(|y| (0..alone.width).step_by(7).map(move |x| (x, y)))
            .map(|(x, y)| alone.colour(x, y))
            .collect();
        assert!(colours.len() > 20, "{what}: nothing is drawn");
    }
    assert_eq!(fonts, fonts_alone, "on the page, and alone");
    Ok(())
}

const SERVICES: &str = "tasks=user:60,billing:80,%3Cb%3E%26amp;\"'%20]]%3E:120";

/// The page's paper.
const DAY: [u8; 3] = [251, 245, 234];
const NIGHT: [u8; 3] = [26, 21, 31];

fn by_night() -> Options {
    Options {
        dark: true,
        ..Options::default()
    }
}

#[tokio::test]
async fn pictures_look_the_same_alone_by_day() -> Result<()> {
    stands_alone(&Options::default(), SERVICES, DAY).await
}

#[tokio::test]
async fn pictures_look_the_same_alone_by_night() -> Result<()> {
    stands_alone(&by_night(), SERVICES, NIGHT).await
}

#[tokio::test]
async fn pictures_are_of_the_theme_on_show_and_not_of_the_system() -> Result<()> {
    stands_alone(&by_night(), &format!("{SERVICES}&theme=light"), DAY).await
}

#[tokio::test]
async fn pictures_look_the_same_alone_whatever_fonts_there_are() -> Result<()> {
    let folder = TempDir::new()?;
    let fonts = folder.path().join("fonts.conf");
    fs::write(&fonts, OTHER_FONTS)?;
    let options = Options {
        fonts: Some(fonts),
        ..Options::default()
    };
    // In scripts, too, that the first font does not know.
    stands_alone(&options, "tasks=user:60,卵:80,بيض:120", DAY).await
}

#[tokio::test]
async fn pictures_of_four_kitchens_and_many_calls_are_made() -> Result<()> {
    let site = Site::start()?;
    let tasks: Vec<String> = (0..60).map(|n| format!("t{n}:{}", 10 + n % 9)).collect();
    let query = format!(
        "compare=join,pool:6,fail-fast,first&tasks={}",
        tasks.join(",")
    );
    let (browser, folder) = has_run(&site, &query, &Options::default()).await?;
    for what in ["kitchens", "timeline"] {
        let (_, svg) = browser
            .save_file(&format!("{what}.svg"), folder.path())
            .await?;
        let (_, painted) = browser
            .save_file(&format!("{what}.png"), folder.path())
            .await?;
        let (size, painted) = (size_of(&svg)?, Pixels::decode(&painted)?);
        assert_eq!(
            (painted.width, painted.height),
            (size.0 * DENSITY, size.1 * DENSITY)
        );
    }
    browser.check_clean().await
}

#[tokio::test]
async fn the_saved_result_is_the_contracts() -> Result<()> {
    let site = Site::start()?;
    let (browser, folder) = has_run(&site, "tasks=a:50,b:70", &Options::default()).await?;
    let (name, saved) = browser.save_file("result.json", folder.path()).await?;
    assert_eq!(name, "expert-chef-custom-result.json");
    let saved: Value = serde_json::from_slice(&saved)?;
    assert_eq!(saved, browser.result().await?);
    RunResult::parse(&saved)?;
    let said = async || browser.said_in_share_panel().await;
    until("what was saved to be said", PATIENCE, said, |said| {
        said == "Saved expert-chef-custom-result.json."
    })
    .await?;
    browser.check_clean().await
}

/// The fields that Chrome's trace event format asks of each kind of event.
fn check_schema(trace: &Value) -> Result<()> {
    let events = trace["traceEvents"].as_array().context("no traceEvents")?;
    let is_count = |value: &Value| value.as_u64().is_some();
    let is_time = |value: &Value| value.as_f64().is_some_and(|at| at >= 0.0);
    for event in events {
        let names_place = is_count(&event["pid"]) && is_count(&event["tid"]);
        let is_whole = match event["ph"].as_str() {
            Some("M") => event["args"]["name"].is_string(),
            Some("X") => {
                is_time(&event["ts"]) && is_time(&event["dur"]) && event["cat"].is_string()
            }
            _ => false,
        };
        ensure!(
            names_place && is_whole && event["name"].is_string() && event["args"].is_object(),
            "not a trace event: {event}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn speedscope_reads_the_trace_with_its_names_and_times() -> Result<()> {
    let site = Site::start()?;
    let query =
        "tasks=user:80,billing:120:503*1,%22orders%22:160&retries=1&compare=sequential,join";
    let (browser, folder) = has_run(&site, query, &Options::default()).await?;
    let (_, saved) = browser.save_file("trace.json", folder.path()).await?;
    let result = RunResult::parse(&browser.result().await?)?;
    let trace: Value = serde_json::from_slice(&saved)?;
    check_schema(&trace)?;

    for (run, process) in result.runs.iter().zip(1..) {
        let attempts: u32 = run
            .tasks
            .iter()
            .map(|task| task.attempts.unwrap_or(1))
            .sum();
        assert_eq!(calls_of(&trace, process).len(), attempts as usize);
        for task in &run.tasks {
            let mut own = calls_of(&trace, process);
            own.retain(|call| call.name == task.name);
            let first = own
                .iter()
                .map(|call| call.from)
                .fold(f64::INFINITY, f64::min);
            let last = own.iter().map(Call::until).fold(0.0, f64::max);
            // The contract's times are in tenths of a millisecond.
            let is_near = |us: f64, ms: f64| (us / 1000.0 - ms).abs() <= 0.1;
            assert!(
                is_near(first, task.start_ms.context("never sent")?),
                "{task:?}: {own:?}"
            );
            assert!(is_near(last, task.end_ms), "{task:?}: {own:?}");
            assert!(
                own.iter().any(|call| call.outcome == task.outcome),
                "{own:?}"
            );
        }
    }

    // speedscope wants a browser, and there are only so many at a time.
    drop(browser);
    let imported = speedscope::import(&saved).await?;
    let mut read = 0;
    for (title, process) in [("One after another", 1), ("All at once", 2)] {
        for thread in 1..=3 {
            let mut sent = calls_of(&trace, process);
            sent.retain(|call| call.thread == thread);
            let name = format!("{title} (pid {process}), burner (tid {thread})");
            let profile = imported
                .profiles
                .iter()
                .find(|profile| profile.name == name);
            let Some(profile) = profile else {
                assert!(sent.is_empty(), "no {name} in {imported:#?}");
                continue;
            };
            assert_eq!(profile.unit, "microseconds");
            let calls = imported.calls(profile);
            assert_eq!(calls.len(), sent.len(), "{imported:#?}");
            // It counts from the first call of each thread.
            let zero = sent[0].from;
            for ((name, from, until), call) in calls.iter().zip(&sent) {
                assert!(
                    name.starts_with(&format!("{} {{", call.name)),
                    "{name}: {call:?}"
                );
                assert!((from - (call.from - zero)).abs() < 1.0, "{from}: {call:?}");
                assert!(
                    (until - (call.until() - zero)).abs() < 1.0,
                    "{until}: {call:?}"
                );
                read += 1;
            }
        }
    }
    assert_eq!(read, calls_of(&trace, 1).len() + calls_of(&trace, 2).len());
    Ok(())
}

#[derive(Debug)]
struct Call {
    name: String,
    outcome: String,
    thread: u64,
    /// In microseconds.
    from: f64,
    took: f64,
}

impl Call {
    fn until(&self) -> f64 {
        self.from + self.took
    }
}

/// The calls of a kitchen in the order in which they were sent.
fn calls_of(trace: &Value, process: u64) -> Vec<Call> {
    let events = trace["traceEvents"].as_array().into_iter().flatten();
    let calls = events.filter(|event| event["ph"] == "X" && event["pid"] == process);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut calls: Vec<Call> = calls
        .map(|event| Call {
            name: text(&event["name"]),
            outcome: text(&event["args"]["outcome"]),
            thread: event["tid"].as_u64().unwrap_or_default(),
            from: event["ts"].as_f64().unwrap_or_default(),
            took: event["dur"].as_f64().unwrap_or_default(),
        })
        .collect();
    calls.sort_by(|a, b| a.from.total_cmp(&b.from));
    calls
}

#[tokio::test]
async fn files_wait_for_what_is_in_them_and_the_page_says_so() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:20000", &Options::default()).await?;
    browser.open_share_panel().await?;
    let folder = TempDir::new()?;
    browser.save_into(folder.path()).await?;
    let disabled = async || {
        browser
            .js::<Vec<String>>(
                "return [...document.querySelectorAll('[data-action=export]:disabled')]
                   .map(button => button.dataset.value);",
            )
            .await
    };
    assert_eq!(disabled().await?, FILES);
    assert!(browser.text().await?.contains("Run first"));

    browser.click(RUN).await?;
    browser.wait_for_state("running").await?;
    assert_eq!(disabled().await?, ["result.json", "trace.json"]);
    assert!(browser.text().await?.contains("when all is over"));
    let (_, svg) = browser.save_file("kitchens.svg", folder.path()).await?;
    size_of(&svg)?;
    browser.js::<()>("window.expertChef.reset();").await?;
    assert_eq!(disabled().await?, FILES);
    browser.check_clean().await
}

#[tokio::test]
async fn the_panel_stays_open_through_a_run() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:100", &Options::default()).await?;
    browser.open_share_panel().await?;
    browser.run_by_click(PATIENCE).await?;
    let is_open: bool = browser
        .js("return document.querySelector('[data-part=share]') !== null;")
        .await?;
    assert!(is_open, "the question's answer closed it");
    Ok(())
}

#[tokio::test]
async fn a_file_that_cannot_be_made_is_said() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec!["HTMLCanvasElement.prototype.toBlob = (callback) => callback(null);".into()],
        ..Options::default()
    };
    let (browser, _folder) = has_run(&site, "tasks=a:50", &options).await?;
    browser.click("[data-value=\"timeline.png\"]").await?;
    let said = async || browser.said_in_share_panel().await;
    until("the failure to be said", PATIENCE, said, |said| {
        said.contains("would not make the file")
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn urls_of_saved_files_are_revoked() -> Result<()> {
    let site = Site::start()?;
    let options = Options {
        inject: vec![
            "window.openUrls = new Set();
             const { createObjectURL, revokeObjectURL } = URL;
             URL.createObjectURL = (blob) => {
               const url = createObjectURL.call(URL, blob);
               openUrls.add(url);
               return url;
             };
             URL.revokeObjectURL = (url) => { openUrls.delete(url); revokeObjectURL.call(URL, url); };
             const wait = window.setTimeout;
             window.setTimeout = (act, ms, ...more) => wait(act, Math.min(ms, 1000), ...more);"
                .into(),
        ],
        ..Options::default()
    };
    let (browser, folder) = has_run(&site, "tasks=a:50", &options).await?;
    for file in FILES {
        browser.save_file(file, folder.path()).await?;
    }
    let open = async || browser.js::<usize>("return openUrls.size;").await;
    until("every URL to be revoked", PATIENCE, open, |&open| open == 0).await?;
    Ok(())
}

#[tokio::test]
async fn two_stages_save_each_its_own() -> Result<()> {
    let stage = "<section data-expert-chef=\"scenario=two-calls&theme=dark\"></section>";
    let site = Site::of(&harness::dist::folder()?)
        .rewriting(move |html| without_lesson(&html, stage))
        .start()?;
    let (browser, folder) = has_run(&site, "tasks=mine:50", &Options::default()).await?;
    let (name, trace) = browser.save_file("trace.json", folder.path()).await?;
    assert_eq!(name, "expert-chef-custom-trace.json");
    let trace: Value = serde_json::from_slice(&trace)?;
    let events = trace["traceEvents"].as_array().context("no events")?;
    assert!(events.iter().any(|event| event["name"] == json!("mine")));
    Ok(())
}
