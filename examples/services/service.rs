//! One service: an HTTP server that answers one path, as it is asked to.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Response, StatusCode};
use axum::serve::ListenerExt as _;
use futures::stream;
use tokio::net::TcpListener;
use tokio::time::sleep;

use super::asked::{Asked, MAX_LIMIT, Manner};

/// In how many pieces a slow body comes.
const PIECES: u32 = 4;

/// A call that "hangs" must outlast any reader's patience, and yet end.
const HANG: Duration = Duration::from_secs(60);

/// A service, and how many calls it is serving with each limit.
#[derive(Clone, Debug)]
struct Service {
    name: &'static str,
    served: Arc<[AtomicUsize; MAX_LIMIT + 1]>,
}

impl Service {
    fn new(name: &'static str) -> Self {
        let served = Arc::new([const { AtomicUsize::new(0) }; MAX_LIMIT + 1]);
        Self { name, served }
    }

    /// A place for a call with that limit, unless all are taken.
    fn admit(&self, limit: usize) -> Option<Place<'_>> {
        let served = self.served.get(limit)?;
        let place = Place(served);
        (served.fetch_add(1, Ordering::Relaxed) < limit).then_some(place)
    }
}

/// That a call is being served, until this is dropped: also if its caller gives
/// it up.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Answers calls of that service until it is dropped.
pub async fn serve(name: &'static str, listener: TcpListener) -> io::Result<()> {
    // Answers are timed: none may wait to be sent with another.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let routes = Router::new()
        .fallback(respond)
        .with_state(Service::new(name));
    axum::serve(listener, routes).await
}

async fn respond(State(service): State<Service>, request: Request) -> Response<Body> {
    let name = service.name;
    let arrived = Instant::now();
    let mut response = match *request.method() {
        Method::OPTIONS => leave(),
        Method::GET if request.uri().path() == format!("/{name}") => {
            match Asked::parse(request.uri().query().unwrap_or_default()) {
                Ok(asked) => answer(&service, asked).await,
                Err(problem) => refusal(StatusCode::BAD_REQUEST, &problem),
            }
        }
        Method::GET => {
            let problem = format!("This service answers /{name}?ms=<latency> only.");
            refusal(StatusCode::NOT_FOUND, &problem)
        }
        _ => refusal(StatusCode::METHOD_NOT_ALLOWED, "Services are asked by GET."),
    };
    let headers = response.headers_mut();
    for (header, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("timing-allow-origin"), "*"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(header, HeaderValue::from_static(value));
    }
    // What the service itself took until its headers left.
    let took = arrived.elapsed().as_secs_f64() * 1000.0;
    if let Ok(timing) = HeaderValue::try_from(format!("{name};dur={took:.1}")) {
        headers.insert(HeaderName::from_static("server-timing"), timing);
    }
    response
}

/// The answer to a browser that asks whether a page may call at all: because
/// of the page's headers, or because this is a machine in a private network.
fn leave() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let mut headers = HeaderMap::new();
    for (header, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "*"),
        (
            HeaderName::from_static("access-control-allow-private-network"),
            "true",
        ),
    ] {
        headers.insert(header, HeaderValue::from_static(value));
    }
    *response.headers_mut() = headers;
    response
}

async fn answer(service: &Service, asked: Asked) -> Response<Body> {
    let (name, ms, latency) = (service.name, asked.ms, asked.latency());
    let good = format!("{{\"service\":\"{name}\",\"ms\":{ms}}}");
    match asked.manner {
        Manner::Status(200) => {
            sleep(latency).await;
            json(StatusCode::OK, good.into())
        }
        Manner::Status(status) => {
            sleep(latency).await;
            let status = StatusCode::from_u16(status).unwrap_or_default();
            refusal(status, "The service was asked to fail.")
        }
        Manner::Limit(limit) => match service.admit(limit) {
            Some(_place) => {
                sleep(latency).await;
                json(StatusCode::OK, good.into())
            }
            None => {
                let problem = format!("{limit} calls with this limit are being served already.");
                refusal(StatusCode::TOO_MANY_REQUESTS, &problem)
            }
        },
        Manner::Malformed => {
            sleep(latency).await;
            json(StatusCode::OK, good[..good.len() / 2].to_owned().into())
        }
        Manner::Drop => {
            sleep(latency).await;
            json(StatusCode::OK, cut())
        }
        Manner::Hang => {
            sleep(HANG).await;
            json(StatusCode::OK, cut())
        }
        Manner::SlowBody => {
            sleep(latency / 2).await;
            json(StatusCode::OK, trickle(good, latency / 2))
        }
    }
}

/// A body that fails before its first byte: the server then closes the
/// connection, and not even the headers have left.
fn cut() -> Body {
    let error = io::Error::from(io::ErrorKind::ConnectionAborted);
    Body::from_stream(stream::iter([Err::<Vec<u8>, _>(error)]))
}

/// A body that takes that long. Each piece is due at a time since the start,
/// so that late timers do not add up.
fn trickle(text: String, duration: Duration) -> Body {
    let size = text.len().div_ceil(PIECES as usize).max(1);
    let pieces: Vec<Vec<u8>> = text.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
    let start = tokio::time::Instant::now();
    let due = (1..=PIECES).map(move |piece| start + duration * piece / PIECES);
    let pieces = pieces.into_iter().zip(due);
    Body::from_stream(stream::unfold(pieces, |mut pieces| async move {
        let (piece, due) = pieces.next()?;
        tokio::time::sleep_until(due).await;
        Some((Ok::<_, Infallible>(piece), pieces))
    }))
}

/// An answer that says in a sentence why it is not the one wanted. The sentence
/// becomes a JSON string, so what was sent here is escaped.
fn refusal(status: StatusCode, sentence: &str) -> Response<Body> {
    let escaped: String = sentence
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.into(),
        })
        .collect();
    json(status, format!("{{\"error\":\"{escaped}\"}}").into())
}

fn json(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;

    /// What a service sends until it closes the connection, headers in lower
    /// case, and how long it takes.
    async fn ask(request: &str) -> io::Result<(String, Duration)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let asked = async {
            let start = Instant::now();
            let mut stream = TcpStream::connect(address).await?;
            let text = format!("{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            stream.write_all(text.as_bytes()).await?;
            let mut answer = Vec::new();
            // A connection that is cut may end in an error.
            let _ = stream.read_to_end(&mut answer).await;
            let answer = String::from_utf8_lossy(&answer).to_lowercase();
            Ok((answer, start.elapsed()))
        };
        tokio::select! {
            answer = asked => answer,
            stopped = serve("user", listener) => Err(stopped.err().unwrap_or(io::ErrorKind::Other.into())),
        }
    }

    fn body(answer: &str) -> &str {
        answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

    /// What the service says that it took by itself, in milliseconds.
    fn own_time(answer: &str) -> f64 {
        let (_, rest) = answer
            .split_once("server-timing: user;dur=")
            .unwrap_or_default();
        let digits = rest.lines().next().unwrap_or_default();
        digits.parse().unwrap_or(f64::NAN)
    }

    #[tokio::test]
    async fn an_answer_takes_its_time_and_may_be_read_and_timed_by_any_page() -> io::Result<()> {
        let (answer, took) = ask("GET /user?ms=120&status=503").await?;
        assert!(answer.starts_with("http/1.1 503"), "{answer}");
        assert!(took >= Duration::from_millis(120), "{took:?}");
        for header in [
            "access-control-allow-origin: *",
            "timing-allow-origin: *",
            "cache-control: no-store",
        ] {
            assert!(answer.contains(header), "{header} is not in {answer}");
        }
        // As long as it was to take, and no longer than the call.
        let took = took.as_secs_f64() * 1000.0;
        assert!(
            (120.0..=took + 0.1).contains(&own_time(&answer)),
            "{took}: {answer}"
        );
        Ok(())
    }

    #[tokio::test]
    async fn the_browser_gets_leave_for_pages_of_public_hosts() -> io::Result<()> {
        let (answer, _) = ask("OPTIONS /user?ms=20000").await?;
        assert!(answer.starts_with("http/1.1 204"), "{answer}");
        for header in [
            "access-control-allow-origin: *",
            "access-control-allow-methods: get",
            "access-control-allow-private-network: true",
        ] {
            assert!(answer.contains(header), "{header} is not in {answer}");
        }
        Ok(())
    }

    #[tokio::test]
    async fn a_dropped_call_gets_not_one_byte() -> io::Result<()> {
        let (answer, took) = ask("GET /user?ms=60&fault=drop").await?;
        assert_eq!(answer, "");
        assert!(took >= Duration::from_millis(60), "{took:?}");
        Ok(())
    }

    #[tokio::test]
    async fn what_comes_while_as_many_are_served_as_may_be_is_refused_at_once() {
        let service = Service::new("user");
        let ask = |query: &str| {
            let asked = Asked::parse(query).expect("a call");
            let service = &service;
            async move {
                let start = Instant::now();
                let status = answer(service, asked).await.status().as_u16();
                (status, start.elapsed() >= Duration::from_millis(100))
            }
        };
        let limited = "ms=100&limit=2";
        let all = tokio::join!(
            ask(limited),
            ask(limited),
            ask(limited),
            ask("ms=100&limit=3")
        );
        assert_eq!(all, ((200, true), (200, true), (429, false), (200, true)));
        // Whoever hangs up makes room, and so does an answer.
        let patience = Duration::from_millis(20);
        let given_up = tokio::time::timeout(patience, ask("ms=100&limit=1")).await;
        assert!(given_up.is_err());
        assert_eq!(ask("ms=100&limit=1").await, (200, true));
        assert_eq!(ask(limited).await, (200, true));
    }

    #[tokio::test]
    async fn a_call_that_hangs_gets_no_answer_either() -> io::Result<()> {
        // Not while another is answered that takes its time.
        tokio::select! {
            answer = ask("GET /user?ms=0&fault=hang") => panic!("{answer:?}"),
            other = ask("GET /user?ms=300") => assert!(other?.0.starts_with("http/1.1 200")),
        }
        Ok(())
    }

    #[tokio::test]
    async fn malformed_is_half_of_what_is_good_and_slow_is_all_of_it() -> io::Result<()> {
        let (good, _) = ask("GET /user?ms=0").await?;
        let (bad, _) = ask("GET /user?ms=0&fault=malformed").await?;
        assert_eq!(body(&good), "{\"service\":\"user\",\"ms\":0}");
        assert!(body(&good).starts_with(body(&bad)) && !body(&bad).is_empty());
        assert!(body(&bad).len() < body(&good).len(), "{bad}");
        let (slow, took) = ask("GET /user?ms=200&fault=slow-body").await?;
        assert!(took >= Duration::from_millis(200), "{took:?}");
        // The service answered at half the time; it came in chunks since.
        let took = took.as_secs_f64() * 1000.0;
        assert!(
            (100.0..took - 50.0).contains(&own_time(&slow)),
            "{took}: {slow}"
        );
        assert!(slow.contains("transfer-encoding: chunked"), "{slow}");
        Ok(())
    }

    #[tokio::test]
    async fn what_cannot_be_answered_says_so_in_json() -> io::Result<()> {
        for (request, status) in [
            ("GET /user?ms=%22%5C%0A", "400"),
            ("GET /orders?ms=1", "404"),
            ("POST /user?ms=1", "405"),
        ] {
            let (answer, _) = ask(request).await?;
            assert!(
                answer.starts_with(&format!("http/1.1 {status}")),
                "{answer}"
            );
            let said: serde_json::Value = serde_json::from_str(body(&answer))?;
            assert!(said["error"].is_string(), "{answer}");
        }
        Ok(())
    }
}
