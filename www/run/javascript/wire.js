// The wire to the page: what is told, in the lines that `core/src/run/told.rs` reads.

let page;
// Its worker's number and a dot, in a worker of the program's own.
let prefix = "";
let zero = 0;
let isOver = false;
let pending = "";
let underway = 0;
let eventCount = 0;
let outputCount = 0;

function escaped(text) {
  let whole = "";
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = charCodeAt(text, at);
    const sign = code === 9 ? "\\t" : code === 10 ? "\\n" : code === 13 ? "\\r" : code === 92 ? "\\\\" : "";
    if (sign === "") continue;
    whole += slice(text, from, at) + sign;
    from = at + 1;
  }
  return from === 0 ? text : whole + slice(text, from);
}

// The next of what is to be told, whole lines only.
function sendOne() {
  let end = pending.length;
  if (end > MOST_TEXT) end = lastIndexOf(pending, "\n", MOST_TEXT - 1) + 1;
  postMessage(page, { type: "batch", text: slice(pending, 0, end) });
  pending = slice(pending, end);
  underway += 1;
}
function flush() {
  tellPrinted();
  while (pending !== "" && underway < MOST_UNDERWAY && !isOver) sendOne();
}

function tell(kind, line, detail) {
  tellPrinted();
  add(now(), kind, line, detail);
}
function add(at, kind, line, detail) {
  if (isOver) return;
  eventCount += 1;
  pending += `${toFixed(max(0, at - zero), 2)}\t${prefix}0\t${kind}\t${line}\t${escaped(detail)}\n`;
  if (eventCount > LIMITS.events) {
    limit("The program did more than 100,000 things that are recorded: waits, wake-ups, timers.");
  }
}

// What was printed and not told yet: what is printed in one go is one event.
let printed = "";
let printedKind = "";
let printedAt = 0;
function tellPrinted() {
  if (printed === "") return;
  const text = printed;
  printed = "";
  for (let at = 0; at < text.length; at += MOST_EVENT) {
    add(printedAt, printedKind, 0, slice(text, at, min(at + MOST_EVENT, text.length)));
  }
}

// Something printed. What a program prints in all is bounded, so that what is on
// its way is too.
function write(kind, text) {
  if (isOver) return;
  outputCount += text.length;
  if (printedKind !== kind) tellPrinted();
  if (printed === "") printedAt = now();
  printedKind = kind;
  printed += slice(text, 0, LIMITS.output);
  if (outputCount > LIMITS.output) return limit(`The program printed more than ${LIMITS.output / 1024} KiB.`);
  if (underway < MOST_UNDERWAY) flush();
  awaitRest();
}

// The last message. Nobody can make a program stop that does not want to: whatever
// it does from here on it does to itself, until the page has closed the frame.
function finish(message) {
  if (isOver) return;
  tellPrinted();
  while (pending !== "") sendOne();
  isOver = true;
  postMessage(page, message);
}
const limit = (sentence) => finish({ type: "limit", sentence });
const ended = (outcome, traceback, line) =>
  finish({ type: "ended", outcome, traceback, line, ms: now() - zero, threads: [], waits: [] });
