//! A web server on a port of its own, which can be switched off at once and
//! can cut single connections, as real ones do when they break.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// How long a port may be in use before that is an error, and how often to look.
const BUSY: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(10);

/// A running server. It has a thread of its own, so that it goes on answering
/// while a test blocks, and so that stopping it takes every open connection
/// along: a browser would go on using those that a graceful end leaves open.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    routes: Router,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves the routes on a free port of this machine.
    ///
    /// # Errors
    /// If there is no port to be had.
    pub fn start(routes: Router) -> Result<Self> {
        let mut server = Self {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            routes,
            stop: None,
            thread: None,
        };
        server.restart()?;
        Ok(server)
    }

    /// Stops, and serves again on the same port.
    ///
    /// # Errors
    /// If the port is somebody else's by now.
    pub fn restart(&mut self) -> Result<()> {
        self.stop();
        let listener = listen(self.address)?;
        listener.set_nonblocking(true)?;
        self.address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let routes = self.routes.clone();
        let serve = move || {
            runtime.block_on(async {
                let Ok(listener) = TcpListener::from_std(listener) else {
                    return;
                };
                let routes = routes.into_make_service_with_connect_info::<Cut>();
                tokio::select! {
                    _ = axum::serve(CuttableListener(listener), routes) => {}
                    _ = stopped => {}
                }
            });
        };
        let thread = std::thread::Builder::new()
            .name("server".into())
            .spawn(serve)
            .context("cannot start a thread for a server")?;
        self.stop = Some(stop);
        self.thread = Some(thread);
        Ok(())
    }

    /// Its origin, without a slash at its end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Refuses connections from now on, and cuts those that are open.
    pub fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A server that panicked has stopped as well.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// While a server was away, a connection of somebody else's may have taken its
/// port for a moment.
fn listen(address: SocketAddr) -> io::Result<std::net::TcpListener> {
    let start = Instant::now();
    loop {
        match std::net::TcpListener::bind(address) {
            Err(_) if start.elapsed() < BUSY => std::thread::sleep(LOOK),
            listener => return listener,
        }
    }
}

/// How a connection ends.
const CLOSED: u8 = 1;
const RESET: u8 = 2;

/// Cuts the connection that a request came by.
#[derive(Clone, Debug, Default)]
pub struct Cut(Arc<AtomicU8>);

impl Cut {
    /// Nothing is read or written from now on: the other side sees the
    /// connection closed before any answer.
    pub fn cut(&self) {
        self.0.store(CLOSED, Ordering::Relaxed);
    }

    /// As [`Self::cut`], but the other side is told that something went wrong
    /// (TCP's RST), and what was on its way to it may be lost.
    pub fn reset(&self) {
        self.0.store(RESET, Ordering::Relaxed);
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Cut {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().cut.clone()
    }
}

struct CuttableListener(TcpListener);

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Answers are timed: none may wait to be sent with another.
        let _ = stream.set_nodelay(true);
        let cut = Cut::default();
        (CuttableStream { stream, cut }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

struct CuttableStream {
    stream: TcpStream,
    cut: Cut,
}

impl CuttableStream {
    fn check(&self) -> io::Result<()> {
        match self.cut.0.load(Ordering::Relaxed) {
            CLOSED => Err(io::ErrorKind::ConnectionAborted.into()),
            RESET => {
                self.stream.set_zero_linger()?;
                Err(io::ErrorKind::ConnectionReset.into())
            }
            _ => Ok(()),
        }
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(cx, buffer)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
