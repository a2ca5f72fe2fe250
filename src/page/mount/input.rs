//! What the reader does within a stage: clicks, choices, fields and keys become
//! messages.

use std::rc::Rc;

use expert_chef_core::asked::editor::Edit;
use expert_chef_core::asked::form::Setting;
use expert_chef_core::asked::link::Line;
use expert_chef_core::decimal;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::listing::Language;
use expert_chef_core::shown::playback::Verb;
use expert_chef_core::shown::stage::{Asker, Drawer, Msg, Orderer};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use super::Inner;
use crate::dom::Listener;
use crate::page::{address, parse_url};

/// What has a use of its own for the keys that move through something: fields,
/// and what scrolls.
const MOVES: &str = "select, input:not([data-input=seek]), [data-scrolls], [data-scrolls] *";

/// What the space bar presses.
const PRESSES: &str = "button, select, summary, a, input:not([data-input=seek])";

impl Inner {
    /// Whatever is done within the stage comes to seven listeners; what it
    /// means is in the element's `data-action` or `data-input`.
    pub(super) fn listen(self: &Rc<Self>) {
        let on = |kind: &'static str, act: fn(&Rc<Self>, &Event)| {
            let weak = Rc::downgrade(self);
            Listener::new(&self.place, kind, move |event| {
                if let Some(inner) = weak.upgrade() {
                    act(&inner, event.unchecked_ref());
                }
            })
        };
        self.listeners.set(vec![
            on("click", Self::clicked),
            on("change", Self::changed),
            on("input", Self::dragged),
            on("keydown", Self::pressed),
            on("expert-chef:said", Self::said),
            on("expert-chef:configure", Self::told),
            on("expert-chef:start", |inner, _| {
                inner.send(Msg::Asked(Asker::Program))
            }),
        ]);
    }

    fn clicked(self: &Rc<Self>, event: &Event) {
        let Some((target, action)) = marked(event, "data-action") else {
            return;
        };
        let value = || target.get_attribute("data-value").unwrap_or_default();
        self.send(match action.as_str() {
            "run" => Msg::Asked(asker(event)),
            "reset" => Msg::Reset,
            "guess" => Msg::Guessed,
            "answer" => Msg::GuessTapped(place(&target, "data-index"), value()),
            "edit" => {
                self.edit(&target, &value());
                Msg::Settled
            }
            "add-kitchen" | "remove-kitchen" | "scenario" => {
                return self.set(&target, &action, &value());
            }
            "help" => Msg::Toggled(Drawer::Keys),
            "drawer" => match Drawer::of(&value()) {
                Some(drawer) => Msg::Toggled(drawer),
                None => return,
            },
            "close" => Msg::Closed,
            "language" => match Language::of(&value()) {
                Some(language) => Msg::Spoke(language),
                None => return,
            },
            "preview" => match Line::of(&value()) {
                Some(line) => Msg::PreviewToggled(line),
                None => return,
            },
            "export" => return self.export(&value()),
            "play" => Msg::Played(Verb::Toggle),
            "previous" => Msg::Played(Verb::Previous),
            "next" => Msg::Played(Verb::Next),
            "loop" => Msg::Played(Verb::Loop),
            "live" => Msg::Played(Verb::Live),
            "seek" => match number(target.get_attribute("data-at")) {
                Some(at) => Msg::Chosen(kitchen(&target), Millis::new(at)),
                None => return,
            },
            _ => return,
        });
    }

    /// A choice was made, or a field left with another value.
    fn changed(self: &Rc<Self>, event: &Event) {
        let Some((field, input)) = marked(event, "data-input") else {
            return;
        };
        // Selects have a value too.
        let value = field.unchecked_ref::<HtmlInputElement>().value();
        self.send(match input.as_str() {
            "seek" | "guess" | "uses" => return,
            "rate" => match decimal::parse(&value) {
                Some(rate) => Msg::Played(Verb::Rate(rate)),
                None => return,
            },
            // The address bar follows when the field is left: browsers allow
            // only so many changes of it.
            "edit" => Msg::Settled,
            setting => return self.set(&field, setting, &value),
        });
    }

    /// Changes a setting.
    fn set(self: &Rc<Self>, at: &Element, setting: &str, value: &str) {
        match Setting::from_dom(setting, place(at, "data-index"), value) {
            Ok(Some(setting)) => self.send(Msg::Set(setting)),
            Ok(None) => {}
            Err(problem) => self.send(Msg::Complained(problem)),
        }
    }

    /// While a field is being changed.
    fn dragged(self: &Rc<Self>, event: &Event) {
        let Some((field, input)) = marked(event, "data-input") else {
            return;
        };
        let field: HtmlInputElement = field.unchecked_into();
        match input.as_str() {
            "seek" => {
                let to = Millis::new(field.value_as_number());
                self.send(Msg::Played(Verb::Seek(to)));
            }
            "edit" => self.edit(&field, &field.value()),
            "uses" => self.send(Msg::Used(whole(field.value_as_number()))),
            "guess" => self.send(Msg::Guessing(place(&field, "data-run"), field.value())),
            _ => {}
        }
    }

    /// Changes the calls.
    fn edit(self: &Rc<Self>, at: &Element, value: &str) {
        let name = at.get_attribute("data-edit").unwrap_or_default();
        if let Some(edit) = Edit::from_dom(&name, place(at, "data-index"), value) {
            self.send(Msg::Edited(edit, parse_url));
        }
    }

    /// The media element's keys, except where a key has a meaning already.
    fn pressed(self: &Rc<Self>, event: &Event) {
        let key: &KeyboardEvent = event.unchecked_ref();
        if key.ctrl_key() || key.alt_key() || key.meta_key() {
            return;
        }
        let target = event.target().map(JsCast::unchecked_into::<Element>);
        let is_at = |selectors| {
            target
                .as_ref()
                .is_some_and(|at| at.matches(selectors) == Ok(true))
        };
        let key = key.key();
        if key == "Escape" {
            return self.send(Msg::Closed);
        }
        if key == "Enter" && is_at("[data-input=guess]") {
            return self.send(Msg::Guessed);
        }
        let is_taken = match key.as_str() {
            " " => is_at(PRESSES),
            "ArrowLeft" | "ArrowRight" | "Home" | "End" => is_at(MOVES),
            _ => is_at("input:not([data-input=seek])"),
        };
        if is_taken {
            return;
        }
        if key == "?" {
            self.send(Msg::Toggled(Drawer::Keys));
        } else if let Some(verb) = Verb::of_key(&key) {
            event.prevent_default();
            self.send(Msg::Played(verb));
        }
    }

    /// Hears what came of what was asked for.
    fn said(self: &Rc<Self>, event: &Event) {
        let said = Reflect::get(event, &"detail".into()).ok();
        if let Some(said) = said.and_then(|said| said.as_string()) {
            self.send(Msg::Said(said));
        }
    }

    /// The text around a figure says what it is to do, over its own query string.
    fn told(self: &Rc<Self>, event: &Event) {
        let detail = Reflect::get(event, &"detail".into()).ok();
        let query = detail.and_then(|detail| detail.as_string());
        let (config, problems) = address::read(&query.unwrap_or_default(), &self.own);
        let config = Box::new(config);
        self.send(Msg::Configured(config, problems, Orderer::Address));
    }
}

/// Who is behind an event: only the browser makes trusted ones.
fn asker(event: &Event) -> Asker {
    if event.is_trusted() {
        Asker::User
    } else {
        Asker::Program
    }
}

/// The event's target, or what surrounds it, that has the attribute; and its
/// value.
fn marked(event: &Event, attribute: &str) -> Option<(Element, String)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let marked = target.closest(&format!("[{attribute}]")).ok()??;
    let value = marked.get_attribute(attribute)?;
    Some((marked, value))
}

fn number(text: Option<String>) -> Option<f64> {
    decimal::parse(&text?)
}

/// The kitchen that an element is about.
fn kitchen(element: &Element) -> usize {
    let column = element.closest("[data-kitchen]").ok().flatten();
    column.map_or(0, |column| place(&column, "data-kitchen"))
}

/// The place in a list that an attribute names.
fn place(element: &Element, attribute: &str) -> usize {
    whole(number(element.get_attribute(attribute)).unwrap_or_default()) as usize
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast to an integer saturates, and nothing here is that large"
)]
fn whole(number: f64) -> u32 {
    number as u32
}
