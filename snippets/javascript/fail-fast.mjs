const urls = [
  "http://127.0.0.1:7001/user?ms=500",
  "http://127.0.0.1:7002/billing?ms=800",
  "http://127.0.0.1:7003/orders?ms=1200",
];

const controller = new AbortController();

async function call(url) {
  const { signal } = controller;
  const answer = await fetch(url, { signal });  //: flight -- Ends early, by an AbortError, if it is aborted.
  if (!answer.ok) throw Error(answer.status);
  return answer.text();
}

console.time("total");  //: begin
try {
  const calls = urls.map(call);  //: start -- Sends every call, and has a promise for each.
  const answers = await Promise.all(calls);  //: wait -- Rejects at the first failure, and stops no call.
  console.log(answers.join("\n"));  //: end
} catch (error) {  //: fail
  controller.abort();  //: cancel -- This is what stops the others.
  console.log(error.message);
}
console.timeEnd("total");  //: over
