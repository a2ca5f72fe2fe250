//! Interpreters: what they are made of is fetched once, and one that is warm takes a
//! program at once. What they say is checked twice: as a message (`www/runner.js`),
//! and as what it means ([`super::wire`]).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use expert_chef_core::asked::language::Language;
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use super::wire;
use crate::dom::{Callback, callback, object};

pub use super::wire::Message;

/// In `www/runner.js` and `www/exercise.js`.
#[wasm_bindgen]
extern "C" {
    /// What an interpreter of a language is made of; `tell` hears how many bytes of how many have
    /// come. Fails with a sentence.
    #[wasm_bindgen(js_name = fetchInterpreter)]
    fn fetch_interpreter(language: &str, tell: &JsValue) -> Promise;

    /// An interpreter that is ready. Fails with a sentence.
    #[wasm_bindgen(js_name = startInterpreter)]
    fn start_interpreter(language: &str, parts: &JsValue) -> Promise;

    #[derive(Clone)]
    type Runner;

    #[wasm_bindgen(method, setter)]
    fn set_hear(this: &Runner, hear: &JsValue);

    #[wasm_bindgen(method)]
    fn run(this: &Runner, program: &JsValue);

    #[wasm_bindgen(method)]
    fn reply(this: &Runner, id: u32, status: u16, text: &str);

    #[wasm_bindgen(method)]
    fn fail(this: &Runner, id: u32, sentence: &str);

    #[wasm_bindgen(method)]
    fn acknowledge(this: &Runner);

    #[wasm_bindgen(method)]
    fn close(this: &Runner);
}

/// The interpreters of a page.
#[derive(Default)]
pub struct Interpreters {
    parts: RefCell<[JsValue; Language::ALL.len()]>,
    warm: RefCell<Vec<Warm>>,
    runs: RefCell<Option<Warm>>,
    started: Cell<u32>,
}

/// One, and what hears it.
struct Warm {
    language: Language,
    number: u32,
    runner: Runner,
    is_heard: Rc<Cell<bool>>,
    _hears: Callback,
}

impl Drop for Warm {
    fn drop(&mut self) {
        self.is_heard.set(false);
        self.runner.close();
    }
}

impl Interpreters {
    /// Fetches what those of a language are made of.
    ///
    /// # Errors
    /// A sentence for the reader.
    pub async fn fetch(
        &self,
        language: Language,
        tell: impl Fn(f64, f64) + 'static,
    ) -> Result<(), String> {
        let tells: Callback = callback(move |given| {
            let given = Array::from(&given);
            if let (Some(loaded), Some(total)) = (given.get(0).as_f64(), given.get(1).as_f64()) {
                tell(loaded, total);
            }
        });
        let parts = JsFuture::from(fetch_interpreter(language.word(), tells.as_ref())).await;
        let parts = parts.map_err(|error| sentence(&error))?;
        self.parts.borrow_mut()[language as usize] = parts;
        Ok(())
    }

    /// Starts one more; `hear` hears its number, and what it says of the program that
    /// it runs.
    ///
    /// # Errors
    /// A sentence for the reader.
    pub async fn start(
        &self,
        language: Language,
        hear: impl Fn(u32, Message) + 'static,
    ) -> Result<(), String> {
        let parts = self.parts.borrow()[language as usize].clone();
        let started = JsFuture::from(start_interpreter(language.word(), &parts)).await;
        let runner: Runner = started.map_err(|error| sentence(&error))?.into();
        let number = self.started.get();
        self.started.set(number.wrapping_add(1));
        let is_heard = Rc::new(Cell::new(true));
        let heard = Rc::clone(&is_heard);
        let hears = callback(move |message| {
            if let Some(message) = wire::read(&message).filter(|_| heard.get()) {
                hear(number, message);
            }
        });
        runner.set_hear(hears.as_ref());
        self.warm.borrow_mut().push(Warm {
            language,
            number,
            runner,
            is_heard,
            _hears: hears,
        });
        Ok(())
    }

    /// Has a warm one run that program.
    pub fn run(&self, language: Language, source: &str) {
        let mut all = self.warm.borrow_mut();
        let place = all.iter().rposition(|one| one.language == language);
        let warm = place.map(|place| all.remove(place));
        drop(all);
        if let Some(warm) = &warm {
            let program = object(&[("source", &source.into())]);
            warm.runner.run(&program);
        }
        self.runs.replace(warm);
    }

    /// Gives the warm one of that number up; its language, if there was one.
    pub fn give_up(&self, number: u32) -> Option<Language> {
        let place = |warm: &Vec<Warm>| warm.iter().position(|one| one.number == number);
        let mut warm = self.warm.borrow_mut();
        let lost = place(&warm).map(|place| warm.remove(place));
        // What closes it is not called while they are borrowed.
        drop(warm);
        lost.map(|lost| lost.language)
    }

    fn running(&self) -> Option<Runner> {
        Some(self.runs.borrow().as_ref()?.runner.clone())
    }

    /// A service's answer to a call.
    pub fn reply(&self, id: u32, status: u16, text: &str) {
        if let Some(runner) = self.running() {
            runner.reply(id, status, text);
        }
    }

    /// A call was not answered.
    pub fn fail(&self, id: u32, why: &str) {
        if let Some(runner) = self.running() {
            runner.fail(id, why);
        }
    }

    /// What it told was taken in.
    pub fn acknowledge(&self) {
        if let Some(runner) = self.running() {
            runner.acknowledge();
        }
    }

    /// Ends the one that runs a program. It is of no use for another: whatever that
    /// has left behind goes with it.
    pub fn close(&self) {
        // Not dropped while it is borrowed: it may be heard once more.
        let ended = self.runs.replace(None);
        drop(ended);
    }
}

/// What there is to say of an error.
fn sentence(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into());
    let message = message.ok().and_then(|message| message.as_string());
    message.unwrap_or_else(|| "The interpreter could not be started.".into())
}
