const urls = [
  "http://127.0.0.1:7001/user?ms=500",
  "http://127.0.0.1:7002/billing?ms=800",
  "http://127.0.0.1:7003/orders?ms=1200",
];

async function call(url) {
  const answer = await fetch(url);  //: start flight -- Gives the thread back until there is an answer.
  if (!answer.ok) throw Error(answer.status);
  return answer.text();
}

async function cook(queue) {
  for (const url of queue) {  //: queue -- Both loops take from the same iterator.
    const outcome = call(url).catch(String);  //: fail -- A failure becomes an outcome: the loop goes on.
    console.log(await outcome);  //: end
  }
}

console.time("total");  //: begin
const queue = [...urls, ...urls].values();
await Promise.all([cook(queue), cook(queue)]);  //: wait -- Two loops: at most two calls in flight.
console.timeEnd("total");  //: over
