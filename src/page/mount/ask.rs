//! Has the reader see what would be called, and agree to it or not: in a dialog
//! of `www/consent.js`, which is fetched when somebody is to be asked.

use std::rc::Rc;

use expert_chef_core::asked::config::Problem;
use expert_chef_core::asked::consent::{MAX_A_SECOND, MAX_RERUNS};
use expert_chef_core::json::Json;
use expert_chef_core::shown::stage::{Msg, Stage};
use expert_chef_core::text::concat;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use super::{Inner, Underway};

#[wasm_bindgen]
extern "C" {
    /// Shows the plan, which is JSON; true once the reader has agreed to it, false
    /// if they do not or cannot.
    fn propose(plan: &str) -> Promise;

    /// Shows it no longer.
    fn withdraw();
}

/// The reader is being asked, until this is dropped.
pub(super) struct Asking(#[expect(dead_code, reason = "ends when dropped")] Underway);

impl Asking {
    pub(super) fn start(inner: &Rc<Inner>) -> Self {
        let plan = written(&inner.stage.borrow()).to_string();
        let answer = propose(&plan);
        let weak = Rc::downgrade(inner);
        Self(Underway::start(async move {
            let answer = JsFuture::from(answer).await;
            if let Some(inner) = weak.upgrade() {
                drop(inner.asking.take());
                let is_lost = answer.is_err();
                inner.send(Msg::Consented(answer == Ok(JsValue::TRUE)));
                if is_lost {
                    inner.send(Msg::Complained(lost()));
                }
            }
        }))
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        withdraw();
    }
}

/// The dialog cannot be had.
fn lost() -> Problem {
    let sentence = "What asks for your consent could not be loaded: nothing was called.";
    Problem {
        parameter: "endpoint",
        sentence: sentence.into(),
    }
}

/// What the dialog is made of; `page` in it is where the same is asked on a page
/// that is in no frame.
fn written(stage: &Stage) -> Json {
    let (plan, config) = (stage.plan(), stage.config());
    let mut calls = Vec::new();
    for (name, url) in config.scenario.endpoints() {
        let (name, url) = (name.to_owned().into(), url.as_str().to_owned().into());
        calls.push(Json::List(vec![name, url]));
    }
    Json::Object(vec![
        ("calls", Json::List(calls)),
        ("most", number(plan.most)),
        ("aSecond", number(MAX_A_SECOND)),
        ("reruns", f64::from(MAX_RERUNS).into()),
        ("page", concat(&["./?", &config.to_page_query()]).into()),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "some hundreds")]
fn number(count: usize) -> Json {
    (count as f64).into()
}
