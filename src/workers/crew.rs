//! The page's side: workers are started when they are first needed, kept warm for
//! the next run, and ended in the middle of their work if that is not wanted any
//! more: nothing else stops a thread that computes.

use std::cell::RefCell;

use expert_chef_core::asked::backing::Backing;
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Scenario, Task};
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::run::event::EventKind;
use expert_chef_core::run::wire::decode;
use expert_chef_core::run::workers::Workers;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use super::inside::write;

#[wasm_bindgen]
extern "C" {
    /// A worker that `www/guard.js` has started.
    #[derive(Clone)]
    type Hand;

    #[wasm_bindgen(catch, js_name = openWorker)]
    fn open_worker() -> Result<Hand, JsValue>;

    /// What it tells next: true or false when it is ready, then the numbers of
    /// events, and null when it is no more, or never was.
    #[wasm_bindgen(method)]
    fn next(this: &Hand) -> Promise;

    /// Whether it is no more; nothing as long as it is there.
    #[wasm_bindgen(method, getter, js_name = isGone)]
    fn is_gone(this: &Hand) -> Option<bool>;

    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Hand, message: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method)]
    fn terminate(this: &Hand);
}

/// The workers of a page, those that do nothing just now.
#[derive(Default)]
pub struct Staff {
    idle: RefCell<Vec<Hand>>,
}

impl Staff {
    /// One that does nothing just now.
    fn idle(&self) -> Option<Hand> {
        self.idle.borrow_mut().pop()
    }

    /// Ends all that do nothing just now.
    pub fn dismiss(&self) {
        for hand in self.idle.take() {
            hand.terminate();
        }
    }
}

/// A worker at work, which is ended when this is dropped before its work is done.
struct AtWork(Option<Hand>);

impl AtWork {
    /// What it tells next; `None` if it is no more.
    async fn next(&self) -> Option<JsValue> {
        let told = JsFuture::from(self.0.as_ref()?.next()).await.ok()?;
        (!told.is_null()).then_some(told)
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        if let Some(hand) = &self.0 {
            hand.terminate();
        }
    }
}

/// Those that work for one run.
pub struct Crew<'a> {
    /// Where they come from, and go back to.
    pub staff: &'a Staff,
    /// How many cores there are.
    pub hosts: &'a Hosts,
    /// Who stands behind the embedded services.
    pub backing: Backing,
    /// How many rounds of work the processor does in a millisecond.
    pub speed: f64,
    /// How many they are, who share what a host may get.
    pub count: usize,
}

impl Crew<'_> {
    /// One that is ready: warm, or else a new one.
    async fn ready(&self) -> Result<AtWork, Failure> {
        // Those that have died meanwhile are let go.
        while let Some(idle) = self.staff.idle() {
            let is_gone = idle.is_gone().is_some();
            let idle = AtWork(Some(idle));
            if !is_gone {
                return Ok(idle);
            }
        }
        let hand = AtWork(open_worker().ok());
        match hand.next().await {
            Some(_) => Ok(hand),
            None => Err(Failure::NoWorker),
        }
    }
}

impl Workers for Crew<'_> {
    fn count(&self, asked: usize) -> usize {
        self.hosts.workers(asked)
    }

    async fn perform(
        &self,
        (index, task): (usize, &Task),
        policy: &RetryPolicy,
        tell: &dyn Fn(EventKind),
    ) -> Result<(), Failure> {
        let mut hand = self.ready().await?;
        let services = match self.backing {
            Backing::Timers => None,
            Backing::Worker(base) => Some(base.to_owned()),
        };
        let config = Config {
            scenario: Scenario::custom(vec![task.clone()]),
            policy: *policy,
            ..Config::default()
        };
        let job = write((index, config.to_query(), services, self.speed, self.count));
        let posted = hand.0.as_ref().map(|hand| hand.post_message(&job));
        if !matches!(posted, Some(Ok(()))) {
            return Err(Failure::WorkerDied);
        }
        loop {
            let told = hand.next().await.ok_or(Failure::WorkerDied)?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a float cast to an integer saturates, and no such event is told"
            )]
            let code = told.as_f64().unwrap_or(f64::MAX) as u16;
            match decode(code) {
                Some(EventKind::Ended(outcome)) => {
                    self.staff.idle.borrow_mut().extend(hand.0.take());
                    return match outcome {
                        Outcome::Failed(failure) => Err(failure),
                        _ => Ok(()),
                    };
                }
                Some(kind) => tell(kind),
                None => {}
            }
        }
    }
}
