//! Keeps an element for as long as what it was made from stays the same.

use std::rc::Rc;

use super::Element;

/// An element and the key that it was made from. A key holds whatever the
/// element depends on, so that nobody has to say when it changed.
#[derive(Clone, Debug)]
pub struct Memo<K>(Option<(K, Rc<Element>)>);

impl<K> Default for Memo<K> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq> Memo<K> {
    /// The element of that key: the one that is kept, if it was made from the
    /// same, or else a new one, which is kept from then on.
    pub fn get(&mut self, key: K, build: impl FnOnce() -> Element) -> Rc<Element> {
        if let Some((known, element)) = &self.0
            && *known == key
        {
            return Rc::clone(element);
        }
        let element = Rc::new(build());
        self.0 = Some((key, Rc::clone(&element)));
        element
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::svg;

    #[test]
    fn an_element_is_built_again_only_when_its_key_changes() {
        let mut memo = Memo::default();
        let first = memo.get(1, || svg("g"));
        let same = memo.get(1, || svg("rect"));
        assert!(Rc::ptr_eq(&first, &same));
        assert_eq!(memo.get(2, || svg("rect")).tag, "rect");
        assert_eq!(memo.get(1, || svg("path")).tag, "path");
    }
}
