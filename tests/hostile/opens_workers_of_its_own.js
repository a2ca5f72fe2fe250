// ends: ok
// says: all shut
const text = "postMessage(1)";
const ways = {
  worker: () => new Worker(`data:text/javascript,${text}`),
  shared: () => new SharedWorker(`data:text/javascript,${text}`),
  service: () => navigator.serviceWorker.register("sw.js"),
  blob: () => URL.createObjectURL(new Blob([text])),
  worklet: () => new AudioContext(),
  nested: () => inWorker(() => inWorker(() => 1)),
  within: () => inWorker(() => new Worker("data:text/javascript,1")),
};

const open = [];
for (const [name, way] of Object.entries(ways)) {
  try {
    await way();
    open.push(name);
  } catch {
    // It is shut.
  }
}
console.log(open.length === 0 ? "all shut" : `open: ${open}`);
