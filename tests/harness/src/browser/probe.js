// Records, from before the page's own scripts on, what the page says by its
// contract and what goes wrong in it.
(() => {
  const probe = { finished: [], states: [], errors: [], violations: [] };
  Object.defineProperty(window, "harnessProbe", { value: probe });

  const copy = (value) => JSON.parse(JSON.stringify(value ?? null));
  const stages = () => [...document.querySelectorAll("[data-expert-chef]")];

  document.addEventListener("expert-chef:finished", (event) => {
    const seen = {
      detail: copy(event.detail),
      bubbles: event.bubbles,
      isCustomEvent: event instanceof CustomEvent,
      stage: stages().findIndex((stage) => stage.contains(event.target)),
      state: document.documentElement.dataset.state ?? null,
      result: null,
    };
    probe.finished.push(seen);
    // "Afterwards" in the contract is: after every listener had the event.
    queueMicrotask(() => {
      seen.result = copy(window.expertChef?.result());
    });
  });

  const isControlled = () => {
    try {
      return Boolean(navigator.serviceWorker?.controller);
    } catch {
      return false;
    }
  };
  const note = () => {
    const state = document.documentElement?.dataset.state ?? null;
    if (state === null || probe.states.at(-1)?.state === state) return;
    probe.states.push({ state, controlled: isControlled(), at: performance.now() });
  };
  new MutationObserver(note).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-state"],
  });

  addEventListener("error", (event) => probe.errors.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => probe.errors.push(String(event.reason)));
  document.addEventListener("securitypolicyviolation", (event) => {
    probe.violations.push(`${event.effectiveDirective}: ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
  });
})();
