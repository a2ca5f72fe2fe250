//! The programs that the page shows are run as they stand, against the example
//! services: what they print, in what time, how many calls they have in flight,
//! and what becomes of all this when a call fails.

#![allow(missing_docs, clippy::panic, reason = "for tests only")]

#[path = "../../../examples/services/asked.rs"]
mod asked;
mod calls;
mod cpu;
mod failures;
mod front;
mod program;
mod runnable;
#[path = "../../../examples/services/service.rs"]
mod service;
mod text;

/// What a test ends with when something around it is not as it must be.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
