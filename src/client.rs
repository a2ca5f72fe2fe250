//! Who performs calls on the page: `fetch()`, or timers where the embedded
//! services are not to be had.

mod browser;
mod fetch;

pub use browser::BrowserClient;
pub use fetch::FetchClient;
