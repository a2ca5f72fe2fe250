//! Web Workers: each runs this same program in a thread and memory of its own,
//! and performs the tasks that it is sent. `crew` is the page's side of that,
//! `inside` the worker's.

mod crew;
mod inside;

pub use crew::{Crew, Staff};
pub use inside::serve;
