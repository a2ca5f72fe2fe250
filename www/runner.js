// The page's side of the runner: fetches what an interpreter is made of, opens
// one in a frame of its own, and checks every word that comes from it. The answer
// page calls this, and nothing else speaks with the frame.

const MOST_TEXT = 64 * 1024;
const MOST_SENTENCE = 2000;
const MOST_TRACEBACK = 64 * 1024;
const MOST_BAD = 100;
const OPEN_MS = 60_000;
const OUTCOMES = ["ok", "raised", "exit"];
const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

const isText = (value, most, least = 0) =>
  typeof value === "string" && value.length >= least && value.length <= most;
const isCount = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;
const isTime = (value) => typeof value === "number" && value >= 0 && value < 1e9;
const isList = (value, most, each) => Array.isArray(value) && value.length <= most && value.every(each);
const isThread = (value) => isText(value, 20, 1) && /^(p\d+\.)?\d+$/.test(value);

const OPTIONS = {
  ms: (value) => isTime(value),
  status: (value) => isCount(value, 999),
  timeout: (value) => isTime(value),
  url: (value) => isText(value, 2000),
  method: (value) => METHODS.includes(value),
  body: (value) => isText(value, MOST_TEXT),
};
const isOptions = (value) =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).every(([name, one]) => Object.hasOwn(OPTIONS, name) && OPTIONS[name](one));

// What each kind of message must look like: [field, check].
const KINDS = {
  ready: { version: (value) => isText(value, 20, 1) },
  call: {
    id: (value) => isCount(value, 1e6),
    thread: isThread,
    line: (value) => isCount(value, 1e6),
    name: (value) => isText(value, 40, 1),
    options: isOptions,
  },
  abort: { id: (value) => isCount(value, 1e6) },
  batch: { text: (value) => isText(value, MOST_TEXT, 1) },
  ended: {
    outcome: (value) => OUTCOMES.includes(value),
    traceback: (value) => isText(value, MOST_TRACEBACK),
    line: (value) => isCount(value, 1e6),
    ms: isTime,
    threads: (value) => isList(value, 1000, (one) => isText(one, 200)),
    waits: (value) => isList(value, 1000, (one) => isText(one, 200)),
  },
  limit: { sentence: (value) => isText(value, MOST_SENTENCE, 1) },
  deadlock: { sentence: (value) => isText(value, MOST_SENTENCE, 1) },
  broken: { sentence: (value) => isText(value, MOST_SENTENCE, 1) },
};

// That message, with its known fields alone; or nothing.
function checked(data) {
  if (typeof data !== "object" || data === null || !Object.hasOwn(KINDS, data.type)) return undefined;
  const fields = Object.entries(KINDS[data.type]);
  if (!fields.every(([name, isGood]) => isGood(data[name]))) return undefined;
  return Object.fromEntries([["type", data.type], ...fields.map(([name]) => [name, data[name]])]);
}

// Fetches the parts that `manifest` lists ({ name, url, bytes } each) and tells
// how far that is. Rejects with a sentence.
export async function fetchParts(manifest, progress = () => {}) {
  const total = manifest.reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  const one = async ({ name, url, bytes }) => {
    const answer = await fetch(url).catch(() => undefined);
    if (!answer?.ok) throw new Error(`A part of the interpreter could not be fetched (${name}).`);
    const whole = new Uint8Array(bytes);
    const reader = answer.body.getReader();
    let at = 0;
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true }));
      if (done) break;
      if (at + value.length > bytes) throw new Error(`A part of the interpreter is not what it should be (${name}).`);
      whole.set(value, at);
      at += value.length;
      loaded += value.length;
      progress(loaded, total);
    }
    if (at !== bytes) throw new Error(`A part of the interpreter did not come whole (${name}).`);
    return [name, whole.buffer];
  };
  return Object.fromEntries(await Promise.all(manifest.map(one)));
}

class Runner {
  // Set by who opened it: gets each message, checked.
  hear = () => {};
  #frame;
  #port;
  #bad = 0;

  constructor(frame, port) {
    this.#frame = frame;
    this.#port = port;
    port.onmessage = ({ data }) => this.#heard(data);
  }

  #heard(data) {
    if (!this.#port) return;
    const message = checked(data);
    if (message) return this.hear(message);
    this.#bad += 1;
    if (this.#bad <= MOST_BAD) return;
    this.stop();
    this.hear({ type: "broken", sentence: "The program sent the page what no program should: it was stopped." });
  }

  run({ source, name = "answer", limits = {}, services }) {
    this.#port?.postMessage({ type: "run", source, name, limits, services });
  }

  reply(id, status, text) {
    this.#port?.postMessage({ type: "reply", id, status, text });
  }

  fail(id, sentence) {
    this.#port?.postMessage({ type: "fail", id, sentence });
  }

  acknowledge() {
    this.#port?.postMessage({ type: "ack" });
  }

  // The workers go with their frame, an endless loop among them.
  stop() {
    this.#port?.close();
    this.#port = undefined;
    this.#frame.remove();
  }

  close() {
    this.stop();
  }
}

// An interpreter of those parts in a frame of its own, ready to run a program.
// Rejects with an error whose message is a sentence for the reader. `processes` is
// for how many of the program's own processes to have workers ready.
export function openRunner(parts, frameUrl, { processes = 0 } = {}) {
  if (!("Suspending" in WebAssembly)) {
    return Promise.reject(
      new Error("This browser cannot park WebAssembly's stacks yet: Python's threads need Chrome 137, Firefox 153 or Safari 27."),
    );
  }
  const frame = document.createElement("iframe");
  // The sandbox is in there: a frame of a frame, because no browser asks a service
  // worker for a sandboxed frame's page (`tools/dist/src/runner.rs`).
  frame.hidden = true;
  frame.title = "Runner";
  frame.src = frameUrl;
  return new Promise((give, refuse) => {
    const { port1, port2 } = new MessageChannel();
    const runner = new Runner(frame, port1);
    const finish = () => {
      clearTimeout(timer);
      removeEventListener("message", heard);
    };
    const failed = (sentence) => {
      finish();
      runner.close();
      refuse(new Error(sentence));
    };
    const heard = ({ data, source }) => {
      const inner = frame.contentWindow?.[0];
      if (!inner || source !== inner) return;
      if (data?.type === "open") inner.postMessage({ type: "parts", parts, processes }, "*", [port2]);
      const broken = data?.type === "broken" && checked(data);
      if (broken) failed(broken.sentence);
    };
    const timer = setTimeout(() => failed("The interpreter did not start within a minute."), OPEN_MS);
    runner.hear = (message) => {
      if (message.type === "broken") return failed(message.sentence);
      if (message.type !== "ready") return;
      finish();
      runner.version = message.version;
      give(runner);
    };
    addEventListener("message", heard);
    document.body.append(frame);
  });
}
