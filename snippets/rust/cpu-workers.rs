use std::hint::black_box;
use std::{thread, time::Instant};

fn fib(n: u64) -> u64 {
    match n {
        0 | 1 => n,
        _ => fib(n - 1) + fib(n - 2),
    }
}

fn work(name: &str) {
    println!("start {name}");  //: start
    let answer = fib(black_box(40));  //: work -- Rust's threads share no lock: both run in parallel.
    println!("done {name} {answer}");  //: end
}

fn main() {
    let began = Instant::now();  //: begin
    thread::scope(|scope| {  //: wait -- Joins its threads when the block ends.
        scope.spawn(|| work("first"));  //: start:1
        scope.spawn(|| work("second"));  //: start:2
    });
    println!("total {:.1?}", began.elapsed());  //: over -- The longer of the two.
}
