// What the page for a reader's own program asks of the browser: what interpreters
// are made of, and calls of the page's own services. `tools/dist` puts it into that
// page's glue alone, after `runner.js`.

const named = (name) => document.querySelector(`meta[name=${name}]`)?.content;

// Everything that an interpreter of a language is made of, while `tell` hears how much
// has come and of how much.
export const fetchInterpreter = (language, tell) => (language === "python" ? fetchPython(tell) : fetchWorker(language));

// A language that the browser has needs nothing but the script of its worker.
async function fetchWorker(language) {
  const answer = await fetch(named(language)).catch(() => undefined);
  if (!answer?.ok) throw new Error("What runs JavaScript here could not be fetched.");
  return { [`${language}.js`]: await answer.arrayBuffer() };
}

async function fetchPython(tell) {
  if (!("Suspending" in WebAssembly)) {
    throw new Error(
      "Threads need a newer browser: Chrome 137, Firefox 153 or Safari 27 have what they are made of (JSPI).",
    );
  }
  const manifest = named("python");
  if (!manifest) throw new Error("This site serves the page without Python.");
  const answer = await fetch(manifest);
  if (!answer.ok) throw new Error(`Python could not be fetched (HTTP status ${answer.status}).`);
  return fetchParts(await answer.json(), (loaded, total) => tell([loaded, total]));
}

// Starts an interpreter.
export const startInterpreter = (language, parts) => openRunner(language, parts, named("runner"));

// What a service answers: its status, and its text.
export async function callService(url, signal) {
  const answer = await fetch(url, {
    cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", signal,
  });
  return [answer.status, await answer.text()];
}

// The exercises, as the build writes them.
export async function fetchExercises() {
  const answer = await fetch(named("exercises"));
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

// The language of the address, or else the one that was chosen last. A program that
// comes by it without a word of its language is in Python.
const LANGUAGE = "expert-chef:language";
const isOfAddress = () => asked("language") ?? wantedSnippet() ?? location.hash.startsWith("#program=");
export const wantedLanguage = () =>
  asked("language") ?? (isOfAddress() ? "python" : stored((store) => store.getItem(LANGUAGE))) ?? undefined;

let spoken = "python";

export function speakLanguage(program, language, title) {
  spoken = language;
  // What another's link asks for is no choice of the reader's.
  if (!isOfAddress()) stored((store) => store.setItem(LANGUAGE, language));
  program.closest("label").querySelector(".field__label").textContent = `Your program, in ${title}`;
  editor?.language(language);
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
  const file = named("editor");
  if (!program || !file) return;
  const pressRun = () => {
    const session = program.closest("[data-answer]");
    if (session.dataset.program !== "running") session.querySelector('[data-action="answer"]').click();
  };
  try {
    const { open } = await import(file);
    editor = open(program, { language: spoken, run: pressRun });
  } catch (error) {
    console.warn("The code editor could not be opened:", error);
  }
}

// The page first, and what runs a program. A worker has no page.
if (self.document) (self.requestIdleCallback ?? setTimeout)(openEditor);

// Lights the lines at which threads are, each a pair of a line's number and a
// thread's place, and the one at which the program failed, if it has.
export const markProgram = (threads, failed) => editor?.mark({ threads, failed });
