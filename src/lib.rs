//! What "run them concurrently" means, taught by doing it: real `fetch()`
//! calls one at a time and all at once, shown as two chefs on one time axis.
//!
//! Data flows one way: query string → [`config::Config`] → [`run::run`] →
//! [`event::Event`]s → [`timeline::Timeline`] → scene → pixels.

pub mod client;
pub mod clock;
pub mod config;
pub mod connections;
pub mod decimal;
pub mod dom;
pub mod editor;
pub mod embed;
pub mod event;
pub mod export;
pub mod guess;
pub mod json;
pub mod kitchen;
pub mod lanes;
pub mod markup;
pub mod millis;
pub mod network;
pub mod pace;
pub mod page;
pub mod playback;
pub mod policy;
pub mod recording;
pub mod run;
pub mod scenario;
pub mod settings;
pub mod share;
pub mod stage;
pub mod strategy;
pub mod timeline;
pub mod view;
