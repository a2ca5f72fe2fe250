const urls = [
  "http://127.0.0.1:7001/user?ms=500",
  "http://127.0.0.1:7002/billing?ms=800",
  "http://127.0.0.1:7003/orders?ms=1200",
];

async function call(url) {
  const answer = await fetch(url);  //: flight -- The event loop is free, but nobody uses it.
  if (!answer.ok) throw Error(answer.status);
  return answer.text();
}

console.time("total");  //: begin
for (const url of urls) {
  console.log(await call(url));  //: start end -- The next call is made only when this one is done.
}
console.timeEnd("total");  //: over -- The sum of all calls.
