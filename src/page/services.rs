//! The embedded services: registers the service worker that answers them, and
//! says who performs their calls. One page has one of these, and its stages
//! share it.

use futures::future::{Either, FutureExt, select};
use js_sys::{Array, Object, Promise, Reflect};
use std::future::Future;
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    MessageChannel, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, Url, Window,
};

use crate::client::{BrowserClient, FetchClient};
use crate::clock::BrowserClock;
use crate::dom::{heard, object};
use expert_chef_core::asked::scenario::SERVICES;
use expert_chef_core::millis::Millis;
use expert_chef_core::run::client::SimulatedClient;
use expert_chef_core::run::clock::Clock;

/// How long a first visit waits for the worker before timers stand in for it.
const INSTALL: Millis = Millis::new(10_000.0);

/// How long a worker that is asleep may take to wake up and answer.
const WAKE: Millis = Millis::new(3_000.0);

/// The embedded services of a page.
pub struct Services {
    window: Window,
    clock: BrowserClock,
    /// Lives as long as the page does.
    base: &'static str,
    /// The registration, once it is ready; undefined where there is none.
    registered: Promise,
}

/// A registered service worker.
struct Worker {
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
    clock: BrowserClock,
}

impl Services {
    /// Starts to register the service worker beside the document.
    ///
    /// # Errors
    /// Where the document has no usable address.
    pub fn new(window: Window, clock: BrowserClock) -> Result<Self, JsValue> {
        let document = window.document().ok_or("there is no document")?;
        let document = document.base_uri()?.unwrap_or_default();
        let base = Url::new_with_base(SERVICES, &document)?.href().leak();
        let register = register(window.clone(), clock.clone());
        let registered = async { Ok(register.await.unwrap_or_default()) };
        let registered = future_to_promise(registered.boxed_local());
        Ok(Self {
            window,
            clock,
            base,
            registered,
        })
    }

    /// Who performs calls now. Waits until the worker controls the page and
    /// is awake, so that its start is not measured as a service's latency.
    pub async fn client(&self) -> BrowserClient {
        let served = match self.worker().await {
            Some(worker) => worker.ping().await.is_some(),
            None => false,
        };
        let fetch = FetchClient::new(self.window.clone(), self.base);
        let simulated = (!served).then(|| SimulatedClient::new(self.clock.clone()));
        BrowserClient::new(fetch, simulated)
    }

    async fn worker(&self) -> Option<Worker> {
        let registration = JsFuture::from(self.registered.clone()).await.ok()?;
        Some(Worker {
            container: container(&self.window)?,
            registration: given(registration)?.unchecked_into(),
            clock: self.clock.clone(),
        })
    }
}

/// Where workers are registered, if the browser and this page have that.
fn container(window: &Window) -> Option<ServiceWorkerContainer> {
    // The getter throws in sandboxed frames and is missing on insecure pages,
    // neither of which the typed one foresees.
    let container = Reflect::get(&window.navigator(), &"serviceWorker".into()).ok()?;
    given(container).map(JsCast::unchecked_into)
}

/// The value, if there is one.
fn given(value: JsValue) -> Option<JsValue> {
    value.is_truthy().then_some(value)
}

async fn register(window: Window, clock: BrowserClock) -> Option<JsValue> {
    let container = container(&window)?;
    let options = object(&[("scope", &"./".into()), ("updateViaCache", &"none".into())]);
    let registered = container.register_with_options("./sw.js", options.unchecked_ref());
    JsFuture::from(registered).await.ok()?;
    let ready = JsFuture::from(container.ready().ok()?);
    within(&clock, INSTALL, ready).await?.ok()
}

impl Worker {
    /// The worker that controls this page. A page that was there before the
    /// worker, or was reloaded past it, asks to be taken over.
    async fn controller(&self) -> Option<ServiceWorker> {
        if let Some(controller) = self.container.controller() {
            return Some(controller);
        }
        let (listener, change) = heard(&self.container, "controllerchange");
        let active = self.registration.active()?;
        active.post_message(&message("claim")).ok()?;
        if self.container.controller().is_none() {
            within(&self.clock, WAKE, change).await?.ok()?;
        }
        drop(listener);
        self.container.controller()
    }

    /// Answers once the worker is awake and controls the page.
    async fn ping(&self) -> Option<()> {
        let worker = self.controller().await?;
        let channel = MessageChannel::new().ok()?;
        let port = channel.port1();
        let (listener, answer) = heard(&port, "message");
        port.start();
        worker
            .post_message_with_transferable(&message("ping"), &Array::of1(&channel.port2()))
            .ok()?;
        let answer = within(&self.clock, WAKE, answer).await;
        drop(listener);
        port.close();
        answer?.ok()
    }
}

/// A message to the worker.
fn message(kind: &str) -> Object {
    object(&[("type", &kind.into())])
}

/// What the future gives, unless it takes longer than that.
async fn within<F: Future>(clock: &BrowserClock, limit: Millis, future: F) -> Option<F::Output> {
    match select(pin!(future), pin!(clock.sleep(limit))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}
