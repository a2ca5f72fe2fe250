// The page's side of the runner: fetches what an interpreter is made of, opens
// one in a frame without rights, and checks every word that comes from it. The page
// for a reader's own program calls this, and nothing else speaks with the frame.

const MOST_TEXT = 64 * 1024;
const MOST_SENTENCE = 2000;
const MOST_TRACEBACK = 64 * 1024;
const MOST_BAD = 100;
const OPEN_MS = 60_000;
// How long the frame may take to say that it has closed an interpreter. It has
// nothing else to do.
const CLOSE_MS = 1000;
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

// The frame in which all interpreters are, and what is made of it. Its window is
// another origin's: a message each way is all there is.
class Frame {
  // The interpreters in it, by number.
  runners = new Map();
  #element = document.createElement("iframe");
  // By number: what ends an interpreter that the frame does not close.
  #closing = new Map();
  #brought = new Set();
  #isHere;
  #count = 0;

  constructor(url) {
    // The sandbox is in there: a frame of a frame, because no browser asks a service
    // worker for a sandboxed frame's page (`tools/dist/src/runner.rs`).
    Object.assign(this.#element, { hidden: true, title: "Runner", src: url });
    this.#isHere = new Promise((give) => {
      this.#hears.here = give;
    });
    addEventListener("message", this.#heard);
    document.body.append(this.#element);
  }

  get #inner() {
    return this.#element.contentWindow?.[0];
  }

  #hears = {
    closed: ({ number }) => {
      clearTimeout(this.#closing.get(number));
      this.#closing.delete(number);
    },
    broken: ({ number, ...message }) => {
      const broken = checked(message);
      if (broken) this.runners.get(number)?.hear(broken);
    },
  };

  #heard = ({ data, source }) => {
    if (!source || source !== this.#inner) return;
    if (Object.hasOwn(this.#hears, data?.type)) this.#hears[data.type](data);
  };

  // Has it open one more interpreter at the other end of that port. What
  // it is made of goes there once.
  async open(language, parts, runner, port) {
    this.#count += 1;
    const number = this.#count;
    this.runners.set(number, runner);
    await this.#isHere;
    const brings = !this.#brought.has(language);
    this.#brought.add(language);
    if (brings) this.#inner?.postMessage({ type: "parts", language, parts }, "*");
    // It may have been closed meanwhile.
    if (this.runners.has(number)) this.#inner?.postMessage({ type: "open", number, language }, "*", [port]);
  }

  close(runner) {
    for (const [number, known] of this.runners) {
      if (known !== runner) continue;
      this.runners.delete(number);
      this.#inner?.postMessage({ type: "close", number }, "*");
      this.#closing.set(number, setTimeout(() => this.end(), CLOSE_MS));
    }
  }

  // The workers go with their frame, whatever they do to it.
  end() {
    if (frame === this) frame = undefined;
    removeEventListener("message", this.#heard);
    this.#closing.forEach(clearTimeout);
    this.#element.remove();
    const lost = { type: "broken", sentence: "The frame of the interpreters did not answer any more." };
    for (const runner of this.runners.values()) runner.hear(lost);
  }
}

let frame;

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
    this.close();
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

  close() {
    this.#port?.close();
    this.#port = undefined;
    this.#frame.close(this);
  }
}

// An interpreter of those parts, ready to run a program. Rejects with an error whose
// message is a sentence for the reader.
export function openRunner(language, parts, frameUrl, isAgain = false) {
  frame ??= new Frame(frameUrl);
  const within = frame;
  return new Promise((give, refuse) => {
    const { port1, port2 } = new MessageChannel();
    const runner = new Runner(within, port1);
    const failed = (sentence) => {
      clearTimeout(timer);
      runner.close();
      // The frame has gone for another's sake: there is a next one.
      if (frame !== within && !isAgain) return give(openRunner(language, parts, frameUrl, true));
      refuse(new Error(sentence));
    };
    const timer = setTimeout(() => failed("The interpreter did not start within a minute."), OPEN_MS);
    runner.hear = (message) => {
      if (message.type === "broken") return failed(message.sentence);
      if (message.type !== "ready") return;
      clearTimeout(timer);
      give(runner);
    };
    within.open(language, parts, runner, port2);
  });
}
