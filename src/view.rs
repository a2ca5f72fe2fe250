//! Widgets, one a file: each borrows what it draws and returns a
//! [`expert_chef_core::markup::Node`]. None of them owns a truth or touches the DOM.

pub mod bar;
pub mod chart;
pub mod code;
pub mod compare;
pub mod drawer;
pub mod editor;
pub mod exhibit;
pub mod guest;
pub mod kitchens;
pub mod log;
pub mod notices;
pub mod phases;
pub mod processor;
pub mod question;
pub mod session;
pub mod share_panel;
pub mod stage;
pub mod strip;
pub mod table;
pub mod verdict;
