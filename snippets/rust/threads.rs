use reqwest::{Result, blocking::get};
use std::{thread::spawn, time::Instant};

const URLS: [&str; 3] = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
];

fn call(url: &str) -> Result<()> {
    let reply = get(url)?.error_for_status()?;  //: flight fail -- Blocks its thread, which can do nothing else.
    println!("{}", reply.text()?);  //: end
    Ok(())
}

fn main() {
    let began = Instant::now();  //: begin
    let mut threads = Vec::new();
    for url in URLS {
        threads.push(spawn(|| call(url)));  //: start -- From here on two flows of control run.
    }
    for thread in threads {
        let _ = thread.join();  //: wait -- Brings a panic or the call's error: both are dropped.
    }
    println!("total {:.1?}", began.elapsed());  //: over
}
