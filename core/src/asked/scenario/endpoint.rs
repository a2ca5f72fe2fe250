//! A URL of the user's own, which may be called only if it is what it should be.

use crate::text::{parts, trim};
use std::fmt;

/// The parts of a URL that decide whether it may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlParts {
    /// The whole URL, normalised.
    pub href: String,
    /// Without the colon.
    pub scheme: String,
    /// Whether a user name or a password is in it.
    pub has_credentials: bool,
}

/// Splits an absolute URL. The browser's own parser does so on the page, so
/// that what is checked is exactly what would be called.
pub type ParseUrl = fn(&str) -> Option<UrlParts>;

/// An absolute `http(s)` URL without credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointUrl(String);

/// Why a URL may not be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointError {
    /// It is no absolute `http` or `https` URL.
    Form,
    /// It has a user name or a password in it.
    Credentials,
}

/// What is allowed, as a sentence that can stand beside a field.
impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl EndpointError {
    /// What is allowed.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Form => "Allowed are absolute http and https URLs.",
            Self::Credentials => "The page never sends credentials; take them out.",
        }
    }
}

impl EndpointUrl {
    /// Takes a URL that may be called.
    pub fn parse(url: &str, parse_url: ParseUrl) -> Result<Self, EndpointError> {
        let parts = parse_url(trim(url))
            .filter(|parts| matches!(parts.scheme.as_str(), "http" | "https"))
            .ok_or(EndpointError::Form)?;
        if parts.has_credentials {
            return Err(EndpointError::Credentials);
        }
        Ok(Self(parts.href))
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host it is on, with its scheme and port: what browsers count
    /// connections by.
    #[must_use]
    pub fn origin(&self) -> &str {
        origin(&self.0)
    }
}

/// The origin of an absolute URL.
pub(crate) fn origin(url: &str) -> &str {
    let end = match &*parts(url, b'/') {
        [scheme, between, host, _, ..] => scheme.len() + between.len() + host.len() + 2,
        _ => url.len(),
    };
    url.get(..end).unwrap_or(url)
}
