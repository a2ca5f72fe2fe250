use futures::future::join_all;
use reqwest::{Result, get};

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
    let began = std::time::Instant::now();  //: begin
    let calls = URLS.map(call);
    for answer in join_all(calls).await {  //: start wait -- Drives all futures at once, until each has ended.
        match answer {
            Ok(body) => println!("{body}"),  //: end
            Err(error) => println!("{error}"),  //: fail -- An error is a value: the other answers are kept.
        }
    }
    println!("total {:.1?}", began.elapsed());  //: over -- The longest of the calls.
}
