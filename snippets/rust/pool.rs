use futures::{StreamExt, stream};
use reqwest::{Result, get};
use std::time::Instant;

const URLS: [&str; 3] = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
];

async fn call(url: &str) -> Result<String> {
    let reply = get(url).await?;  //: start flight -- Gives the thread back until there is an answer.
    reply.error_for_status()?.text().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let began = Instant::now();  //: begin
    let mut all = stream::iter(URLS.repeat(2))
        .map(call)
        .buffer_unordered(2);  //: queue -- Polls two futures; a third begins when one has ended.
    while let Some(one) = all.next().await {  //: wait -- Waits for whichever ends next.
        println!("{one:?}");  //: end fail -- Ok with the answer, or Err: the others go on.
    }
    println!("total {:.1?}", began.elapsed());  //: over
}
