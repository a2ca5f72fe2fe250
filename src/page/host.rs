//! A stage in the document: performs what the pure [`Stage`] permits, and
//! draws it. Owns everything that it starts; dropping it cancels its run,
//! stops its frames, removes its listeners and takes its content away.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use futures::future::{AbortHandle, FutureExt, abortable, join_all};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_render::{AnimationFrame, request_animation_frame};
use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    CustomEvent, CustomEventInit, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement,
    KeyboardEvent, MediaQueryList, Window,
};

use crate::client::BrowserClient;
use crate::clock::{BrowserClock, Clock};
use crate::config::{Autorun, Config, Mode, Problem};
use crate::decimal;
use crate::dom::{Checked, Root};
use crate::export::result::result;
use crate::millis::Millis;
use crate::page::observer::Sight;
use crate::page::{Services, parse_url, reduced_motion};
use crate::playback::Verb;
use crate::recording::Recording;
use crate::run::run;
use crate::scenario::Scenario;
use crate::stage::{Asker, Refusal, Stage, State};
use crate::view;

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
        let inner = Rc::new(Inner {
            still: reduced_motion(&window),
            window,
            root: RefCell::new(Root::new(document, place.clone())),
            place,
            document_root,
            services: Rc::clone(services),
            clock,
            stage: RefCell::new(Stage::new(config, problems)),
            cache: RefCell::default(),
            result: RefCell::new(JsValue::NULL),
            awaiting: RefCell::default(),
            running: RefCell::default(),
            frame: RefCell::default(),
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
        self.0.run(Asker::Program)?;
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
    }

    /// The result of the last run that was not cancelled, or null.
    #[must_use]
    pub fn result(&self) -> JsValue {
        self.0.result.borrow().clone()
    }
}

impl Inner {
    /// Whatever is done within the stage comes to four listeners; what it
    /// means is in the element's `data-action` or `data-input`.
    fn listen(self: &Rc<Self>) {
        let on = |kind: &'static str, act: fn(&Rc<Self>, &Event)| {
            let weak = Rc::downgrade(self);
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&self.place, kind, options, move |event| {
                if let Some(inner) = weak.upgrade() {
                    act(&inner, event);
                }
            })
        };
        // A page that is left may be kept frozen and shown again: its calls
        // would seem to have taken all that time.
        let weak = Rc::downgrade(self);
        let left = EventListener::new(&self.window, "pagehide", move |_| {
            let Some(inner) = weak.upgrade() else { return };
            let state = inner.stage.borrow().state();
            if state == State::Running {
                inner.reset();
            }
        });
        *self.listeners.borrow_mut() = vec![
            on("click", Self::clicked),
            on("change", Self::changed),
            on("input", Self::dragged),
            on("keydown", Self::pressed),
            left,
        ];
    }

    fn clicked(self: &Rc<Self>, event: &Event) {
        let Some((target, action)) = marked(event, "data-action") else {
            return;
        };
        let verb = match action.as_str() {
            "run" => {
                // A refusal is what the page says already.
                let _ = self.run(asker(event));
                return;
            }
            "reset" => return self.reset(),
            "guess" => return self.guess(),
            "skip-guess" => {
                self.stage.borrow_mut().skip_guess();
                let _ = self.run(asker(event));
                return self.show();
            }
            "help" => {
                self.stage.borrow_mut().toggle_keys();
                return self.show();
            }
            "play" => Verb::Toggle,
            "previous" => Verb::Previous,
            "next" => Verb::Next,
            "loop" => Verb::Loop,
            "live" => Verb::Live,
            "seek" => match number(target.get_attribute("data-at")) {
                Some(at) => Verb::Seek(Millis::new(at)),
                None => return,
            },
            _ => return,
        };
        self.play(verb);
    }

    fn changed(self: &Rc<Self>, event: &Event) {
        let Some((select, input)) = marked(event, "data-input") else {
            return;
        };
        let Ok(select) = select.dyn_into::<HtmlSelectElement>() else {
            return;
        };
        let value = select.value();
        let mut config = self.stage.borrow().config().clone();
        match input.as_str() {
            "scenario" => match Scenario::preset(&value) {
                Some(scenario) => config.scenario = scenario,
                None => return,
            },
            "mode" => match value.parse::<Mode>() {
                Ok(mode) => config.mode = mode,
                Err(()) => return,
            },
            "rate" => {
                if let Some(rate) = decimal::parse(&value) {
                    self.play(Verb::Rate(rate));
                }
                return;
            }
            _ => return,
        }
        self.configure(config, Vec::new());
    }

    /// While a field is being changed.
    fn dragged(self: &Rc<Self>, event: &Event) {
        let Some((field, input)) = marked(event, "data-input") else {
            return;
        };
        let field: HtmlInputElement = field.unchecked_into();
        match input.as_str() {
            "seek" => self.play(Verb::Seek(Millis::new(field.value_as_number()))),
            "guess" => {
                let kitchen = number(field.get_attribute("data-run")).unwrap_or_default();
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a float cast to an integer saturates, and this one is small"
                )]
                let kitchen = kitchen as usize;
                self.stage.borrow_mut().enter_guess(kitchen, &field.value());
            }
            _ => {}
        }
    }

    /// Hands in what the reader thinks that the kitchens will take.
    fn guess(&self) {
        // What cannot be read is said beside its field.
        let answer = self.stage.borrow_mut().answer_guess();
        self.show();
        let run = self
            .place
            .query_selector("[data-action=run]")
            .ok()
            .flatten();
        let focus = match answer {
            Ok(()) => run,
            Err(kitchen) => {
                let field = format!("[data-input=guess][data-run=\"{kitchen}\"]");
                self.place.query_selector(&field).ok().flatten()
            }
        };
        if let Some(focus) = focus {
            // Where the reader goes on; staying put would lose them.
            let _ = focus.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// The media element's keys, except where a key has a meaning already:
    /// in fields, and Space on what it presses.
    fn pressed(self: &Rc<Self>, event: &Event) {
        let key: &KeyboardEvent = event.unchecked_ref();
        if key.ctrl_key() || key.alt_key() || key.meta_key() {
            return;
        }
        let target = event.target().map(JsCast::unchecked_into::<Element>);
        let is_at = |selectors| {
            target
                .as_ref()
                .is_some_and(|at| at.matches(selectors) == Ok(true))
        };
        let key = key.key();
        if key == "Enter" && is_at("[data-input=guess]") {
            return self.guess();
        }
        let is_taken = match key.as_str() {
            " " => is_at("button, select, summary, a, input:not([type=range])"),
            "ArrowLeft" | "ArrowRight" | "Home" | "End" => is_at("select, input:not([type=range])"),
            _ => is_at("input:not([type=range])"),
        };
        if is_taken {
            return;
        }
        if key == "?" {
            self.stage.borrow_mut().toggle_keys();
            self.show();
        } else if let Some(verb) = Verb::of_key(&key) {
            event.prevent_default();
            self.play(verb);
        }
    }

    fn play(self: &Rc<Self>, verb: Verb) {
        self.stage.borrow_mut().play(verb, self.clock.now());
        self.show();
        self.animate();
    }

    fn configure(&self, config: Config, problems: Vec<Problem>) {
        self.cancel();
        self.stage.borrow_mut().configure(config, problems);
        self.show();
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
        self.fire("expert-chef:finished", &result);
    }

    fn fire(&self, name: &str, detail: &JsValue) {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(detail);
        let event = CustomEvent::new_with_event_init_dict(name, &init).checked("make an event");
        self.place.dispatch_event(&event).checked("fire an event");
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
    /// with each one after that. Who wants less movement sees a picture for
    /// each event instead.
    fn animate(self: &Rc<Self>) {
        if self.frame.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(self);
        let frame = request_animation_frame(move |_| {
            let Some(inner) = weak.upgrade() else { return };
            drop(inner.frame.take());
            inner.show();
            let is_moving = inner.stage.borrow().is_moving();
            if is_moving {
                inner.animate();
            }
        });
        *self.frame.borrow_mut() = Some(frame);
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
    inner.animate();
    drop(inner);

    let kitchens = (0..config.compare.len())
        .map(|kitchen| cook(&weak, kitchen, &config, &client, &clock).boxed_local());
    match config.mode {
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
        inner.animate();
    };
    run(
        &config.scenario.tasks,
        config.compare[kitchen],
        &config.policy,
        client,
        clock,
        record,
    )
    .await;
}

/// The contract's result as a JavaScript object.
fn contract(recording: &Recording) -> JsValue {
    result(recording)
        .and_then(|result| JSON::parse(&result.to_string()).ok())
        .unwrap_or(JsValue::NULL)
}

/// Who is behind an event: only the browser makes trusted ones.
fn asker(event: &Event) -> Asker {
    if event.is_trusted() {
        Asker::User
    } else {
        Asker::Program
    }
}

/// The event's target, or what surrounds it, that has the attribute; and its
/// value.
fn marked(event: &Event, attribute: &str) -> Option<(Element, String)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let marked = target.closest(&format!("[{attribute}]")).ok()??;
    let value = marked.get_attribute(attribute)?;
    Some((marked, value))
}

fn number(text: Option<String>) -> Option<f64> {
    decimal::parse(&text?)
}
