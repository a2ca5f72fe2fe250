const urls = [
  "http://127.0.0.1:7001/user?ms=500",
  "http://127.0.0.1:7002/billing?ms=800",
  "http://127.0.0.1:7003/orders?ms=1200",
];

async function call(url) {
  const answer = await fetch(url);  //: flight -- Gives the thread back until there is an answer.
  if (!answer.ok) throw Error(answer.status);
  return answer.text();
}

console.time("total");  //: begin
const calls = urls.map(call);  //: start -- Sends every call, and has a promise for each.
const all = await Promise.allSettled(calls);  //: wait end fail -- Waits until every call has ended, good or bad.
for (const { value, reason } of all) {
  console.log(value ?? reason.message);  //: over
}
console.timeEnd("total");  //: over -- The longest of the calls.
