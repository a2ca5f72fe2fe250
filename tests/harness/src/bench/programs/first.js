// Runs a program without an end as a reader does, by the button, and stops it; gives
// how long it took from each press, in milliseconds.
const place = document.querySelector("[data-answer]");
const press = () => place.querySelector("[data-action=answer]").click();
const isWord = (word) =>
  new Promise((resolve) => {
    const look = () => place.dataset.program === word && resolve(performance.now());
    new MutationObserver(look).observe(place, { attributeFilter: ["data-program"] });
    look();
  });
const came = async () => {
  while (!harnessWire.firstAt) await new Promise((resolve) => setTimeout(resolve));
  return harnessWire.firstAt;
};
const field = place.querySelector("[data-part=program]");
field.value = "print('first')\nwhile True:\n    pass\n";
field.dispatchEvent(new Event("input", { bubbles: true }));
harnessWire.firstAt = 0;
const pressed = performance.now();
press();
const first = (await came()) - pressed;
const stopped = performance.now();
press();
const over = (await isWord("ended")) - stopped;
return [first, over];
