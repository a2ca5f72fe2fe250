//! Widgets, one a file: each borrows what it draws and returns a
//! [`crate::markup::Node`]. None of them owns a truth or touches the DOM.

pub mod controls;
pub mod kitchen;
pub mod lanes;
pub mod stage;
pub mod verdict;
pub mod words;
