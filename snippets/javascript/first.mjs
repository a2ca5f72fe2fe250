const urls = [
  "http://127.0.0.1:7001/user?ms=500",
  "http://127.0.0.1:7002/billing?ms=800",
  "http://127.0.0.1:7003/orders?ms=1200",
];

const controller = new AbortController();

async function call(url) {
  const { signal } = controller;
  const answer = await fetch(url, { signal });  //: flight -- Ends early, by an AbortError, if it is aborted.
  if (!answer.ok) throw Error(answer.status);  //: fail -- A failure is no answer: any() waits for the next.
  return answer.text();
}

console.time("total");  //: begin
const calls = urls.map(call);  //: start -- Sends every call, and has a promise for each.
const first = await Promise.any(calls);  //: wait -- The first that fulfils; rejects only if all fail.
controller.abort();  //: cancel -- This is what stops the others.
console.log(first);  //: end
console.timeEnd("total");  //: over
