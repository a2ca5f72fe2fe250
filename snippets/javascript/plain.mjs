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
  const answer = await fetch(urls[name]);  //: flight -- The event loop is free, but nobody uses it.
  if (!answer.ok) throw Error(answer.status);
  log("done", name);  //: end
  return answer.text();
}

const began = performance.now();  //: begin
console.log(await call("first"));  //: start:1 end:1
console.log(await call("second"));  //: start:2 end:2 -- Comes to its turn only when the first call is done.
log("total");  //: over -- The sum of both calls.
