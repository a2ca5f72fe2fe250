//! Why nothing came from some addresses, as far as a browser lets a page find out.

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::fetch::AbortOnDrop;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = whySilent)]
    fn why_silent(urls: &str, signal: &AbortSignal) -> Promise;
}

/// What `www/why.js` finds out of these addresses, which have a space after each,
/// for [`explain`](expert_chef_core::recorded::recording::Recording::explain).
/// Dropping this ends its requests.
pub async fn why(urls: &str) -> Option<String> {
    if urls.is_empty() {
        return None;
    }
    let mut abort = AbortOnDrop::new().ok()?;
    let found = JsFuture::from(why_silent(urls, &abort.controller.signal())).await;
    abort.is_over = true;
    found.ok()?.as_string()
}
