use futures::future::try_join_all;
use reqwest::{Result, get};
use std::time::Instant;

const URLS: [&str; 3] = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
];

async fn call(url: &str) -> Result<String> {
    let reply = get(url).await?;  //: flight -- Gives the thread back until there is an answer.
    reply.error_for_status()?.text().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let began = Instant::now();  //: begin
    match try_join_all(URLS.map(call)).await {  //: start wait cancel -- At the first Err it drops the others: their calls end.
        Ok(bodies) => {
            println!("{}", bodies.join("\n"));  //: end
        }
        Err(error) => println!("{error}"),  //: fail
    }
    println!("total {:.1?}", began.elapsed());  //: over
}
