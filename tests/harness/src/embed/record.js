// Records, from before a host page's own scripts on, what its embeds tell and
// how much of the page has moved.
(() => {
  const record = { told: [], shift: 0, moved: [] };
  Object.defineProperty(window, "embedRecord", { value: record });
  for (const kind of ["ready", "run", "finished", "error"]) {
    const note = ({ target, detail }) => {
      if (target.localName !== "expert-chef") return;
      record.told.push({ element: target.id, kind, detail: JSON.parse(JSON.stringify(detail ?? null)) });
    };
    // Captured: they do not bubble.
    document.addEventListener(kind, note, true);
  }
  // An embed can only move what comes after it: what moves together with
  // something before it was moved by the host, whose fonts and scripts come late.
  const isAfter = ({ node }) => {
    const first = document.querySelector("expert-chef");
    return !node || !first || !(first.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING);
  };
  const shifted = (list) => {
    for (const { value, sources } of list.getEntries()) {
      if (!sources.length || sources.every(isAfter)) {
        record.shift += value;
        const name = ({ node, previousRect: was, currentRect: is }) =>
          `${node?.outerHTML?.slice(0, 60) ?? node?.data} from ${was.x}, ${was.y}, ${was.width} × ${was.height} to ${is.x}, ${is.y}, ${is.width} × ${is.height}`;
        record.moved.push(`${value}: ${sources.map(name).join("; ")}`);
      }
    }
  };
  if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
    new PerformanceObserver(shifted).observe({ type: "layout-shift", buffered: true });
  }
})();
