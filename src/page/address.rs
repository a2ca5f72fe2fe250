//! The address bar: what the main stage shows, among what else is said there.

use expert_chef_core::asked::config::{Config, Problem};
use expert_chef_core::text::concat;
use wasm_bindgen::JsValue;
use web_sys::Window;

use super::parse_url;

/// What the address bar's query string says over a place's own.
pub fn read(query: &str, own: &str) -> (Config, Vec<Problem>) {
    Config::parse_over(query, own, parse_url)
}

/// Has the address bar say the configuration, over a place's own; what else it
/// says is not ours to change.
pub fn write(window: &Window, config: &Config, own: &str) {
    let location = window.location();
    let shown = location.search().unwrap_or_default();
    let (said, problems) = read(&shown, own);
    if said == *config && problems.is_empty() {
        // In other letters it is the same: another step would take away the way
        // forward of who went back.
        return;
    }
    let (usual, _) = Config::parse(own, parse_url);
    let query = expert_chef_core::asked::config::address(&shown, &config.to_query_over(&usual));
    if query == shown {
        return;
    }
    let path = location.pathname().unwrap_or_default();
    let fragment = location.hash().unwrap_or_default();
    let url = concat(&[&*path, &query, &fragment]);
    // Where there is no history, as in some sandboxes, none is made.
    if let Ok(history) = window.history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}
