//! Tries a host: whether the page that it serves works there.
//!
//! `hosted URL` opens that URL and runs the page. `hosted URL -- COMMAND …`
//! starts the command, which is to serve the page there, and ends it when the
//! page has run, to see the second visit work without it.

use std::net::TcpStream;
use std::process::{Child, Command, ExitCode, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use harness::browser::{Browser, Options};
use harness::wait::{PATIENCE, until};
use url::Url;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match check(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hosted: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn check(arguments: &[String]) -> Result<()> {
    let (url, server) = match arguments {
        [url] => (url, None),
        [url, dashes, command, rest @ ..] if dashes == "--" => (url, Some((command, rest))),
        _ => bail!("usage: hosted URL [-- COMMAND …]"),
    };
    let server = server.map(|(command, rest)| Server::start(command, rest));
    let server = server.transpose()?;
    let browser = Browser::start(&Options::default()).await?;
    let is_there = async || Ok(browser.open(url).await.is_ok());
    until("the host to answer", PATIENCE, is_there, |&is| is).await?;
    visit(&browser).await.context("the first visit")?;
    println!("{url}: the page runs, on its service worker");
    if let Some(server) = server {
        server.stop()?;
        let is_gone = async || Ok(answers(url).is_none());
        until("the host to be gone", PATIENCE, is_gone, |&is| is).await?;
        browser.open("about:blank").await?;
        browser.open(url).await?;
        visit(&browser).await.context("the second visit, offline")?;
        println!("{url}: and again when the host is gone");
    }
    Ok(())
}

async fn visit(browser: &Browser) -> Result<()> {
    browser.wait_for_state("ready").await?;
    let result = browser.run_by_click(PATIENCE).await?;
    ensure!(
        result.source == "service-worker",
        "the source is {}: does the host serve sw.js?",
        result.source
    );
    // What the worker stores for later it may still be loading until then.
    browser.wait_for_worker().await?;
    browser.check_clean().await
}

/// Somebody who takes connections where the URL says.
fn answers(url: &str) -> Option<TcpStream> {
    let url = Url::parse(url).ok()?;
    let addresses = url.socket_addrs(|| None).ok()?;
    addresses
        .iter()
        .find_map(|address| TcpStream::connect(address).ok())
}

/// A running server, which ends with this.
struct Server(Child);

impl Server {
    fn start(command: &str, arguments: &[String]) -> Result<Self> {
        let mut command = Command::new(command);
        command.args(arguments).stdin(Stdio::null());
        let started = command.stdout(Stdio::null()).spawn();
        Ok(Self(started.context("cannot start the server")?))
    }

    /// Asks it to end, which takes its own children along; being killed would
    /// leave them.
    fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").arg(self.0.id().to_string()).status();
        ensure!(asked?.success(), "the server has ended before");
        self.0.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself needs no ending.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
