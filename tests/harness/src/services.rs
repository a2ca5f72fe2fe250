//! Slow services on a real HTTP server that remembers every call: when it
//! came, with what headers, and how it ended, be it with an answer or with the
//! caller gone.
//!
//! `GET /<name>?ms=<latency>[&status=…|&fault=drop|hang|malformed|slow-body]`,
//! as the page's own embedded services have it. Beside that `to=<URL>` redirects,
//! `fault=endless|bomb|half` hurts, `size=<bytes>&bits=<a second>` is long,
//! `cors=none` lets no other page read the answer (`every-other`: the second one,
//! and so on), `type=…` says what it is, and `head=<latency>` is that of a `HEAD`.

mod bodies;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};
use futures::stream;
use serde_json::json;
use url::form_urlencoded;

use crate::server::{Cut, Server};
use crate::wait::until;

/// In how many pieces a slow body comes.
const PIECES: u32 = 4;

/// When a call that "hangs" is cut: after any test's patience.
const HANG: Duration = Duration::from_secs(60);

/// A call as the services saw it. Times are since the services started.
#[derive(Clone, Debug)]
pub struct Call {
    /// The service that was called.
    pub name: String,
    /// `GET`, or `OPTIONS` if the browser asked for leave first.
    pub method: String,
    /// The request's headers, with names in lower case.
    pub headers: BTreeMap<String, String>,
    /// When it arrived.
    pub arrived: Duration,
    /// How it ended, once it has.
    pub ended: Option<Ended>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The (last of the) answer left then.
    Answered(Duration),
    /// The caller closed the connection before it had the whole answer.
    Closed(Duration),
    /// The service itself cut the connection, as it was asked to.
    Cut(Duration),
}

impl Call {
    /// When it ended in whatever way, if it has.
    #[must_use]
    pub fn over(&self) -> Option<Duration> {
        self.ended.map(|ended| match ended {
            Ended::Answered(at) | Ended::Closed(at) | Ended::Cut(at) => at,
        })
    }

    /// When the answer left, if one did.
    #[must_use]
    pub fn answered(&self) -> Option<Duration> {
        match self.ended {
            Some(Ended::Answered(at)) => Some(at),
            _ => None,
        }
    }

    /// Whether the caller closed the connection.
    #[must_use]
    pub fn was_closed(&self) -> bool {
        matches!(self.ended, Some(Ended::Closed(_)))
    }
}

/// The most of these calls that were in flight at any one time.
#[must_use]
pub fn most_in_flight(calls: &[Call]) -> usize {
    let in_flight = |at: Duration| {
        let calls = calls.iter().filter(|call| call.arrived <= at);
        calls
            .filter(|call| call.over().is_none_or(|over| over > at))
            .count()
    };
    // It only grows when a call arrives.
    let counts = calls.iter().map(|call| in_flight(call.arrived));
    counts.max().unwrap_or_default()
}

#[derive(Debug)]
struct Log {
    start: Instant,
    calls: Mutex<Vec<Call>>,
}

impl Log {
    fn calls(&self) -> MutexGuard<'_, Vec<Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

/// The running services.
#[derive(Debug)]
pub struct Services {
    server: Server,
    log: Arc<Log>,
}

impl Services {
    /// Starts them on a port of their own.
    ///
    /// # Errors
    /// If there is no port to be had.
    pub fn start() -> Result<Self> {
        let log = Arc::new(Log {
            start: Instant::now(),
            calls: Mutex::default(),
        });
        let routes = Router::new().fallback(serve).with_state(Arc::clone(&log));
        let server = Server::start(routes)?;
        Ok(Self { server, log })
    }

    /// Goes off the network, with every open connection.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Where they are: any name below it is one of them.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// The URL of a service that behaves so: `ms=300&status=503`.
    #[must_use]
    pub fn url(&self, name: &str, query: &str) -> String {
        format!("{}/{name}?{query}", self.server.origin())
    }

    /// A query string that has the page call a service for each of these
    /// names, with the latencies in milliseconds.
    #[must_use]
    pub fn endpoints(&self, calls: &[(&str, u32)]) -> String {
        let tasks: Vec<String> = calls
            .iter()
            .map(|(name, ms)| format!("{name}:{ms}"))
            .collect();
        let behaviours: Vec<String> = calls.iter().map(|(_, ms)| format!("ms={ms}")).collect();
        let names = calls.iter().map(|(name, _)| *name);
        let behaving: Vec<(&str, &str)> =
            names.zip(behaviours.iter().map(String::as_str)).collect();
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("tasks", &tasks.join(","));
        format!("{}&{}", query.finish(), self.behaving(&behaving))
    }

    /// A query string that has the page call a service for each of these
    /// names that behaves so: `ms=300&status=503`. What they take is not said.
    #[must_use]
    pub fn behaving(&self, calls: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, behaviour) in calls {
            let url = self.url(name, behaviour);
            query.append_pair("endpoint", &format!("{name}@{url}"));
        }
        query.finish()
    }

    /// Every call so far, in the order of arrival.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.log.calls().clone()
    }

    /// Waits until the calls are as wanted.
    ///
    /// # Errors
    /// If they are not within that time.
    pub async fn wait(
        &self,
        what: &str,
        patience: Duration,
        good: impl Fn(&[Call]) -> bool,
    ) -> Result<Vec<Call>> {
        until(
            what,
            patience,
            async || Ok(self.calls()),
            |calls| good(calls),
        )
        .await
    }
}

/// A call that has not ended; one that is dropped so was closed by its caller.
struct InFlight {
    log: Arc<Log>,
    index: usize,
}

impl InFlight {
    fn begin(log: &Arc<Log>, request: &Request) -> Self {
        let headers = request.headers().iter();
        let call = Call {
            name: request.uri().path().trim_start_matches('/').into(),
            method: request.method().to_string(),
            headers: headers
                .map(|(name, value)| {
                    (
                        name.to_string(),
                        String::from_utf8_lossy(value.as_bytes()).into(),
                    )
                })
                .collect(),
            arrived: log.now(),
            ended: None,
        };
        let mut calls = log.calls();
        calls.push(call);
        Self {
            log: Arc::clone(log),
            index: calls.len() - 1,
        }
    }

    fn name(&self) -> String {
        let calls = self.log.calls();
        let call = calls.get(self.index);
        call.map(|call| call.name.clone()).unwrap_or_default()
    }

    fn end(&self, how: fn(Duration) -> Ended) {
        let now = self.log.now();
        if let Some(call) = self.log.calls().get_mut(self.index) {
            call.ended.get_or_insert(how(now));
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.end(Ended::Closed);
    }
}

async fn serve(
    State(log): State<Arc<Log>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response<Body> {
    let call = InFlight::begin(&log, &request);
    let query = request.uri().query().unwrap_or_default();
    let query: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let key = match request.method() {
        &Method::HEAD if query.contains_key("head") => "head",
        _ => "ms",
    };
    let ms = query.get(key).and_then(|ms| ms.parse().ok()).unwrap_or(0);
    let mut response = respond(request.method(), &query, ms, call, &cut).await;
    let headers = response.headers_mut();
    let is_read = match query.get("cors").map(String::as_str) {
        None => true,
        Some("every-other") => !log.calls().len().is_multiple_of(2),
        Some(_) => false,
    };
    if !is_read {
        headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    }
    let told = [("type", header::CONTENT_TYPE), ("to", header::LOCATION)];
    for (key, name) in told {
        if let Some(value) = query
            .get(key)
            .and_then(|value| HeaderValue::from_str(value).ok())
        {
            headers.insert(name, value);
        }
    }
    if query.get("fault").is_some_and(|fault| fault == "bomb") {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    let timing = HeaderValue::from_str(&format!("service;dur={ms}"));
    if let Ok(timing) = timing {
        let name = HeaderName::from_static("server-timing");
        response.headers_mut().insert(name, timing);
    }
    response
}

async fn respond(
    method: &Method,
    query: &BTreeMap<String, String>,
    ms: u64,
    call: InFlight,
    cut: &Cut,
) -> Response<Body> {
    let latency = Duration::from_millis(ms);
    if *method == Method::OPTIONS {
        call.end(Ended::Answered);
        return answer(StatusCode::NO_CONTENT, Body::empty());
    }
    let good = json!({ "service": call.name(), "ms": ms }).to_string();
    match query.get("fault").map(String::as_str) {
        Some("slow-body") => {
            tokio::time::sleep(latency / 2).await;
            return answer(StatusCode::OK, trickle(good, latency / 2, call));
        }
        Some(fault @ ("drop" | "hang")) => {
            tokio::time::sleep(if fault == "hang" { HANG } else { latency }).await;
            call.end(Ended::Cut);
            cut.cut();
            return answer(StatusCode::OK, Body::empty());
        }
        _ => tokio::time::sleep(latency).await,
    }
    let number = |key: &str| {
        query
            .get(key)
            .and_then(|number: &String| number.parse().ok())
    };
    if let Some(size) = number("size") {
        let bits = number("bits").unwrap_or_default();
        let size = usize::try_from(size).unwrap_or_default();
        return answer(StatusCode::OK, bodies::paced(size, bits, call));
    }
    match query.get("fault").map(String::as_str) {
        Some("endless") => return answer(StatusCode::OK, bodies::endless(call)),
        Some("bomb") => return answer(StatusCode::OK, bodies::bomb(call)),
        Some("half") => return answer(StatusCode::OK, bodies::half(&good, call)),
        _ => {}
    }
    let body = match query.get("fault").map(String::as_str) {
        Some("malformed") => good[..good.len() / 2].to_owned(),
        _ => good,
    };
    let status = query.get("status").and_then(|status| status.parse().ok());
    let status = status.and_then(|status: u16| StatusCode::from_u16(status).ok());
    let usual = match query.contains_key("to") {
        true => StatusCode::FOUND,
        false => StatusCode::OK,
    };
    call.end(Ended::Answered);
    answer(status.unwrap_or(usual), Body::from(body))
}

/// A body that takes that long; the call ends with its last piece.
fn trickle(text: String, duration: Duration, call: InFlight) -> Body {
    let size = text.len().div_ceil(PIECES as usize).max(1);
    let pieces: Vec<Vec<u8>> = text.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
    let pieces = pieces.into_iter();
    Body::from_stream(stream::unfold(
        (pieces, call),
        move |(mut pieces, call)| async move {
            let piece = pieces.next()?;
            tokio::time::sleep(duration / PIECES).await;
            if pieces.len() == 0 {
                call.end(Ended::Answered);
            }
            Some((Ok::<_, Infallible>(piece), (pieces, call)))
        },
    ))
}

/// An answer that any page may read, and time.
fn answer(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let any = HeaderValue::from_static("*");
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any.clone());
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, any.clone());
    headers.insert(HeaderName::from_static("timing-allow-origin"), any);
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    response
}
