//! The body of an answer, as it comes: how much of it is taken, and whether it
//! is what it was said to be. Nothing of it is kept.

use crate::json::check::Check;
use crate::outcome::Failure;
use crate::text::{before, trim};

/// The longest body that is read to its end, in bytes as a page gets them: a
/// few bytes that were sent can be a thousand times as many then.
pub const MAX_BODY: usize = 16 << 20;

/// What has come of a body.
#[derive(Clone, Debug)]
pub struct Body {
    length: usize,
    json: Option<Check>,
}

impl Body {
    /// Nothing of it; `is_json` if it has to be JSON.
    #[must_use]
    pub fn new(is_json: bool) -> Self {
        Self {
            length: 0,
            json: is_json.then(Check::default),
        }
    }

    /// Takes the next bytes in: so many, which are looked at only if it matters
    /// what they are.
    ///
    /// # Errors
    /// If that is too much.
    pub fn take(&mut self, length: usize, bytes: impl FnOnce() -> Vec<u8>) -> Result<(), Failure> {
        self.length += length;
        if self.length > MAX_BODY {
            return Err(Failure::TooLarge);
        }
        if let Some(json) = &mut self.json {
            json.take(&bytes());
        }
        Ok(())
    }

    /// There is no more of it.
    ///
    /// # Errors
    /// If it had to be JSON and is not.
    pub fn end(&self) -> Result<(), Failure> {
        match &self.json {
            Some(json) if !json.is_json() => Err(Failure::Malformed),
            _ => Ok(()),
        }
    }
}

/// Whether a content type is one of JSON's, like `application/problem+json`:
/// the MIME Sniffing Standard's JSON MIME types.
#[must_use]
pub fn is_json(content_type: &str) -> bool {
    let kind = trim(before(content_type, b';'));
    let is = |kind: &str, json: &str| kind.eq_ignore_ascii_case(json);
    let suffix = kind.len().checked_sub(5).and_then(|at| kind.get(at..));
    is(kind, "application/json")
        || is(kind, "text/json")
        || suffix.is_some_and(|kind| is(kind, "+json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_by_its_media_type_alone() {
        for json in [
            "application/json",
            "Application/JSON; charset=utf-8",
            " text/json ;x=y",
            "application/problem+json",
            "image/svg+JSON;json",
        ] {
            assert!(is_json(json), "{json}");
        }
        for other in [
            "",
            "text/plain; x=json",
            "text/plain;application/json",
            "application/jsonp",
            "application/json-seq",
            "application/x-json",
            "json",
            "text/html, application/json",
        ] {
            assert!(!is_json(other), "{other}");
        }
    }

    #[test]
    fn a_body_is_taken_up_to_the_stated_limit_in_whatever_pieces_it_comes() {
        for piece in [1 << 20, 65_536, 77_777] {
            let mut body = Body::new(false);
            let mut left = MAX_BODY;
            while left > 0 {
                let next = piece.min(left);
                assert_eq!(body.take(next, || vec![0; next]), Ok(()));
                left -= next;
            }
            assert_eq!(body.end(), Ok(()));
            assert_eq!(body.take(1, || vec![0]), Err(Failure::TooLarge));
            assert_eq!(body.take(0, Vec::new), Err(Failure::TooLarge));
        }
        let said = format!("more than {} MiB", MAX_BODY >> 20);
        assert!(Failure::TooLarge.to_string().contains(&said));
    }

    #[test]
    fn a_body_that_has_to_be_json_is_malformed_otherwise() {
        let ended = |is_json, text: &str| {
            let mut body = Body::new(is_json);
            let taken = body.take(text.len(), || text.into());
            taken.and_then(|()| body.end())
        };
        assert_eq!(ended(true, "{\"a\":[1]}"), Ok(()));
        assert_eq!(ended(true, "{\"a\":[1]"), Err(Failure::Malformed));
        assert_eq!(ended(true, ""), Err(Failure::Malformed));
        assert_eq!(ended(false, "{\"a\":[1]"), Ok(()));
    }
}
