//! What the reader does within a stage: clicks, choices, fields and keys become
//! the stage's verbs.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::Inner;
use crate::page::parse_url;
use expert_chef_core::asked::editor::Edit;
use expert_chef_core::asked::form::Setting;
use expert_chef_core::decimal;
use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::shown::playback::Verb;
use expert_chef_core::shown::stage::{Asker, State};

impl Inner {
    /// Whatever is done within the stage comes to four listeners; what it
    /// means is in the element's `data-action` or `data-input`.
    pub(super) fn listen(self: &Rc<Self>) {
        let on = |kind: &'static str, act: fn(&Rc<Self>, &Event)| {
            let weak = Rc::downgrade(self);
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&self.place, kind, options, move |event| {
                if let Some(inner) = weak.upgrade() {
                    act(&inner, event);
                }
            })
        };
        // A page that is left may be kept frozen and shown again: its calls
        // would seem to have taken all that time.
        let weak = Rc::downgrade(self);
        let left = EventListener::new(&self.window, "pagehide", move |_| {
            let Some(inner) = weak.upgrade() else { return };
            let state = inner.stage.borrow().state();
            if state == State::Running {
                inner.reset();
            }
        });
        let weak = Rc::downgrade(self);
        let travelled = EventListener::new(&self.window, "popstate", move |_| {
            if let Some(inner) = weak.upgrade() {
                inner.recall();
            }
        });
        let weak = Rc::downgrade(self);
        let stopped = EventListener::once(&self.window, "expert-chef:stop", move |_| {
            if let Some(inner) = weak.upgrade() {
                inner.stop();
            }
        });
        *self.listeners.borrow_mut() = vec![
            travelled,
            stopped,
            on("click", Self::clicked),
            on("change", Self::changed),
            on("input", Self::dragged),
            on("keydown", Self::pressed),
            on("expert-chef:said", Self::said),
            left,
        ];
    }

    fn clicked(self: &Rc<Self>, event: &Event) {
        let Some((target, action)) = marked(event, "data-action") else {
            return;
        };
        let verb = match action.as_str() {
            "run" => {
                // A refusal is what the page says already.
                let _ = self.run(asker(event));
                return;
            }
            "reset" => return self.reset(),
            "guess" => return self.guess(),
            "skip-guess" => {
                self.stage.borrow_mut().skip_guess();
                let _ = self.run(asker(event));
                return self.show();
            }
            "edit" => {
                let value = target.get_attribute("data-value").unwrap_or_default();
                self.edit(&target, &value);
                return self.remember();
            }
            "add-kitchen" | "remove-kitchen" => return self.change(&action, &target, ""),
            "help" => {
                self.stage.borrow_mut().toggle_keys();
                return self.show();
            }
            "preview" | "export" => {
                let value = target.get_attribute("data-value").unwrap_or_default();
                return match &*action {
                    "preview" => self.preview(&value),
                    _ => self.export(&value),
                };
            }
            "play" => Verb::Toggle,
            "previous" => Verb::Previous,
            "next" => Verb::Next,
            "loop" => Verb::Loop,
            "live" => Verb::Live,
            "seek" => match number(target.get_attribute("data-at")) {
                Some(at) => Verb::Seek(Millis::new(at)),
                None => return,
            },
            _ => return,
        };
        self.play(verb);
    }

    /// A choice was made, or a field left with another value.
    fn changed(self: &Rc<Self>, event: &Event) {
        let Some((field, input)) = marked(event, "data-input") else {
            return;
        };
        // Selects have a value too.
        let value = field.unchecked_ref::<HtmlInputElement>().value();
        match input.as_str() {
            "seek" | "guess" => {}
            "rate" => {
                if let Some(rate) = decimal::parse(&value) {
                    self.play(Verb::Rate(rate));
                }
            }
            "edit" => {
                self.stage.borrow_mut().settle_edit();
                self.show();
                self.remember();
            }
            setting => self.change(setting, &field, &value),
        }
    }

    /// Changes the calls. The address bar follows when the field is left:
    /// browsers allow only so many changes of it.
    fn edit(&self, at: &Element, value: &str) {
        let name = at.get_attribute("data-edit").unwrap_or_default();
        let Some(edit) = Edit::from_dom(&name, place(at, "data-index"), value) else {
            return;
        };
        let config = self.stage.borrow_mut().edit(edit, parse_url);
        match config {
            Some(config) => self.configure(config, Vec::new()),
            // What is wrong stands beside its field.
            None => self.show(),
        }
        // The button that was pressed may be gone, or belong to another call.
        let focus = self.stage.borrow().editor().focus();
        if let Some((edit, index)) = focus {
            let at = format!("[data-edit={edit}][data-index=\"{index}\"]");
            if let Ok(Some(at)) = self.place.query_selector(&at) {
                let _ = at.unchecked_into::<HtmlElement>().focus();
            }
        }
    }

    /// Changes a setting, and the address bar with it.
    fn change(self: &Rc<Self>, setting: &str, field: &Element, value: &str) {
        let index = place(field, "data-index");
        match Setting::from_dom(setting, index, value) {
            Ok(setting) => {
                let old = self.stage.borrow().config().clone();
                let config = setting.map_or_else(|| old.clone(), |setting| old.with(setting));
                if config == old {
                    return self.show();
                }
                self.configure(config, Vec::new());
                self.remember();
            }
            Err(problem) => {
                self.stage.borrow_mut().complain(problem);
                self.show();
            }
        }
    }

    /// While a field is being changed.
    fn dragged(self: &Rc<Self>, event: &Event) {
        let Some((field, input)) = marked(event, "data-input") else {
            return;
        };
        let field: HtmlInputElement = field.unchecked_into();
        match input.as_str() {
            "seek" => self.play(Verb::Seek(Millis::new(field.value_as_number()))),
            "edit" => self.edit(&field, &field.value()),
            "guess" => {
                let kitchen = place(&field, "data-run");
                self.stage.borrow_mut().enter_guess(kitchen, &field.value());
            }
            _ => {}
        }
    }

    /// Hands in what the reader thinks that the kitchens will take.
    fn guess(&self) {
        // What cannot be read is said beside its field.
        let answer = self.stage.borrow_mut().answer_guess();
        self.show();
        let run = self
            .place
            .query_selector("[data-action=run]")
            .ok()
            .flatten();
        let focus = match answer {
            Ok(()) => run,
            Err(kitchen) => {
                let field = format!("[data-input=guess][data-run=\"{kitchen}\"]");
                self.place.query_selector(&field).ok().flatten()
            }
        };
        if let Some(focus) = focus {
            // Where the reader goes on; staying put would lose them.
            let _ = focus.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// The media element's keys, except where a key has a meaning already:
    /// in fields, and Space on what it presses.
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
        if key == "Enter" && is_at("[data-input=guess]") {
            return self.guess();
        }
        let is_taken = match key.as_str() {
            " " => is_at("button, select, summary, a, input:not([data-input=seek])"),
            "ArrowLeft" | "ArrowRight" | "Home" | "End" => {
                is_at("select, input:not([data-input=seek])")
            }
            _ => is_at("input:not([data-input=seek])"),
        };
        if is_taken {
            return;
        }
        if key == "?" {
            self.stage.borrow_mut().toggle_keys();
            self.show();
        } else if let Some(verb) = Verb::of_key(&key) {
            event.prevent_default();
            self.play(verb);
        }
    }

    fn play(self: &Rc<Self>, verb: Verb) {
        self.stage.borrow_mut().play(verb, self.clock.now());
        self.show();
        self.animate();
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

/// The place in a list that an attribute names.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast to an integer saturates, and no list is that long"
)]
fn place(element: &Element, attribute: &str) -> usize {
    number(element.get_attribute(attribute)).unwrap_or_default() as usize
}
