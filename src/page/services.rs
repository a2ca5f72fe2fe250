//! The embedded services: registers the service worker that answers them, and
//! says who performs their calls. One page has one of these, and its stages
//! share it.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Url, Window};

use crate::client::{BrowserClient, FetchClient};
use crate::clock::BrowserClock;
use expert_chef_core::asked::scenario::SERVICES;
use expert_chef_core::run::client::SimulatedClient;

/// In `www/services.js`.
#[wasm_bindgen]
extern "C" {
    /// Starts to register the service worker beside the document.
    #[wasm_bindgen(js_name = registerWorker)]
    fn register_worker();

    /// Whether it controls this page and is awake: a promise that is kept, after
    /// seconds if need be.
    #[wasm_bindgen(js_name = isServed)]
    fn is_served() -> Promise;
}

/// The embedded services of a page.
pub struct Services {
    window: Window,
    clock: BrowserClock,
    /// Lives as long as the page does.
    base: &'static str,
}

impl Services {
    /// Starts to register the service worker beside the document.
    ///
    /// # Errors
    /// Where the document has no usable address.
    pub fn new(window: Window, clock: BrowserClock) -> Result<Self, JsValue> {
        let document = window.document().ok_or("there is no document")?;
        let document = document.base_uri()?.unwrap_or_default();
        let base = Url::new_with_base(SERVICES, &document)?.href().leak();
        register_worker();
        Ok(Self {
            window,
            clock,
            base,
        })
    }

    /// Who performs calls now. Waits until the worker controls the page and
    /// is awake, so that its start is not measured as a service's latency.
    pub async fn client(&self) -> BrowserClient {
        let served = JsFuture::from(is_served()).await;
        let is_served = served.is_ok_and(|served| served.is_truthy());
        let fetch = FetchClient::new(self.window.clone(), self.base);
        let simulated = (!is_served).then(|| SimulatedClient::new(self.clock.clone()));
        BrowserClient::new(fetch, simulated)
    }
}
