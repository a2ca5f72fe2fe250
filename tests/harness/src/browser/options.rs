//! What a test wants its browser to be like.

use std::path::PathBuf;

/// Records what the page says and does wrong; always injected.
const PROBE: &str = include_str!("probe.js");

/// Counts frames and timers; injected where they are asked for, because it
/// stands between the page and the real functions.
const COUNTER: &str = include_str!("counter.js");

/// How the browser treats service workers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ServiceWorkers {
    /// As browsers do.
    #[default]
    Allowed,
    /// Asking for them throws, as in a sandboxed frame.
    Forbidden,
    /// They are there, and registering one fails, as with storage blocked.
    Rejected,
    /// There are none, as in some private modes and on plain-HTTP hosts.
    Absent,
}

impl ServiceWorkers {
    fn script(self) -> Option<&'static str> {
        match self {
            Self::Allowed => None,
            Self::Forbidden => Some(
                "Object.defineProperty(Navigator.prototype, 'serviceWorker', { configurable: true,
                   get() { throw new DOMException('Service worker is disabled because the context is sandboxed', 'SecurityError'); } });",
            ),
            Self::Rejected => Some(
                "if (window.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = () =>
                   Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));",
            ),
            Self::Absent => Some("delete Navigator.prototype.serviceWorker;"),
        }
    }
}

/// What the browser is like; [`Options::default`] is a laptop.
#[derive(Clone, Debug)]
pub struct Options {
    /// Width and height of the page in pixels.
    pub size: (u32, u32),
    /// Whether the reader asked their system for less motion.
    pub reduced_motion: bool,
    /// Whether the reader's system is dark.
    pub dark: bool,
    /// How it treats service workers.
    pub service_workers: ServiceWorkers,
    /// Whether pages in frames of other sites are refused all storage, service
    /// workers with it.
    pub blocks_third_parties: bool,
    /// Whether to count frames and timers.
    pub count_wakeups: bool,
    /// Whether to record what the main thread does, as Chromium can; see
    /// [`Browser::trace`](super::Browser::trace).
    pub trace: bool,
    /// Scripts that run before the page's own.
    pub inject: Vec<String>,
    /// The file by which fontconfig, where there is that, finds and draws fonts
    /// in place of the system's.
    pub fonts: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            size: (1280, 800),
            reduced_motion: false,
            dark: false,
            service_workers: ServiceWorkers::default(),
            blocks_third_parties: false,
            count_wakeups: false,
            trace: false,
            inject: Vec::new(),
            fonts: None,
        }
    }
}

impl Options {
    pub(super) fn scripts(&self) -> impl Iterator<Item = &str> {
        let counter = self.count_wakeups.then_some(COUNTER);
        let workers = self.service_workers.script();
        let inject = self.inject.iter().map(String::as_str);
        [PROBE]
            .into_iter()
            .chain(counter)
            .chain(workers)
            .chain(inject)
    }
}
