//! Real `fetch()` calls.

use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit,
    RequestMode, Response, Window,
};

use super::Client;
use crate::decimal;
use crate::event::Failure;
use crate::scenario::{Call, EndpointUrl, FaultKind};

/// The header by which the service worker signs its answers.
const SIGNATURE: &str = "x-expert-chef";

/// Calls services and endpoints with `fetch()`: without credentials, referrer
/// or cache, and with an `AbortController` that aborts when the call is dropped.
#[derive(Clone, Debug)]
pub struct FetchClient {
    window: Window,
    /// Where the embedded services are: an absolute URL that ends in `/api/`.
    api: String,
}

impl FetchClient {
    /// A client whose embedded services answer below `api`, an absolute URL
    /// with a slash at its end.
    #[must_use]
    pub fn new(window: Window, api: String) -> Self {
        Self { window, api }
    }

    fn url(&self, call: &Call<'_>) -> String {
        let (Some(drawn), None) = (call.drawn, call.url) else {
            return call.url.map_or("", EndpointUrl::as_str).into();
        };
        let mut url = self.api.clone();
        url += &String::from(js_sys::encode_uri_component(call.name));
        url += "?ms=";
        url += &decimal::short(drawn.latency.ms());
        if let Some(fault) = drawn.fault {
            url += match fault {
                FaultKind::Status(_) => "&status=",
                _ => "&fault=",
            };
            url += &fault.to_string();
        }
        url
    }

    async fn fetch(&self, url: &str, abort: &AbortOnDrop) -> Result<Response, JsValue> {
        let init = RequestInit::new();
        init.set_credentials(RequestCredentials::Omit);
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
        init.set_cache(RequestCache::NoStore);
        init.set_mode(RequestMode::Cors);
        init.set_signal(Some(&abort.0.signal()));
        let request = Request::new_with_str_and_init(url, &init)?;
        let response = JsFuture::from(self.window.fetch_with_request(&request)).await?;
        // Of the window's own realm, so that a check against this one's class
        // would fail for the window of a frame.
        Ok(response.unchecked_into())
    }
}

impl Client for FetchClient {
    async fn call(&self, call: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
        let abort = AbortOnDrop::new().map_err(|_| Failure::Network)?;
        let response = self.fetch(&self.url(call), &abort).await;
        let response = response.map_err(|_| Failure::Network)?;
        first_byte();

        let header = |name| response.headers().get(name).ok().flatten();
        let is_service = call.url.is_none();
        if is_service && header(SIGNATURE).is_none() {
            return Err(Failure::Unserved);
        }
        let body = response.text().map(JsFuture::from);
        let body = body.map_err(|_| Failure::Network)?.await;
        let body = body.map_err(|_| Failure::Network)?;
        if !response.ok() {
            return Err(Failure::Status(response.status()));
        }
        let is_json = header("content-type").is_some_and(|kind| kind.contains("json"));
        if is_json && JSON::parse(&body.as_string().unwrap_or_default()).is_err() {
            return Err(Failure::Malformed);
        }
        Ok(())
    }
}

/// Aborts the request that holds its signal when dropped; without effect once
/// the answer is complete.
struct AbortOnDrop(AbortController);

impl AbortOnDrop {
    fn new() -> Result<Self, JsValue> {
        AbortController::new().map(Self)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
