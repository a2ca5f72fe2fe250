//! `window.expertChef`: the public contract for scripts, for the main stage.

use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{DomException, Window};

use super::Mount;

/// Puts `expertChef` on the window, where it stays as long as the page does.
pub fn publish(window: &Window, host: &Rc<Mount>) -> Result<(), JsValue> {
    let api = Object::new();
    let set = |name: &str, function: JsValue| Reflect::set(&api, &name.into(), &function);

    let stage = Rc::clone(host);
    let run: Closure<dyn Fn() -> Promise> = Closure::new(move || run(&stage));
    set("run", run.into_js_value())?;

    let stage = Rc::clone(host);
    let reset: Closure<dyn Fn()> = Closure::new(move || stage.reset());
    set("reset", reset.into_js_value())?;

    let stage = Rc::clone(host);
    let configure: Closure<dyn Fn(JsValue)> = Closure::new(move |query: JsValue| {
        stage.configure(&query.as_string().unwrap_or_default());
    });
    set("configure", configure.into_js_value())?;

    let stage = Rc::clone(host);
    let result: Closure<dyn Fn() -> JsValue> = Closure::new(move || stage.result());
    set("result", result.into_js_value())?;

    Object::freeze(&api);
    Reflect::set(window, &"expertChef".into(), &api)?;
    Ok(())
}

/// A promise of the result. It rejects with an `AbortError` if the run is
/// reset or replaced, and with a `NotAllowedError` if it needs the reader's
/// click.
fn run(stage: &Mount) -> Promise {
    let run = stage.run();
    future_to_promise(async move {
        let (why, name) = match run {
            Ok(result) => match result.await {
                Ok(result) => return Ok(result),
                Err(_) => ("The run was cancelled.".to_owned(), "AbortError"),
            },
            Err(refusal) => (refusal.to_string(), "NotAllowedError"),
        };
        let error = DomException::new_with_message_and_name(&why, name);
        Err(error.map_or_else(JsValue::from, JsValue::from))
    })
}
