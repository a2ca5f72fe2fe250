use futures::join;
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
        let reply = get(url).await?;  //: flight -- Gives the thread back until there is an answer.
        println!("done {name} {} s", s());  //: end
        reply.error_for_status()?.text().await
    };
    let first = call("first", FIRST);  //: begin -- A future: nothing has been sent yet.
    let second = call("second", SECOND);
    let both = join!(first, second);  //: start wait -- Drives both at once, until both have ended.
    println!("{}\n{}", both.0?, both.1?);
    println!("total {} s", s());  //: over -- The longer of the two calls.
    Ok(())
}
