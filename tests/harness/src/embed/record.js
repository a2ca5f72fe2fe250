// Records, from before a host page's own scripts on, what its embeds tell.
(() => {
  const record = { told: [] };
  Object.defineProperty(window, "embedRecord", { value: record });
  for (const kind of ["ready", "run", "finished", "error"]) {
    const note = ({ target, detail }) => {
      if (target.localName !== "expert-chef") return;
      record.told.push({ element: target.id, kind, detail: JSON.parse(JSON.stringify(detail ?? null)) });
    };
    // Captured: they do not bubble.
    document.addEventListener(kind, note, true);
  }
})();
