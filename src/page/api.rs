//! `window.expertChef`: the public contract for scripts, for the main stage.

use std::rc::Rc;

use futures::future::FutureExt;
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{DomException, Window};

use super::Mount;
use crate::dom::{Callback, callback};

/// Puts `expertChef` on the window, where it stays as long as the page does.
pub fn publish(window: &Window, host: &Rc<Mount>) -> Result<(), JsValue> {
    let api = Object::new();
    let set = |name: &str, function: Callback| {
        Reflect::set(&api, &name.into(), &function.into_js_value())
    };
    let stage = Rc::clone(host);
    set("run", Callback::new(move |_| run(&stage).into()))?;
    let stage = Rc::clone(host);
    set("reset", callback(move |_| stage.reset()))?;
    let stage = Rc::clone(host);
    let configure = move |query: JsValue| {
        stage.configure(&query.as_string().unwrap_or_default());
    };
    set("configure", callback(configure))?;
    let stage = Rc::clone(host);
    set("result", Callback::new(move |_| stage.result()))?;

    Object::freeze(&api);
    Reflect::set(window, &"expertChef".into(), &api)?;
    Ok(())
}

/// A promise of the result. It rejects with an `AbortError` if the run is
/// reset or replaced, and with a `NotAllowedError` if it needs the reader's
/// click.
fn run(stage: &Rc<Mount>) -> Promise {
    let (stage, run) = (Rc::clone(stage), stage.run());
    let result = async move {
        let (why, name) = match run {
            Ok(over) => match over.await {
                Ok(()) => return Ok(stage.result()),
                Err(_) => ("The run was cancelled.".to_owned(), "AbortError"),
            },
            Err(refusal) => (refusal.to_string(), "NotAllowedError"),
        };
        let error = DomException::new_with_message_and_name(&why, name);
        Err(error.map_or_else(JsValue::from, JsValue::from))
    };
    // Boxed, so that what drives it is compiled once.
    future_to_promise(result.boxed_local())
}
