// Starts the page: loads the compiled program and hands the document to it.
//
// A file of its own because the content security policy forbids inline scripts.
// It is the only part that is sure to run when the rest cannot, so it is also
// what tells the reader so.
//
// `tools/dist` fills in the real names of these two files and takes the comments out.
const GLUE = "./expert-chef.js";
const WASM = "./expert-chef_bg.wasm";

// Before the page is seen, lest a frame show all of it for a moment. The program
// reads the query string for good.
const root = document.documentElement;
root.toggleAttribute("data-embed", /[?&]embed=1(&|$)/.test(location.search));

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

function show(error) {
  // A program that started and then failed has said so itself, in better words.
  if (root.dataset.state === "failed") return;
  root.dataset.state = "failed";
  const stages = document.querySelectorAll("[data-expert-chef]");
  for (const place of stages.length ? stages : [document.body]) {
    const notice = document.createElement("div");
    notice.className = "notice notice--error";
    notice.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = `Expert Chef could not start. ${reason(error)}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--primary";
    button.dataset.action = "reload";
    button.textContent = "Reload the page";
    notice.append(text, button);
    place.prepend(notice);
  }
  // To a host page, which has to hear of it too: there is nothing else in it.
  parent.postMessage({ version: 1, type: "failed" }, "*");
}

// Also for the program's own last words: once it has stopped it hears nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('[data-action="reload"]')) location.reload();
});

// The import is dynamic for the sake of the catch: were a static one to fail,
// nothing of this module would run. The tags in the page's head have both
// downloads under way already.
try {
  const { default: init } = await import(GLUE);
  await init({ module_or_path: new URL(WASM, import.meta.url) });
} catch (error) {
  console.error(error);
  show(error);
}
