import { once } from "node:events";
import {
  isMainThread,
  Worker,
  workerData,
} from "node:worker_threads";

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

if (isMainThread) {
  console.time("total");  //: begin
  const me = new URL(import.meta.url);
  const names = ["first", "second"];
  const ends = names.map((workerData) => {
    const it = new Worker(me, { workerData });  //: start -- Another thread runs this file, with its own memory.
    return once(it, "exit");
  });
  await Promise.all(ends);  //: wait -- Waits until both workers have gone.
  console.timeEnd("total");  //: over -- The longer of the two, and the workers' start.
} else {
  console.log("start", workerData);  //: start
  const answer = fib(40);  //: work -- In a thread of its own, with an event loop of its own.
  console.log("done", workerData, answer);  //: end
}
