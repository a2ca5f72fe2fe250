//! Real `fetch()` calls.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Number, Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Performance, RequestInit, Response, Window};

use crate::dom::object;
use expert_chef_core::asked::scenario::{Call, FaultKind};
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Failure;
use expert_chef_core::recorded::phases::ResourceTiming;
use expert_chef_core::run::body::{Body, is_json};
use expert_chef_core::run::client::Client;

/// The header by which the service worker signs its answers: with when it does.
const SIGNATURE: &str = "x-expert-chef";

/// How much of a body is read at first, in bytes: most answers are shorter, and
/// many may come at once.
const FIRST_ROOM: u32 = 4 << 10;

/// How much of a long one is read at a time: always into the same room, so that
/// nobody has to clear away what was read.
const ROOM: u32 = 256 << 10;

#[wasm_bindgen]
extern "C" {
    /// A response, whose body is read in pieces.
    type Answer;

    /// Nothing if it has none.
    #[wasm_bindgen(method, getter)]
    fn body(this: &Answer) -> Option<Stream>;

    type Stream;

    /// Fails where a browser does not know such a mode.
    #[wasm_bindgen(catch, method, js_name = getReader)]
    fn reader_in_mode(this: &Stream, mode: &JsValue) -> Result<Reader, JsValue>;

    #[wasm_bindgen(method, js_name = getReader)]
    fn reader(this: &Stream) -> Reader;

    type Reader;

    /// Into this room, which is gone then; a reader without a mode makes its own.
    #[wasm_bindgen(method)]
    fn read(this: &Reader, room: &Uint8Array) -> Promise;

    type Read;

    #[wasm_bindgen(method, getter)]
    fn done(this: &Read) -> bool;

    /// Nothing at the end of what a reader without a mode reads.
    #[wasm_bindgen(method, getter)]
    fn value(this: &Read) -> Uint8Array;
}

/// Calls services and endpoints with `fetch()`: without credentials, referrer
/// or cache, and with an `AbortController` that aborts when the call is dropped.
#[derive(Clone, Debug)]
pub struct FetchClient {
    window: Window,
    /// Where the embedded services are: an absolute URL with a slash at its end.
    services: &'static str,
    /// What all calls have in common; each puts its own signal in.
    init: RequestInit,
    /// When answers of embedded services were on their way, as the services say;
    /// kept where somebody asks for it.
    told: Option<Rc<RefCell<Vec<ResourceTiming>>>>,
}

impl FetchClient {
    /// A client whose embedded services answer below `services`, an absolute URL
    /// with a slash at its end.
    #[must_use]
    pub fn new(window: Window, services: &'static str) -> Self {
        let init = object(&[
            ("credentials", &"omit".into()),
            ("referrerPolicy", &"no-referrer".into()),
            ("cache", &"no-store".into()),
            ("mode", &"cors".into()),
            ("redirect", &"manual".into()),
        ]);
        Self {
            window,
            services,
            init: init.unchecked_into(),
            told: None,
        }
    }

    /// Where the embedded services are.
    #[must_use]
    pub fn services(&self) -> &'static str {
        self.services
    }

    /// From now on keeps what the embedded services tell of their answers.
    pub fn listen(&mut self) {
        self.told = Some(Rc::default());
    }

    /// What they have told since this was asked.
    #[must_use]
    pub fn take_told(&self) -> Vec<ResourceTiming> {
        let told = self.told.as_ref().map(|told| told.take());
        told.unwrap_or_default()
    }

    /// The page's clock, where anybody wants to know.
    fn clock(&self) -> Option<Performance> {
        self.told.as_ref()?;
        self.window.performance()
    }

    /// An answer left then, in milliseconds since 1970, by the service's clock.
    fn tell(&self, url: String, start: f64, left: &str) {
        if let Some((told, clock)) = self.told.as_ref().zip(self.clock()) {
            let left = Number::parse_float(left) - clock.time_origin();
            told.borrow_mut().push(ResourceTiming {
                url,
                start: Millis::new(start),
                response_end: Millis::new(left),
                ..ResourceTiming::default()
            });
        }
    }

    async fn fetch(&self, url: &str, abort: &AbortOnDrop) -> Result<Response, JsValue> {
        self.init.set_signal(Some(&abort.controller.signal()));
        let response = self.window.fetch_with_str_and_init(url, &self.init);
        let response = JsFuture::from(response).await?;
        // Of the window's own realm, so that a check against this one's class
        // would fail for the window of a frame.
        Ok(response.unchecked_into())
    }
}

impl Client for FetchClient {
    async fn call(&self, call: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
        let mut abort = AbortOnDrop::new().map_err(|_| Failure::Network)?;
        let url = call.address(self.services);
        let start = self.clock().map_or(0.0, |clock| clock.now());
        let response = self.fetch(&url, &abort).await;
        let response = response.map_err(|_| Failure::Network)?;
        first_byte();

        let header = |name| response.headers().get(name).ok().flatten();
        let is_service = call.url.is_none();
        if is_service {
            let left = header(SIGNATURE).ok_or(Failure::Unserved)?;
            // What comes bit by bit is not there when it leaves.
            let fault = call.drawn.and_then(|drawn| drawn.fault);
            if fault != Some(FaultKind::SlowBody) {
                self.tell(url, start, &left);
            }
        }
        let status = response.status();
        // A redirect is shown to a page as no more than that.
        if status == 0 {
            return Err(Failure::Redirected);
        }
        // Our own services speak nothing else.
        let is_json = is_service || header("content-type").is_some_and(|kind| is_json(&kind));
        let mut body = Body::new(is_json && response.ok());
        let stream = response.unchecked_ref::<Answer>().body();
        if let Some(stream) = stream {
            let into_room = stream.reader_in_mode(&object(&[("mode", &"byob".into())]));
            let reader = into_room.unwrap_or_else(|_| stream.reader());
            let mut size = FIRST_ROOM;
            let mut room = Uint8Array::new_with_length(size);
            while let Some(piece) = read(&reader, &room).await? {
                body.take(piece.length() as usize, || piece.to_vec())?;
                room = if size < ROOM && piece.length() == size {
                    size *= 4;
                    Uint8Array::new_with_length(size)
                } else {
                    Uint8Array::new(&piece.buffer())
                };
            }
        }
        abort.is_over = true;
        match response.ok() {
            true => body.end(),
            false => Err(Failure::Status(status)),
        }
    }
}

/// The next piece of a body, if there is one.
async fn read(reader: &Reader, room: &Uint8Array) -> Result<Option<Uint8Array>, Failure> {
    let read = JsFuture::from(reader.read(room)).await;
    let read: Read = read.map_err(|_| Failure::BrokeOff)?.unchecked_into();
    Ok((!read.done()).then(|| read.value()))
}

/// Aborts the request that holds its signal when dropped before it is over.
pub(super) struct AbortOnDrop {
    pub controller: AbortController,
    pub is_over: bool,
}

impl AbortOnDrop {
    pub fn new() -> Result<Self, JsValue> {
        Ok(Self {
            controller: AbortController::new()?,
            is_over: false,
        })
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if !self.is_over {
            self.controller.abort();
        }
    }
}
