// Records every layout shift, from before the page's own scripts on, with what
// tells whose it was.
(() => {
  const shifts = [];
  Object.defineProperty(window, "harnessShifts", { value: shifts });
  // An embed can only move what comes after it: what moves together with
  // something before it was moved by the host, whose fonts and scripts come late.
  const comesAfter = (node) => {
    const first = document.querySelector("expert-chef");
    return !node || !first || !(first.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING);
  };
  const isOnAxis = (node) => !!(node?.closest ? node : node?.parentElement)?.closest(".chart svg");
  const place = ({ x, y, width, height }) => `${x}, ${y}, ${width} × ${height}`;
  const source = ({ node, previousRect, currentRect }) => ({
    what: `${node?.outerHTML?.slice(0, 90) ?? node?.data} from ${place(previousRect)} to ${place(currentRect)}`,
    isOnAxis: isOnAxis(node),
    comesAfter: comesAfter(node),
  });
  const record = (list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      shifts.push({ value, hadRecentInput, sources: sources.map(source) });
    }
  };
  if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
    new PerformanceObserver(record).observe({ type: "layout-shift", buffered: true });
  }
})();
