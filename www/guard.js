// The one door into the program: whatever the browser or a script wants of it
// goes through a function that the wasm exports. An error that comes out there,
// a panic's trap or an exception of the browser's, was caught by nobody in the
// program and has left it in the middle of what it did: `door.failed` hears of
// it, whoever catches it afterwards, and can shut the door for good.
//
// `tools/dist` puts this into the glue, in the place of the glue's own ways to
// start the program: there is one.
export const door = { isOpen: true, failed() {} };

// What the glue asks for meanwhile: often, and never by itself.
const MEANWHILE = /^__.*(alloc|free|exn_store)$/;

function guarded(exports) {
  const guard = (enter) => (...given) => {
    if (!door.isOpen) return undefined;
    try {
      return enter(...given);
    } catch (error) {
      door.failed(error);
      throw error;
    }
  };
  const isEntry = (name, one) => typeof one === "function" && !MEANWHILE.test(name);
  const entries = Object.entries(exports);
  return Object.fromEntries(entries.map(([name, one]) => [name, isEntry(name, one) ? guard(one) : one]));
}

// The program, once it is compiled: workers need not do it again.
let program;

// Starts the program in the file at that URL.
export async function start(url) {
  const imports = __wbg_get_imports();
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
  // Compiled as it comes, where the host knows its type.
  const isTyped = answer.headers.get("Content-Type") === "application/wasm";
  const { instance, module } = await (isTyped
    ? WebAssembly.instantiateStreaming(answer, imports)
    : WebAssembly.instantiate(await answer.arrayBuffer(), imports));
  program = module;
  __wbg_finalize_init({ exports: guarded(instance.exports) }, module);
}

// The one policy by which the URL of a script is let through: there are two. Made
// when it is first wanted, so that a host whose own policy has no such name costs
// the page what needs one, and not the page; and the rule holds without it.
const rule = {
  createScriptURL(url) {
    if (url === import.meta.url || url === "./sw.js") return url;
    throw new TypeError(url);
  },
};
let policy;
const trusted = (url) =>
  (policy ??= self.trustedTypes?.createPolicy("expert-chef", rule) ?? rule).createScriptURL(url);

// Starts a worker, which is this very file in a thread of its own. Its `next`
// waits for what it tells: when it is ready, whether it holds a lock (true); then
// numbers; and null when it is no more. A worker that ends says nothing; but it
// has held its lock until then.
let opened = 0;
function openWorker() {
  const worker = new Worker(trusted(import.meta.url), { type: "module" });
  const lock = `expert-chef-worker ${performance.timeOrigin} ${(opened += 1)}`;
  const told = [];
  let wake;
  const tell = (what) => { told.push(what); wake?.(); };
  const gone = () => { worker.isGone = true; tell(null); };
  worker.onerror = gone;
  worker.onmessage = ({ data }) => {
    if (data === true) locked(lock, gone, () => {});
    tell(data);
  };
  worker.next = async () => {
    if (!told.length) await new Promise((resolve) => { wake = resolve; });
    return told.shift();
  };
  worker.postMessage([program, lock]);
  return worker;
}

// Where there are no locks, or a page of another site is refused them, an error
// is all that tells.
async function locked(lock, hold, refused) {
  try {
    await navigator.locks.request(lock, hold);
  } catch {
    refused();
  }
}

// What comes first to a worker; it is sent more once it is ready. What goes wrong
// until then is nowhere seen unless it is told.
if (!self.document) {
  self.onmessage = async ({ data: [module, lock] }) => {
    self.onmessage = null;
    try {
      const instance = await WebAssembly.instantiate(module, __wbg_get_imports());
      __wbg_finalize_init(instance, module);
    } catch {
      postMessage(null);
      return;
    }
    locked(lock, () => new Promise(() => { postMessage(true); }), () => { postMessage(false); });
  };
}
