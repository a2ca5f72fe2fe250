//! A connection by WebDriver BiDi: commands with their answers, and the events
//! that were subscribed to.

use std::collections::VecDeque;

use anyhow::{Context as _, Result, bail};
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// An open connection.
#[derive(Debug)]
pub(super) struct Bidi(Mutex<Connection>);

#[derive(Debug)]
struct Connection {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    commands: u64,
    events: VecDeque<Value>,
}

impl Bidi {
    /// Connects to a session by the URL that it gave.
    pub(super) async fn connect(url: &str) -> Result<Self> {
        let (socket, _) = connect_async(url)
            .await
            .context("no connection by WebDriver BiDi")?;
        Ok(Self(Mutex::new(Connection {
            socket,
            commands: 0,
            events: VecDeque::new(),
        })))
    }

    /// Sends a command and gives its result.
    ///
    /// # Errors
    /// If the browser refuses it, or is gone.
    pub(super) async fn send(&self, method: &str, parameters: Value) -> Result<Value> {
        let mut connection = self.0.lock().await;
        connection.commands += 1;
        let id = connection.commands;
        let command = json!({ "id": id, "method": method, "params": parameters });
        let command = Message::text(command.to_string());
        connection.socket.send(command).await?;
        loop {
            let message = connection.socket.next().await;
            let message = message.context("the browser closed the connection")??;
            let Message::Text(text) = message else {
                continue;
            };
            let mut said: Value = serde_json::from_str(&text)?;
            if said["type"] == "event" {
                connection.events.push_back(said["params"].take());
            } else if said["id"] == id {
                if said["type"] == "error" {
                    bail!("the browser refused {method}: {}", said["message"]);
                }
                return Ok(said["result"].take());
            }
        }
    }

    /// What the events told that came before the last answer and were not asked
    /// for yet.
    pub(super) async fn events(&self) -> Vec<Value> {
        self.0.lock().await.events.drain(..).collect()
    }
}
