//! The command line: which ports, and what to open in the browser.

use std::net::Ipv4Addr;

use form_urlencoded::Serializer;
use futures::future::try_join_all;
use tokio::net::TcpListener;

use super::service;

/// The dashboard's services and their latencies in milliseconds.
const SERVICES: [(&str, u32); 3] = [("user", 500), ("billing", 800), ("orders", 1200)];

/// Where the first service listens unless told otherwise; the others follow.
const FIRST_PORT: u16 = 7001;

/// The highest first port that leaves room for the others.
const LAST_FIRST_PORT: u16 = u16::MAX - (SERVICES.len() as u16 - 1);

/// Where `make serve` has the page.
const PAGE: &str = "http://127.0.0.1:8080/";

/// Runs the services until Ctrl-C; or says in a sentence why not.
pub async fn run(arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let first = first_port(arguments)?;
    let mut listeners = Vec::new();
    for ((name, _), port) in SERVICES.into_iter().zip(first..) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        let listener = listener.map_err(|error| sentence(port, &error))?;
        listeners.push((name, listener));
    }
    for url in urls(first) {
        println!("{url}");
    }
    println!(
        "\nWith the page at {PAGE} (make serve), open\n{}",
        link(first)
    );
    println!("\nCtrl-C stops the services.");

    let services = listeners
        .into_iter()
        .map(|(name, listener)| service::serve(name, listener));
    // Dropped, they close every connection: a graceful end would wait for
    // calls that hang.
    tokio::select! {
        ended = try_join_all(services) => match ended {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("The services stopped: {error}.")),
        },
        interrupted = tokio::signal::ctrl_c() => {
            interrupted.map_err(|error| format!("Ctrl-C cannot be heard: {error}."))
        }
    }
}

fn sentence(port: u16, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "Port {port} of 127.0.0.1 is taken; choose three others in a row by --port and the first one's number."
        ),
        _ => format!("Port {port} of 127.0.0.1 cannot be used: {error}."),
    }
}

fn first_port(mut arguments: impl Iterator<Item = String>) -> Result<u16, String> {
    let Some(argument) = arguments.next() else {
        return Ok(FIRST_PORT);
    };
    let value = match argument.strip_prefix("--port") {
        Some("") => arguments.next(),
        Some(value) => value.strip_prefix('=').map(String::from),
        None => None,
    };
    let port = value.and_then(|value| value.parse().ok());
    let port = port.filter(|port| (1..=LAST_FIRST_PORT).contains(port));
    match (port, arguments.next()) {
        (Some(port), None) => Ok(port),
        _ => Err(format!(
            "Usage: services [--port N], where N is the first of {} ports in a row, from 1 to \
             {LAST_FIRST_PORT} ({FIRST_PORT} unless given).",
            SERVICES.len()
        )),
    }
}

/// The services' URLs, each with its latency.
fn urls(first: u16) -> impl Iterator<Item = String> {
    let numbered = SERVICES.into_iter().zip(first..);
    numbered.map(|((name, ms), port)| format!("http://127.0.0.1:{port}/{name}?ms={ms}"))
}

/// The page, pointed at the services.
fn link(first: u16) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("scenario", "dashboard");
    for ((name, _), url) in SERVICES.into_iter().zip(urls(first)) {
        query.append_pair("endpoint", &format!("{name}@{url}"));
    }
    format!("{PAGE}?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use expert_chef_core::asked::config::{Config, UrlParts};
    use expert_chef_core::asked::scenario::Scenario;

    use super::*;

    fn port(arguments: &[&str]) -> Result<u16, String> {
        first_port(arguments.iter().map(|&argument| argument.into()))
    }

    #[test]
    fn the_first_port_can_be_chosen() {
        assert_eq!(port(&[]), Ok(7001));
        assert_eq!(port(&["--port", "80"]), Ok(80));
        assert_eq!(port(&["--port=65533"]), Ok(65533));
        for wrong in [
            &["--port"][..],
            &["--port", "0"],
            &["--port", "65534"],
            &["--port", "many"],
            &["--portly"],
            &["7001"],
            &["--port", "80", "81"],
            &["--help"],
        ] {
            let usage = port(wrong).err().unwrap_or_default();
            assert!(usage.starts_with("Usage:"), "{wrong:?}: {usage}");
        }
    }

    #[test]
    fn the_page_understands_the_link() {
        let link = link(7001);
        let query = link.strip_prefix(PAGE).unwrap_or_default();
        let (config, problems) = Config::parse(query, |url| {
            let url = url::Url::parse(url).ok()?;
            Some(UrlParts {
                href: url.to_string(),
                scheme: url.scheme().into(),
                has_credentials: !url.username().is_empty() || url.password().is_some(),
            })
        });
        assert_eq!(problems, []);
        let called = config.scenario.endpoints();
        let called: Vec<String> = called.map(|(_, url)| url.as_str().into()).collect();
        assert_eq!(called, urls(7001).collect::<Vec<_>>());
        assert_eq!(called[1], "http://127.0.0.1:7002/billing?ms=800");
        // What is expected of the services is what the dashboard's take.
        let expected = |scenario: &Scenario| {
            let tasks = scenario.tasks.iter();
            let tasks = tasks.map(|task| (task.name.clone(), task.behaviour().copied()));
            tasks.collect::<Vec<_>>()
        };
        let dashboard = Scenario::preset("dashboard").unwrap_or_default();
        assert_eq!(expected(&config.scenario), expected(&dashboard));
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_named() -> std::io::Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = taken.local_addr()?.port();
        if port <= LAST_FIRST_PORT {
            let arguments = ["--port".to_owned(), port.to_string()];
            let said = run(arguments.into_iter()).await.err().unwrap_or_default();
            assert!(said.contains(&format!("Port {port} ")), "{said}");
            assert!(said.contains("taken"), "{said}");
        }
        Ok(())
    }
}
