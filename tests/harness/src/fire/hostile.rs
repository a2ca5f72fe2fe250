//! A server that answers as nobody should, and knows how many of its answers are
//! still under way.
//!
//! `GET /<name>?as=<trick>[&ms=<pause>][&mb=<size>]`.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::response::Builder;
use axum::http::{Method, Response, StatusCode, header};
use flate2::{Compress, Compression, FlushCompress};
use futures::stream;
use url::form_urlencoded;

use crate::server::{Cut, Server};
use crate::wait::{PATIENCE, until};

/// The whole of a good answer.
const GOOD: &str = "{\"service\":true}";

/// What a body without an end is made of: JSON, however much of it there is.
const BLANK: u8 = b' ';
const MB: usize = 1 << 20;

/// Where no answer goes on for longer, whatever it says of itself: a page that
/// reads on and on would take the machine along.
const MOST_MB: usize = 2048;

/// The running server.
#[derive(Debug)]
pub struct Hostile {
    server: Server,
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    calls: AtomicUsize,
    open: AtomicUsize,
}

impl Hostile {
    /// Starts it on a port of its own.
    ///
    /// # Errors
    /// If there is no port to be had.
    pub fn start() -> Result<Self> {
        let counts = Arc::new(Counts::default());
        let routes = Router::new()
            .fallback(serve)
            .with_state(Arc::clone(&counts));
        let server = Server::start(routes)?;
        Ok(Self { server, counts })
    }

    /// Goes off the network, with every open connection.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Comes back, on the same port.
    ///
    /// # Errors
    /// If the port is somebody else's by now.
    pub fn restart(&mut self) -> Result<()> {
        self.server.restart()
    }

    /// A query string that has the page call this server under these names, each
    /// with its trick.
    #[must_use]
    pub fn endpoints(&self, calls: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, trick) in calls {
            let url = format!("{}/{name}?as={trick}", self.server.origin());
            query.append_pair("endpoint", &format!("{name}@{url}"));
        }
        query.finish()
    }

    /// How often it was called.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.counts.calls.load(Ordering::Relaxed)
    }

    /// How many answers are under way.
    #[must_use]
    pub fn open(&self) -> usize {
        self.counts.open.load(Ordering::Relaxed)
    }

    /// Waits until so many answers are under way.
    ///
    /// # Errors
    /// If they are not in good time.
    pub async fn wait_for_open(&self, wanted: usize) -> Result<()> {
        let look = async || Ok(self.open());
        until("the answers under way", PATIENCE, look, |&open| {
            open == wanted
        })
        .await?;
        Ok(())
    }

    /// Waits until it was called so often.
    ///
    /// # Errors
    /// If it is not in good time.
    pub async fn wait_for_calls(&self, wanted: usize) -> Result<()> {
        let look = async || Ok(self.calls());
        until("the calls", PATIENCE, look, |&calls| calls >= wanted).await?;
        Ok(())
    }
}

/// An answer that is under way until it is dropped.
struct Open(Arc<Counts>);

impl Open {
    fn begin(counts: &Arc<Counts>) -> Self {
        counts.open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(counts))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What comes next of a body.
#[derive(Clone)]
enum Piece {
    Bytes(Bytes),
    Pause(Duration),
    /// The connection is reset.
    Reset,
    /// The connection ends before the body does.
    End,
}

async fn serve(
    State(counts): State<Arc<Counts>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response<Body> {
    let open = Open::begin(&counts);
    let query = request.uri().query().unwrap_or_default();
    let query: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let number = |key: &str| query.get(key).and_then(|value| value.parse().ok());
    let ms = Duration::from_millis(number("ms").unwrap_or(0));
    let mb = number("mb").and_then(|mb| usize::try_from(mb).ok());
    let mb = mb.unwrap_or(MOST_MB).min(MOST_MB);
    // A page may ask by HEAD what is the matter: that is no call of its reader's.
    if *request.method() == Method::GET {
        counts.calls.fetch_add(1, Ordering::Relaxed);
    }
    let trick = query.get("as").map_or("ok", String::as_str);
    match trick {
        "ok" | "silent" => tokio::time::sleep(ms).await,
        "reset" => {
            tokio::time::sleep(ms).await;
            cut.reset();
        }
        _ => {}
    }
    let (head, pieces) = answer(trick, ms, mb);
    head.body(body(pieces, open, cut)).unwrap_or_default()
}

/// The answer's head, and the pieces of its body, for each trick.
fn answer(
    trick: &str,
    ms: Duration,
    mb: usize,
) -> (Builder, Box<dyn Iterator<Item = Piece> + Send>) {
    let head = Response::builder()
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header("timing-allow-origin", "*");
    let of = |head: Builder, kind: &str| head.header(header::CONTENT_TYPE, kind);
    let length = |head: Builder, length: usize| head.header(header::CONTENT_LENGTH, length);
    let (start, end) = GOOD.as_bytes().split_at(GOOD.len() / 2);
    let (start, end) = (Piece::Bytes(start.into()), Piece::Bytes(end.into()));
    let pieces = |pieces: Vec<Piece>| Box::new(pieces.into_iter()) as Box<_>;
    let text = |text: &str| pieces(vec![Piece::Bytes(Bytes::copy_from_slice(text.as_bytes()))]);
    let json = |head: Builder| of(head, "application/json");
    let blanks = Piece::Bytes(vec![BLANK; MB].into());
    match trick {
        "half" => (
            length(json(head), GOOD.len()),
            pieces(vec![start, Piece::End]),
        ),
        "half-chunked" => (json(head), pieces(vec![start, Piece::End])),
        "reset-body" => (
            json(head),
            pieces(vec![start, Piece::Pause(ms), Piece::Reset]),
        ),
        "gap" => (json(head), pieces(vec![start, Piece::Pause(ms), end])),
        "endless" => (json(head), Box::new(std::iter::repeat_n(blanks, mb))),
        "huge" => (
            length(of(head, "application/octet-stream"), mb * MB),
            Box::new(std::iter::repeat_n(blanks, mb)),
        ),
        "bomb" => (
            json(head).header(header::CONTENT_ENCODING, "gzip"),
            bomb(mb),
        ),
        "not-gzip" => (
            json(head).header(header::CONTENT_ENCODING, "gzip"),
            text(GOOD),
        ),
        "html" => (of(head, "text/html"), text("<script>alert(1)</script>")),
        "untyped" => (head, text("\u{0}\u{1}\u{2}")),
        "png" => (of(head, "image/png"), text(GOOD)),
        "plain" => (of(head, "text/plain; x=json"), text("no JSON")),
        "not-json" => (json(head), text("<!doctype html>")),
        "nothing" => (json(head), text("")),
        "deep" => (json(head), text(&"[".repeat(100_000))),
        "redirect" => (redirect(head, "/there?as=ok"), text("")),
        "loop" => (redirect(head, "/loop?as=loop"), text("")),
        "away" => (redirect(head, "http://127.0.0.1:9/"), text("")),
        "nowhere" => (head.status(StatusCode::FOUND), text("")),
        _ => (json(head), text(GOOD)),
    }
}

fn redirect(head: Builder, to: &str) -> Builder {
    head.status(StatusCode::FOUND).header(header::LOCATION, to)
}

/// So many megabytes of blanks, a thousandth of that by gzip: a block that stands
/// for itself (RFC 1951), again and again.
fn bomb(mb: usize) -> Box<dyn Iterator<Item = Piece> + Send> {
    const HEAD: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    // The last block, which is empty, and sums that no browser checks.
    const TAIL: &[u8] = &[3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut block = Vec::with_capacity(MB);
    // What cannot be compressed is seen by the page: it is no bomb then.
    let _ = Compress::new(Compression::best(), false).compress_vec(
        &vec![BLANK; MB],
        &mut block,
        FlushCompress::Full,
    );
    let block = Piece::Bytes(block.into());
    let ends = |bytes| std::iter::once(Piece::Bytes(Bytes::from_static(bytes)));
    Box::new(
        ends(HEAD)
            .chain(std::iter::repeat_n(block, mb))
            .chain(ends(TAIL)),
    )
}

/// A body of these pieces; the answer is under way until it is sent or given up.
fn body(pieces: Box<dyn Iterator<Item = Piece> + Send>, open: Open, cut: Cut) -> Body {
    Body::from_stream(stream::unfold(
        (pieces, open, cut),
        async |(mut pieces, open, cut)| {
            loop {
                let sent = match pieces.next()? {
                    Piece::Pause(pause) => {
                        tokio::time::sleep(pause).await;
                        continue;
                    }
                    Piece::Bytes(bytes) => Ok(bytes),
                    Piece::End => Err(io::ErrorKind::BrokenPipe.into()),
                    Piece::Reset => {
                        cut.reset();
                        Err(io::Error::from(io::ErrorKind::ConnectionReset))
                    }
                };
                return Some((sent, (pieces, open, cut)));
            }
        },
    ))
}
