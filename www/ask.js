// Fetches what asks the reader for their consent, when somebody is to be asked.
//
// A script for the reason of share.js.
let proposal;

async function propose(plan) {
  const { signal } = (proposal = new AbortController());
  const { ask } = await import("./consent.js");
  return ask(JSON.parse(plan), signal);
}

function withdraw() {
  proposal?.abort();
}
