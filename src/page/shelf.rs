//! The programs that stand beside kitchens: a file for each language, fetched when
//! somebody is there to read it, and the same for all stages of the page. Which
//! language that is the reader's browser remembers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use expert_chef_core::shown::listing::{Code, Language, Listing};
use expert_chef_core::shown::stage::Msg;
use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use super::Page;
use super::mount::Underway;

#[wasm_bindgen]
extern "C" {
    /// A language's programs as `www/shelf.js` has fetched them: text, or nothing.
    fn programs(language: &str) -> Promise;

    /// The language that the browser remembers; it remembers this one, if it is one.
    fn kept(language: &str) -> Option<String>;
}

/// The page's programs.
#[derive(Default)]
pub struct Shelf {
    /// The language that the reader has chosen, once that is known.
    language: Cell<Option<Language>>,
    code: RefCell<Code>,
    loading: Cell<Option<Underway>>,
}

impl Shelf {
    /// Has all stages show programs in that language, or in the one that is the
    /// reader's.
    pub fn speak(page: &Rc<Page>, wanted: Option<Language>) {
        let shelf = &page.shelf;
        let language = match wanted {
            Some(language) => {
                kept(language.name());
                language
            }
            None => {
                let known = shelf.language.get();
                known
                    .or_else(|| Language::of(&kept("")?))
                    .unwrap_or_default()
            }
        };
        let is_other = shelf.language.replace(Some(language)) != Some(language);
        if is_other {
            drop(shelf.loading.take());
            shelf.code.replace(Code::Unknown);
        }
        match shelf.loading.take() {
            // It is on its way.
            Some(loading) => shelf.loading.set(Some(loading)),
            None if matches!(*shelf.code.borrow(), Code::Here(_)) => {}
            None => Self::load(page, language),
        }
        Self::tell(page, language);
    }

    fn load(page: &Rc<Page>, language: Language) {
        let weak = Rc::downgrade(page);
        page.shelf.loading.set(Some(Underway::start(async move {
            let text = JsFuture::from(programs(language.name())).await.ok();
            let Some(page) = weak.upgrade() else { return };
            page.shelf
                .code
                .replace(match text.and_then(|text| text.as_string()) {
                    Some(text) => Code::Here(Rc::new(Listing::read(&text))),
                    None => Code::Missing,
                });
            Self::tell(&page, language);
            drop(page.shelf.loading.take());
        })));
    }

    fn tell(page: &Page, language: Language) {
        let code = page.shelf.code.borrow().clone();
        for stage in page.stages.all() {
            stage.send(Msg::Coded(language, code.clone()));
        }
    }
}
