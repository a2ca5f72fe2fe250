//! What stands between a program and the services: it sends each call on to
//! its service on whatever port that has, with a fault where one is wanted,
//! and remembers how the calls went.
//!
//! To Python and Rust it is the proxy of the environment, to JavaScript the
//! host that `fetch()` is pointed at. So the programs run unchanged.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use futures::stream;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::{Result, service};

/// How long calls may take to notice that their program has ended.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the calls went, by the names of the services.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// In the order of arrival.
    pub asked: Vec<String>,
    /// Those that got an answer, good or bad.
    pub answered: Vec<String>,
    /// Those whose caller went away, in alphabetical order.
    pub aborted: Vec<String>,
    /// The most that were in flight at any one time.
    pub most: usize,
}

/// Services, and the queries that take the place of what is asked of them.
pub type Behaving = &'static [(&'static str, &'static str)];

struct Switch {
    client: reqwest::Client,
    ports: [(&'static str, u16); 3],
    behaving: Behaving,
    log: Mutex<Log>,
}

impl Switch {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    fn in_flight(&self) -> usize {
        self.asked.len() - self.answered.len() - self.aborted.len()
    }
}

/// The services and what stands before them. Dropped, they are gone.
pub struct Front {
    pub port: u16,
    switch: Arc<Switch>,
    _servers: JoinSet<std::io::Result<()>>,
}

impl Front {
    /// Services that do as they are asked, but for those that behave so.
    pub async fn start(behaving: Behaving) -> Result<Self> {
        let mut servers = JoinSet::new();
        let mut ports = [("user", 0), ("billing", 0), ("orders", 0)];
        for (name, port) in &mut ports {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            *port = listener.local_addr()?.port();
            servers.spawn(service::serve(name, listener));
        }
        let switch = Arc::new(Switch {
            client: reqwest::Client::builder().no_proxy().build()?,
            ports,
            behaving,
            log: Mutex::default(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let routes = Router::new().fallback(send_on);
        let routes = routes.with_state(Arc::clone(&switch));
        servers.spawn(async move { axum::serve(listener, routes).await });
        Ok(Self {
            port,
            switch,
            _servers: servers,
        })
    }

    /// How all calls went, once none is in flight any more.
    pub async fn log(&self) -> Result<Log> {
        let settled = async {
            loop {
                let log = self.switch.log().clone();
                if log.in_flight() == 0 {
                    return log;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let mut log = tokio::time::timeout(PATIENCE, settled).await?;
        log.aborted.sort();
        Ok(log)
    }
}

/// A call in flight. Dropped before it is answered, its caller went away.
struct InFlight<'a> {
    switch: &'a Switch,
    name: Option<String>,
}

impl<'a> InFlight<'a> {
    fn begin(switch: &'a Switch, name: &str) -> Self {
        let mut log = switch.log();
        log.asked.push(name.into());
        log.most = log.most.max(log.in_flight());
        let name = Some(name.into());
        Self { switch, name }
    }

    fn answered(mut self) {
        self.switch.log().answered.extend(self.name.take());
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.switch.log().aborted.extend(self.name.take());
    }
}

async fn send_on(State(switch): State<Arc<Switch>>, request: Request) -> Response<Body> {
    let name = request.uri().path().trim_start_matches('/');
    let call = InFlight::begin(&switch, name);
    let asked = request.uri().query().unwrap_or_default();
    let own = switch.behaving.iter().find(|(known, _)| *known == name);
    let query = own.map_or(asked, |(_, query)| query);
    let port = switch.ports.iter().find(|(known, _)| *known == name);
    let port = port.map_or(0, |(_, port)| *port);
    let url = format!("http://127.0.0.1:{port}/{name}?{query}");
    let answer = fetch(&switch.client, &url).await;
    call.answered();
    let (status, body) = match answer {
        Ok((status, body)) => (status, Body::from(body)),
        // Cut as it was cut here.
        Err(error) => {
            let broken = stream::iter([Err::<Bytes, _>(error)]);
            (StatusCode::OK, Body::from_stream(broken))
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}

async fn fetch(client: &reqwest::Client, url: &str) -> reqwest::Result<(StatusCode, Bytes)> {
    let answer = client.get(url).send().await?;
    Ok((answer.status(), answer.bytes().await?))
}
