//! The programs that stand beside kitchens: a file for each language, fetched when
//! somebody is there to read it, and the same for all stages of the page. Which
//! language that is the reader's browser remembers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use expert_chef_core::shown::listing::{Code, Language, Listing};
use expert_chef_core::shown::stage::Msg;
use expert_chef_core::text::concat;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, Storage, Window};

use super::Page;
use super::mount::Underway;

/// What the choice is kept under.
const KEY: &str = "expert-chef:language";

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
                if let Some(storage) = storage(&page.window) {
                    // Where nothing can be kept, nothing is.
                    let _ = storage.set_item(KEY, language.name());
                }
                language
            }
            None => shelf.language.get().unwrap_or_else(|| {
                let kept = storage(&page.window).and_then(|storage| storage.get_item(KEY).ok()?);
                kept.and_then(|name| Language::of(&name))
                    .unwrap_or_default()
            }),
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
        let window = page.window.clone();
        page.shelf.loading.set(Some(Underway::start(async move {
            let text = fetch(&window, language).await;
            let Some(page) = weak.upgrade() else { return };
            page.shelf.code.replace(match text {
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

/// Where the reader's browser keeps things, if it does.
fn storage(window: &Window) -> Option<Storage> {
    window.local_storage().ok().flatten()
}

/// A language's file, whose name the document says.
async fn fetch(window: &Window, language: Language) -> Option<String> {
    let selector = concat(&["meta[name=\"code:", language.name(), "\"]"]);
    let named = window.document()?.query_selector(&selector).ok()??;
    let file = named.get_attribute("content")?;
    let answer: Response = JsFuture::from(window.fetch_with_str(&file))
        .await
        .ok()?
        .unchecked_into();
    if !answer.ok() {
        return None;
    }
    let text: JsValue = JsFuture::from(answer.text().ok()?).await.ok()?;
    text.as_string()
}
