//! What a worker does: it performs the tasks that it is sent, one at a time, and
//! sends back what happens to them.

use std::cell::OnceCell;
use std::rc::Rc;

use expert_chef_core::asked::config::Config;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::run::client::SimulatedClient;
use expert_chef_core::run::event::EventKind;
use expert_chef_core::run::execute::{Thread, perform};
use expert_chef_core::run::gate::Gate;
use expert_chef_core::run::hands::Hands;
use expert_chef_core::run::wire::encode;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window, Worker};

use crate::client::{BrowserClient, FetchClient};
use crate::clock::BrowserClock;
use crate::dom::Listener;
use crate::hands::BrowserProcessor;
use crate::page::{Underway, parse_url};

/// What a task comes as: its place in its scenario; the query string of one that
/// has it alone, with the policy; where the embedded services are, or null where
/// timers stand in for them; how many rounds of work the processor does in a
/// millisecond; and how many workers there are.
pub(super) type Job = (usize, String, Option<String>, f64, usize);

/// A job as a message.
pub(super) fn write((index, query, services, speed, count): Job) -> JsValue {
    let services = services.map_or(JsValue::NULL, JsValue::from);
    #[expect(clippy::cast_precision_loss, reason = "a thousand at the most")]
    let (index, count) = (index as f64, count as f64);
    let job = Array::of4(&index.into(), &query.into(), &services, &speed.into());
    job.push(&count.into());
    job.into()
}

fn read(message: &JsValue) -> Option<Job> {
    let message: &Array = message.dyn_ref()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "as it was written above"
    )]
    let whole = |place| Some(message.get(place).as_f64()? as usize);
    let (query, services) = (message.get(1).as_string()?, message.get(2).as_string());
    let speed = message.get(3).as_f64()?;
    Some((whole(0)?, query, services, speed, whole(4)?))
}

/// Serves the page that started this worker, for as long as it is not ended.
pub fn serve() {
    let Some(clock) = BrowserClock::new() else {
        return;
    };
    // A scope posts as a worker's handle does, and fetches as a window does.
    let scope: Worker = js_sys::global().unchecked_into();
    let client: Rc<OnceCell<BrowserClient>> = Rc::default();
    let gate: Rc<Gate> = Rc::default();
    let listener = Listener::new(&scope.clone(), "message", move |event| {
        let event: MessageEvent = event.unchecked_into();
        let Some(job) = read(&event.data()) else {
            return;
        };
        let (client, gate) = (Rc::clone(&client), Rc::clone(&gate));
        let (clock, scope) = (clock.clone(), scope.clone());
        std::mem::forget(Underway::start(async move {
            let client = client.get_or_init(|| client_of(job.2.clone(), &clock));
            let post = |kind| {
                // The page is gone: so will this be.
                let _ = scope.post_message(&f64::from(encode(kind)).into());
            };
            let processor = BrowserProcessor::new(clock.clone(), job.3);
            // A worker is kept for the next run, which may have more of them.
            gate.share(job.4);
            let (config, _) = Config::parse(&job.1, parse_url);
            let thread = Thread {
                client,
                clock: &clock,
                hands: &Hands::new(processor),
                gate: &gate,
            };
            if let Some(task) = config.scenario.tasks.first() {
                let answer = perform(job.0, task, &config.policy, &thread, &post).await;
                let outcome = answer.map_or_else(Outcome::Failed, |()| Outcome::Ok);
                post(EventKind::Ended(outcome));
            }
        }));
    });
    // As long as the worker.
    std::mem::forget(listener);
}

/// The same client as the page's.
fn client_of(services: Option<String>, clock: &BrowserClock) -> BrowserClient {
    let scope: Window = js_sys::global().unchecked_into();
    let simulated = services.is_none();
    let simulated = simulated.then(|| SimulatedClient::new(clock.clone()));
    // As long as the worker.
    let services: &str = services.unwrap_or_default().leak();
    BrowserClient::new(FetchClient::new(scope, services), simulated)
}
