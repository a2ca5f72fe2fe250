//! Widgets: each borrows what it draws and returns a [`crate::markup::Node`].

pub mod kitchen;
