//! What the browser says about requests once they are over.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{PerformanceObserver, PerformanceObserverEntryList};

use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::phases::ResourceTiming;

use crate::dom::{Callback, callback, object};

/// Collects the Resource Timing entries of all requests that end while it is
/// there; stops when dropped.
#[must_use = "it stops collecting when dropped"]
pub struct TimingLog {
    observer: PerformanceObserver,
    /// As the browser has them: reading them can wait for the run's end.
    entries: Rc<RefCell<Vec<Array>>>,
    _callback: Callback,
}

impl TimingLog {
    /// Begins to collect; `None` where the browser does not tell.
    pub fn new() -> Option<Self> {
        let entries = Rc::new(RefCell::new(Vec::new()));
        let log = Rc::clone(&entries);
        let callback = callback(move |list| {
            let list: PerformanceObserverEntryList = list.unchecked_into();
            log.borrow_mut().push(list.get_entries());
        });
        let observer = PerformanceObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        let types = Array::of1(&JsValue::from_str("resource"));
        observer.observe(object(&[("entryTypes", &types)]).unchecked_ref());
        Some(Self {
            observer,
            entries,
            _callback: callback,
        })
    }

    /// Everything so far.
    #[must_use]
    pub fn take(&self) -> Vec<ResourceTiming> {
        let mut told = self.entries.take();
        told.push(self.observer.take_records());
        let mut entries = Vec::new();
        for some in told {
            entries.extend(some.iter().map(|entry| read(&entry)));
        }
        entries
    }
}

impl Drop for TimingLog {
    fn drop(&mut self) {
        self.observer.disconnect();
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
