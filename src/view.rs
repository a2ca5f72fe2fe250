//! Widgets, one a file: each borrows what it draws and returns a
//! [`crate::markup::Node`]. None of them owns a truth or touches the DOM.

pub mod chart;
pub mod compare;
pub mod controls;
pub mod editor;
pub mod embedded;
pub mod guess;
pub mod kitchen;
pub mod lanes;
pub mod log;
pub mod network;
pub mod player;
pub mod room;
pub mod share;
pub mod stage;
pub mod table;
pub mod verdict;
pub mod words;
