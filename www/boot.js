// Starts the page: loads the compiled program and hands the document to it.
//
// A file of its own because the content security policy forbids inline scripts.
// It is the only part that is sure to run when the rest cannot, so it is also
// what tells the reader so.
//
// `tools/dist` fills in this file's real name and takes the comments out.
const PRACTICE = "./practice.js";

// Before the page is seen, lest a frame show all of it for a moment. The program
// reads the query string for good.
const root = document.documentElement;
root.dataset.begun = "";
root.toggleAttribute("data-embed", /[?&]embed=1(&|$)/.test(location.search));

// An exercise is on a page of its own, which takes over all that is asked for.
if (/[?&]exercise=/.test(location.search) && !document.querySelector("[data-answer]")) {
  location.replace(`exercise.html${location.search}${location.hash}`);
  await new Promise(() => {});
}

// One section by itself: its own address asks for it, or a host's page does. What
// it links to in the others is a page away.
const asked = location.pathname.match(/([a-z]+)(?:\.html)?$/) ?? location.search.match(/[?&]section=([a-z]+)(?:&|$)/);
const chosen = asked && document.getElementById(asked[1])?.closest(".section");
if (chosen) {
  root.dataset.section = chosen.id;
  chosen.dataset.chosen = "";
  if (document.querySelectorAll(".section").length > 1) {
    document.title = `${chosen.querySelector("h2").textContent} · Expert Chef`;
  }
  // What is said of a program that does not come, where its kitchens would be.
  chosen.querySelector("[data-expert-chef]")?.append(document.querySelector(".late"));
  for (const link of document.querySelectorAll('a[href^="#"]:not(.skip)')) link.href = `./${link.hash}`;
}

// Why it failed, for someone who wants to read the page and not to debug it.
function reason(error) {
  if (typeof WebAssembly !== "object") {
    return "This browser has no WebAssembly, or it is switched off; the page needs it.";
  }
  if (navigator.onLine === false) {
    return "There is no network, and this version of the page has not been stored for offline use yet.";
  }
  return `Part of the page could not be loaded or started (${error?.message || error}).`;
}

let door;
let hasFailed = false;

// Says so in the place of each stage. What can be read without the program
// stays; what it drew would hear no click any more. Uses as little of the DOM as
// that takes: some of it may be what broke.
function show(sentence) {
  const stages = document.querySelectorAll("[data-expert-chef]");
  for (const place of stages.length ? stages : [document.body]) {
    const notice = document.createElement("div");
    notice.className = "notice notice--error";
    notice.role = "alert";
    const text = document.createElement("p");
    text.textContent = sentence;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--primary";
    button.dataset.action = "reload";
    button.textContent = "Reload the page";
    notice.append(text, button);
    for (const stage of place.querySelectorAll(".stage")) stage.remove();
    place.prepend(notice);
    if (place !== document.body) place.dataset.state = "failed";
  }
  root.dataset.state = "failed";
}

// The program has failed, at its start or later. It ends altogether, once it has
// given back what it has under way: requests are aborted, and who waits for a
// run hears that there is none.
function fail(sentence) {
  if (hasFailed) return;
  hasFailed = true;
  if (door) {
    dispatchEvent(new Event("expert-chef:stop"));
    setTimeout(() => { door.isOpen = false; });
  }
  const run = () => Promise.reject(new DOMException("The program has stopped.", "AbortError"));
  if (window.expertChef) window.expertChef = Object.freeze({ run, reset() {}, configure() {}, result: () => null });
  // To a host page, which has to hear of it too: there is nothing else in it.
  parent.postMessage({ version: 1, type: "failed" }, "*");
  show(sentence);
}

// Once the program has stopped it hears nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('[data-action="reload"]')) location.reload();
});

// The import is dynamic for the sake of the catch: were a static one to fail,
// nothing of this module would run. The tags in the page's head say which program
// this page starts, and have both downloads under way already.
const preloaded = (rel) => document.querySelector(`link[rel=${rel}]`).href;
try {
  const glue = await import(preloaded("modulepreload"));
  door = glue.door;
  door.failed = () =>
    fail("The kitchen has stopped because of a defect in the program. Reloading the page starts it afresh.");
  await glue.start(preloaded("preload"));
  if (document.querySelector("[data-practice]")) await import(PRACTICE);
} catch (error) {
  console.error(error);
  fail(`Expert Chef could not start. ${reason(error)}`);
}
