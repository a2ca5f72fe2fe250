// Fetches the scripts that a first visit does without, when somebody wants them.
//
// A script for the reason of share.js.

// What asks the reader for their consent; and finds out why what they have agreed
// to call did not answer.
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

// What passes stages on. A click goes on to it once it is there, and it comes as
// soon as the lines are shown that can be copied.
async function shared(target, act) {
  try {
    act(await import("./share.js"));
  } catch {
    const stage = target.closest("[data-expert-chef]");
    stage?.dispatchEvent(new CustomEvent("expert-chef:said", { detail: "What does this could not be loaded." }));
  }
}

// A worker has no document, and nothing to pass on.
self.document?.addEventListener("click", ({ target }) => {
  if (target.closest?.('[data-action="copy"],[data-action="preview"],[data-value="share"]')) shared(target, (share) => share.clicked(target));
});
self.document?.addEventListener("expert-chef:save", ({ target, detail }) => {
  shared(target, (share) => share.save(target, detail));
});
