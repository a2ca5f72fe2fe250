//! Who performs calls on the page: `fetch()`, or timers where the embedded
//! services are not to be had.

mod browser;
mod fetch;
mod why;

pub use browser::BrowserClient;
pub use fetch::FetchClient;
pub use why::why;
