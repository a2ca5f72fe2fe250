//! Promises of the adapters, kept in a real browser: the fetch client, the
//! service worker and the clock.
//!
//! The test runner's own server is the HTTP server here; it also serves this
//! folder, and so what `dist worker` has left in it (`make test-wasm` sees to
//! that). What a server sees of aborted requests is tested end to end, in
//! `tests/harness`.

#![cfg(target_arch = "wasm32")]

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;

use expert_chef::client::FetchClient;
use expert_chef::clock::BrowserClock;
use expert_chef::dom::Listener;
use expert_chef_core::asked::config::{Config, UrlParts};
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Behaviour, Fault, FaultKind, Target, Task, Work};
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Failure;
use expert_chef_core::run::client::{Client, SimulatedClient};
use expert_chef_core::run::clock::Clock;
use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlIFrameElement, ServiceWorkerRegistration, ServiceWorkerState, Url, Window};

wasm_bindgen_test_configure!(run_in_browser);

fn window() -> Window {
    web_sys::window().expect("a window")
}

fn clock() -> BrowserClock {
    BrowserClock::new().expect("a clock")
}

fn parse_url(url: &str) -> Option<UrlParts> {
    let url = Url::new(url).ok()?;
    Some(UrlParts {
        href: url.href(),
        scheme: url.protocol().trim_end_matches(':').into(),
        has_credentials: false,
    })
}

/// A task that calls this URL.
fn endpoint(url: &str) -> Task {
    let (config, problems) = Config::parse(&format!("endpoint=a@{url}"), parse_url);
    assert!(problems.is_empty(), "{problems:?}");
    config.scenario.tasks[0].clone()
}

/// Performs the first attempt at the task.
async fn perform(
    client: &impl Client,
    task: &Task,
    first_byte: impl FnOnce(),
) -> Result<(), Failure> {
    let policy = RetryPolicy::default();
    let target = task.work.target().expect("a call");
    let call = target.call(&task.name, 0, 0, &policy);
    client.call(&call, first_byte).await
}

fn here(path: &str) -> String {
    format!("{}{path}", window().location().origin().expect("an origin"))
}

fn client() -> FetchClient {
    FetchClient::new(window(), here("/www/expert-chef-services/").leak())
}

#[wasm_bindgen_test]
async fn an_answer_is_a_success_with_a_first_byte() {
    let first_byte = Cell::new(false);
    let answer = perform(&client(), &endpoint(&here("/www/icon.svg")), || {
        first_byte.set(true)
    })
    .await;
    assert_eq!(answer, Ok(()));
    assert!(first_byte.get());
}

#[wasm_bindgen_test]
async fn an_http_error_is_a_failure_with_its_status() {
    let answer = perform(&client(), &endpoint(&here("/no/such/file")), || {}).await;
    assert_eq!(answer, Err(Failure::Status(404)));
}

#[wasm_bindgen_test]
async fn an_unreachable_host_is_a_network_failure_without_a_first_byte() {
    let first_byte = Cell::new(false);
    // Nothing listens on the discard port, and browsers refuse to try.
    let answer = perform(&client(), &endpoint("http://127.0.0.1:9/"), || {
        first_byte.set(true)
    })
    .await;
    assert_eq!(answer, Err(Failure::Network));
    assert!(!first_byte.get());
}

#[wasm_bindgen_test]
async fn a_service_without_its_worker_is_said_to_be_unserved() {
    // The runner's server answers this path, but does not sign its answer.
    let client = FetchClient::new(window(), here("/www/").leak());
    let answer = perform(&client, &Task::service("sw.js", Millis::ZERO), || {}).await;
    assert_eq!(answer, Err(Failure::Unserved));
}

/// Polls once: the request is sent.
async fn begin(call: impl Future) {
    let tick = JsFuture::from(Promise::resolve(&JsValue::NULL));
    assert!(matches!(
        select(pin!(call), pin!(tick)).await,
        Either::Right(_)
    ));
}

#[wasm_bindgen_test]
async fn dropping_a_call_aborts_its_request_with_its_own_signal() {
    // A window whose fetch never answers and keeps what was asked for.
    let never = Function::new_with_args(
        "url, init",
        "self.kept = new Request(url, init); return new Promise(() => {});",
    );
    let real = Reflect::get(&window(), &"fetch".into()).expect("fetch");
    Reflect::set(&window(), &"fetch".into(), &never).expect("replace fetch");
    begin(perform(&client(), &endpoint(&here("/")), || {})).await;
    Reflect::set(&window(), &"fetch".into(), &real).expect("restore fetch");

    let request = Reflect::get(&window(), &"kept".into()).expect("the request");
    let request: web_sys::Request = request.dyn_into().expect("a request");
    assert!(request.signal().aborted());
    assert_eq!(request.credentials(), web_sys::RequestCredentials::Omit);
    assert_eq!(
        request.referrer_policy(),
        web_sys::ReferrerPolicy::NoReferrer
    );
    assert_eq!(request.cache(), web_sys::RequestCache::NoStore);
}

#[wasm_bindgen_test]
async fn the_clock_never_goes_back_and_sleeps_no_less_than_asked() {
    let clock = clock();
    for ms in [0.0, 0.4, 1.0, 20.0] {
        let (before, duration) = (clock.now(), Millis::new(ms));
        clock.sleep(duration).await;
        assert!(clock.now() - before >= duration, "{ms}");
    }
}

#[wasm_bindgen_test]
async fn a_sleep_that_is_dropped_wakes_nobody() {
    let woken = Rc::new(Cell::new(false));
    let flag = Rc::clone(&woken);
    let clock = clock();
    begin(async {
        clock.sleep(Millis::new(10.0)).await;
        flag.set(true);
    })
    .await;
    clock.sleep(Millis::new(30.0)).await;
    assert!(!woken.get());
}

#[wasm_bindgen_test]
async fn the_simulated_client_takes_its_time_and_fails_as_asked() {
    let clock = clock();
    let client = SimulatedClient::new(clock.clone());
    let begun = clock.now();
    assert_eq!(
        perform(&client, &Task::service("a", Millis::new(30.0)), || {}).await,
        Ok(())
    );
    assert!(clock.now() - begun >= Millis::new(30.0));
    assert_eq!(
        perform(&client, &faulty(FaultKind::Status(503)), || {}).await,
        Err(Failure::Status(503))
    );
}

fn faulty(kind: FaultKind) -> Task {
    Task {
        name: "faulty".into(),
        start: Millis::ZERO,
        work: Work::Call(Target::Service(Behaviour {
            fault: Some(Fault { kind, times: None }),
            ..Behaviour::good(Millis::new(20.0))
        })),
    }
}

/// A frame within the service worker's scope, loaded once the worker is active
/// and so under its control.
async fn served_window() -> Window {
    let document = window().document().expect("a document");
    let container = window().navigator().service_worker();
    let options = web_sys::RegistrationOptions::new();
    options.set_scope("/target/worker/");
    let registration =
        JsFuture::from(container.register_with_options("/target/worker/sw.js", &options))
            .await
            .expect("the worker registers");
    let registration: ServiceWorkerRegistration = registration.unchecked_into();
    let is_active = || {
        let active = registration.active();
        active.is_some_and(|worker| worker.state() == ServiceWorkerState::Activated)
    };
    while !is_active() {
        clock().sleep(Millis::new(20.0)).await;
    }
    let frame: HtmlIFrameElement = document
        .create_element("iframe")
        .expect("a frame")
        .unchecked_into();
    frame.set_src("/target/worker/index.html");
    let (loaded, load) = oneshot::channel();
    let loaded = Cell::new(Some(loaded));
    let listener = Listener::new(&frame, "load", move |_| {
        let _ = loaded.take().map(|loaded| loaded.send(()));
    });
    document
        .body()
        .expect("a body")
        .append_child(&frame)
        .expect("in the page");
    load.await.expect("the frame loads");
    drop(listener);
    frame.content_window().expect("its window")
}

#[wasm_bindgen_test]
async fn the_service_worker_answers_after_the_asked_time_and_fails_as_asked() {
    let client = FetchClient::new(
        served_window().await,
        here("/target/worker/expert-chef-services/").leak(),
    );
    let clock = clock();
    for ms in [0.0, 50.0, 150.0] {
        let (begun, latency) = (clock.now(), Millis::new(ms));
        let answer = perform(&client, &Task::service("user", latency), || {}).await;
        assert_eq!(answer, Ok(()), "{ms}");
        // Timers may fire a fraction of a millisecond early.
        assert!(clock.now() - begun >= latency - Millis::new(1.0), "{ms}");
    }
    for (fault, answer) in [
        (FaultKind::Status(503), Err(Failure::Status(503))),
        (FaultKind::Malformed, Err(Failure::Malformed)),
        (FaultKind::Drop, Err(Failure::Network)),
        (FaultKind::SlowBody, Ok(())),
    ] {
        assert_eq!(
            perform(&client, &faulty(fault), || {}).await,
            answer,
            "{fault}"
        );
    }
    let mut limited = faulty(FaultKind::Limit(1));
    if let Some(behaviour) = limited.behaviour_mut() {
        behaviour.latency = Millis::new(300.0);
    }
    let one = || perform(&client, &limited, || {});
    let both: [_; 2] = futures::future::join(one(), one()).await.into();
    for answer in [Ok(()), Err(Failure::Status(429))] {
        assert!(both.contains(&answer), "{both:?}");
    }
    assert_eq!(one().await, Ok(()));
}
