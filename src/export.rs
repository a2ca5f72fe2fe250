//! What a recording looks like outside of the page.

pub mod result;
