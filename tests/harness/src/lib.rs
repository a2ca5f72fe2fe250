//! What the end-to-end tests and the benchmark stand on: the built page on a
//! real web server, real slow services that remember who called them, and a
//! real browser.
//!
//! Nothing here knows the page's code, only its public contract: the query
//! string, `data-state`, `expert-chef:finished` and `window.expertChef`.

pub mod axe;
pub mod bench;
pub mod brotli;
pub mod browser;
pub mod cpython;
pub mod crew;
pub mod dist;
pub mod embed;
pub mod figures;
pub mod fire;
pub mod gzip;
pub mod headers;
pub mod hostile;
pub mod page;
pub mod playback;
pub mod practice;
pub mod programs;
pub mod result;
pub mod server;
pub mod services;
pub mod share;
pub mod shifts;
pub mod site;
pub mod skipped;
pub mod speedscope;
pub mod wait;
