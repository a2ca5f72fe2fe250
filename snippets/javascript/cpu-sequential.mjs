function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function work(name) {
  console.log("start", name);  //: start
  const answer = fib(40);  //: work -- Nothing is waited for: the one thread is busy.
  console.log("done", name, answer);  //: end
}

console.time("total");  //: begin
work("first");  //: start:1
work("second");  //: start:2
console.timeEnd("total");  //: over -- The sum of both.
