//! Answers that hurt whoever takes all of them: without an end, a thousand times
//! as long once they are unpacked, or broken off.

use std::convert::Infallible;
use std::io::{self, Read};
use std::sync::OnceLock;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::stream::{self, StreamExt};
use tokio::time::{Instant, sleep_until};

use super::{Ended, InFlight};

/// How much of them is sent at a time.
const PIECE: usize = 64 * 1024;

/// What a bomb is once it is unpacked.
pub const BOMB: u64 = 1 << 30;

fn spaces() -> Bytes {
    static SPACES: OnceLock<Bytes> = OnceLock::new();
    SPACES.get_or_init(|| vec![b' '; PIECE].into()).clone()
}

/// Spaces without an end. Sent as fast as they are taken; the call ends when its
/// caller goes.
pub(super) fn endless(call: InFlight) -> Body {
    Body::from_stream(stream::repeat(()).map(move |()| {
        let _call = &call;
        Ok::<_, Infallible>(spaces())
    }))
}

/// A gigabyte of spaces as `gzip` has it.
pub(super) fn bomb(call: InFlight) -> Body {
    static BYTES: OnceLock<Bytes> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| {
        let spaces = io::repeat(b' ').take(BOMB);
        let mut bytes = Vec::new();
        let mut encoder = flate2::read::GzEncoder::new(spaces, flate2::Compression::best());
        // Memory neither fails to be read nor to be written.
        let _ = encoder.read_to_end(&mut bytes);
        bytes.into()
    });
    let mut left = bytes.clone();
    let pieces = std::iter::from_fn(move || {
        let piece = left.split_to(left.len().min(PIECE));
        (!piece.is_empty()).then_some(piece)
    });
    Body::from_stream(stream::iter(pieces).map(move |piece| {
        let _call = &call;
        Ok::<_, Infallible>(piece)
    }))
}

/// Half of an answer, and then the connection is cut.
pub(super) fn half(text: &str, call: InFlight) -> Body {
    let half = Bytes::copy_from_slice(&text.as_bytes()[..text.len() / 2]);
    let pieces = stream::iter([Ok(half), Err(io::ErrorKind::ConnectionAborted.into())]);
    Body::from_stream(pieces.then(move |piece: io::Result<Bytes>| {
        if piece.is_err() {
            call.end(Ended::Cut);
        }
        async {
            // What has been sent is to have arrived by then.
            tokio::time::sleep(Duration::from_millis(u64::from(piece.is_err()) * 50)).await;
            piece
        }
    }))
}

/// JSON of that many bytes, as a line of so many bits a second lets it through.
pub(super) fn paced(size: usize, bits: u64, call: InFlight) -> Body {
    let start = Instant::now();
    let pieces = stream::unfold((0, call), move |(sent, call)| async move {
        if sent == size {
            call.end(Ended::Answered);
            return None;
        }
        let mut piece = spaces().slice(..PIECE.min(size - sent)).to_vec();
        if sent == 0 {
            piece[0] = b'1';
        }
        let sent = sent + piece.len();
        if let Some(due) = (sent as u64 * 8_000_000).checked_div(bits) {
            sleep_until(start + Duration::from_micros(due)).await;
        }
        Some((Ok::<_, Infallible>(piece), (sent, call)))
    });
    Body::from_stream(pieces)
}
