//! The frame's side of what an embedded page and its host say to each other:
//! takes messages apart, does what [`expert_chef_core::asked::embed`] makes of them, and sends
//! the main stage's events on. Listens only where it is a frame that was asked
//! for by `embed=1`.
//!
//! Any page may be the host, so there is no list of origins: the window that
//! contains this one is who may speak, a port that it hands over is where it is
//! answered, and it can do nothing that its reader could not.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, HtmlElement, MessageEvent, MessagePort, ResizeObserver, Window};

use super::{Mount, Page};
use crate::clock::BrowserClock;
use crate::dom::{Listener, callback, object};
use expert_chef_core::asked::config::MAX_QUERY;
use expert_chef_core::asked::embed::height_to_ask;
use expert_chef_core::asked::embed::{Command, Fields, Greeting, Inbox, MAX_KIND, Told, VERSION};
use expert_chef_core::run::clock::Clock;

/// Greets the page that this one is in a frame of, if there is one, and does
/// what it asks for as long as the page lives. The first to answer is heard,
/// and after that no message to this window is.
pub fn listen(page: &Page, host: &Rc<Mount>) {
    let (window, clock) = (&page.window, &page.clock);
    let Ok(Some(parent)) = window.parent() else {
        return;
    };
    if parent == *window {
        return;
    }
    let listener = Rc::new(RefCell::new(None));
    let (heard, host, clock) = (Rc::clone(&listener), Rc::clone(host), clock.clone());
    let (own, container) = (window.clone(), JsValue::from(parent.clone()));
    let greeted = Listener::new(window, "message", move |event| {
        let event: &MessageEvent = event.unchecked_ref();
        if event
            .source()
            .is_none_or(|source| JsValue::from(source) != container)
        {
            return;
        }
        let port = event.ports().get(0);
        if Greeting::read(&fields(&event.data())).is_some() && port.is_truthy() {
            drop(heard.take());
            serve(port.unchecked_into(), &own, &host, &clock);
        }
    });
    *listener.borrow_mut() = Some(greeted);
    // To whoever contains this page: there is nothing in it to hide.
    let _ = parent.post_message(&message("hello", &[]), "*");
}

/// Does what is asked by the port, and tells it what happens.
fn serve(port: MessagePort, window: &Window, host: &Rc<Mount>, clock: &BrowserClock) {
    let mut listeners = Vec::with_capacity(1 + Told::ALL.len());
    for told in Told::ALL {
        let port = port.clone();
        listeners.push(Listener::new(host.place(), told.event(), move |event| {
            let event: &CustomEvent = event.unchecked_ref();
            tell(&port, told, &event.detail());
        }));
    }
    for (told, detail) in host.standing() {
        tell(&port, told, &detail);
    }

    let desk = Rc::new(Desk {
        host: Rc::clone(host),
        port: port.clone(),
        clock: clock.clone(),
        inbox: RefCell::default(),
        later: RefCell::default(),
    });
    listeners.push(Listener::new(&port, "message", move |event| {
        let event: &MessageEvent = event.unchecked_ref();
        if let Some(command) = Command::read(fields(&event.data())) {
            desk.receive(command);
        }
    }));
    port.start();
    follow(port, window);
    // A port is for as long as the page lives.
    std::mem::forget(listeners);
}

/// Does what is asked for, a batch at a time.
struct Desk {
    host: Rc<Mount>,
    port: MessagePort,
    clock: BrowserClock,
    inbox: RefCell<Inbox>,
    /// When what waits is taken up.
    later: RefCell<Option<Timeout>>,
}

impl Desk {
    fn receive(self: &Rc<Self>, command: Command) {
        let aborted = self.inbox.borrow_mut().put(command);
        if let Some(id) = aborted {
            answer(&self.port, id, "name", &"AbortError".into());
        }
        if self.later.borrow().is_none() {
            self.work();
        }
    }

    fn work(self: &Rc<Self>) {
        let commands = self.inbox.borrow_mut().take(self.clock.now());
        for command in commands {
            match command {
                Command::Run(id) => run(&self.host, self.port.clone(), id),
                Command::Reset => self.host.reset(),
                Command::Configure(query) => self.host.configure(&query),
            }
        }
        let due = self.inbox.borrow().due(self.clock.now());
        let Some(wait) = due else { return };
        let weak = Rc::downgrade(self);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "no longer than a frame"
        )]
        let wait = wait.ms().ceil() as u32;
        let later = Timeout::new(wait, move || {
            if let Some(desk) = weak.upgrade() {
                drop(desk.later.take());
                desk.work();
            }
        });
        *self.later.borrow_mut() = Some(later);
    }
}

/// Answers, by the run's number, with its result or with why there is none.
fn run(host: &Rc<Mount>, port: MessagePort, id: f64) {
    let (host, run) = (Rc::clone(host), host.run());
    spawn_local(async move {
        let (field, value): (_, JsValue) = match run {
            Ok(over) => match over.await {
                Ok(()) => ("detail", host.result()),
                Err(_) => ("name", "AbortError".into()),
            },
            Err(_) => ("name", "NotAllowedError".into()),
        };
        answer(&port, id, field, &value);
    });
}

fn answer(port: &MessagePort, id: f64, field: &str, value: &JsValue) {
    let answer = message("answer", &[("id", &id.into()), (field, value)]);
    let _ = port.post_message(&answer);
}

fn tell(port: &MessagePort, told: Told, detail: &JsValue) {
    // A port whose other end has gone drops what it is given.
    let _ = port.post_message(&message(told.kind(), &[("detail", detail)]));
}

/// Asks for as much height as the content has, now and whenever that changes.
fn follow(port: MessagePort, window: &Window) {
    let Some(body) = window.document().and_then(|document| document.body()) else {
        return;
    };
    let (own, content): (Window, HtmlElement) = (window.clone(), body.clone());
    let look = callback(move |_| {
        let frame = own.inner_height().ok().and_then(|height| height.as_f64());
        #[expect(clippy::cast_possible_truncation, reason = "screens are small")]
        let frame = frame.unwrap_or_default() as i32;
        if let Some(height) = height_to_ask(content.offset_height(), frame) {
            let asked = message("height", &[("height", &height.into())]);
            let _ = port.post_message(&asked);
        }
    });
    if let Ok(observer) = ResizeObserver::new(look.as_ref().unchecked_ref()) {
        observer.observe(&body);
        look.forget();
        std::mem::forget(observer);
    }
}

fn message(kind: &str, more: &[(&str, &JsValue)]) -> JsValue {
    let (version, kind) = (VERSION.into(), kind.into());
    let mut fields = vec![("version", &version), ("type", &kind)];
    fields.extend(more);
    object(&fields).into()
}

/// What of a message means something. Its parts are copies without any code:
/// looking at them runs none.
fn fields(message: &JsValue) -> Fields {
    let get = |name: &str| Reflect::get(message, &name.into()).ok();
    // What is too long stays so, and no more of it is taken.
    let text = |name: &str, most: u32| -> Option<String> {
        let text: JsString = get(name)?.dyn_into().ok()?;
        Some(text.slice(0, most + 1).into())
    };
    let number = |name: &str| get(name)?.as_f64();
    Fields {
        version: number("version"),
        kind: text("type", MAX_KIND),
        id: number("id"),
        query: text("query", MAX_QUERY as u32),
    }
}
