//! A stage in the document: performs what the pure [`Stage`] permits, and
//! draws it. Owns everything that it starts; dropping it cancels its run,
//! stops its frames, removes its listeners and takes its content away.

mod cook;
mod draw;
mod events;
mod files;
mod input;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{AbortHandle, abortable};
use gloo_events::EventListener;
use gloo_render::AnimationFrame;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, MediaQueryList, Window};

use crate::clock::BrowserClock;
use crate::dom::{Checked, Root};
use crate::page::observer::Sight;
use crate::page::{Services, dress, parse_url, reduced_motion};
use crate::view;
use cook::perform;
use events::contract;
use expert_chef_core::asked::config::{Autorun, Config, Problem};
use expert_chef_core::asked::embed::Told;
use expert_chef_core::asked::link::Share;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::shown::pace::Pace;
use expert_chef_core::shown::stage::{Asker, Refusal, Stage, State};

/// A stage in the document.
pub struct Mount(Rc<Inner>);

struct Inner {
    window: Window,
    /// Tells whether the reader wants less movement.
    still: Option<MediaQueryList>,
    place: Element,
    /// Where the main stage's state is shown too.
    document_root: Option<Element>,
    services: Rc<Services>,
    clock: BrowserClock,
    stage: RefCell<Stage>,
    root: RefCell<Root>,
    cache: RefCell<view::stage::Cache>,
    result: RefCell<JsValue>,
    awaiting: RefCell<Vec<oneshot::Sender<JsValue>>>,
    loading: RefCell<Option<Underway>>,
    running: RefCell<Option<Underway>>,
    frame: RefCell<Option<AnimationFrame>>,
    pace: Cell<Pace>,
    /// Tells when the thread is free again after a picture.
    rest: RefCell<Option<Timeout>>,
    sight: RefCell<Option<Sight>>,
    listeners: RefCell<Vec<EventListener>>,
}

/// A future that is on its way by itself; dropping this ends it, and with a run
/// its requests.
struct Underway(AbortHandle);

impl Underway {
    fn start(future: impl Future<Output = ()> + 'static) -> Self {
        let (future, handle) = abortable(future);
        spawn_local(async move {
            // Ended or done: either way there is nobody left to tell.
            let _ = future.await;
        });
        Self(handle)
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Mount {
    /// Mounts a stage in `place`, whose content it replaces.
    #[must_use]
    pub fn mount(
        place: Element,
        config: Config,
        problems: Vec<Problem>,
        services: &Rc<Services>,
        clock: BrowserClock,
        document_root: Option<Element>,
    ) -> Self {
        let window = web_sys::window().checked("give its window");
        let document = place.owner_document().checked("give its document");
        let autorun = config.autorun;
        let mut stage = Stage::new(config, problems);
        let href = window.location().href();
        *stage.share_mut() = Share::of(&href.unwrap_or_default());
        let inner = Rc::new(Inner {
            still: reduced_motion(&window),
            window,
            root: RefCell::new(Root::new(document, place.clone())),
            place,
            document_root,
            services: Rc::clone(services),
            clock,
            stage: RefCell::new(stage),
            cache: RefCell::default(),
            result: RefCell::new(JsValue::NULL),
            awaiting: RefCell::default(),
            loading: RefCell::default(),
            running: RefCell::default(),
            frame: RefCell::default(),
            pace: Cell::default(),
            rest: RefCell::default(),
            sight: RefCell::default(),
            listeners: RefCell::default(),
        });
        inner.listen();
        inner.show();
        let weak = Rc::downgrade(&inner);
        *inner.loading.borrow_mut() = Some(Underway::start(async move {
            let Some(services) = weak.upgrade().map(|inner| Rc::clone(&inner.services)) else {
                return;
            };
            let client = services.client().await;
            if let Some(inner) = weak.upgrade() {
                inner.stage.borrow_mut().load(client.backing());
                inner.show();
                inner.tell(Told::Ready);
                inner.complain();
                inner.autorun(autorun);
            }
        }));
        Self(inner)
    }

    /// Runs, as a script asks for it; resolves to the contract's result, or to
    /// `Err(Canceled)` if the run is reset or replaced before it is over.
    ///
    /// # Errors
    /// If URLs wait for the reader's own click.
    pub fn run(&self) -> Result<oneshot::Receiver<JsValue>, Refusal> {
        self.0.run(Asker::Program).inspect_err(|refusal| {
            self.0.tell_error(refusal.to_string());
        })?;
        let (sender, receiver) = oneshot::channel();
        self.0.awaiting.borrow_mut().push(sender);
        Ok(receiver)
    }

    /// Cancels what runs, and is as before the first run.
    pub fn reset(&self) {
        self.0.reset();
    }

    /// Takes a query string's orders.
    pub fn configure(&self, query: &str) {
        let (config, problems) = Config::parse(query, parse_url);
        self.0.configure(config, problems);
        self.0.remember();
        self.0.complain();
    }

    /// The result of the last run that was not cancelled, or null.
    #[must_use]
    pub fn result(&self) -> JsValue {
        self.0.result.borrow().clone()
    }

    /// Where it is mounted, and where its events are heard.
    #[must_use]
    pub fn place(&self) -> &Element {
        &self.0.place
    }
}

impl Inner {
    fn configure(&self, mut config: Config, problems: Vec<Problem>) {
        self.cancel();
        // What the page is, it is for as long as it is open.
        config.embed = self.stage.borrow().config().embed;
        if let Some(root) = &self.document_root {
            dress(root, &config);
        }
        self.stage.borrow_mut().configure(config, problems);
        self.show();
    }

    /// Puts what is on show into the address bar, so that it can be shared and
    /// gone back to. The main stage's only, and not in a frame, where each would
    /// be one more step on the way back from the host's page.
    fn remember(&self) {
        if self.document_root.is_none() || self.stage.borrow().config().embed {
            return;
        }
        let mut query = self.stage.borrow().config().to_query();
        query.insert(0, '?');
        let location = self.window.location();
        let shown = location.search().unwrap_or_default();
        if shown == query || (shown.is_empty() && query == "?") {
            return;
        }
        let url = location.pathname().unwrap_or_default() + &query;
        // Where there is no history, as in some sandboxes, none is made.
        if let Ok(history) = self.window.history() {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
        }
    }

    /// Shows what the address bar says: the reader went back or forward.
    fn recall(&self) {
        if self.document_root.is_none() {
            return;
        }
        let query = self.window.location().search().unwrap_or_default();
        let (config, problems) = Config::parse(&query, parse_url);
        if config != *self.stage.borrow().config() {
            self.configure(config, problems);
        }
    }

    fn reset(&self) {
        self.cancel();
        self.stage.borrow_mut().reset();
        self.show();
    }

    fn cancel(&self) {
        drop(self.running.take());
        drop(self.frame.take());
        // Whoever awaits the run hears that it was cancelled.
        self.awaiting.borrow_mut().clear();
    }

    /// Ends all that goes on, because the program has failed: what it would still
    /// show or tell could not be trusted. Whatever it was in the middle of
    /// changing stays as it is.
    fn stop(&self) {
        fn end<T: Default>(what: &RefCell<T>) {
            drop(
                what.try_borrow_mut()
                    .map(|mut what| std::mem::take(&mut *what)),
            );
        }
        end(&self.loading);
        end(&self.running);
        end(&self.awaiting);
        end(&self.frame);
        end(&self.rest);
        end(&self.sight);
        end(&self.listeners);
    }

    fn autorun(self: &Rc<Self>, autorun: Autorun) {
        match autorun {
            Autorun::None => {}
            Autorun::Load => {
                // URLs from outside wait for a click, whatever autorun says.
                let _ = self.run(Asker::Program);
            }
            Autorun::Visible => {
                let weak = Rc::downgrade(self);
                let sight = Sight::of(&self.place, move || {
                    if let Some(inner) = weak.upgrade() {
                        drop(inner.sight.take());
                        if inner.stage.borrow().state() == State::Ready {
                            let _ = inner.run(Asker::Program);
                        }
                    }
                });
                *self.sight.borrow_mut() = sight;
            }
        }
    }

    fn run(self: &Rc<Self>, asker: Asker) -> Result<(), Refusal> {
        self.stage.borrow_mut().permit(asker)?;
        self.cancel();
        let run = perform(Rc::downgrade(self), Rc::clone(&self.services));
        *self.running.borrow_mut() = Some(Underway::start(run));
        Ok(())
    }

    fn finish(&self) {
        self.stage.borrow_mut().finish(self.clock.now());
        let result = contract(self.stage.borrow().recording());
        self.result.replace(result.clone());
        self.show();
        for waiting in self.awaiting.take() {
            // Who no longer waits need not be told.
            let _ = waiting.send(result.clone());
        }
        self.fire(Told::Finished.event(), &result);
    }
}
