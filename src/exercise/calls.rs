//! The calls of a reader's program: real ones of the page's own services, or timers
//! where these are not to be had. Dropped, they are aborted.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use expert_chef_core::asked::backing::Backing;
use expert_chef_core::asked::scenario::{Call, Drawn, FaultKind};
use expert_chef_core::json::Json;
use expert_chef_core::outcome::Failure;
use expert_chef_core::run::clock::Clock;
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use crate::page::{Page, Underway};

/// In `www/exercise.js`.
#[wasm_bindgen]
extern "C" {
    /// The status and the text that a service answers with.
    #[wasm_bindgen(js_name = callService)]
    fn call_service(url: &str, signal: Option<&AbortSignal>) -> Promise;
}

/// A call.
pub struct Asked {
    pub id: u32,
    pub name: String,
    pub drawn: Drawn,
}

/// What came of it: a status and a text, or a sentence that says why not.
pub struct Answer(pub Result<(u16, String), String>);

impl Answer {
    /// What it is for the recording.
    pub fn outcome(&self) -> Result<(), Failure> {
        match &self.0 {
            Ok((200..=299, _)) => Ok(()),
            Ok((status, _)) => Err(Failure::Status(*status)),
            Err(_) => Err(Failure::Network),
        }
    }
}

/// Those that are under way, by their numbers.
#[derive(Clone, Default)]
pub struct Calls {
    underway: Rc<RefCell<BTreeMap<u32, Underway>>>,
    /// Who answers them: asked once, which takes its time.
    backing: Rc<Cell<Option<Backing>>>,
}

/// Aborts its request when it is dropped.
struct Request(AbortController);

impl Drop for Request {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Calls {
    /// Who answers them.
    pub async fn backing(&self, page: &Page) -> Backing {
        let backing = match self.backing.get() {
            Some(known) => known,
            None => page.backing().await,
        };
        self.backing.set(Some(backing));
        backing
    }

    /// Makes a call; `answered` hears what came of it, unless it is aborted.
    pub fn make(&self, page: Rc<Page>, asked: Asked, answered: impl FnOnce(Answer) + 'static) {
        let (id, calls) = (asked.id, self.clone());
        let call = async move {
            let backing = calls.backing(&page).await;
            let answer = perform(&page, backing, &asked).await;
            answered(Answer(answer));
            calls.abort(id);
        };
        let underway = Underway::start(call);
        self.underway.borrow_mut().insert(id, underway);
    }

    /// No answer to it is wanted any more.
    pub fn abort(&self, id: u32) {
        let aborted = self.underway.borrow_mut().remove(&id);
        drop(aborted);
    }

    /// None to any.
    pub fn abort_all(&self) {
        let aborted = self.underway.take();
        drop(aborted);
    }
}

async fn perform(page: &Page, backing: Backing, asked: &Asked) -> Result<(u16, String), String> {
    let Asked { name, drawn, .. } = asked;
    let call = Call {
        name,
        url: None,
        drawn: Some(*drawn),
    };
    let Backing::Worker(services) = backing else {
        page.clock().sleep(drawn.latency).await;
        return Ok(canned(name, *drawn));
    };
    let unanswered = |_: JsValue| format!("{name}: no answer");
    let request = Request(AbortController::new().map_err(unanswered)?);
    let answered = call_service(&call.address(services), Some(&request.0.signal()));
    let answer = JsFuture::from(answered).await.map_err(unanswered)?;
    let answer = Array::from(&answer);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast to an integer saturates"
    )]
    let status = answer.get(0).as_f64().unwrap_or_default() as u16;
    Ok((status, answer.get(1).as_string().unwrap_or_default()))
}

/// What the page's service worker would have answered.
fn canned(name: &str, drawn: Drawn) -> (u16, String) {
    let status = match drawn.fault {
        Some(FaultKind::Status(status)) => status,
        _ => 200,
    };
    let mut fields = vec![
        ("service", name.to_owned().into()),
        ("ms", drawn.latency.ms().into()),
    ];
    if status != 200 {
        let why = format!("The service was asked to fail with status {status}.");
        fields.push(("error", why.into()));
    }
    (status, Json::Object(fields).to_string())
}
