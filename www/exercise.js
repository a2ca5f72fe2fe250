// What the page for a reader's own program asks of the browser: what Python is
// made of, and calls of the page's own services. `tools/dist` puts it into that
// page's glue alone, after `runner.js`.

// Everything that an interpreter is made of, while `tell` hears how much has come
// and of how much.
export async function fetchPython(tell) {
  if (!("Suspending" in WebAssembly)) {
    throw new Error(
      "Threads need a newer browser: Chrome 137, Firefox 153 or Safari 27 have what they are made of (JSPI).",
    );
  }
  const named = document.querySelector("meta[name=python]");
  if (!named) throw new Error("This site serves the page without Python.");
  const answer = await fetch(named.content);
  if (!answer.ok) throw new Error(`Python could not be fetched (HTTP status ${answer.status}).`);
  return fetchParts(await answer.json(), (loaded, total) => tell([loaded, total]));
}

// Starts an interpreter.
export const startPython = (parts) =>
  openRunner("python", parts, document.querySelector("meta[name=runner]").content);

// What a service answers: its status, and its text.
export async function callService(url, signal) {
  const answer = await fetch(url, {
    cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", signal,
  });
  return [answer.status, await answer.text()];
}

// The exercises, as the build writes them.
export async function fetchExercises() {
  const answer = await fetch(document.querySelector("meta[name=exercises]").content);
  if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
  return answer.text();
}

const asked = (word) => new URLSearchParams(location.search).get(word) ?? undefined;

export const wantedSnippet = () => asked("snippet");

// The lesson's programs run where anything goes.
export const wantedExercise = () => asked("exercise") ?? (wantedSnippet() && "free");

// Programs in links. Of what was made to grow without end no more is taken than
// tells that it is too much.
const through = (bytes, stream) => new Blob([bytes]).stream().pipeThrough(stream);

export async function deflate(text) {
  const packed = through(text, new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

export async function inflate(bytes, most) {
  if (!self.DecompressionStream) return undefined;
  const reader = through(bytes, new DecompressionStream("deflate-raw")).getReader();
  const pieces = [];
  for (let size = 0; size <= most; ) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    size += value.length;
  }
  reader.cancel().catch(() => {});
  return new Uint8Array(await new Blob(pieces).slice(0, most + 1).arrayBuffer());
}

// As `share.js` copies lines, once this one is on the page.
export async function copyLink(place) {
  const line = place.querySelector("[data-line=link]");
  return line ? copy(line) : "";
}

// What is kept: programs under their exercise's name, and that one was passed. What
// the reader does holds here even where nothing can be stored.
const WRITTEN = "expert-chef:exercise:";
const PASSED = "expert-chef:passed:";
const written = new Map();

// A program that is not the reader's own has a sign in its name that no exercise has,
// and what was made of it goes with the tab.
const storeOf = (name) => (name.includes("#") ? sessionStorage : localStorage);

function stored(act) {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

export const passedExercises = () =>
  stored((store) =>
    Object.keys(store).filter((key) => key.startsWith(PASSED)).map((key) => key.slice(PASSED.length)),
  ) ?? [];

export function keepPassed(name) {
  stored((store) => store.setItem(PASSED + name, "1"));
}

let current;

// Its own words come back to the exercise that they were written for.
export function openExercise(program, name, start) {
  current ?? program.addEventListener("input", () => {
    written.set(current, program.value);
    stored(() => storeOf(current).setItem(WRITTEN + current, program.value));
  });
  current = name;
  const kept = written.get(name) ?? stored(() => storeOf(name).getItem(WRITTEN + name));
  writeProgram(program, kept ?? start);
  editor?.begin();
}

export function writeProgram(program, text) {
  program.value = text;
  program.dispatchEvent(new Event("input", { bubbles: true }));
}

// The code editor, once it is there; without it the text area is enough.
let editor;

async function openEditor() {
  const program = document.querySelector('[data-part="program"]');
  const named = document.querySelector("meta[name=editor]");
  if (!program || !named) return;
  const pressRun = () => {
    const session = program.closest("[data-answer]");
    if (session.dataset.program !== "running") session.querySelector('[data-action="answer"]').click();
  };
  try {
    const { open } = await import(named.content);
    editor = open(program, { language: "python", run: pressRun });
  } catch (error) {
    console.warn("The code editor could not be opened:", error);
  }
}

// The page first, and what runs a program. A worker has no page.
if (self.document) (self.requestIdleCallback ?? setTimeout)(openEditor);

// Lights the lines at which threads are, each a pair of a line's number and a
// thread's place, and the one at which the program failed, if it has.
export const markProgram = (threads, failed) => editor?.mark({ threads, failed });
