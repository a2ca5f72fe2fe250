//! What was recorded: the events of each run as a timeline, where it came from,
//! and what the browser told of it afterwards, laid over it.

pub mod comparison;
mod overlay;
pub mod phases;
pub mod program;
pub mod provenance;
pub mod recording;
pub mod timeline;
