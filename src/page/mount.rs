//! A stage in the document: whatever is done in it becomes a message, messages
//! are taken in one by one, and what the stage asks for is done once it has
//! been drawn. Nothing is borrowed while the DOM is touched: what the DOM does
//! meanwhile (a field that is removed says that it changed) waits its turn.
//!
//! A mount owns everything that it starts; dropping it cancels its run, removes
//! its listeners and takes its content away.

mod ask;
mod draw;
mod events;
mod files;
mod input;
mod runs;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use expert_chef_core::asked::config::{Config, Problem};
use expert_chef_core::asked::embed::Told;
use expert_chef_core::markup::Element as Markup;
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::shown::figure::Figure;
use expert_chef_core::shown::judge::Verdict;
use expert_chef_core::shown::stage::{Asker, Effect, Msg, Orderer, Refusal, Stage, State};
use futures::channel::oneshot;
use futures::future::{AbortHandle, FutureExt, LocalBoxFuture, abortable};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::dom::{Checked, Listener, Root};
use crate::page::frames::Runs;
use crate::page::shelf::Shelf;
use crate::page::{Page, address, dress, parse_url};
use crate::view::stage::Cache;
use ask::Asking;
use runs::perform;

/// A stage in the document.
pub struct Mount(Rc<Inner>);

/// What is known of the stage and its place.
pub(super) struct Inner {
    page: Rc<Page>,
    place: Element,
    /// Where the main stage's state is shown too.
    document_root: Option<Element>,
    /// The query string that its place has for it.
    own: String,
    stage: RefCell<Stage>,
    /// What is on the page; elsewhere while it is being changed.
    shown: Cell<Option<Shown>>,
    /// What has yet to be taken in, and who waits for the result of a run.
    letters: RefCell<VecDeque<(Msg, Option<Waiting>)>>,
    is_busy: Cell<bool>,
    is_gone: Cell<bool>,
    is_seen: Cell<bool>,
    wants_frame: Cell<bool>,
    result: RefCell<JsValue>,
    awaiting: RefCell<Vec<Waiting>>,
    loading: Cell<Option<Underway>>,
    running: Cell<Option<Underway>>,
    asking: Cell<Option<Asking>>,
    listeners: Cell<Vec<Listener>>,
    /// What others draw among its lanes.
    annex: RefCell<Option<Rc<Annex>>>,
}

/// What somebody else draws below the lanes of a stage, at the moment that it
/// shows, of its own clock.
pub type Annex = dyn Fn(&Stage, Millis) -> Option<Markup>;

type Waiting = oneshot::Sender<()>;

struct Shown {
    root: Root,
    cache: Cache,
}

/// A future that is on its way by itself; dropping this ends it, and with a run
/// its requests.
pub struct Underway(AbortHandle);

impl Underway {
    /// Sends it on its way.
    pub fn start(future: impl Future<Output = ()> + 'static) -> Self {
        Self::of(future.boxed_local())
    }

    /// Boxed, so that what drives it is compiled once.
    fn of(future: LocalBoxFuture<'static, ()>) -> Self {
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
    /// Mounts a stage in `place`, whose content it replaces; `own` is the query
    /// string that the place has for it.
    #[must_use]
    pub(super) fn new(
        page: &Rc<Page>,
        place: Element,
        document_root: Option<Element>,
        own: String,
        figure: Figure,
        config: Config,
        problems: Vec<Problem>,
    ) -> Self {
        let document = place.owner_document().checked("give its document");
        let href = page.window.location().href().unwrap_or_default();
        let inner = Rc::new(Inner {
            page: Rc::clone(page),
            shown: Cell::new(Some(Shown {
                root: Root::new(document, place.clone()),
                cache: Cache::default(),
            })),
            place,
            document_root,
            own,
            stage: RefCell::new(Stage::new(figure, config, problems, &href)),
            letters: RefCell::default(),
            is_busy: Cell::new(false),
            is_gone: Cell::new(false),
            // Until it is known.
            is_seen: Cell::new(true),
            wants_frame: Cell::new(false),
            result: RefCell::new(JsValue::NULL),
            awaiting: RefCell::default(),
            loading: Cell::default(),
            running: Cell::default(),
            asking: Cell::default(),
            listeners: Cell::default(),
            annex: RefCell::default(),
        });
        page.stages.add(&inner);
        inner.listen();
        inner.send(Msg::Stilled(page.is_still()));
        inner.send(Msg::Learned(page.hosts.borrow().clone()));
        let weak = Rc::downgrade(&inner);
        let services = Rc::clone(&page.services);
        inner.loading.set(Some(Underway::start(async move {
            let client = services.client().await;
            if let Some(inner) = weak.upgrade() {
                inner.send(Msg::Loaded(client.backing()));
                inner.page.sight.watch(&inner);
            }
        })));
        Self(inner)
    }

    /// Has that drawn below its lanes from now on; it runs nothing by itself then.
    pub(crate) fn extend(&self, annex: Rc<Annex>) {
        self.0.annex.replace(Some(annex));
        self.0.send(Msg::Lent);
    }

    /// Tells what became of a reader's program in an exercise.
    pub(crate) fn tell_verdict(&self, exercise: &str, verdict: &Verdict) {
        self.0.tell_verdict(exercise, verdict);
    }

    /// Has that read what the stage is at.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Stage) -> T) -> T {
        look(&self.0.stage.borrow())
    }

    /// Hands that file of what it shows over to the reader.
    pub(crate) fn export(&self, file: &str) {
        self.0.export(file);
    }

    /// Shows a recording from elsewhere.
    pub(crate) fn open(&self, recording: Recording) {
        self.0.send(Msg::Opened(Box::new(recording)));
    }

    /// Has the first kitchen begin by itself, once it is seen.
    pub(super) fn invite(&self) {
        self.0.send(Msg::Invited);
    }

    /// Runs, as a script asks for it; resolves when [`Mount::result`] is there,
    /// or to `Err(Canceled)` if the run is reset or replaced before it is over.
    ///
    /// # Errors
    /// If URLs wait for the reader's own click.
    pub fn run(&self) -> Result<oneshot::Receiver<()>, Refusal> {
        let permitted = self.0.stage.borrow().permit();
        let (sender, receiver) = oneshot::channel();
        let waiting = permitted.is_ok().then_some(sender);
        self.0.post(Msg::Asked(Asker::Program), waiting);
        permitted.map(|()| receiver)
    }

    /// Cancels what runs, and is as before the first run.
    pub fn reset(&self) {
        self.0.send(Msg::Reset);
    }

    /// Takes a query string's orders.
    pub fn configure(&self, query: &str) {
        let (config, problems) = Config::parse(query, parse_url);
        let config = Box::new(config);
        self.0
            .send(Msg::Configured(config, problems, Orderer::Program));
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

    /// Whether it is the page of a frame on another page.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.0.stage.borrow().config().embed
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        self.0.stop();
        let page = &self.0.page;
        page.stages.remove(&self.0);
        page.sight.forget(&self.0.place);
        page.frames.settle();
        self.0.is_gone.set(true);
        // Its content; if that is being changed just now, it goes then.
        drop(self.0.shown.take());
        for attribute in ["data-state", "data-playback"] {
            self.0
                .place
                .remove_attribute(attribute)
                .checked("say its state");
        }
    }
}

impl Inner {
    /// Where it is mounted.
    pub(super) fn place(&self) -> &Element {
        &self.place
    }

    /// The page that it is on.
    pub(super) fn page(&self) -> &Page {
        &self.page
    }

    /// Takes a message in.
    pub(super) fn send(self: &Rc<Self>, msg: Msg) {
        self.post(msg, None);
    }

    /// Takes a message in, of somebody who waits for what comes of it.
    fn post(self: &Rc<Self>, msg: Msg, waiting: Option<Waiting>) {
        self.letters.borrow_mut().push_back((msg, waiting));
        if self.is_busy.replace(true) {
            return;
        }
        loop {
            // Not in the loop's head, where it would be borrowed all the while.
            let next = self.letters.borrow_mut().pop_front();
            let Some((msg, waiting)) = next else { break };
            let can_wait = msg.can_wait();
            let now = self.page.clock.now();
            let effects = self.stage.borrow_mut().update(msg, now);
            if can_wait {
                self.page.frames.note();
                self.animate();
            } else {
                self.show();
            }
            for effect in effects {
                self.perform(effect);
            }
            self.awaiting.borrow_mut().extend(waiting);
        }
        self.is_busy.set(false);
    }

    /// Does what the stage asks for.
    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Cancel => {
                drop(self.running.take());
                // Whoever awaits the run hears that it was cancelled.
                drop(self.awaiting.take());
            }
            Effect::Perform(kitchens) => {
                let run = perform(
                    Rc::downgrade(self),
                    Rc::clone(&self.page.services),
                    kitchens,
                );
                self.running.set(Some(Underway::start(run)));
            }
            Effect::Ask => {
                drop(self.asking.take());
                self.asking.set(Some(Asking::start(self)));
            }
            Effect::Withdraw => drop(self.asking.take()),
            Effect::Remember => self.remember(),
            Effect::Dress => {
                if let Some(root) = &self.document_root {
                    dress(root, self.stage.borrow().config());
                }
            }
            Effect::Tell(Told::Finished) => self.finish(),
            Effect::Tell(told) => self.tell(told),
            Effect::TellError(sentence) => self.tell_error(sentence),
            Effect::Speak(language) => Shelf::speak(&self.page, language),
            Effect::Focus(place) => self.focus(place),
        }
    }

    /// Puts what is on show into the address bar, so that it can be shared and
    /// gone back to. The main stage's only, and not in a frame, where each would
    /// be one more step on the way back from the host's page.
    fn remember(&self) {
        let config = Rc::clone(self.stage.borrow().config());
        if self.document_root.is_some() && !config.embed {
            address::write(&self.page.window, &config, &self.own);
        }
    }

    /// Shows what the address bar says: the reader went back or forward.
    pub(super) fn recall(self: &Rc<Self>) {
        if self.document_root.is_none() {
            return;
        }
        let query = self.page.window.location().search().unwrap_or_default();
        let (config, problems) = address::read(&query, &self.own);
        if config != **self.stage.borrow().config() {
            let config = Box::new(config);
            self.send(Msg::Configured(config, problems, Orderer::Address));
        }
    }

    /// The page is left.
    pub(super) fn left(self: &Rc<Self>) {
        if self.is_running() {
            self.send(Msg::Reset);
        }
    }

    /// It came into view, or out of it.
    pub(super) fn seen(self: &Rc<Self>, is_seen: bool) {
        self.is_seen.set(is_seen);
        self.send(Msg::Seen(is_seen));
    }

    /// What it runs just now.
    pub(super) fn runs(&self) -> Runs {
        let stage = self.stage.borrow();
        match (stage.state(), stage.config().scenario.computes()) {
            (State::Running, true) => Runs::Work,
            (State::Running, false) => Runs::Calls,
            _ => Runs::Nothing,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        self.stage.borrow().state() == State::Running
    }

    /// Ends all that goes on. Whatever it was in the middle of changing stays
    /// as it is.
    pub(super) fn stop(&self) {
        fn end<T: Default>(what: &RefCell<T>) {
            drop(
                what.try_borrow_mut()
                    .map(|mut what| std::mem::take(&mut *what)),
            );
        }
        drop(self.loading.take());
        drop(self.running.take());
        drop(self.asking.take());
        drop(self.listeners.take());
        end(&self.awaiting);
        end(&self.letters);
        self.wants_frame.set(false);
    }

    /// Hands the result to whoever awaits it.
    fn finish(&self) {
        let result = events::contract(self.stage.borrow().recording());
        self.result.replace(result.clone());
        for waiting in self.awaiting.take() {
            // Who no longer waits need not be told.
            let _ = waiting.send(());
        }
        self.fire(Told::Finished.event(), &result);
    }
}
