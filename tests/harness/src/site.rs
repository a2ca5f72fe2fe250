//! The built page on a plain static host: at any path, and remembering what
//! it was asked for.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode, header};

use crate::server::Server;

/// A request that the host has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The file's name below the base path; empty for the page itself, and the
    /// whole path, with its slash, for what is not below the base path.
    pub file: String,
    /// What it was answered with.
    pub status: u16,
    /// Whether it was a browser on its way to a page, and not a page or a
    /// service worker that loads its parts.
    pub is_navigation: bool,
}

type Rewrite = Box<dyn Fn(String) -> String + Send + Sync>;

struct Content {
    folder: Mutex<PathBuf>,
    base: String,
    missing: Option<&'static str>,
    rewrite: Option<Rewrite>,
    served: Mutex<Vec<Served>>,
}

/// A host that is about to serve.
pub struct SiteBuilder(Content);

/// A host that serves.
pub struct Site {
    server: Server,
    content: Arc<Content>,
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Site").field(&self.url("")).finish()
    }
}

impl SiteBuilder {
    /// At this path instead of `/`; it begins and ends with a slash.
    #[must_use]
    pub fn at(mut self, base: &str) -> Self {
        self.0.base = base.into();
        self
    }

    /// Without the files whose names end so: they answer 404.
    #[must_use]
    pub fn without(mut self, ending: &'static str) -> Self {
        self.0.missing = Some(ending);
        self
    }

    /// With the page's HTML changed for browsers on their way to it. What the
    /// service worker stores stays as built, because it checks every byte.
    #[must_use]
    pub fn rewriting(mut self, rewrite: impl Fn(String) -> String + Send + Sync + 'static) -> Self {
        self.0.rewrite = Some(Box::new(rewrite));
        self
    }

    /// Starts serving.
    ///
    /// # Errors
    /// If there is no port to be had.
    pub fn start(self) -> Result<Site> {
        let content = Arc::new(self.0);
        let routes = Router::new()
            .fallback(serve)
            .with_state(Arc::clone(&content));
        let server = Server::start(routes)?;
        Ok(Site { server, content })
    }
}

impl Site {
    /// A host for the files in this folder.
    #[must_use]
    pub fn of(folder: &Path) -> SiteBuilder {
        SiteBuilder(Content {
            folder: Mutex::new(folder.into()),
            base: "/".into(),
            missing: None,
            rewrite: None,
            served: Mutex::default(),
        })
    }

    /// A host for the built page, at `/`.
    ///
    /// # Errors
    /// If the page was not built or there is no port to be had.
    pub fn start() -> Result<Site> {
        Self::of(&crate::dist::folder()?).start()
    }

    /// The page's URL, with this query string.
    #[must_use]
    pub fn url(&self, query: &str) -> String {
        let Content { base, .. } = &*self.content;
        let separator = if query.is_empty() { "" } else { "?" };
        format!("{}{base}{separator}{query}", self.server.origin())
    }

    /// Everything it was asked for, in order.
    #[must_use]
    pub fn served(&self) -> Vec<Served> {
        let served = &self.content.served;
        served
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Serves these files instead, all at once, as a host does that was
    /// deployed to.
    pub fn deploy(&self, folder: &Path) {
        let content = &self.content.folder;
        *content.lock().unwrap_or_else(PoisonError::into_inner) = folder.into();
    }

    /// Goes off the network, with every open connection.
    pub fn stop(&mut self) {
        self.server.stop();
    }
}

async fn serve(State(content): State<Arc<Content>>, request: Request) -> Response<Body> {
    let path = request.uri().path();
    let file = path.strip_prefix(&content.base).unwrap_or(path);
    let is_navigation = is_navigation(request.headers());
    let response = content.answer(file, is_navigation);
    let served = Served {
        file: file.into(),
        status: response.status().as_u16(),
        is_navigation,
    };
    let mut log = content
        .served
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    log.push(served);
    response
}

fn is_navigation(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-mode")
        .is_some_and(|mode| mode == "navigate")
}

impl Content {
    fn path(&self, name: &str) -> PathBuf {
        let folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        folder.join(name)
    }

    fn answer(&self, file: &str, is_navigation: bool) -> Response<Body> {
        let name = if file.is_empty() { "index.html" } else { file };
        let is_missing = self.missing.is_some_and(|ending| name.ends_with(ending));
        let is_inside = name.split('/').all(|part| !part.is_empty() && part != "..");
        if is_missing || !is_inside {
            return not_found();
        }
        let Ok(mut bytes) = std::fs::read(self.path(name)) else {
            return not_found();
        };
        if let Some(rewrite) = self
            .rewrite
            .as_ref()
            .filter(|_| name == "index.html" && is_navigation)
        {
            bytes = rewrite(String::from_utf8_lossy(&bytes).into_owned()).into_bytes();
        }
        let mut response = Response::new(Body::from(bytes));
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static(mime(name)),
        );
        // Nothing may come out of the browser's cache unasked: a test of the
        // page offline would pass without a service worker.
        headers.insert(
            header::CACHE_CONTROL,
            header::HeaderValue::from_static("no-cache"),
        );
        response
    }
}

fn not_found() -> Response<Body> {
    let mut response = Response::new(Body::from("Not found"));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
