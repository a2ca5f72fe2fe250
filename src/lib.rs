//! The page around [`expert_chef_core`]: what is real `fetch()` calls, the
//! browser's clock, its DOM and its messages, and nothing that could be without
//! them.
//!
//! [`view`] makes markup of what the core shows, [`dom`] makes the page match
//! it, and [`page`] hears the reader and performs what the core permits.

pub mod client;
pub mod clock;
pub mod dom;
pub mod exercise;
pub mod hands;
pub mod page;
pub mod view;
pub mod workers;
