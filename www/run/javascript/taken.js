// What the wire to the page uses, taken before the reader's program is there.
//
// The program runs in this very realm. So nothing here, or in the files after it, is
// called in a way that the program could have changed: no method by its name, no
// iterator, no property that an object has not itself. What the program is given is
// functions that close over the wire and never hand it out.
//
// The build puts the files of this folder into one block, in the order that
// `tools/dist/src/javascript.rs` has: a module sees what a script declares outside of
// one.

const { apply, ownKeys, getPrototypeOf, deleteProperty, defineProperty } = Reflect;
const uncurried = Function.prototype.bind.bind(Function.prototype.call);
const getter = (of, name) => uncurried(Object.getOwnPropertyDescriptor(of, name).get);

const postMessage = uncurried(MessagePort.prototype.postMessage);
const closePort = uncurried(MessagePort.prototype.close);
const dataOf = getter(MessageEvent.prototype, "data");
const addEventListener = uncurried(EventTarget.prototype.addEventListener);
const removeEventListener = uncurried(EventTarget.prototype.removeEventListener);
const isAborted = getter(AbortSignal.prototype, "aborted");
const reasonOf = getter(AbortSignal.prototype, "reason");
const { Promise, Error, TypeError, Map, MessageChannel, Number, structuredClone, reportError } = self;
const errors = { __proto__: null, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const then = uncurried(Promise.prototype.then);
const mapGet = uncurried(Map.prototype.get);
const mapSet = uncurried(Map.prototype.set);
const mapDelete = uncurried(Map.prototype.delete);
const mapEach = uncurried(Map.prototype.forEach);
const sizeOf = getter(Map.prototype, "size");
const charCodeAt = uncurried(String.prototype.charCodeAt);
const slice = uncurried(String.prototype.slice);
const indexOf = uncurried(String.prototype.indexOf);
const lastIndexOf = uncurried(String.prototype.lastIndexOf);
const repeat = uncurried(String.prototype.repeat);
const toFixed = uncurried(Number.prototype.toFixed);
const sourceOf = uncurried(Function.prototype.toString);
const { parse, stringify } = JSON;
const { isInteger, isFinite } = Number;
const { min, max, floor } = Math;
const { timeOrigin } = performance;
const now = performance.now.bind(performance);
// By `self`: the files after this one have functions of these names.
const setTimer = self.setTimeout.bind(self);
const clearTimer = self.clearTimeout.bind(self);
const tellFrame = self.postMessage.bind(self);
const makeUrl = URL.createObjectURL.bind(URL);
const dropUrl = URL.revokeObjectURL.bind(URL);
const { Blob, URL: Url } = self;
const partOf = { __proto__: null };
for (const part of ["href", "host", "pathname", "searchParams"]) partOf[part] = getter(Url.prototype, part);
const parameter = uncurried(URLSearchParams.prototype.get);

// What a program may have.
const LIMITS = { __proto__: null, calls: 1_000, workers: 1_000, timers: 10_000, output: 1024 * 1024, events: 100_000 };
const MOST_WORKERS = 8;
const MOST_TEXT = 64 * 1024;
const MOST_EVENT = 12 * 1024;
const MOST_TRACEBACK = 60_000;
// A program that never yields hears no acknowledgement: so much of it is on its
// way at once all the same.
const MOST_UNDERWAY = 64;

// For how long nothing may have happened before it is said that nothing will: an
// import that is refused is under way, and nobody can tell.
const GRACE_MS = 150;
const NAME = "answer.js";

// A list of one thing to hand over, since a browser asks a list for its iterator.
const { iterator } = Symbol;
function only(one) {
  let isGiven = false;
  const next = () => {
    if (isGiven) return { __proto__: null, done: true, value: undefined };
    isGiven = true;
    return { __proto__: null, done: false, value: one };
  };
  return { __proto__: null, [iterator]: () => ({ __proto__: null, next }) };
}
