//! The built page on a plain static host: at any path, and remembering what
//! it was asked for.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use tokio::sync::watch;

use crate::brotli;
use crate::headers::{self, Rule};
use crate::server::Server;

/// What hosts say of files whose names change with their content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// What GitHub Pages says of all files.
const TEN_MINUTES: HeaderValue = HeaderValue::from_static("max-age=600");

/// To be asked for again each time.
const EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

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
    hanging: Option<&'static str>,
    released: watch::Sender<bool>,
    rewrite: Option<Rewrite>,
    policy: Option<HeaderValue>,
    rules: Vec<Rule>,
    /// What was compressed so far, by what it was, if this host does that.
    compressed: Option<Mutex<HashMap<Vec<u8>, Vec<u8>>>>,
    /// Whether all files may be kept for ten minutes.
    keeps_all: bool,
    /// Whether pages are known by names without their ending.
    takes_endings_off: bool,
    served: Mutex<Vec<Served>>,
}

/// What is larger is sent as it is: to compress Python's parts takes most of a minute.
/// In bytes.
const LARGEST: usize = 1024 * 1024;

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

    /// With files whose names end so that do not come before they are
    /// [released](Site::release): whoever asks waits.
    #[must_use]
    pub fn hanging(mut self, ending: &'static str) -> Self {
        self.0.hanging = Some(ending);
        self
    }

    /// As hosts that read `_headers`: with the headers that the build asks for.
    ///
    /// # Errors
    /// If it asks for none.
    pub fn with_headers(mut self) -> Result<Self> {
        self.0.rules = headers::rules(&self.0.path(""))?;
        Ok(self)
    }

    /// With the page's own policy in a header, and no endpoints: it may connect to
    /// its own host alone, as docs/hosting.md has it for hosts that want none.
    ///
    /// # Errors
    /// If the page has no policy.
    pub fn without_endpoints(self) -> Result<Self> {
        let rules = headers::rules(&self.0.path(""))?;
        let mut headers = rules.iter().flat_map(|rule| &rule.headers);
        let policy = headers.find(|(name, _)| name == "Content-Security-Policy");
        let (_, policy) = policy.context("_headers names no policy")?;
        self.under_policy(&policy.replace(" http: https:", ""))
    }

    /// With the page's HTML changed for browsers on their way to it. What the
    /// service worker stores stays as built, because it checks every byte.
    #[must_use]
    pub fn rewriting(mut self, rewrite: impl Fn(String) -> String + Send + Sync + 'static) -> Self {
        self.0.rewrite = Some(Box::new(rewrite));
        self
    }

    /// With this content security policy on every page.
    ///
    /// # Errors
    /// If it cannot stand in a header.
    pub fn under_policy(mut self, policy: &str) -> Result<Self> {
        self.0.policy = Some(HeaderValue::from_str(policy)?);
        Ok(self)
    }

    /// As hosts do whose visitors should not wait: compressed beforehand, and
    /// files that have a hash in their names are for keeping.
    ///
    /// # Errors
    /// If the files cannot be read.
    pub fn tuned(mut self) -> Result<Self> {
        self.0.compressed = Some(Mutex::default());
        for entry in std::fs::read_dir(self.0.path(""))? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                self.0.compress(&std::fs::read(entry.path())?);
            }
        }
        Ok(self)
    }

    /// As GitHub Pages: every file, whatever its name, may be kept for ten
    /// minutes.
    #[must_use]
    pub fn keeping_all(mut self) -> Self {
        self.0.keeps_all = true;
        self
    }

    /// As Cloudflare Pages: a page's name has no ending, and who asks for it with
    /// one is sent to the other.
    #[must_use]
    pub fn taking_endings_off(mut self) -> Self {
        self.0.takes_endings_off = true;
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
            hanging: None,
            released: watch::Sender::new(false),
            rules: Vec::new(),
            rewrite: None,
            policy: None,
            compressed: None,
            keeps_all: false,
            takes_endings_off: false,
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

    /// The URL of a section's own page.
    #[must_use]
    pub fn section(&self, id: &str) -> String {
        format!("{}{id}.html", self.url(""))
    }

    /// The same URL by another name of this machine, and so of another site: in
    /// a frame there, or with a frame from here, it is a third party.
    #[must_use]
    pub fn foreign_url(&self, path: &str) -> String {
        let url = self.url("").replacen("127.0.0.1", "localhost", 1);
        format!("{url}{path}")
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

    /// Lets go of what it held back.
    pub fn release(&self) {
        self.content.released.send_replace(true);
    }

    /// Goes off the network, with every open connection.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Comes back, at the same URL.
    ///
    /// # Errors
    /// If the port is somebody else's by now.
    pub fn restart(&mut self) -> Result<()> {
        self.server.restart()
    }
}

async fn serve(State(content): State<Arc<Content>>, request: Request) -> Response<Body> {
    let path = request.uri().path();
    let file = path.strip_prefix(&content.base).unwrap_or(path);
    if content.hanging.is_some_and(|ending| file.ends_with(ending)) {
        // Fails if this host is no more.
        let _ = content.released.subscribe().wait_for(|is| *is).await;
    }
    let is_navigation = is_navigation(request.headers());
    let takes_brotli = takes_brotli(request.headers());
    let response = content.answer(file, is_navigation, takes_brotli);
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

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING);
    let accepted = accepted.and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.split(',').any(|one| one.trim() == "br"))
}

impl Content {
    fn path(&self, name: &str) -> PathBuf {
        let folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        folder.join(name)
    }

    fn answer(&self, file: &str, is_navigation: bool, takes_brotli: bool) -> Response<Body> {
        let mut name = if file.is_empty() { "index.html" } else { file };
        let whole = format!("{name}.html");
        if self.takes_endings_off {
            if let Some(bare) = file.strip_suffix(".html") {
                return moved(&self.base, if bare == "index" { "" } else { bare });
            }
            if self.path(&whole).is_file() {
                name = &whole;
            }
        }
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
        let compressed = Some(&bytes).filter(|_| takes_brotli);
        let compressed = compressed.and_then(|bytes| self.compress(bytes));
        let is_compressed = compressed.is_some();
        let mut response = Response::new(Body::from(compressed.unwrap_or(bytes)));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime(name)));
        headers.insert(header::CACHE_CONTROL, self.keeping(name));
        let path = format!("/{file}");
        for rule in self.rules.iter().filter(|rule| rule.matches(&path)) {
            for (name, value) in &rule.headers {
                let name = HeaderName::from_bytes(name.as_bytes());
                if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                    headers.insert(name, value);
                }
            }
        }
        // The runner's own is the only one that it may have.
        if let Some(policy) = self
            .policy
            .as_ref()
            .filter(|_| !name.starts_with("runner-"))
        {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        }
        if is_compressed {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        response
    }

    /// The bytes compressed, if this host does that, and they are not Python's.
    fn compress(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let compressed = self.compressed.as_ref()?;
        if bytes.len() > LARGEST {
            return None;
        }
        let mut compressed = compressed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = compressed.get(bytes) {
            return Some(known.clone());
        }
        let new = brotli::compressed(bytes).ok()?;
        compressed.insert(bytes.into(), new.clone());
        Some(new)
    }

    /// How long a file may be kept. Nothing may come out of the browser's cache
    /// unasked, unless the host is tuned: a test of the page offline would pass
    /// without a service worker.
    fn keeping(&self, name: &str) -> HeaderValue {
        match self.compressed {
            _ if self.keeps_all => TEN_MINUTES,
            Some(_) if has_hash(name) => FOREVER,
            _ => EACH_TIME,
        }
    }
}

/// `style-e9404596d3206e93.css`, `expert-chef-d21d5da8840889f4_bg.wasm`.
fn has_hash(name: &str) -> bool {
    let tail = name.rsplit('-').next().unwrap_or_default();
    let hash = tail.split(['.', '_']).next().unwrap_or_default();
    name.contains('-') && hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn moved(base: &str, name: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    if let Ok(there) = HeaderValue::from_str(&format!("{base}{name}")) {
        response.headers_mut().insert(header::LOCATION, there);
    }
    response
}

fn not_found() -> Response<Body> {
    let mut response = Response::new(Body::from("Not found"));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
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

/// The page without its lesson, and with this at its end: the stages that are on
/// it then are the main one and those that are given.
#[must_use]
pub fn without_lesson(html: &str, more: &str) -> String {
    let (before, rest) = html.split_once("data-lesson").unwrap_or((html, ""));
    let before = before.rsplit_once('<').map_or(before, |(before, _)| before);
    let after = rest.split_once("<footer").map_or("", |(_, after)| after);
    let page = format!("{before}<footer{after}");
    page.replacen("</body>", &format!("{more}</body>"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_a_hash_in_their_names_are_told_from_others() {
        assert!(has_hash("style-e9404596d3206e93.css"));
        assert!(has_hash("expert-chef-d21d5da8840889f4_bg.wasm"));
        assert!(!has_hash("index.html"));
        assert!(!has_hash("sw.js"));
        assert!(!has_hash("expert-chef.js"));
        assert!(!has_hash("deadbeef.css"));
    }

    #[test]
    fn brotli_is_sent_to_who_takes_it() {
        let headers = |accepted: &'static str| {
            HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))])
        };
        assert!(takes_brotli(&headers("gzip, deflate, br, zstd")));
        assert!(!takes_brotli(&headers("gzip")));
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
