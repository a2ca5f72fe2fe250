// `console`: what is printed is told to the page.

const counts = new Map();
const clocks = new Map();
let indent = "";
function print(kind, given) {
  let text = `${formatted(given)}`;
  if (indent !== "") text = indent + text.split("\n").join(`\n${indent}`);
  write(kind, `${text}\n`);
}
const out = (...given) => print("out", given);
const err = (...given) => print("err", given);
const label = (name) => (name === undefined ? "default" : `${name}`);
const clock = (name, rest) => {
  const began = mapGet(clocks, name);
  if (began === undefined) return err(`There is no timer “${name}”.`);
  const took = now() - began;
  out(`${name}: ${took < 1000 ? `${toFixed(took, 3)}ms` : `${toFixed(took / 1000, 3)}s`}`, ...rest);
};
const group = (...given) => {
  if (given.length > 0) out(...given);
  indent += "  ";
};
const console = {
  log: out, info: out, debug: out, dir: (value) => out(value), table: (value) => out(value),
  warn: err, error: err,
  trace: (...given) => {
    const error = new Error(formatted(given));
    error.name = "Trace";
    err(stackOf(error));
  },
  assert: (isSo, ...given) => {
    if (!isSo) err(...(given.length > 0 ? [`Assertion failed: ${formatted(given)}`] : ["Assertion failed"]));
  },
  count: (name) => {
    const count = (mapGet(counts, label(name)) ?? 0) + 1;
    mapSet(counts, label(name), count);
    out(`${label(name)}: ${count}`);
  },
  countReset: (name) => void mapDelete(counts, label(name)),
  time: (name) => void mapSet(clocks, label(name), now()),
  timeLog: (name, ...rest) => clock(label(name), rest),
  timeEnd: (name) => {
    clock(label(name), []);
    mapDelete(clocks, label(name));
  },
  group, groupCollapsed: group,
  groupEnd: () => { indent = indent.slice(2); },
  clear: () => {},
};
