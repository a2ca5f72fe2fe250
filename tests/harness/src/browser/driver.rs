//! Chromium's WebDriver server, as a process of our own.

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// How often it is started before that is given up.
const TRIES: usize = 3;

/// How long it may take to say that it listens.
const START: Duration = Duration::from_secs(20);

/// How long a browser may take to quit.
const QUIT: Duration = Duration::from_secs(10);

/// A running chromedriver, killed when dropped.
#[derive(Debug)]
pub(super) struct Chromedriver {
    port: u16,
    _process: Child,
}

impl Chromedriver {
    /// Starts the one that `CHROMEDRIVER` names, or else the path's, on a free
    /// port; its browsers find their fonts by that file.
    pub(super) async fn start(fonts: Option<&Path>) -> Result<Self> {
        // The port that it is given for one address family may be taken in the
        // other by the time it asks; then it ends, and another try gets another.
        for _ in 1..TRIES {
            if let Ok(driver) = Self::try_start(fonts).await {
                return Ok(driver);
            }
        }
        Self::try_start(fonts).await
    }

    async fn try_start(fonts: Option<&Path>) -> Result<Self> {
        let program =
            std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| OsString::from("chromedriver"));
        let mut command = Command::new(&program);
        if let Some(fonts) = fonts {
            command.env("FONTCONFIG_FILE", fonts);
        }
        let mut process = command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| {
                format!(
                    "cannot start {}: install Chromium's driver, or set CHROMEDRIVER",
                    program.display()
                )
            })?;
        let output = process
            .stdout
            .take()
            .context("chromedriver has no output")?;
        let port = tokio::time::timeout(START, announced_port(output))
            .await
            .context("chromedriver does not start")??;
        Ok(Self {
            port,
            _process: process,
        })
    }

    /// Quits the browser of a session, and waits until it has. Blocks.
    pub(super) fn end_session(&self, session: &str) {
        // Killing the driver, which follows, would leave the browser behind.
        // Nobody is left to be told of a failure.
        let _ = self.delete(&format!("/session/{session}"));
    }

    fn delete(&self, path: &str) -> std::io::Result<()> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.set_read_timeout(Some(QUIT))?;
        write!(
            connection,
            "DELETE {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )?;
        connection.read_exact(&mut [0])
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// `ChromeDriver was started successfully on port 40371.`
async fn announced_port(output: impl tokio::io::AsyncRead + Unpin) -> Result<u16> {
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some((_, port)) = line.split_once("successfully on port ") {
            return Ok(port.trim_end_matches('.').parse()?);
        }
    }
    anyhow::bail!("chromedriver ended without saying its port")
}
