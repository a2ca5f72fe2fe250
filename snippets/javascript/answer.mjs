const host = "http://127.0.0.1";
const urls = {
  first: `${host}:7001/user?ms=2000`,
  second: `${host}:7002/billing?ms=2000`,
};

function log(...words) {
  const ms = performance.now() - began;
  console.log(...words, ms.toFixed(), "ms");
}

async function call(name) {
  log("start", name);  //: start
  const answer = await fetch(urls[name]);  //: flight -- Gives the thread back until there is an answer.
  if (!answer.ok) throw Error(answer.status);
  log("done", name);  //: end
  return answer.text();
}

const began = performance.now();  //: begin
const first = call("first");  //: start:1 -- Sends the call, and hands out a promise at once.
const second = call("second");  //: start:2 -- The same, while the first call is in flight.
const both = Promise.all([first, second]);
console.log((await both).join("\n"));  //: wait -- Waits for both; throws what the first failure threw.
log("total");  //: over -- The longer of the two calls.
