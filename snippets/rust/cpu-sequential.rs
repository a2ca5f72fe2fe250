use std::hint::black_box;
use std::time::Instant;

fn fib(n: u64) -> u64 {
    match n {
        0 | 1 => n,
        _ => fib(n - 1) + fib(n - 2),
    }
}

fn work(name: &str) {
    println!("start {name}");  //: start
    let answer = fib(black_box(40));  //: work -- Nothing is waited for: the processor is busy.
    println!("done {name} {answer}");  //: end
}

fn main() {
    let began = Instant::now();  //: begin
    work("first");  //: start:1
    work("second");  //: start:2
    println!("total {:.1?}", began.elapsed());  //: over -- The sum of both.
}
