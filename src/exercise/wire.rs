//! What an interpreter's messages mean. They come from where a stranger's program
//! runs: what is not exactly so means nothing.

use expert_chef_core::millis::Millis;
use expert_chef_core::shown::session::{End, How, Request};
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

/// What an interpreter says.
pub enum Message {
    /// The program makes a call, by a number of its own.
    Call(u32, Request),
    /// It gives one up.
    Abort(u32),
    /// What its threads did.
    Batch(String),
    /// It is over.
    Ended(End),
    /// The interpreter has failed, for that reason.
    Broken(String),
}

/// The most threads left behind that are named.
const MOST_LEFT: u32 = 10;

/// What a message means.
pub fn read(message: &JsValue) -> Option<Message> {
    let get = |name: &str| field(message, name);
    let text = |name: &str| get(name).as_string();
    let id = || {
        let id = get("id").as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a float cast to an integer saturates"
        )]
        let whole = id as u32;
        (f64::from(whole) >= id).then_some(whole)
    };
    let sentence = || End::short(How::Limit, &text("sentence").unwrap_or_default());
    Some(match &*text("type")? {
        "call" => Message::Call(id()?, request(message)?),
        "abort" => Message::Abort(id()?),
        "batch" => Message::Batch(text("text")?),
        "limit" => Message::Ended(sentence()),
        "deadlock" => Message::Ended(End {
            how: How::Deadlock,
            ..sentence()
        }),
        "broken" => Message::Broken(text("sentence").unwrap_or_default()),
        "ended" => Message::Ended(End {
            how: How::of(&text("outcome")?)?,
            says: text("traceback").unwrap_or_default(),
            line: line(message),
            left: left(&get("threads")),
            took: Millis::ZERO,
        }),
        _ => return None,
    })
}

fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn request(message: &JsValue) -> Option<Request> {
    let options = field(message, "options");
    Some(Request {
        name: field(message, "name").as_string()?,
        thread: thread(message),
        line: line(message),
        ms: field(&options, "ms").as_f64(),
        status: field(&options, "status").as_f64(),
    })
}

/// A thread's number, or a process's word for one.
fn thread(message: &JsValue) -> String {
    let thread = field(message, "thread");
    let number = thread.as_f64().map(|number| number.to_string());
    thread.as_string().or(number).unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast to an integer saturates"
)]
fn line(message: &JsValue) -> Option<u32> {
    let line = field(message, "line").as_f64()? as u32;
    (line > 0).then_some(line)
}

fn left(threads: &JsValue) -> Vec<String> {
    if !Array::is_array(threads) {
        return Vec::new();
    }
    let threads = Array::from(threads);
    let named = 0..threads.length().min(MOST_LEFT);
    named
        .filter_map(|place| threads.get(place).as_string())
        .collect()
}
