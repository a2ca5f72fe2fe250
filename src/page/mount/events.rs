//! What a stage tells: the events of the public contract, and their details.

use expert_chef_core::asked::embed::Told;
use expert_chef_core::json::Json;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::shown::judge::Verdict;
use expert_chef_core::shown::stage::State;
use expert_chef_core::written::result::{answered, head, result};
use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CustomEvent;

use super::{Inner, Mount};
use crate::dom::{self, Checked};

impl Mount {
    /// What has been told already and is still so, with its detail: for who
    /// comes late.
    #[must_use]
    pub fn standing(&self) -> Vec<(Told, JsValue)> {
        let state = self.0.stage.borrow().state();
        let mut standing = Vec::new();
        if state != State::Loading {
            standing.push((Told::Ready, self.0.detail(Vec::new())));
        }
        if state == State::Running {
            standing.push((Told::Run, self.0.detail(Vec::new())));
        }
        if state.is_over() {
            standing.push((Told::Finished, self.result()));
        }
        standing
    }
}

impl Inner {
    pub(super) fn tell(&self, told: Told) {
        self.fire(told.event(), &self.detail(Vec::new()));
    }

    pub(super) fn tell_error(&self, sentence: String) {
        let detail = self.detail(vec![("message", sentence.into())]);
        self.fire(Told::Error.event(), &detail);
    }

    pub(super) fn tell_verdict(&self, exercise: &str, verdict: &Verdict) {
        let told = answered(self.stage.borrow().recording(), exercise, verdict);
        self.fire(Told::Finished.event(), &object(&told));
    }

    fn detail(&self, more: Vec<(&'static str, Json)>) -> JsValue {
        let mut fields = head(self.stage.borrow().recording());
        fields.extend(more);
        object(&Json::Object(fields))
    }

    pub(super) fn fire(&self, name: &str, detail: &JsValue) {
        let (bubbles, composed) = (&true.into(), &true.into());
        let init = dom::object(&[
            ("bubbles", bubbles),
            ("composed", composed),
            ("detail", detail),
        ]);
        let event = CustomEvent::new_with_event_init_dict(name, init.unchecked_ref());
        let event = event.checked("make an event");
        self.place.dispatch_event(&event).checked("fire an event");
    }
}

/// The contract's result as a JavaScript object.
pub(super) fn contract(recording: &Recording) -> JsValue {
    result(recording).map_or(JsValue::NULL, |result| object(&result))
}

fn object(json: &Json) -> JsValue {
    JSON::parse(&json.to_string()).unwrap_or(JsValue::NULL)
}
