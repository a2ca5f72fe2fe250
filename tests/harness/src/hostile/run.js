// Puts a program in the reader's place, runs it and gives what became of it and of
// the page meanwhile. One without an end is stopped by the reader's button.
const [text, padded, isStopped, patience, comment] = JSON.parse(ASKED);
const missing = Math.max(0, padded - text.length);
const source = text + `${comment} ${"x".repeat(97)}\n`.repeat(missing / 100);
const place = document.querySelector("[data-answer]");
const part = (name) => place.querySelector(`[data-part=${name}]`);
const printed = () => part("output")?.textContent ?? "";
const press = () => place.querySelector("[data-action=answer]").click();
const isOver = () => /^(ended|failed)$/.test(place.dataset.program);
const field = part("program");
field.value = source;
field.dispatchEvent(new Event("input", { bubbles: true }));

const late = new Promise((resolve) => setTimeout(resolve, patience, false));
const frame = () => new Promise(requestAnimationFrame);
// Settles once that is so; no program is asked whether it is.
const until = (isSo) =>
  Promise.race([
    late,
    new Promise((resolve) => {
      const look = () => isSo() && resolve(true);
      const observed = { subtree: true, childList: true, characterData: true, attributes: true };
      new MutationObserver(look).observe(place, observed);
      look();
    }),
  ]);

// The longest from one frame to the next, from here to the program's end.
let gapMs = 0;
let isWatched = true;
const watch = async () => {
  let last = performance.now();
  while (isWatched) {
    await frame();
    const now = performance.now();
    gapMs = Math.max(gapMs, now - last);
    last = now;
  }
};

press();
await until(() => !isOver());
const watching = watch();
let stopMs = null;
let hasBegun = false;
if (isStopped) {
  // So many frames in which whatever it does it does to the page.
  hasBegun = await until(() => printed().includes("begun"));
  for (let frames = 0; hasBegun && frames < 30; frames++) await frame();
} else {
  await until(isOver);
}
isWatched = false;
await watching;
const hadEnd = isOver();
if (!hadEnd) {
  const pressed = performance.now();
  press();
  await until(isOver);
  stopMs = performance.now() - pressed;
}
// What it ended with is shown with the next frame.
await frame();
await frame();
return {
  // One that was stopped only because it came to no end has come to nothing.
  outcome: isOver() && (hadEnd || hasBegun) ? place.dataset.outcome : "nothing",
  printed: printed(),
  gapMs,
  stopMs,
  made: [...place.querySelectorAll("img, script, style, object, iframe")].map((one) => one.nodeName),
};
