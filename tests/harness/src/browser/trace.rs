//! What the page's main thread did, as the browser's own profiler saw it.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};

use super::Browser;

/// The timeline of the developer tools, scripts' microtasks, and the page's own
/// marks. Stack traces, which cost what they are to explain, are not asked for.
const CATEGORIES: &str = "devtools.timeline,v8.execute,blink.user_timing";

/// Where scripts begin to run.
const SCRIPT: &[&str] = &[
    "EvaluateScript",
    "EventDispatch",
    "FireAnimationFrame",
    "FireIdleCallback",
    "FunctionCall",
    "RunMicrotasks",
    "TimerFire",
];

/// What brings the layout up to date: once a frame, after all scripts, unless
/// one of them asks for a measure and so forces it.
const LAYOUT: &[&str] = &["Layout", "UpdateLayoutTree"];

/// A frame of a screen that shows sixty a second, in microseconds.
const SCREEN: f64 = 1_000_000.0 / 60.0;

const BEGIN: &str = "harness: begin";
const END: &str = "harness: end";

/// Something that took the main thread a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// What, in the profiler's words.
    pub name: String,
    /// When it began, in microseconds.
    pub start: f64,
    /// How long it took, in microseconds.
    pub duration: f64,
    /// How much of that the processor worked for it, and not for others.
    pub work: f64,
}

impl Span {
    fn end(&self) -> f64 {
        self.start + self.duration
    }

    fn is_any_of(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }
}

/// All that took the main thread a while, in the order in which it began.
#[derive(Clone, Debug)]
pub struct Trace(Vec<Span>);

impl Trace {
    /// What the callback of each animation frame took by the clock, in
    /// milliseconds.
    #[must_use]
    pub fn frames(&self) -> Vec<f64> {
        let ms = |frame: &Span| frame.duration / 1000.0;
        self.callbacks().map(ms).collect()
    }

    /// What it took of the processor's time, in milliseconds: the same, where
    /// nothing else runs on the machine.
    #[must_use]
    pub fn frames_work(&self) -> Vec<f64> {
        let ms = |frame: &Span| frame.work / 1000.0;
        self.callbacks().map(ms).collect()
    }

    /// What all scripts together took of the processor's time in each frame of
    /// a screen that shows sixty a second, in milliseconds: also those that
    /// answers to calls set off, and whether or not anything was drawn in it. From
    /// the first animation frame to the last.
    #[must_use]
    pub fn scripts_work(&self) -> Vec<f64> {
        let Some(first) = self.callbacks().next() else {
            return Vec::new();
        };
        let last = self.callbacks().last().unwrap_or(first);
        let mut frames = Vec::new();
        let mut scripts = self.scripts().peekable();
        while scripts.next_if(|one| one.start < first.start).is_some() {}
        let mut end = first.start;
        while end < last.start {
            end += SCREEN;
            let mut total = 0.0;
            while let Some(script) = scripts.next_if(|script| script.start < end) {
                total += script.work;
            }
            frames.push(total / 1000.0);
        }
        frames
    }

    /// Every layout that a script forced by asking for a measure.
    #[must_use]
    pub fn forced_layouts(&self) -> Vec<&Span> {
        let mut scripts = self.scripts().peekable();
        let layouts = self.0.iter().filter(|span| span.is_any_of(LAYOUT));
        layouts
            .filter(|layout| {
                while scripts
                    .next_if(|script| script.end() <= layout.start)
                    .is_some()
                {}
                scripts
                    .peek()
                    .is_some_and(|script| script.start <= layout.start)
            })
            .collect()
    }

    fn callbacks(&self) -> impl Iterator<Item = &Span> {
        let is_callback = |span: &&Span| span.name == "FireAnimationFrame";
        self.0.iter().filter(is_callback)
    }

    /// The scripts that no other has called.
    fn scripts(&self) -> impl Iterator<Item = &Span> {
        let mut end = f64::MIN;
        let scripts = self.0.iter().filter(|span| span.is_any_of(SCRIPT));
        scripts.filter(move |span| {
            let is_outermost = span.start >= end;
            end = end.max(span.end());
            is_outermost
        })
    }
}

/// Has the browser record from its start on.
pub(super) fn ask_for(capabilities: &mut ChromeCapabilities) -> Result<()> {
    capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    let preferences = json!({
        "enableNetwork": false,
        "enablePage": false,
        "traceCategories": CATEGORIES,
    });
    capabilities.add_experimental_option("perfLoggingPrefs", preferences)?;
    Ok(())
}

/// A line of the driver's log.
#[derive(Deserialize)]
struct Line {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    method: String,
    params: serde_json::Value,
}

/// An event in the trace format of Chromium; times in microseconds.
#[derive(Deserialize)]
struct Event {
    name: String,
    ph: String,
    pid: i64,
    tid: i64,
    ts: f64,
    #[serde(default)]
    dur: f64,
    #[serde(default)]
    tdur: f64,
}

impl Event {
    fn thread(&self) -> (i64, i64) {
        (self.pid, self.tid)
    }
}

impl Browser {
    /// Runs the body of an asynchronous function in the page, and gives what
    /// the main thread did meanwhile. Needs [`trace`](super::Options::trace),
    /// and can be done once in a browser's life.
    ///
    /// # Errors
    /// If it rejects, or nothing was recorded.
    pub async fn trace(&self, body: &str) -> Result<Trace> {
        let marked =
            format!("performance.mark({BEGIN:?}); {body}; performance.mark({END:?}); return null;");
        self.js_async::<()>(&marked).await?;
        let log = self.tab.get_log("performance").await?;
        let mut events = Vec::with_capacity(log.len());
        for entry in log {
            let line: Line = serde_json::from_str(&entry.message)?;
            if line.message.method == "Tracing.dataCollected" {
                // Some kinds that are of no interest have other fields.
                events.extend(serde_json::from_value::<Event>(line.message.params));
            }
        }
        between_marks(events)
    }
}

fn between_marks(mut events: Vec<Event>) -> Result<Trace> {
    let find = |name: &str| events.iter().find(|event| event.name == name);
    let begin = find(BEGIN).context("the browser recorded no trace")?;
    let (main, begin) = (begin.thread(), begin.ts);
    let end = find(END).context("the trace breaks off")?.ts;
    ensure!(begin < end, "the trace is out of order");
    events.retain(|event| {
        event.thread() == main && event.ph == "X" && (begin..end).contains(&event.ts)
    });
    let mut spans: Vec<Span> = events
        .into_iter()
        .map(|event| Span {
            name: event.name,
            start: event.ts,
            duration: event.dur,
            work: event.tdur,
        })
        .collect();
    // Of those that begin together the longest is the outermost.
    let key = |span: &Span| (span.start, -span.duration);
    spans.sort_by(|a, b| {
        key(a)
            .partial_cmp(&key(b))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    Ok(Trace(spans))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(spans: &[(&str, f64, f64)]) -> Trace {
        let span = |&(name, start, duration): &(&str, f64, f64)| Span {
            name: name.into(),
            start,
            duration,
            work: duration,
        };
        Trace(spans.iter().map(span).collect())
    }

    #[test]
    fn a_layout_within_a_script_is_forced_and_one_after_it_is_not() {
        let trace = trace(&[
            ("FireAnimationFrame", 0.0, 2000.0),
            ("FunctionCall", 10.0, 1900.0),
            ("UpdateLayoutTree", 20.0, 5.0),
            ("UpdateLayoutTree", 2100.0, 50.0),
            ("Layout", 2150.0, 300.0),
            ("RunMicrotasks", 3000.0, 500.0),
            ("Layout", 3100.0, 300.0),
        ]);
        let forced = trace.forced_layouts();
        let starts: Vec<i64> = forced.iter().map(|span| span.start as i64).collect();
        assert_eq!(starts, [20, 3100]);
    }

    #[test]
    fn scripts_are_counted_once_in_the_screens_frame_that_they_begin_in() {
        let trace = trace(&[
            ("RunMicrotasks", 0.0, 700.0),
            ("FireAnimationFrame", 1000.0, 2000.0),
            ("FunctionCall", 1100.0, 1500.0),
            ("RunMicrotasks", 5000.0, 1000.0),
            ("FireAnimationFrame", 18_000.0, 4000.0),
            ("FireAnimationFrame", 60_000.0, 1000.0),
        ]);
        let rounded = |figures: Vec<f64>| -> Vec<i64> {
            figures.into_iter().map(|ms| ms.round() as i64).collect()
        };
        assert_eq!(rounded(trace.frames()), [2, 4, 1]);
        assert_eq!(rounded(trace.scripts_work()), [3, 4, 0, 1]);
    }
}
