//! What the browser says about requests once they are over.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::phases::ResourceTiming;

#[wasm_bindgen]
extern "C" {
    /// What `www/timings.js` collects.
    type Timings;

    /// Begins to collect; nothing where the browser does not tell.
    fn timings() -> Option<Timings>;

    /// What has come since it was taken last.
    #[wasm_bindgen(method)]
    fn take(this: &Timings) -> Array;

    #[wasm_bindgen(method)]
    fn disconnect(this: &Timings);
}

/// Collects the Resource Timing entries of all requests that end while it is
/// there; stops when dropped.
#[must_use = "it stops collecting when dropped"]
pub struct TimingLog(Timings);

impl TimingLog {
    /// Begins to collect; `None` where the browser does not tell.
    pub fn new() -> Option<Self> {
        timings().map(Self)
    }

    /// Everything so far: reading it can wait for the run's end.
    #[must_use]
    pub fn take(&self) -> Vec<ResourceTiming> {
        self.0.take().iter().map(|entry| read(&entry)).collect()
    }
}

impl Drop for TimingLog {
    fn drop(&mut self) {
        self.0.disconnect();
    }
}

/// Reads a `PerformanceResourceTiming`. What is not there is zero or empty.
fn read(entry: &JsValue) -> ResourceTiming {
    let get = |name: &str| Reflect::get(entry, &JsValue::from_str(name)).unwrap_or_default();
    let time = |name| Millis::new(get(name).as_f64().unwrap_or_default());
    let text = |name| get(name).as_string().unwrap_or_default();
    ResourceTiming {
        url: text("name"),
        start: time("startTime"),
        connect_start: time("domainLookupStart"),
        connect_end: time("connectEnd"),
        request_start: time("requestStart"),
        response_start: time("responseStart"),
        response_end: time("responseEnd"),
        protocol: text("nextHopProtocol"),
        server: server(&get("serverTiming")),
    }
}

/// The longest time that the server gives: others are parts of it.
fn server(timings: &JsValue) -> Option<Millis> {
    let mut longest = None;
    for timing in timings.dyn_ref::<Array>()?.iter() {
        let duration = Reflect::get(&timing, &JsValue::from_str("duration"));
        let duration = duration.ok()?.as_f64().filter(|ms| *ms > 0.0);
        if let Some(ms) = duration {
            longest = Some(Millis::new(ms).max(longest.unwrap_or_default()));
        }
    }
    longest
}
