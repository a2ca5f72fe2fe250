//! A stage in the document: performs what the pure [`Stage`] permits, and
//! draws it. Owns everything that it starts; dropping it cancels its run,
//! stops its frames, removes its listeners and takes its content away.

mod events;
mod input;
mod share;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use futures::future::{AbortHandle, FutureExt, abortable, join_all};
use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, MediaQueryList, Window};

use crate::client::BrowserClient;
use crate::clock::{BrowserClock, Clock};
use crate::config::{Autorun, Config, Mode, Problem};
use crate::dom::{Checked, Root};
use crate::embed::Told;
use crate::millis::Millis;
use crate::pace::Pace;
use crate::page::network::NetworkLog;
use crate::page::observer::Sight;
use crate::page::{Services, dress, parse_url, reduced_motion};
use crate::run::run;
use crate::share::Share;
use crate::stage::{Asker, Refusal, Stage, State};
use crate::view;
use events::contract;

/// How long after a call's end the browser has told what there was to it.
const TOLD: Millis = Millis::new(50.0);

/// By then the kitchens as they are before a run are laid out and painted, so
/// that this is in no call's time.
const PAINTED: Millis = Millis::new(40.0);

/// A stage in the document.
pub struct Host(Rc<Inner>);

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
    running: RefCell<Option<RunHandle>>,
    frame: RefCell<Option<AnimationFrame>>,
    pace: Cell<Pace>,
    /// Tells when the thread is free again after a picture.
    rest: RefCell<Option<Timeout>>,
    sight: RefCell<Option<Sight>>,
    listeners: RefCell<Vec<EventListener>>,
}

/// A run in progress; dropping it cancels the run and aborts its requests.
struct RunHandle(AbortHandle);

impl Drop for RunHandle {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Host {
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
        spawn_local(async move {
            let Some(services) = weak.upgrade().map(|inner| Rc::clone(&inner.services)) else {
                return;
            };
            let client = services.client().await;
            if let Some(inner) = weak.upgrade() {
                inner.stage.borrow_mut().load(client.services());
                inner.show();
                inner.tell(Told::Ready);
                inner.complain();
                inner.autorun(autorun);
            }
        });
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
        let (run, handle) = abortable(perform(Rc::downgrade(self), Rc::clone(&self.services)));
        *self.running.borrow_mut() = Some(RunHandle(handle));
        spawn_local(async move {
            // Cancelled or done: either way there is nobody left to tell.
            let _ = run.await;
        });
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

    /// Draws the stage as it is now, and says its state.
    fn show(&self) {
        let now = self.clock.now();
        {
            let mut stage = self.stage.borrow_mut();
            stage.keep_still(self.still.as_ref().is_some_and(MediaQueryList::matches));
            stage.tick(now);
        }
        let stage = self.stage.borrow();
        let content = view::stage::stage(&stage, now, &mut self.cache.borrow_mut());
        self.root.borrow_mut().render(content);
        let state = stage.state().word();
        for element in std::iter::once(&self.place).chain(&self.document_root) {
            say(element, "data-state", state);
        }
        say(&self.place, "data-playback", stage.playback().mode().word());
    }

    /// Draws again with the screen's next frame and, while anything moves,
    /// with each one after that, as far as a run's calls leave time for it. Who
    /// wants less movement sees a picture for each event instead.
    fn animate(self: &Rc<Self>) {
        if self.frame.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(self);
        let frame = request_animation_frame(move |_| {
            let Some(inner) = weak.upgrade() else { return };
            drop(inner.frame.take());
            let is_running = inner.stage.borrow().state() == State::Running;
            let begun = inner.clock.now();
            let is_due = inner.rest.borrow().is_none() && inner.pace.get().is_due(begun);
            if is_running && !is_due {
                return inner.animate();
            }
            inner.show();
            if is_running {
                inner.time(begun);
            }
            let is_moving = inner.stage.borrow().is_moving();
            if is_moving {
                inner.animate();
            }
        });
        *self.frame.borrow_mut() = Some(frame);
    }
}

impl Inner {
    /// Notes what a picture costs: the browser lays it out and paints it before
    /// it comes to anything else.
    fn time(self: &Rc<Self>, begun: Millis) {
        let weak = Rc::downgrade(self);
        let rest = Timeout::new(0, move || {
            if let Some(inner) = weak.upgrade() {
                drop(inner.rest.take());
                inner.paced(|pace| pace.drew(begun, inner.clock.now()));
            }
        });
        *self.rest.borrow_mut() = Some(rest);
    }

    fn paced(&self, change: impl FnOnce(&mut Pace)) {
        let mut pace = self.pace.get();
        change(&mut pace);
        self.pace.set(pace);
    }
}

fn say(element: &Element, attribute: &str, value: &str) {
    if element.get_attribute(attribute).as_deref() != Some(value) {
        element
            .set_attribute(attribute, value)
            .checked("say its state");
    }
}

/// Runs the stage's scenario in all its kitchens. Holds the stage weakly, so
/// that a stage which is dropped takes its run with it.
async fn perform(weak: Weak<Inner>, services: Rc<Services>) {
    let client = services.client().await;
    let Some(inner) = weak.upgrade() else { return };
    inner.stage.borrow_mut().start(client.services());
    let config = inner.stage.borrow().config().clone();
    let clock = inner.clock.clone();
    inner.show();
    inner.tell(Told::Run);
    inner.animate();
    drop(inner);
    clock.sleep(PAINTED).await;

    let kitchens = (0..config.compare.len())
        .map(|kitchen| cook(&weak, kitchen, &config, &client, &clock).boxed_local());
    match config.mode_in_effect() {
        Mode::Race => {
            join_all(kitchens).await;
        }
        Mode::Turns => {
            for kitchen in kitchens {
                kitchen.await;
            }
        }
    }
    if let Some(inner) = weak.upgrade() {
        drop(inner.frame.take());
        inner.finish();
        inner.animate();
    }
}

/// Runs one kitchen's strategy and records what happens.
async fn cook(
    weak: &Weak<Inner>,
    kitchen: usize,
    config: &Config,
    client: &BrowserClient,
    clock: &BrowserClock,
) {
    if let Some(inner) = weak.upgrade() {
        inner.stage.borrow_mut().begin(kitchen, clock.now());
    }
    let record = |event| {
        let Some(inner) = weak.upgrade() else { return };
        let recorded = inner.stage.borrow_mut().record(kitchen, event);
        debug_assert!(recorded.is_ok(), "{recorded:?}");
        inner.paced(Pace::note);
        inner.animate();
    };
    let has_endpoints = config.scenario.endpoints().next().is_some();
    let log = has_endpoints.then(NetworkLog::new).flatten();
    run(
        &config.scenario.tasks,
        config.compare[kitchen],
        &config.policy,
        client,
        clock,
        record,
    )
    .await;
    if let Some(log) = log {
        clock.sleep(TOLD).await;
        if let Some(inner) = weak.upgrade() {
            inner.stage.borrow_mut().measure(kitchen, &log.take());
        }
    }
}
