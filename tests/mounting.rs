//! Promises of stages that come and go: whatever they are at when they go,
//! nothing is left of them.

#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use expert_chef::clock::BrowserClock;
use expert_chef::dom::Listener;
use expert_chef::page::{Mount, Page};
use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;
use js_sys::{Function, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};

wasm_bindgen_test_configure!(run_in_browser);

/// Counts what is there: listeners, timers and frames that are waited for,
/// elements that are watched.
const COUNT: &str = "
    if (window.left) return window.left;
    const left = (window.left = { listeners: 0, timers: new Set(), frames: new Set(), watched: 0 });
    const patch = (at, name, make) => (at[name] = make(at[name]));
    const target = EventTarget.prototype;
    patch(target, 'addEventListener', (add) => function (...all) {
        left.listeners += 1;
        return add.apply(this, all);
    });
    patch(target, 'removeEventListener', (remove) => function (...all) {
        left.listeners -= 1;
        return remove.apply(this, all);
    });
    const pending = (at, ask, cancel, set) => {
        patch(at, ask, (old) => (then, ...all) => {
            const id = old.call(at, (...given) => { set.delete(id); return then(...given); }, ...all);
            set.add(id);
            return id;
        });
        patch(at, cancel, (old) => (id) => { set.delete(id); return old.call(at, id); });
    };
    pending(window, 'setTimeout', 'clearTimeout', left.timers);
    pending(window, 'requestAnimationFrame', 'cancelAnimationFrame', left.frames);
    for (const [name, by] of [['observe', 1], ['unobserve', -1]])
        patch(IntersectionObserver.prototype, name, (old) => function (...all) {
            left.watched += by;
            return old.apply(this, all);
        });
    return left;";

/// What the build puts beside the program, for it to find.
const SCRIPTS: &str = concat!(
    // Nothing is refused here.
    "const trusted = (url) => url;",
    include_str!("../www/services.js"),
    include_str!("../www/shelf.js"),
    include_str!("../www/timings.js"),
    "Object.assign(globalThis, { registerWorker, isServed, programs, kept, timings });"
);

/// A page with its scripts.
fn new_page() -> Rc<Page> {
    Function::new_no_args(SCRIPTS)
        .call0(&JsValue::NULL)
        .expect("the scripts run");
    Page::new().expect("a page")
}

/// What is there now: `[listeners, timers, frames, watched, elements, values of
/// JavaScript that the program holds]`.
fn count() -> [u32; 6] {
    let [listeners, timers, frames, watched] = {
        let left = Function::new_no_args(COUNT)
            .call0(&JsValue::NULL)
            .expect("counts");
        let get = |at: &JsValue, name: &str| Reflect::get(at, &name.into()).expect("a property");
        let number = |value: JsValue| value.as_f64().expect("a number") as u32;
        let size = |name: &str| number(get(&get(&left, name), "size"));
        [
            number(get(&left, "listeners")),
            size("timers"),
            size("frames"),
            number(get(&left, "watched")),
        ]
    };
    let elements = document().query_selector_all("*").expect("a list").length();
    [
        listeners,
        timers,
        frames,
        watched,
        elements,
        wasm_bindgen::externref_heap_live_count(),
    ]
}

fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a document")
}

fn place(own: &str) -> Element {
    let place = document().create_element("div").expect("an element");
    place
        .set_attribute("data-expert-chef", own)
        .expect("an attribute");
    let body = document().body().expect("a body");
    body.append_child(&place).expect("is appended");
    place
}

/// Waits until the stage there is at that.
async fn until(place: &Element, state: &str) {
    let clock = BrowserClock::new().expect("a clock");
    while place.get_attribute("data-state").as_deref() != Some(state) {
        clock.sleep(Millis::new(5.0)).await;
    }
}

/// Waits until nothing is on its way by itself.
async fn settled() {
    let clock = BrowserClock::new().expect("a clock");
    for _ in 0..3 {
        clock.sleep(Millis::new(20.0)).await;
    }
}

/// Mounts a stage, brings it to each thing that it can be at, and unmounts it
/// there.
async fn come_and_go(page: &Rc<Page>, at: usize) {
    let place = place("tasks=a:30,b:20");
    let mount = page.mount(place.clone(), None);
    let result = match at {
        0 => None,
        1 => {
            until(&place, "ready").await;
            None
        }
        2 => {
            until(&place, "ready").await;
            let result = mount.run().expect("no URLs");
            until(&place, "running").await;
            Some(result)
        }
        _ => {
            let result = mount.run().expect("no URLs");
            until(&place, "finished").await;
            Some(result)
        }
    };
    drop(mount);
    assert_eq!(place.inner_html(), "", "its content goes with it");
    assert_eq!(place.get_attribute("data-state"), None);
    place.remove();
    if let Some(result) = result {
        assert_eq!(result.await.is_ok(), at == 3);
    }
}

#[wasm_bindgen_test]
async fn stages_come_and_go_and_leave_nothing_behind() {
    let page = new_page();
    count();
    // What is made once for all stages is made now.
    for at in 0..4 {
        come_and_go(&page, at).await;
    }
    settled().await;
    let before = count();
    for round in 0..5 {
        for at in 0..4 {
            come_and_go(&page, at).await;
        }
        settled().await;
        assert_eq!(count(), before, "round {round}");
    }
}

#[wasm_bindgen_test]
async fn a_stage_can_be_unmounted_from_within_its_own_event() {
    let page = new_page();
    let place = place("tasks=a:10,b:10&autorun=load");
    let mount: Rc<RefCell<Option<Mount>>> = Rc::default();
    let to_drop = Rc::clone(&mount);
    let _listener = Listener::new(&place, "expert-chef:finished", move |_| {
        drop(to_drop.take());
    });
    mount.replace(Some(page.mount(place.clone(), None)));
    let clock = BrowserClock::new().expect("a clock");
    while mount.borrow().is_some() {
        clock.sleep(Millis::new(5.0)).await;
    }
    settled().await;
    assert_eq!(place.inner_html(), "");
    place.remove();
}
