//! A small tree of elements and text: what every picture and every widget is
//! made of before it becomes DOM or a file.
//!
//! Widgets return a [`Node`]; the page makes the page match it, and
//! [`Display`](std::fmt::Display) writes it as text for export, snapshots and
//! native tests. A framework does the first only, and weighs more than the
//! page may.

mod memo;

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use crate::decimal;
use crate::outside::ISOLATE;
pub use memo::Memo;

/// Text that is often fixed and sometimes made.
pub type Text = Cow<'static, str>;

/// An element or text.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, which is never read as markup.
    Text(Text),
    /// An element that is kept from one rendering to the next, so that what
    /// has not changed need not be built or compared again.
    Shared(Rc<Element>),
}

/// An element. Boxed, so that the many hands it goes through while it is built
/// pass a pointer on.
#[derive(Clone, Debug, PartialEq)]
pub struct Element(Box<Parts>);

/// What an element is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Its namespace.
    pub namespace: Namespace,
    /// Its name.
    pub tag: &'static str,
    /// Its attributes, each at most once. A name that begins with a dot is a
    /// property of the DOM element: state that the user changes too, like the
    /// value of a field.
    pub attributes: Vec<(&'static str, Text)>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// The two kinds of element that there are on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// HTML.
    Html,
    /// SVG.
    Svg,
}

/// An HTML element.
#[must_use]
pub fn html(tag: &'static str) -> Element {
    Element::new(Namespace::Html, tag)
}

/// An SVG element.
#[must_use]
pub fn svg(tag: &'static str) -> Element {
    Element::new(Namespace::Svg, tag)
}

/// Text.
pub fn text(content: impl Into<Text>) -> Node {
    Node::Text(content.into())
}

/// Each is called hundreds of times by code that is downloaded: one copy of
/// each will do.
impl Element {
    #[inline(never)]
    fn new(namespace: Namespace, tag: &'static str) -> Self {
        Self(Box::new(Parts {
            namespace,
            tag,
            attributes: Vec::new(),
            children: Vec::new(),
        }))
    }

    /// With this attribute.
    #[must_use]
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With this attribute if there is a value for it.
    #[must_use]
    #[inline(never)]
    pub fn maybe(mut self, name: &'static str, value: Option<impl Into<Text>>) -> Self {
        if let Some(value) = value {
            self.attributes.push((name, value.into()));
        }
        self
    }

    /// With this attribute, empty, if `on`.
    #[must_use]
    #[inline(never)]
    pub fn flag(mut self, name: &'static str, on: bool) -> Self {
        if on {
            self.attributes.push((name, Text::Borrowed("")));
        }
        self
    }

    /// With this number as an attribute, rounded to hundredths.
    #[must_use]
    #[inline(never)]
    pub fn num(mut self, name: &'static str, value: f64) -> Self {
        self.attributes.push((name, decimal::short(value).into()));
        self
    }

    /// With this class.
    #[must_use]
    #[inline(never)]
    pub fn class(mut self, class: impl Into<Text>) -> Self {
        self.attributes.push(("class", class.into()));
        self
    }

    /// With one more class.
    #[must_use]
    #[inline(never)]
    pub fn and_class(mut self, class: &'static str) -> Self {
        for (name, value) in &mut self.attributes {
            if *name == "class" {
                let value = value.to_mut();
                value.push(' ');
                value.push_str(class);
            }
        }
        self
    }

    /// With this child at the end.
    #[must_use]
    #[inline(never)]
    pub fn child(mut self, child: impl Into<Node>) -> Self {
        self.children.push(child.into());
        self
    }

    /// With these children at the end.
    #[must_use]
    #[inline(never)]
    pub fn children(mut self, children: impl IntoIterator<Item = impl Into<Node>>) -> Self {
        for child in children {
            self.children.push(child.into());
        }
        self
    }

    /// With this text at the end. What has a direction of its own in it
    /// ([`outside::isolated`](crate::outside::isolated)) is a `<bdi>` in HTML.
    #[must_use]
    #[inline(never)]
    pub fn text(mut self, content: impl Into<Text>) -> Self {
        self.hold(content.into());
        self
    }

    /// The same of what is text already: one copy of it for all that become it.
    #[inline(never)]
    fn hold(&mut self, content: Text) {
        let mut rest = 0;
        if self.namespace == Namespace::Html {
            for (at, c) in content.char_indices() {
                if c != ISOLATE.0 && c != ISOLATE.1 {
                    continue;
                }
                let mut part = text(content[rest..at].to_owned());
                if c == ISOLATE.1 {
                    part = html("bdi").child(part).into();
                }
                self.children.push(part);
                rest = at + c.len_utf8();
            }
        }
        self.children.push(match rest {
            0 => Node::Text(content),
            _ => text(content[rest..].to_owned()),
        });
    }
}

impl Deref for Element {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl DerefMut for Element {
    fn deref_mut(&mut self) -> &mut Parts {
        &mut self.0
    }
}

impl From<Rc<Element>> for Node {
    fn from(element: Rc<Element>) -> Self {
        Node::Shared(element)
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Node::Element(element)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Element(element) => element.fmt(f),
            Node::Shared(element) => element.fmt(f),
            Node::Text(text) => escape(text, f),
        }
    }
}

/// As XML, which for SVG is a file's content and for HTML is good enough to
/// be read in a test.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.tag)?;
        for (name, value) in &self.attributes {
            write!(f, " {}=\"", name.strip_prefix('.').unwrap_or(name))?;
            escape(value, f)?;
            f.write_str("\"")?;
        }
        if self.children.is_empty() {
            return f.write_str("/>");
        }
        f.write_str(">")?;
        for child in &self.children {
            child.fmt(f)?;
        }
        write!(f, "</{}>", self.tag)
    }
}

fn escape(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for c in text.chars() {
        match c {
            '&' => f.write_str("&amp;")?,
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            '"' => f.write_str("&quot;")?,
            // XML has no way to write most control characters, and these two.
            '\u{fffe}' | '\u{ffff}' => f.write_str("\u{fffd}")?,
            c if c.is_control() && !matches!(c, '\n' | '\t') => f.write_str("\u{fffd}")?,
            c => f.write_char(c)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_text_is_never_markup() {
        let nasty = r#""><script>alert(1)</script>&"#;
        let element = svg("text").attr("data-name", nasty).text(nasty);
        let written = element.to_string();
        assert_eq!(written.matches('<').count(), 2);
        assert!(written.starts_with("<text data-name=\"&quot;&gt;&lt;script"));
    }
}
