//! A browser's WebDriver server, as a process of our own.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::engine::Engine;

/// How often it is started before that is given up.
const TRIES: usize = 3;

/// How long it may take to say that it listens.
const START: Duration = Duration::from_secs(20);

/// How long a browser may take to quit.
const QUIT: Duration = Duration::from_secs(10);

/// How often to look whether it has.
const LOOK: Duration = Duration::from_millis(10);

/// A running chromedriver or geckodriver, ended when dropped.
#[derive(Debug)]
pub(super) struct Driver {
    engine: Engine,
    port: u16,
    process: Child,
}

impl Driver {
    /// Starts the engine's on a free port; its browsers keep what they write in
    /// that folder, and find their fonts by that file.
    pub(super) async fn start(engine: Engine, folder: &Path, fonts: Option<&Path>) -> Result<Self> {
        // The port that it is given for one address family may be taken in the
        // other by the time it asks; then it ends, and another try gets another.
        for _ in 1..TRIES {
            if let Ok(driver) = Self::try_start(engine, folder, fonts).await {
                return Ok(driver);
            }
        }
        Self::try_start(engine, folder, fonts).await
    }

    async fn try_start(engine: Engine, folder: &Path, fonts: Option<&Path>) -> Result<Self> {
        let mut command = Command::from(engine.driver(folder));
        if let Some(fonts) = fonts {
            command.env("FONTCONFIG_FILE", fonts);
        }
        let name = engine.driver_name();
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| {
                let variable = name.to_uppercase();
                format!("cannot start {name}: install it, or name it by {variable}")
            })?;
        let output = process.stdout.take();
        let output = output.with_context(|| format!("{name} has no output"))?;
        let port = tokio::time::timeout(START, announced_port(output))
            .await
            .with_context(|| format!("{name} does not start"))??;
        Ok(Self {
            engine,
            port,
            process,
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
            "DELETE {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        )?;
        connection.read_exact(&mut [0])
    }

    /// Its process, if that has not ended.
    pub(super) fn process(&self) -> Option<u32> {
        self.process.id()
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    /// Whatever became of its session, geckodriver takes its browser along if it
    /// is asked to end, and leaves it behind if it is killed.
    fn drop(&mut self) {
        let Some(id) = self.process.id().filter(|_| self.engine == Engine::Firefox) else {
            return;
        };
        let asked = std::process::Command::new("kill")
            .arg(id.to_string())
            .status();
        if !asked.is_ok_and(|status| status.success()) {
            return;
        }
        let start = Instant::now();
        while start.elapsed() < QUIT && matches!(self.process.try_wait(), Ok(None)) {
            std::thread::sleep(LOOK);
        }
    }
}

/// From what either driver says when it is ready; it is listened to from then on
/// too, because it may end when nobody does.
async fn announced_port(output: impl tokio::io::AsyncRead + Unpin + Send + 'static) -> Result<u16> {
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some(port) = port_in(&line) {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(port);
        }
    }
    anyhow::bail!("the driver ended without saying its port")
}

fn port_in(line: &str) -> Option<u16> {
    let announcements = ["successfully on port ", "Listening on 127.0.0.1:"];
    let port = announcements.iter().find_map(|said| line.split_once(said));
    port?.1.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_of_either_driver_is_found() {
        let chromedriver = "ChromeDriver was started successfully on port 40371.";
        assert_eq!(port_in(chromedriver), Some(40371));
        let geckodriver = "1795642305592\tgeckodriver\tINFO\tListening on 127.0.0.1:39799";
        assert_eq!(port_in(geckodriver), Some(39799));
        assert_eq!(port_in("Only local connections are allowed."), None);
    }
}
