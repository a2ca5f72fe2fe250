// Fetches what a first visit does without, when somebody wants it: what asks the
// reader for their consent, and finds out why what they have agreed to call did not
// answer.
//
// A script for the reason of share.js.

const consented = () => import("./consent.js");

let proposal;

async function propose(plan) {
  const { signal } = (proposal = new AbortController());
  const { ask } = await consented();
  return ask(JSON.parse(plan), signal);
}

async function whySilent(urls, signal) {
  const { why } = await consented();
  return why(urls, signal);
}

function withdraw() {
  proposal?.abort();
}
