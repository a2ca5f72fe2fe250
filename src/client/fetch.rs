//! Real `fetch()` calls.

use js_sys::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response, Window};

use crate::dom::object;
use expert_chef_core::asked::scenario::Call;
use expert_chef_core::outcome::Failure;
use expert_chef_core::run::client::Client;

/// The header by which the service worker signs its answers.
const SIGNATURE: &str = "x-expert-chef";

/// Calls services and endpoints with `fetch()`: without credentials, referrer
/// or cache, and with an `AbortController` that aborts when the call is dropped.
#[derive(Clone, Debug)]
pub struct FetchClient {
    window: Window,
    /// Where the embedded services are: an absolute URL with a slash at its end.
    services: &'static str,
    /// What all calls have in common; each puts its own signal in.
    init: RequestInit,
}

impl FetchClient {
    /// A client whose embedded services answer below `services`, an absolute URL
    /// with a slash at its end.
    #[must_use]
    pub fn new(window: Window, services: &'static str) -> Self {
        let init = object(&[
            ("credentials", &"omit".into()),
            ("referrerPolicy", &"no-referrer".into()),
            ("cache", &"no-store".into()),
            ("mode", &"cors".into()),
        ]);
        Self {
            window,
            services,
            init: init.unchecked_into(),
        }
    }

    /// Where the embedded services are.
    #[must_use]
    pub fn services(&self) -> &'static str {
        self.services
    }

    async fn fetch(&self, url: &str, abort: &AbortOnDrop) -> Result<Response, JsValue> {
        self.init.set_signal(Some(&abort.controller.signal()));
        let response = self.window.fetch_with_str_and_init(url, &self.init);
        let response = JsFuture::from(response).await?;
        // Of the window's own realm, so that a check against this one's class
        // would fail for the window of a frame.
        Ok(response.unchecked_into())
    }
}

impl Client for FetchClient {
    async fn call(&self, call: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
        let mut abort = AbortOnDrop::new().map_err(|_| Failure::Network)?;
        let response = self.fetch(&call.address(self.services), &abort).await;
        let response = response.map_err(|_| Failure::Network)?;
        first_byte();

        let header = |name| response.headers().get(name).ok().flatten();
        let is_service = call.url.is_none();
        if is_service && header(SIGNATURE).is_none() {
            return Err(Failure::Unserved);
        }
        // Our own services speak nothing else.
        let is_json = is_service || header("content-type").is_some_and(|kind| is_json(&kind));
        // A body is never copied: it may be large, and nothing is done with it.
        let body = match is_json && response.ok() {
            true => response.json(),
            false => response.array_buffer(),
        };
        let body = body.map_err(|_| Failure::Network)?;
        let body = JsFuture::from(body).await;
        body.map_err(
            |error| match String::from(error.unchecked_ref::<Error>().name()).as_str() {
                "SyntaxError" => Failure::Malformed,
                _ => Failure::Network,
            },
        )?;
        abort.is_over = true;
        match response.ok() {
            true => Ok(()),
            false => Err(Failure::Status(response.status())),
        }
    }
}

/// Whether a content type is one of JSON's, like `application/problem+json`.
fn is_json(kind: &str) -> bool {
    let mut words = kind.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
    words.any(|word| word == b"json")
}

/// Aborts the request that holds its signal when dropped before it is over.
struct AbortOnDrop {
    controller: AbortController,
    is_over: bool,
}

impl AbortOnDrop {
    fn new() -> Result<Self, JsValue> {
        Ok(Self {
            controller: AbortController::new()?,
            is_over: false,
        })
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if !self.is_over {
            self.controller.abort();
        }
    }
}
