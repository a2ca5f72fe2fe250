//! The address bar's query string, which is not ours alone.

use super::PARAMETERS;
use crate::asked::escaped;
use crate::text::parts;

/// The address bar's query string, question mark included, with what a stage
/// was told so far taken out and `query` put behind the rest. The parameters of
/// others stay in their order and to the letter; with none at all it is empty.
#[must_use]
pub fn address(search: &str, query: &str) -> String {
    let mut address = String::new();
    let search = search.strip_prefix('?').unwrap_or(search);
    let mut all = parts(search, b'&');
    all.retain(|one| !is_ours(one));
    all.push(query);
    for part in all {
        if !part.is_empty() {
            address.push(if address.is_empty() { '?' } else { '&' });
            address += part;
        }
    }
    address
}

/// Whether a parameter, as it is written there, is one that we read.
fn is_ours(written: &str) -> bool {
    let parsed = escaped::pairs(written);
    parsed
        .iter()
        .any(|(name, _)| PARAMETERS.contains(&name.as_str()))
}
