use futures::join;
use std::hint::black_box;
use std::time::Instant;

fn fib(n: u64) -> u64 {
    match n {
        0 | 1 => n,
        _ => fib(n - 1) + fib(n - 2),
    }
}

async fn work(name: &str) {
    println!("start {name}");  //: start
    let answer = fib(black_box(40));  //: work -- No await in here: nothing else gets the thread.
    println!("done {name} {answer}");  //: end
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let began = Instant::now();  //: begin
    join!(work("first"), work("second"));  //: wait -- Polls the first, which does not return until done.
    println!("total {:.1?}", began.elapsed());  //: over -- No quicker than in turn: one thread, one at a time.
}
