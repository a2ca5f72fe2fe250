//! What a reader sees when the program has a defect: a sentence and a way
//! out, never a blank page.

use std::panic;

use web_sys::{Document, Element, HtmlElement};

/// Shows panics on the page, in the place of each stage, and in the console.
pub fn show_panics() {
    panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        let Some(window) = web_sys::window() else {
            return;
        };
        if let Some(document) = window.document() {
            // Nothing more can be done where even this is refused.
            let _ = show(&document);
        }
        super::embed::tell_container(&window, "failed");
    }));
}

/// Uses as little of the DOM as it can: some of it may be what broke. The
/// button's click is heard by `boot.js`, since this program has ended.
fn show(document: &Document) -> Option<()> {
    let places = document.query_selector_all("[data-expert-chef]").ok()?;
    for index in 0..places.length() {
        let place: Element = wasm_bindgen::JsCast::dyn_into(places.get(index)?).ok()?;
        place.set_text_content(None);
        let notice = document.create_element("div").ok()?;
        notice.set_class_name("notice notice--error");
        let text = document.create_element("p").ok()?;
        text.set_text_content(Some(
            "The kitchen has stopped because of a defect in the program. Reloading the page \
             starts it afresh.",
        ));
        let button = document.create_element("button").ok()?;
        button.set_class_name("button button--primary");
        button.set_text_content(Some("Reload the page"));
        let dataset = wasm_bindgen::JsCast::unchecked_ref::<HtmlElement>(&button).dataset();
        dataset.set("action", "reload").ok()?;
        notice.append_child(&text).ok()?;
        notice.append_child(&button).ok()?;
        place.append_child(&notice).ok()?;
        let place: HtmlElement = wasm_bindgen::JsCast::unchecked_into(place);
        place.dataset().set("state", "failed").ok()?;
    }
    let root: HtmlElement = wasm_bindgen::JsCast::unchecked_into(document.document_element()?);
    root.dataset().set("state", "failed").ok()
}
