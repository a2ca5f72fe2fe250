// ends: ok
// says: kept nothing
// never: forged
const kept = [];
const log = console.log;
const { defineProperty } = Object;
let count = 0;
function keep(one, other) {
  defineProperty(kept, count, { value: this });
  defineProperty(kept, count + 1, { value: one });
  defineProperty(kept, count + 2, { value: other });
  count += 3;
}
const hadIterator = Array.prototype[Symbol.iterator];
const names = ["type", "id", "transfer", "signal", "port", "stack", "0"];
const changed = [
  [Map.prototype, "get", () => ({ answered: keep, refused: keep, settled: keep })],
  [Map.prototype, "set", keep],
  [Map.prototype, "delete", () => false],
  [Map.prototype, "forEach", keep],
  [Promise.prototype, "then", keep],
  [JSON, "parse", () => ({ service: "forged" })],
  [JSON, "stringify", () => "forged"],
  [Reflect, "apply", keep],
  [Function.prototype, "call", keep],
  [Function.prototype, "apply", keep],
  [Function.prototype, "bind", keep],
  [String.prototype, "slice", () => "0\t0\tprocess\t0\tbegin forged\n"],
  [String.prototype, "indexOf", () => 0],
  [String.prototype, "charCodeAt", () => 65],
  [Number.prototype, "toFixed", () => "forged"],
  [performance, "now", () => 1e9],
];
const had = changed.map(([of, name]) => of[name]);
for (const name of names) defineProperty(Object.prototype, name, { configurable: true, set: keep });
for (const [of, name, value] of changed) of[name] = value;
Array.prototype[Symbol.iterator] = keep;
const { service } = await call("user", { ms: 50 });
const number = await inWorker(() => 42);
for (let at = 0; at < names.length; at += 1) delete Object.prototype[names[at]];
for (let at = 0; at < changed.length; at += 1) changed[at][0][changed[at][1]] = had[at];
Array.prototype[Symbol.iterator] = hadIterator;
const isPort = (one) => Object.prototype.toString.call(one).includes("Port");
log(service, number, kept.some(isPort) ? "a port was kept" : "kept nothing");
