// The worker in which Python runs: the interpreter of a reader's program, or a
// process of that program. The frame starts it and hands it what it needs.
//
// CPython's threads are stacks here that WebAssembly parks on promises. Python
// decides who waits for what (python/stacks); this file holds the promises, the
// clock, the mail, and the wire to the page.
"use strict";

const now = () => performance.now();

// ------------------------------------------------------------------- the clock

// A task of its own for `then`: what else has come meanwhile (answers, timers) is
// heard first. Timers that are set in such a task are not nested in timers, so
// the browsers' clamp of 4 ms is not upon them.
const channel = new MessageChannel();
const turns = [];
let turnBegan = 0;
channel.port1.onmessage = () => {
  turnBegan = now();
  turns.shift()();
};
const turn = (then) => {
  turns.push(then);
  channel.port2.postMessage(0);
};

// Once the program is over nothing goes on.
let isOver = false;

// Stacks that are parked, by token: how each goes on, once it is known.
const parked = new Map();
let sliceBegan = 0;
const nobody = Symbol("not parked yet");
const woken = Symbol("woken before it was parked");
function resume(token) {
  if (isOver) return false;
  const goOn = parked.get(token);
  if (!goOn || goOn === woken) return false;
  if (goOn === nobody) {
    parked.set(token, woken);
  } else {
    parked.delete(token);
    goOn();
  }
  return true;
}

// What Python awaits, always the same: one object that can be awaited, since a
// promise of each park would be wrapped into a future each. Who is about to await
// it has said so, in the same order.
const parking = [];
const gate = {
  then(goOn) {
    const token = parking.shift();
    const enter = () => {
      sliceBegan = now();
      goOn();
    };
    if (parked.get(token) === woken) {
      parked.delete(token);
      enter();
    } else {
      parked.set(token, enter);
    }
  },
};
function parkNext(token) {
  parked.set(token, nobody);
  parking.push(token);
}

// Who is due when: a binary heap of [at, token], the first due at its root. One
// that was woken meanwhile stays in it until it comes up.
const due = [];
const isBefore = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
function push(entry) {
  let at = due.push(entry) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isBefore(due[at], due[above])) break;
    [due[at], due[above]] = [due[above], due[at]];
    at = above;
  }
}
function pop() {
  const last = due.pop();
  if (due.length === 0) return;
  due[0] = last;
  let at = 0;
  for (;;) {
    let least = at;
    for (const below of [2 * at + 1, 2 * at + 2]) {
      if (below < due.length && isBefore(due[below], due[least])) least = below;
    }
    if (least === at) return;
    [due[at], due[least]] = [due[least], due[at]];
    at = least;
  }
}

let timer;
let timerAt = Infinity;
let isRinging = false;
const ringSoon = () => {
  if (isRinging) return;
  isRinging = true;
  turn(ring);
};
function ring() {
  isRinging = false;
  while (due.length > 0 && (due[0][0] <= now() || !parked.has(due[0][1]))) {
    const [, token] = due[0];
    pop();
    resume(token);
  }
  arm();
}
function arm() {
  if (due.length === 0) return;
  const [at] = due[0];
  const left = at - now();
  // Timers count whole milliseconds: the rest is waited for by turns.
  if (left < 1) return ringSoon();
  if (timerAt <= at) return;
  clearTimeout(timer);
  timerAt = at;
  timer = setTimeout(() => {
    timerAt = Infinity;
    ringSoon();
  }, Math.min(Math.floor(left), 2 ** 31 - 1));
}

// -------------------------------------------------------------------- the mail

// Boxes, by number: what has come for whoever parks at one. `expected` counts
// what is still to come, over all boxes: as long as something is, nobody waits
// in vain.
const boxes = new Map();
let expected = 0;
const box = (number) => {
  if (!boxes.has(number)) boxes.set(number, { items: [], token: 0 });
  return boxes.get(number);
};
// `check` asks Python whether anything can go on at all.
let check = () => {};
function deliver(number, item) {
  const at = boxes.get(number);
  if (!at) return;
  at.items.push(item);
  if (!resume(at.token)) check();
}

// Calls that the page has not answered: who takes the answer.
const calls = new Map();
let callCount = 0;
function ask(message, answered) {
  callCount += 1;
  calls.set(callCount, answered);
  page.postMessage({ ...message, type: "call", id: callCount });
  return callCount;
}
function abort(id) {
  if (!calls.delete(id)) return;
  page.postMessage({ type: "abort", id });
}
function answered(id, item) {
  const taken = calls.get(id);
  if (calls.delete(id)) taken(item);
}

// ------------------------------------------------------- the wire to the page

const MOST_TEXT = 64 * 1024;
let page;
let pending = "";
let isUnread = false;
let isChild = false;
function sendBatch() {
  if (pending === "") return;
  // A process's parent takes all in at once, and bounds what goes on from there.
  if (isChild) {
    page.postMessage({ type: "batch", text: pending });
    pending = "";
    return;
  }
  if (isUnread) return;
  // Whole lines only.
  let end = pending.length;
  if (end > MOST_TEXT) end = pending.lastIndexOf("\n", MOST_TEXT - 1) + 1;
  page.postMessage({ type: "batch", text: pending.slice(0, end) });
  pending = pending.slice(end);
  isUnread = true;
}
// The last message: what is still to be told goes first, however much that is.
function finish(message) {
  if (isOver) return;
  isOver = true;
  let isTold = false;
  const last = () => {
    if (pending !== "") sendBatch();
    if (pending === "" && !isTold) page.postMessage(message);
    isTold ||= pending === "";
  };
  whenRead = last;
  last();
}
let whenRead = sendBatch;

// ------------------------------------------------------------------ processes

// The program's processes: each is a worker like this one, which the frame makes.
// Their events and their calls go through here, so that the page has one wire.
const processes = new Map();
const tellFrame = self.postMessage.bind(self);
function spawnProcess(number, start) {
  const { port1, port2 } = new MessageChannel();
  const asked = new Map();
  const hears = {
    ready: () => port1.postMessage({ type: "run", ...JSON.parse(start), zero: zero + performance.timeOrigin }),
    batch: ({ text }) => emit(text),
    call(message) {
      const { id } = message;
      asked.set(id, ask(message, (item) => {
        asked.delete(id);
        port1.postMessage({ ...item, id });
      }));
    },
    abort({ id }) {
      if (asked.has(id)) abort(asked.get(id));
      asked.delete(id);
    },
    mail: ({ text }) => deliver(number, text),
    limit: ({ sentence }) => limit(sentence),
    // It came to its end, or could not be started.
    ended: ({ traceback }) => deliver(number, JSON.stringify({ broken: traceback ?? "" })),
    broken: ({ sentence }) => deliver(number, JSON.stringify({ broken: sentence ?? "" })),
  };
  port1.onmessage = ({ data }) => {
    turnBegan = now();
    hears[data?.type]?.(data);
  };
  processes.set(number, { port: port1, asked });
  tellFrame({ type: "spawn", number }, [port2]);
}
function endProcess(number) {
  const process = processes.get(number);
  if (!processes.delete(number)) return;
  for (const id of process.asked.values()) abort(id);
  process.port.close();
  tellFrame({ type: "end", number });
}

// ---------------------------------------------------------- what Python is given

let zero = 0;
function emit(text) {
  if (isOver) return;
  pending += text;
  sendBatch();
}
function limit(sentence) {
  finish({ type: "limit", sentence });
}

// Nothing but functions of numbers and strings, and the gate: what a program could
// get hold of, with every trick, is no more than this.
const wire = (entry, role) => ({
  now,
  gate,
  // The stack that asks is about to await the gate: until `wake`, until that time
  // (or for ever: a negative one), or until there is mail in that box.
  park(token, at, number) {
    parkNext(token);
    if (number !== 0) {
      const waits = box(number);
      waits.token = token;
      if (waits.items.length > 0) resume(token);
    }
    if (at >= 0) {
      push([at, token]);
      arm();
    }
  },
  wake(token) {
    resume(token);
  },
  // The same, until everything that has come was heard, and who asked before has
  // had a turn.
  pause(token) {
    parkNext(token);
    turn(() => resume(token));
  },
  spawn(number) {
    entry.run.callPromising(number).catch((error) => failed(error));
  },
  expected: () => expected,
  expect(change) {
    expected += change;
  },
  take: (number) => boxes.get(number)?.items.shift() ?? "",
  shut: (number) => void boxes.delete(number),
  call(number, thread, line, name, options) {
    box(number);
    expected += 1;
    return ask({ thread, line, name, options: JSON.parse(options) }, (item) => {
      expected -= 1;
      deliver(number, JSON.stringify(item));
    });
  },
  abort(id) {
    if (calls.has(id)) expected -= 1;
    abort(id);
  },
  emit,
  finish: (message) => finish(JSON.parse(message)),
  limit,
  spawnProcess(number, start) {
    box(number);
    spawnProcess(number, start);
  },
  endProcess,
  warm: () => tellFrame({ type: "warm" }),
  cores: Math.max(1, Math.min(navigator.hardwareConcurrency ?? 1, 8)),
  post(number, text) {
    const port = role === "process" ? page : processes.get(number)?.port;
    port?.postMessage({ type: "mail", text });
  },
});

// The interpreter itself broke, which a program can bring about (a recursion that
// the browser's own stack has no room for).
function failed(error) {
  // os._exit(), or a signal that it sent itself: the end, and no cleaning up.
  const outcome = error?.name === "ExitStatus" || "status" in Object(error) ? "exit" : "raised";
  const sentence = `The interpreter stopped: ${error?.message ?? error}`;
  finish({ type: "ended", outcome, traceback: `${sentence}\n`, line: 0, ms: now() - zero, threads: [], waits: [] });
}

// ------------------------------------------------------------------- the start

// Hands the interpreter bytes that the page has fetched, where it would fetch
// them itself: this worker has no network.
function provide(module, stdlib) {
  const had = { fetch: self.fetch, instantiateStreaming: WebAssembly.instantiateStreaming };
  self.fetch = async (url) => {
    const isWasm = String(url).endsWith(".wasm");
    const type = isWasm ? "application/wasm" : "application/zip";
    return new Response(isWasm ? null : stdlib, { headers: { "Content-Type": type } });
  };
  WebAssembly.instantiateStreaming = async (response, imports) => {
    const compiled = await module;
    return { module: compiled, instance: await WebAssembly.instantiate(compiled, imports) };
  };
  return () => Object.assign(WebAssembly, { instantiateStreaming: had.instantiateStreaming });
}

// Memory has an end well before the tab's.
const MOST_BYTES = 512 * 1024 * 1024;
function boundMemory() {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65536 <= MOST_BYTES) return grow.call(this, pages);
    limit("The program took more than 512 MiB of memory.");
    throw new RangeError("no more memory");
  };
}

// What a worker can do and a program shall not. The policy forbids the network
// anyway and the origin has no storage: this is the second lock on each door.
const TAKEN = [
  "fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "importScripts",
  "indexedDB", "caches", "BroadcastChannel", "Worker", "SharedWorker", "RTCPeerConnection", "navigator",
  "postMessage", "close", "Blob", "File", "FileReader", "Request", "Response", "URL",
  "Notification", "FontFace", "requestAnimationFrame", "reportError", "createImageBitmap", "cookieStore",
  "setInterval", "onmessage",
];
function strip() {
  for (let at = self; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of TAKEN) {
      try {
        delete at[name];
        if (name in at) Object.defineProperty(at, name, { value: undefined });
      } catch {
        // One that a browser holds fast is one that its policy still refuses.
      }
    }
  }
}

const importPart = async (bytes) => {
  const url = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
  const imported = await import(url);
  URL.revokeObjectURL(url);
  return imported;
};

// What the interpreter of that version calls itself.
const LOCK = { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", version: "314.0.7", python: "3.14.2" };

// Files are kept beside the interpreter's memory, whose bound does not know them.
const MOST_WRITTEN = 64 * 1024 * 1024;
const MOST_NODES = 20_000;
const ENOSPC = 51;
function boundFiles(FS) {
  const { MEMFS } = FS.filesystems;
  // All files have these functions from one table.
  const table = MEMFS.ops_table.file.stream;
  const { write } = table;
  let written = 0;
  table.write = (stream, buffer, offset, length, ...more) => {
    written += length;
    if (written > MOST_WRITTEN) throw new FS.ErrnoError(ENOSPC);
    return write.call(table, stream, buffer, offset, length, ...more);
  };
  const { createNode } = MEMFS;
  let nodes = 0;
  MEMFS.createNode = (...given) => {
    nodes += 1;
    if (nodes > MOST_NODES) throw new FS.ErrnoError(ENOSPC);
    return createNode.apply(MEMFS, given);
  };
}

async function load({ role, files }, module) {
  // Pyodide tries this to see what kind of worker it is in; the policy would refuse
  // it, and say so on the console.
  self.importScripts = () => { throw new TypeError("There are no scripts to import here."); };
  // What it says of its own end there, the page says where somebody reads it.
  for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {};
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    importPart(files["pyodide.mjs"]),
    importPart(files["pyodide.asm.mjs"]),
  ]);
  const restore = provide(module, files["python_stdlib.zip"]);
  boundMemory();
  const indexURL = "https://parts.invalid/";
  const python = await loadPyodide({
    createPyodideModule,
    indexURL,
    packageBaseUrl: indexURL,
    // No packages: there is nowhere to have them from.
    lockFileContents: { info: LOCK, packages: {} },
    // What `import js` gives.
    jsglobals: Object.create(null),
    env: { HOME: "/home/reader", PYTHONINSPECT: "" },
    stdin: () => null,
    // What does not go through Python's own files: nobody reads a worker's console.
    stdout: () => {},
    stderr: () => {},
  });
  restore();
  boundFiles(python.FS);
  const home = `/lib/python${python.runPython("import sys; '%d.%d' % sys.version_info[:2]")}/site-packages/stacks`;
  python.FS.mkdirTree(home);
  const sources = JSON.parse(new TextDecoder().decode(files["stacks.json"]));
  for (const [name, source] of Object.entries(sources)) python.FS.writeFile(`${home}/${name}`, source);
  const entry = {};
  python.registerJsModule("_wire", wire(entry, role));
  const install = python.runPython("from stacks.shell import install; install");
  const made = install();
  [entry.run, entry.main, entry.check] = ["run", "main", "check"].map((name) => made.get(name));
  check = () => entry.check.callPromising().catch(failed);
  // Of a process its parent may always want something.
  if (role === "process") {
    box(PARENT);
    expected = 1;
    isChild = true;
    python.runPython("import multiprocessing.spawn");
  }
  const version = python.runPython("import platform; platform.python_version()");
  return { version, entry, slice: () => python.setInterruptBuffer(alarm) };
}

// The interpreter looks here for a signal every few steps. SIGVTALRM is what a
// thread that has computed for its slice gets, once: what handles it parks, or,
// where that cannot be, waits for the next.
const SLICE_MS = 5;
const LONGEST_TURN_MS = 20;
const AGAIN_MS = 1;
const SIGVTALRM = 26;
let notBefore = 0;
const alarm = {
  get 0() {
    const at = now();
    if (at < notBefore || (at - sliceBegan < SLICE_MS && at - turnBegan < LONGEST_TURN_MS)) return 0;
    notBefore = at + AGAIN_MS;
    return SIGVTALRM;
  },
  set 0(_) {},
};

let entry;
let slice;
function run({ type, ...program }) {
  zero = program.zero ? program.zero - performance.timeOrigin : now();
  turnBegan = sliceBegan = now();
  strip();
  slice();
  entry.main.callPromising(JSON.stringify({ ...program, zero })).catch(failed);
}
function hear({ data }) {
  turnBegan = now();
  if (data.type === "reply") answered(data.id, { type: "reply", id: data.id, status: data.status, text: data.text });
  else if (data.type === "fail") answered(data.id, { type: "fail", id: data.id, sentence: data.sentence });
  else if (data.type === "mail") deliver(PARENT, data.text);
  else if (data.type === "ack") {
    isUnread = false;
    whenRead();
  } else if (data.type === "run" && entry) {
    run(data);
  }
}
// The box of what a process hears from the one that started it.
const PARENT = 1;

let giveModule;
const module = new Promise((give, refuse) => (giveModule = { give, refuse }));
let loading;
function connect(port) {
  if (!port) return;
  loading.then((version) => {
    page = port;
    page.onmessage = hear;
    page.postMessage({ type: "ready", version });
  }, (error) => {
    port.postMessage({ type: "broken", sentence: `Python could not be started: ${error?.message ?? error}` });
  });
}
self.onmessage = ({ data, ports }) => {
  if (data.type === "rest") {
    isOver = true;
    tellFrame({ type: "rests" });
  }
  if (data.type === "module") giveModule.give(data.module);
  if (data.type === "broken") giveModule.refuse(new Error(data.sentence));
  if (data.type === "load") {
    loading = load(data, module).then((made) => {
      ({ entry, slice } = made);
      return made.version;
    });
  }
  connect(ports[0]);
};
