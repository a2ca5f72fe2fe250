// Passes stages on: copies their lines, and saves the files that they hand over,
// to which it adds what only a browser can, the page's style and a painted
// picture's pixels. What came of it goes back to the stage, which says it.
//
// A script, and no part of the program, because it is nothing but calls of the
// browser: compiled, the same weighs four times as much. `tools/dist` puts it
// where the program's own glue is.

// Pixels of a painted picture for each of its units: sharp on dense screens.
const DENSITY = 2;

// How long a saved file's URL is kept: some browsers begin to read it only after
// having asked the reader where to put it.
const KEPT_MS = 40_000;

// What `rem` means in a file, where not every program knows it.
const REM_PX = 16;

// The page's own rules for what is in the picture, as the stage looks now: with
// a value in place of each custom property. The style sheets stay the one place
// that knows the style. Rules that begin with no class are about the page; one
// whose first class is no word of the picture is about nothing in it.
function style(svg, stage) {
  const computed = getComputedStyle(stage);
  const words = new Set(svg.match(/[\w-]+/g));
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter(({ selectorText: selector }) => selector?.split(", ").some((one) => words.has(one.match(/^\.([\w-]+)/)?.[1])))
    .map((rule) => rule.cssText)
    .join("\n")
    .replace(/var\((--[\w-]+)\)/g, (_, name) => ` ${computed.getPropertyValue(name).trim()} `)
    .replace(/([\d.]+)rem/g, (_, number) => `${number * REM_PX}px`);
}

function dress(svg, stage) {
  const escaped = style(svg, stage).replace(/&/g, "&amp;").replace(/</g, "&lt;");
  // As text: a style element in a document of the page's would be one of the
  // page's, and refused by its policy.
  return svg.replace(/(?=<\/svg>$)/, () => `<style>${escaped}</style>`);
}

async function withUrl(blob, use, keptMs = 0) {
  const url = URL.createObjectURL(blob);
  try {
    return await use(url);
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), keptMs);
  }
}

async function paint(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * DENSITY;
  canvas.height = image.naturalHeight * DENSITY;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}

async function saved(stage, { name, content }) {
  const is = (format) => name.endsWith(format);
  const text = is(".json") ? content : dress(content, stage);
  let blob = new Blob([text], { type: is(".json") ? "application/json" : "image/svg+xml" });
  if (is(".png")) blob = await withUrl(blob, paint);
  const link = document.createElement("a");
  link.download = name;
  await withUrl(blob, (url) => { link.href = url; link.click(); }, KEPT_MS);
  return `Saved ${name}.`;
}

// To the clipboard, or, where that is not to be had, no further than selected.
async function copy(line) {
  try {
    await navigator.clipboard.writeText(line.textContent);
    return `Copied the ${line.dataset.line}.`;
  } catch {
    getSelection().selectAllChildren(line);
    return "Selected: copy it with Ctrl+C, or ⌘C on a Mac.";
  }
}

// Tells the stage what came of it, or that nothing did.
async function tell(stage, work, refusal) {
  const said = await work.catch((error) => {
    console.error(error);
    return refusal;
  });
  stage.dispatchEvent(new CustomEvent("expert-chef:said", { detail: said }));
}

// A worker has no document, and nothing to pass on.
self.document?.addEventListener("click", ({ target }) => {
  const line = target.closest?.('[data-action="copy"]')?.closest(".share__line, .listing").querySelector("[data-line]");
  if (line) tell(line.closest("[data-expert-chef]"), copy(line), "This browser would not copy it.");
  // The element that is previewed needs its script; without it, it is empty.
  if (target.closest?.('[data-action="preview"][data-value="element"]')) import("./embed.mjs").catch(() => {});
});

self.document?.addEventListener("expert-chef:save", ({ target, detail }) => {
  tell(target, saved(target, detail), "This browser would not make the file.");
});
