// All that a program finds here: the language, and what has no way out. Whatever
// else a worker has, or will have one day, goes. The policy forbids the network
// anyway and the origin has no storage: this is the second lock on each door.
const KEPT = `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol
  Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError
  SuppressedError globalThis JSON Math Intl ArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array
  Uint32Array Int32Array Float16Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array
  DataView Map BigInt Set WeakMap WeakSet WeakRef Iterator FinalizationRegistry Proxy Reflect decodeURI
  decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite isNaN DisposableStack
  AsyncDisposableStack Temporal self AbortController AbortSignal Event EventTarget CustomEvent DOMException
  structuredClone queueMicrotask performance Performance TextEncoder TextDecoder URL URLSearchParams crypto
  Crypto atob btoa`.split(/\s+/);
function shut(at, names) {
  for (const name of names) {
    if (deleteProperty(at, name)) continue;
    try {
      defineProperty(at, name, { __proto__: null, value: undefined });
    } catch {
      // One that a browser holds fast is one that its policy still refuses.
    }
  }
}
function strip() {
  const kept = new Set(KEPT);
  for (let at = self; at && at !== EventTarget.prototype; at = getPrototypeOf(at)) {
    shut(at, ownKeys(at).filter((name) => !kept.has(name) && typeof name === "string"));
  }
  shut(URL, ["createObjectURL", "revokeObjectURL"]);
  if (self.Crypto) shut(Crypto.prototype, ["subtle"]);
  shut(Atomics, ["waitAsync"]);
  const given = { call, fetch, Response, console, setTimeout, clearTimeout, setInterval, clearInterval: clearTimeout };
  if (prefix === "") given.inWorker = inWorker;
  for (const name of Object.keys(given)) {
    defineProperty(self, name, { value: given[name], configurable: true, writable: true });
  }
}
