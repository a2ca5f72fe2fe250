//! Makes the DOM match a [`Node`] tree with as few changes as that takes.
//!
//! Others change the DOM too: a translation puts text of its own in the place
//! of ours. So what is to be changed or to go is looked for where it should be,
//! and where it is not, its surroundings are made anew.
//!
//! Also the one checked helper for DOM calls that only fail when the page is
//! broken beyond use: [`Checked::checked`] panics, and the panic is a screen
//! with a way out (see [`crate::page`]).

mod events;

use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Document;

use expert_chef_core::markup::{Element, Namespace, Node};
use expert_chef_core::text::concat;

pub use events::{Callback, Frame, Listener, callback, heard};

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

/// A DOM call that cannot fail on a page that works.
pub trait Checked<T> {
    /// The value, or a panic that says what the DOM refused to do.
    fn checked(self, what: &str) -> T;
}

impl<T> Checked<T> for Result<T, JsValue> {
    fn checked(self, what: &str) -> T {
        match self {
            Ok(value) => value,
            Err(error) => refuse(what, &error),
        }
    }
}

impl<T> Checked<T> for Option<T> {
    fn checked(self, what: &str) -> T {
        match self {
            Some(value) => value,
            None => refuse(what, &JsValue::UNDEFINED),
        }
    }
}

#[expect(clippy::panic, reason = "this is the checked helper")]
#[cold]
fn refuse(what: &str, error: &JsValue) -> ! {
    let error = error.dyn_ref::<js_sys::Error>();
    let error = error.map_or_else(String::new, |error| error.message().into());
    let said = concat(&["the browser would not ", what, ": ", &error]);
    // The finished page's panics say nothing by themselves.
    web_sys::console::error_1(&said.as_str().into());
    panic!("{said}")
}

/// A new JavaScript object with these fields. Whatever is asked of the browser
/// by such an object is written so: each setter of a type for it weighs more
/// than its name.
pub fn object(fields: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // A new object takes what it is given.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// An element of the page whose content is rendered. The content is removed
/// when this is dropped.
pub struct Root {
    document: Document,
    host: web_sys::Element,
    content: Option<Mounted>,
}

impl Root {
    /// Takes over the element: what is in it goes when the first content comes.
    #[must_use]
    pub fn new(document: Document, host: web_sys::Element) -> Self {
        Self {
            document,
            host,
            content: None,
        }
    }

    /// Makes the content match.
    pub fn render(&mut self, content: Element) {
        let node = Node::Element(content);
        match &mut self.content {
            Some(mounted) => mounted.update(node, &self.document),
            None => {
                self.host.set_text_content(None);
                let mounted = Mounted::new(node, &self.document);
                self.host.append_child(&mounted.dom).checked("add content");
                self.content = Some(mounted);
            }
        }
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        if self.content.is_some() {
            self.host.set_text_content(None);
        }
    }
}

/// A DOM node and what it was made from.
struct Mounted {
    dom: web_sys::Node,
    /// Without its children, which are in `children`; a shared one whole.
    node: Node,
    children: Vec<Mounted>,
}

impl Mounted {
    fn new(mut node: Node, document: &Document) -> Self {
        let content = match &mut node {
            Node::Text(text) => {
                let dom = document.create_text_node(text).into();
                return Self {
                    dom,
                    node,
                    children: Vec::new(),
                };
            }
            Node::Element(element) => std::mem::take(&mut element.children),
            Node::Shared(element) => element.children.clone(),
        };
        let element = element_of(&node);
        let namespace = match element.namespace {
            Namespace::Html => HTML,
            Namespace::Svg => SVG,
        };
        let dom = document
            .create_element_ns(Some(namespace), element.tag)
            .checked("create an element");
        for (name, value) in &element.attributes {
            if !is_property(name) {
                set(&dom, name, value);
            }
        }
        let children: Vec<Mounted> = content
            .into_iter()
            .map(|child| Mounted::new(child, document))
            .collect();
        for child in &children {
            dom.append_child(&child.dom).checked("add content");
        }
        // After the children: a select has no value before its options.
        for (name, value) in &element.attributes {
            if is_property(name) {
                set(&dom, name, value);
            }
        }
        Self {
            dom: dom.into(),
            node,
            children,
        }
    }

    fn update(&mut self, mut next: Node, document: &Document) {
        match (&mut self.node, &mut next) {
            (Node::Shared(old), Node::Shared(new)) if Rc::ptr_eq(old, new) => return,
            (Node::Text(old), Node::Text(new)) => {
                if old != new {
                    self.dom.set_node_value(Some(new));
                    *old = std::mem::take(new);
                }
                return;
            }
            (Node::Text(_), _) | (_, Node::Text(_)) => return self.replace(next, document),
            _ => {}
        }
        let content = match &mut next {
            Node::Element(element) => std::mem::take(&mut element.children),
            Node::Shared(element) => element.children.clone(),
            Node::Text(_) => return,
        };
        let (old, new) = (element_of(&self.node), element_of(&next));
        if (old.namespace, old.tag) != (new.namespace, new.tag) {
            if let Node::Element(element) = &mut next {
                element.children = content;
            }
            return self.replace(next, document);
        }
        let dom: &web_sys::Element = self.dom.unchecked_ref();
        update_children(dom, &mut self.children, content, document);
        update_attributes(dom, old, new);
        self.node = next;
    }

    fn is_in(&self, parent: &web_sys::Element) -> bool {
        let found = self.dom.parent_node();
        found.is_some_and(|found| found == **parent)
    }

    /// Whether it is text that has to change, or go, and is not there any more.
    fn is_lost(&self, next: Option<&Node>, parent: &web_sys::Element) -> bool {
        let Node::Text(old) = &self.node else {
            return false;
        };
        let is_kept = matches!(next, Some(Node::Text(new)) if old == new);
        !is_kept && !self.is_in(parent)
    }

    fn replace(&mut self, next: Node, document: &Document) {
        let new = Mounted::new(next, document);
        let parent = self.dom.parent_node();
        if let Some(parent) = parent {
            parent
                .replace_child(&new.dom, &self.dom)
                .checked("replace content");
        }
        *self = new;
    }
}

fn update_children(
    dom: &web_sys::Element,
    mounted: &mut Vec<Mounted>,
    content: Vec<Node>,
    document: &Document,
) {
    let mut places = mounted.iter().enumerate();
    if places.any(|(index, child)| child.is_lost(content.get(index), dom)) {
        // Whatever stands there now, it is not ours.
        dom.set_text_content(None);
        mounted.clear();
    }
    for surplus in mounted.drain(content.len().min(mounted.len())..) {
        dom.remove_child(&surplus.dom).checked("remove content");
    }
    let known = mounted.len();
    for (index, node) in content.into_iter().enumerate() {
        if index < known {
            mounted[index].update(node, document);
        } else {
            let child = Mounted::new(node, document);
            dom.append_child(&child.dom).checked("add content");
            mounted.push(child);
        }
    }
}

fn update_attributes(dom: &web_sys::Element, old: &Element, new: &Element) {
    // Nearly always the names are the same and in the same order.
    for (index, (name, value)) in new.attributes.iter().enumerate() {
        let before = match old.attributes.get(index) {
            Some((same, before)) if same == name => Some(before),
            _ => old
                .attributes
                .iter()
                .find_map(|(other, before)| (other == name).then_some(before)),
        };
        if before != Some(value) {
            set(dom, name, value);
        }
    }
    for (name, _) in &old.attributes {
        if !new.attributes.iter().any(|(kept, _)| kept == name) {
            if is_property(name) {
                set(dom, name, "");
            } else {
                dom.remove_attribute(name).checked("remove an attribute");
            }
        }
    }
}

fn set(dom: &web_sys::Element, name: &str, value: &str) {
    match name.strip_prefix('.') {
        Some(property) => {
            let (property, value) = (JsValue::from_str(property), JsValue::from_str(value));
            // Setting what is there already would move the caret of a field.
            if Reflect::get(dom, &property).ok().as_ref() != Some(&value) {
                Reflect::set(dom, &property, &value).checked("set a property");
            }
        }
        None => dom.set_attribute(name, value).checked("set an attribute"),
    }
}

fn is_property(name: &str) -> bool {
    name.starts_with('.')
}

fn element_of(node: &Node) -> &Element {
    match node {
        Node::Element(element) => element,
        Node::Shared(element) => element,
        Node::Text(_) => unreachable!("text has been dealt with by the caller"),
    }
}
