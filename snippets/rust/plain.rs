use reqwest::{Result, get};
use std::time::Instant;

const FIRST: &str =
    "http://127.0.0.1:7001/user?ms=2000";
const SECOND: &str =
    "http://127.0.0.1:7002/billing?ms=2000";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let began = Instant::now();  //: begin
    let s = || began.elapsed().as_secs();
    let call = async |name: &str, url: &str| {
        println!("start {name} {} s", s());  //: start
        let reply = get(url).await?;  //: flight -- The thread is free, but nobody uses it.
        println!("done {name} {} s", s());  //: end
        reply.error_for_status()?.text().await
    };
    let body = call("first", FIRST).await?;  //: start:1
    println!("{body}");  //: end:1
    let body = call("second", SECOND).await?;  //: start:2 -- Comes to its turn only when the first call is done.
    println!("{body}");  //: end:2
    println!("total {} s", s());  //: over -- The sum of both calls.
    Ok(())
}
