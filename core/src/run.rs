//! How it runs: a strategy over a client and a clock, and the events that come
//! of it.

pub mod client;
pub mod clock;
pub mod event;
pub mod execute;
