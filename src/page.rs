//! The shell around the core: mounts a stage in every place that the document
//! has for one, and speaks with the world outside. The only modules that know
//! `web_sys` are this one's, [`crate::dom`], and the adapters of the client
//! and the clock.

mod api;
mod embed;
mod mount;
mod observer;
mod panic;
mod services;
mod timing_log;

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MediaQueryList, Url, Window};

use crate::clock::BrowserClock;
use crate::dom::Checked;
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::scenario::UrlParts;

pub use mount::Mount;
pub use services::Services;

/// Elements with this attribute are stages; its value is the stage's own
/// query string.
const STAGE: &str = "data-expert-chef";

/// Mounts every stage of the document. The first is the main one: it follows
/// the address bar's query string, and the document's state follows it.
///
/// # Errors
/// Where the browser lacks something that no page can do without.
pub fn start() -> Result<(), JsValue> {
    panic::log_panics();
    let window = web_sys::window().ok_or("there is no window")?;
    let document = window.document().ok_or("there is no document")?;
    let clock = BrowserClock::new().ok_or("there is no clock")?;
    let services = Rc::new(Services::new(window.clone(), clock.clone())?);

    let places = document.query_selector_all(&format!("[{STAGE}]"))?;
    let places = (0..places.length())
        .filter_map(|index| places.get(index))
        .filter_map(|place| place.dyn_into::<Element>().ok());
    for (index, place) in places.enumerate() {
        let own = place.get_attribute(STAGE).unwrap_or_default();
        let (config, problems) = if index == 0 {
            let search = window.location().search()?;
            // What the address bar says comes first, and the first counts.
            Config::parse(&format!("{search}&{own}"), parse_url)
        } else {
            Config::parse(&own, parse_url)
        };
        let root = document.document_element().filter(|_| index == 0);
        if let Some(root) = &root {
            dress(root, &config);
        }
        let is_embedded = config.embed && index == 0;
        let host = Mount::mount(place, config, problems, &services, clock.clone(), root);
        let host = Rc::new(host);
        if index == 0 {
            api::publish(&window, &host)?;
        }
        if is_embedded {
            embed::listen(&window, &host, &clock);
        }
        // A stage lives as long as the page does.
        std::mem::forget(host);
    }
    Ok(())
}

/// What of the configuration concerns the page as a whole.
fn dress(root: &Element, config: &Config) {
    let ground = config.ground.word();
    for (attribute, word) in [("data-theme", config.theme.word()), ("data-ground", ground)] {
        root.set_attribute(attribute, word).checked("dress");
    }
    root.toggle_attribute_with_force("data-embed", config.embed)
        .checked("dress");
}

/// Splits a URL with the browser's own parser.
pub(crate) fn parse_url(url: &str) -> Option<UrlParts> {
    let url = Url::new(url).ok()?;
    Some(UrlParts {
        href: url.href(),
        scheme: url.protocol().trim_end_matches(':').to_owned(),
        has_credentials: !url.username().is_empty() || !url.password().is_empty(),
    })
}

/// Tells whether the reader wants less movement.
fn reduced_motion(window: &Window) -> Option<MediaQueryList> {
    let query = window.match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten()
}
