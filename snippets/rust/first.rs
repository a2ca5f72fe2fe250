use futures::future::select_ok;
use reqwest::{Result, get};
use std::time::Instant;

const URLS: [&str; 3] = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
];

async fn call(url: &str) -> Result<String> {
    let reply = get(url).await?;  //: flight -- Gives the thread back until there is an answer.
    reply.error_for_status()?.text().await  //: fail -- A failure is no answer: select_ok waits for the next.
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let began = Instant::now();  //: begin
    let calls =
        URLS.map(|url| Box::pin(call(url)));
    let (body, _) = select_ok(calls).await?;  //: start wait cancel -- The rest is dropped at once: those calls end.
    println!("{body}");  //: end
    println!("total {:.1?}", began.elapsed());  //: over
    Ok(())
}
