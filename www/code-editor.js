// The code editor in which a reader's program is typed: CodeMirror in the place of
// a text area. `www/exercise.js` fetches it once the page stands; the text area is
// all there is until then, and where it does not come.
//
// The text area stays what holds the program: what is typed here is in its value at
// once, with its `input` event, and who changes that from outside fires one too.
//
// `tools/dist` bundles this with the modules that it imports, whose versions are in
// tools/code-editor.
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { javascriptLanguage } from "@codemirror/lang-javascript";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, gutter, GutterMarker, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { StyleModule } from "style-mod";

// ---------------------------------------------------------------------- styles

// The page's policy refuses style elements, by which CodeMirror brings its rules,
// and lets sheets be adopted.
const adopted = new Set();
function adopt(rules) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
}
StyleModule.mount = (_root, modules) => {
  for (const module of modules) {
    if (adopted.has(module)) continue;
    adopted.add(module);
    adopt(module.getRules());
  }
};

// What the program's pieces are called, as in the lesson's programs.
const { keyword, string, number, bool, comment, regexp, escape, special } = tags;
const highlighting = HighlightStyle.define([
  { tag: [keyword, tags.self], class: "listing__keyword" },
  { tag: [string, special(string), number, bool, regexp, escape, tags.null], class: "listing__literal" },
  { tag: comment, class: "listing__comment" },
]);

// ------------------------------------------------------------------- languages

const LANGUAGES = {
  python: [pythonLanguage, indentUnit.of("    "), EditorState.tabSize.of(4)],
  javascript: [javascriptLanguage, indentUnit.of("  "), EditorState.tabSize.of(2)],
};

// ----------------------------------------------------------------------- marks

// How many colours there are for threads; from then on they come again.
const COLOURS = 6;

const marked = StateEffect.define();

// The threads that are at a line: the same marks as beside their names.
class AtLine extends GutterMarker {
  constructor(threads) {
    super();
    this.threads = threads;
  }

  eq(other) {
    return this.threads.join() === other.threads.join();
  }

  toDOM() {
    const marks = document.createElement("span");
    for (const thread of this.threads) {
      const mark = document.createElement("span");
      mark.className = "threads__mark";
      mark.dataset.thread = thread;
      marks.append(mark);
    }
    return marks;
  }
}

const NONE = { failed: null, lines: Decoration.none, places: RangeSet.empty };

// Lines that the program no longer has are no longer marked: it may be edited
// while it runs.
function marksOf({ failed = null, threads = [] }, doc) {
  const has = (line) => Number.isInteger(line) && line >= 1 && line <= doc.lines;
  const at = new Map();
  for (const [line, thread] of threads) {
    if (has(line)) at.set(line, [...(at.get(line) ?? []), thread % COLOURS]);
  }
  const lines = [];
  const places = [];
  for (const [line, here] of at) {
    const { from } = doc.line(line);
    const attributes = { class: "is-lit", "data-thread": String(here[0]) };
    lines.push(Decoration.line({ attributes }).range(from));
    places.push(new AtLine(here).range(from));
  }
  const hasFailed = has(failed);
  if (hasFailed) lines.push(Decoration.line({ class: "is-failed" }).range(doc.line(failed).from));
  return { failed: hasFailed ? failed : null, lines: Decoration.set(lines, true), places: RangeSet.of(places, true) };
}

const marks = StateField.define({
  create: () => NONE,
  update(marks, { effects, changes, docChanged, state }) {
    const told = effects.find((effect) => effect.is(marked));
    if (told) return marksOf(told.value, state.doc);
    if (!docChanged || marks === NONE) return marks;
    return { ...marks, lines: marks.lines.map(changes), places: marks.places.map(changes) };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ lines }) => lines),
    EditorView.contentAttributes.from(field, ({ failed }) => ({ "aria-invalid": String(failed !== null) })),
    gutter({ class: "code-editor__threads", markers: ({ state }) => state.field(field).places }),
  ],
});

// -------------------------------------------------------------------- keyboard

// Tab indents, so there has to be a way out. CodeMirror's own is open for two
// seconds after Escape, which is too short for some: this one stays open until
// something else is typed.
const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];
const wayOut = EditorView.domEventHandlers({
  keydown({ key }, view) {
    if (key === "Escape") view.setTabFocusMode(true);
    else if (!MODIFIERS.includes(key)) view.setTabFocusMode(false);
  },
  blur: (_event, view) => view.setTabFocusMode(false),
});

const IS_MAC = /Mac|iP(hone|ad|od)/.test(navigator.platform);
const RUN_KEY = IS_MAC ? "⌘ Enter" : "Ctrl+Enter";

// ------------------------------------------------------------------ the editor

let opened = 0;

function element(tag, attributes, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

// Puts an editor in the place of that text area, which its label then names too.
// `language` is one of LANGUAGES; `run` is called by Ctrl+Enter.
export function open(textarea, { language = "python", run = () => {} } = {}) {
  opened += 1;
  const id = `code-editor-${opened}`;
  const tongue = new Compartment();
  let spoken = language;
  let isTelling = false;
  let shown = "";

  const help = element("p", { id: `${id}-help`, class: "code-editor__help" },
    `Tab indents; Escape, then Tab, leaves the editor. ${RUN_KEY} runs the program.`);
  const failure = element("p", { id: `${id}-failure`, class: "visually-hidden" });
  const [label] = textarea.labels;
  // Of a label around the text area only the words are its name.
  const name = label?.querySelector(".field__label") ?? label;
  if (name) name.id ||= `${id}-name`;

  // The text area's value changes with the event by which others hear of it.
  function tell({ docChanged, state }) {
    if (!docChanged || isTelling) return;
    isTelling = true;
    textarea.value = state.doc.toString();
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    isTelling = false;
  }

  const begun = (doc, selection) => EditorState.create({
    doc,
    selection,
    extensions: [
      lineNumbers(),
      marks,
      history(),
      indentOnInput(),
      bracketMatching(),
      syntaxHighlighting(highlighting),
      wayOut,
      keymap.of([
        { key: "Mod-Enter", run: () => (run(), true) },
        ...historyKeymap,
        indentWithTab,
        ...defaultKeymap,
      ]),
      tongue.of(LANGUAGES[spoken] ?? []),
      EditorView.contentAttributes.of({
        // Focusable by itself, which not every checker knows.
        tabindex: "0",
        "aria-describedby": `${help.id} ${failure.id}`,
        ...(name ? { "aria-labelledby": name.id } : { "aria-label": textarea.ariaLabel ?? "Your program" }),
      }),
      EditorView.updateListener.of(tell),
    ],
  });

  const host = element("div", { class: "code-editor" });
  // As high as what it stands for, so that nothing moves.
  host.style.height = `${textarea.offsetHeight}px`;
  const hadFocus = document.activeElement === textarea;
  const { selectionStart: anchor, selectionEnd: head, scrollTop } = textarea;
  // A click in a label's content is one on what it labels: the editor stands beside.
  const place = label?.contains(textarea) ? label : textarea;
  place.after(host);
  const view = new EditorView({ state: begun(textarea.value, hadFocus ? { anchor, head } : undefined), parent: host });
  adoptOwn();
  host.append(help, failure);
  textarea.hidden = true;
  view.scrollDOM.scrollTop = scrollTop;
  if (hadFocus) view.focus();

  // Somebody has changed the text area: that can be undone by itself.
  function take() {
    const { doc } = view.state;
    if (isTelling || textarea.value === doc.toString()) return;
    isTelling = true;
    view.dispatch({
      changes: { from: 0, to: doc.length, insert: textarea.value },
      selection: { anchor: 0 },
      effects: marked.of({}),
      annotations: isolateHistory.of("full"),
    });
    isTelling = false;
    shown = "";
    failure.textContent = "";
  }
  const focus = () => view.focus();
  textarea.addEventListener("input", take);
  name?.addEventListener("click", focus);

  return {
    get value() {
      return textarea.value;
    },
    set value(value) {
      textarea.value = value;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
    focus,
    // Another program begins: undoing never leads back into the one before.
    begin() {
      view.setState(begun(textarea.value));
      shown = "";
      failure.textContent = "";
    },
    // Lights the lines at which threads are, each a pair of a line's number and a
    // thread's place, and the one at which the program failed.
    mark(told) {
      const asked = JSON.stringify(told);
      if (asked === shown) return;
      shown = asked;
      view.dispatch({ effects: marked.of(told) });
      const { failed } = view.state.field(marks);
      const says = failed === null ? "" : `The program failed at line ${failed}.`;
      if (failure.textContent !== says) failure.textContent = says;
    },
    language(name) {
      spoken = name;
      view.dispatch({ effects: tongue.reconfigure(LANGUAGES[name] ?? []) });
    },
    destroy() {
      textarea.removeEventListener("input", take);
      name?.removeEventListener("click", focus);
      view.destroy();
      host.remove();
      textarea.hidden = false;
    },
  };
}

// After CodeMirror's own rules, over which these go; `tools/dist` fills in
// code-editor.css.
let hasOwn = false;
function adoptOwn() {
  if (!hasOwn) adopt(UNSEALED.styles);
  hasOwn = true;
}
