//! How it runs: a strategy over a client, a clock, hands and workers, and the
//! events that come of it.

pub mod body;
pub mod client;
pub mod clock;
pub mod event;
pub mod execute;
pub mod gate;
pub mod hands;
pub mod told;
pub mod wire;
pub mod workers;
