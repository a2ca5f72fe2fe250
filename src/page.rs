//! The shell around the core: mounts a stage in every place that the document
//! has for one, and speaks with the world outside. The only modules that know
//! `web_sys` are this one's, [`crate::dom`], and the adapters of the client
//! and the clock.

mod address;
mod api;
mod embed;
mod frames;
mod mount;
#[cfg(debug_assertions)]
mod panic;
mod pulse;
mod services;
mod shelf;
mod sight;
mod stages;
mod timing_log;

use std::cell::RefCell;
use std::rc::Rc;

use expert_chef_core::asked::backing::Backing;
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::scenario::UrlParts;
use expert_chef_core::part::Parts;
use expert_chef_core::run::gate::Gate;
use expert_chef_core::run::hands::Hands;
use expert_chef_core::shown::exhibit::Exhibit;
use expert_chef_core::shown::figure::Figure;
use expert_chef_core::shown::stage::Msg;
use expert_chef_core::text::before;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MediaQueryList, Url, Window};

use crate::clock::BrowserClock;
use crate::dom::{Checked, Listener};
use crate::hands::BrowserProcessor;
use crate::workers::Staff;
use frames::Frames;
use mount::Inner;
use services::Services;
use shelf::Shelf;
use sight::Sight;
use stages::Stages;

pub use mount::{Mount, Underway};

/// Elements with this attribute are stages; its value is the stage's own
/// query string.
const STAGE: &str = "data-expert-chef";

/// What a figure shows: the words of [`Parts::parse`].
const SHOW: &str = "data-show";

/// Figures of the page's own article: mounted when they come near, and beside
/// their code.
const FIGURE: &str = "data-figure";

/// Mounts every stage of the document. The first is the main one: it follows
/// the address bar's query string, and the document's state follows it.
///
/// # Errors
/// Where the browser lacks something that no page can do without.
pub fn start() -> Result<(), JsValue> {
    open().map(drop)
}

/// The same; the page and its main stage, if it has one, for who adds to them.
/// All of it lives as long as the document does.
///
/// # Errors
/// Where the browser lacks something that no page can do without.
pub(crate) fn open() -> Result<(Rc<Page>, Option<Rc<Mount>>), JsValue> {
    #[cfg(debug_assertions)]
    panic::log_panics();
    let page = Page::new()?;
    let document = page.window.document().ok_or("there is no document")?;
    let places = document.query_selector_all(&format!("[{STAGE}]"))?;
    // What of the document is shown by itself has the main stage.
    let chosen = document.query_selector(&format!("[data-chosen] [{STAGE}]"))?;
    let places = (0..places.length())
        .filter_map(|index| places.get(index))
        .filter_map(|place| place.dyn_into::<Element>().ok())
        .filter(|place| chosen.as_ref() != Some(place));
    let mut main = None;
    for (index, place) in chosen.iter().cloned().chain(places).enumerate() {
        let is_main = index == 0;
        // Of an article's figures none is there before it is about to be seen.
        if !is_main && place.has_attribute(FIGURE) {
            Sight::expect(&page, &place);
            continue;
        }
        let root = document.document_element().filter(|_| is_main);
        let mount = Rc::new(page.mount(place, root));
        if is_main {
            api::publish(&page.window, &mount)?;
            if mount.is_embedded() {
                embed::listen(&page, &mount);
            }
            main = Some(Rc::clone(&mount));
        }
        // These live as long as the page does.
        std::mem::forget(mount);
    }
    Ok((page, main))
}

/// What all stages of a page share.
pub struct Page {
    window: Window,
    clock: BrowserClock,
    services: Rc<Services>,
    frames: Rc<Frames>,
    sight: Sight,
    /// Tells whether the reader wants less movement.
    still: Option<MediaQueryList>,
    /// What has been learned of the hosts that were called.
    hosts: RefCell<Hosts>,
    /// The thread's own.
    hands: Hands<BrowserProcessor>,
    /// Those beside it.
    staff: Staff,
    /// What calls of URLs go through.
    gate: Gate,
    /// The programs beside kitchens.
    shelf: Shelf,
    stages: Rc<Stages>,
    listeners: RefCell<Vec<Listener>>,
}

impl Page {
    /// Its clock.
    pub(crate) fn clock(&self) -> &BrowserClock {
        &self.clock
    }

    /// Who answers calls of its own services, once that is known.
    pub(crate) async fn backing(&self) -> Backing {
        self.services.client().await.backing()
    }

    /// A page on which no stage is mounted yet.
    ///
    /// # Errors
    /// Where the browser lacks something that no page can do without.
    pub fn new() -> Result<Rc<Self>, JsValue> {
        let window = web_sys::window().ok_or("there is no window")?;
        let clock = BrowserClock::new().ok_or("there is no clock")?;
        let stages = Rc::new(Stages::default());
        let mut known = Hosts::default();
        known.have_cores(cores(&window));
        let page = Rc::new(Self {
            services: Rc::new(Services::new(window.clone(), clock.clone())?),
            frames: Rc::new(Frames::new(
                window.clone(),
                clock.clone(),
                Rc::clone(&stages),
            )),
            sight: Sight::new(Rc::clone(&stages)),
            still: reduced_motion(&window),
            window,
            hosts: RefCell::new(known),
            hands: Hands::new(BrowserProcessor::new(clock.clone(), 1.0)),
            staff: Staff::default(),
            gate: Gate::default(),
            shelf: Shelf::default(),
            clock,
            stages,
            listeners: RefCell::default(),
        });
        page.listen();
        Ok(page)
    }

    /// Mounts a stage in that place, whose content it replaces; with the
    /// document's root it is the main one.
    #[must_use]
    pub fn mount(self: &Rc<Self>, place: Element, root: Option<Element>) -> Mount {
        let own = place.get_attribute(STAGE).unwrap_or_default();
        let query = match root {
            Some(_) => self.window.location().search().unwrap_or_default(),
            None => String::new(),
        };
        let (config, problems) = address::read(&query, &own);
        let in_article = place.has_attribute(FIGURE);
        let figure = match place.get_attribute(SHOW) {
            Some(words) if in_article => {
                Figure::article(Parts::parse(&words).0, Exhibit::among(&words))
            }
            Some(words) => Figure::panel(Parts::parse(&words).0),
            None if config.embed => Figure::panel(config.show),
            None => Figure::PAGE,
        };
        if let Some(root) = &root {
            dress(root, &config);
        }
        let says_nothing = query.is_empty() && own.is_empty();
        let is_invited = root.is_some() && says_nothing && !self.saves_data();
        let mount = Mount::new(self, place, root, own, figure, config, problems);
        if is_invited {
            mount.invite();
        }
        mount
    }

    /// What happens to the page as a whole concerns all of its stages.
    fn listen(self: &Rc<Self>) {
        let on = |kind: &'static str, act: fn(&Rc<Inner>)| {
            let weak = Rc::downgrade(self);
            Listener::new(&self.window, kind, move |_| {
                if let Some(page) = weak.upgrade() {
                    for stage in page.stages.all() {
                        act(&stage);
                    }
                }
            })
        };
        let weak = Rc::downgrade(self);
        let stop = Listener::new(&self.window, "expert-chef:stop", move |_| {
            if let Some(page) = weak.upgrade() {
                page.stop();
            }
        });
        let weak = Rc::downgrade(self);
        let stilled = self.still.as_ref().map(|still| {
            Listener::new(still, "change", move |_| {
                let Some(page) = weak.upgrade() else { return };
                for stage in page.stages.all() {
                    stage.send(Msg::Stilled(page.is_still()));
                }
            })
        });
        let mut listeners = vec![
            // A page that is left may be kept frozen and shown again: its calls
            // would seem to have taken all that time.
            on("pagehide", Inner::left),
            on("popstate", Inner::recall),
            // It bubbles up from the document.
            on("visibilitychange", |stage| {
                stage.send(Msg::Hidden(stage.page().is_hidden()));
            }),
            stop,
        ];
        listeners.extend(stilled);
        self.listeners.replace(listeners);
    }

    /// Ends all that goes on, because the program has failed: what it would still
    /// show or tell could not be trusted.
    fn stop(&self) {
        self.frames.stop();
        self.staff.dismiss();
        for stage in self.stages.all() {
            stage.stop();
        }
        if let Ok(mut listeners) = self.listeners.try_borrow_mut() {
            listeners.clear();
        }
    }

    /// Whether nobody sees it: another tab is in front, or its window is small.
    fn is_hidden(&self) -> bool {
        let document = self.window.document();
        document.is_some_and(|document| document.hidden())
    }

    /// Whether nothing may move by itself.
    fn is_still(&self) -> bool {
        self.still.as_ref().is_some_and(MediaQueryList::matches)
    }

    /// Whether the reader wants less to be loaded, as far as the browser tells.
    fn saves_data(&self) -> bool {
        let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
        let connection = get(&self.window.navigator(), "connection");
        let saves = connection.and_then(|connection| get(&connection, "saveData"));
        saves.is_some_and(|saves| saves.is_truthy())
    }

    /// Keeps what was learned of hosts, for the next run of any stage.
    fn learn(&self, learn: impl FnOnce(&mut Hosts)) {
        let mut hosts = self.hosts.borrow().clone();
        learn(&mut hosts);
        if *self.hosts.borrow() == hosts {
            return;
        }
        self.hosts.replace(hosts.clone());
        for stage in self.stages.all() {
            stage.send(Msg::Learned(hosts.clone()));
        }
    }
}

/// How many cores the browser says that the processor has.
fn cores(window: &Window) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast to an integer saturates"
    )]
    let cores = window.navigator().hardware_concurrency() as usize;
    cores
}

/// What of the configuration concerns the page as a whole.
fn dress(root: &Element, config: &Config) {
    let ground = config.ground.word();
    for (attribute, word) in [("data-theme", config.theme.word()), ("data-ground", ground)] {
        root.set_attribute(attribute, word).checked("dress");
    }
    root.toggle_attribute_with_force("data-embed", config.embed)
        .checked("dress");
    // By script, because the page's policy forbids such an attribute in markup.
    if let Ok(style) = Reflect::get(root, &"style".into()) {
        let _ = Reflect::set(&style, &"cssText".into(), &config.accent.style().into());
    }
}

/// Splits a URL with the browser's own parser.
pub(crate) fn parse_url(url: &str) -> Option<UrlParts> {
    let url = Url::new(url).ok()?;
    Some(UrlParts {
        href: url.href(),
        scheme: before(&url.protocol(), b':').to_owned(),
        has_credentials: !url.username().is_empty() || !url.password().is_empty(),
    })
}

/// Tells whether the reader wants less movement.
fn reduced_motion(window: &Window) -> Option<MediaQueryList> {
    let query = window.match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten()
}
