//! Real services to try the page on: user, billing and orders, three HTTP
//! servers on three ports of this machine, as slow and as broken as each call
//! asks them to be.
//!
//! ```sh
//! cargo run --example services -- [--port 7001]
//! ```
//!
//! `GET /<name>?ms=<latency>[&status=…|&fault=…|&limit=…]`, with the meanings and the
//! limits of the service worker's `expert-chef-services/<name>`.

#[cfg(not(target_arch = "wasm32"))]
mod asked;
#[cfg(not(target_arch = "wasm32"))]
mod command;
#[cfg(not(target_arch = "wasm32"))]
mod service;

/// A browser opens no ports.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    use std::process::ExitCode;

    match command::run(std::env::args().skip(1)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
