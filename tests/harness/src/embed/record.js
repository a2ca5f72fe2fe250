// Records, from before a host page's own scripts on, what its embeds tell and
// how much of the page has moved.
(() => {
  const record = { told: [], shift: 0 };
  Object.defineProperty(window, "embedRecord", { value: record });
  for (const kind of ["ready", "run", "finished", "error"]) {
    const note = ({ target, detail }) => {
      if (target.localName !== "expert-chef") return;
      record.told.push({ element: target.id, kind, detail: JSON.parse(JSON.stringify(detail ?? null)) });
    };
    // Captured: they do not bubble.
    document.addEventListener(kind, note, true);
  }
  // An embed can only move what comes after it: what a host's own fonts do to
  // its head is not counted.
  const isAfter = ({ node }) => {
    const first = document.querySelector("expert-chef");
    return !node || !first || !(first.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING);
  };
  const shifted = (list) => {
    for (const { value, sources } of list.getEntries()) {
      if (!sources.length || sources.some(isAfter)) record.shift += value;
    }
  };
  if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
    new PerformanceObserver(shifted).observe({ type: "layout-shift", buffered: true });
  }
})();
