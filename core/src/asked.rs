//! What is asked: by the query string, the form, a script or a host page. From
//! text to a scenario and the strategies to run it by, and back to a link.

pub mod accent;
pub mod backing;
pub mod config;
pub mod consent;

pub mod editor;
pub mod embed;
mod escaped;
pub mod exercise;
pub mod form;
pub mod fragment;
pub mod hosts;
pub mod language;
pub mod link;
pub mod resource;
pub mod retry;
pub mod scenario;
pub mod served;
pub mod strategy;
pub mod theory;
