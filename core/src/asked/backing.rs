//! Who stands behind the embedded services: what a URL's call comes to.

use crate::asked::scenario::EndpointUrl;

/// Who stands behind the embedded services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backing {
    /// Timers. A URL is called over the network, whatever it is.
    #[default]
    Timers,
    /// The page's own service worker, which answers every URL below this one,
    /// however the page came by it.
    Worker(&'static str),
}

impl Backing {
    /// Whether a call of this URL is answered within the page.
    #[must_use]
    pub fn answers(&self, url: &EndpointUrl) -> bool {
        // Both as the browser's parser has them.
        matches!(self, Self::Worker(base) if url.as_str().starts_with(base))
    }
}
