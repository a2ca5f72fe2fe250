use reqwest::{Result, get};
use std::time::Instant;

const URLS: [&str; 3] = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
];

async fn call(url: &str) -> Result<String> {
    let reply = get(url).await?;  //: flight -- The thread is free, but nobody uses it.
    reply.error_for_status()?.text().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let began = Instant::now();  //: begin
    for url in URLS {
        println!("{}", call(url).await?);  //: start end -- The next call is made only when this one is done.
    }
    println!("total {:.1?}", began.elapsed());  //: over -- The sum of all calls.
    Ok(())
}
