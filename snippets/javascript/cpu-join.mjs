function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

async function work(name) {
  console.log("start", name);  //: start
  const answer = fib(40);  //: work -- No await in here: nothing else gets the thread.
  console.log("done", name, answer);  //: end
}

console.time("total");  //: begin
const first = work("first");  //: start:1 -- Returns its promise only when the work is done.
const second = work("second");  //: start:2
await Promise.all([first, second]);  //: wait -- Nothing is left to wait for.
console.timeEnd("total");  //: over -- No quicker than in turn: one thread, one at a time.
