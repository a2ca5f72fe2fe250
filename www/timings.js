// Collects what the browser says about requests, once they are over, until it is
// disconnected; nothing where the browser does not tell.
//
// A script for the reason of share.js.

function timings() {
  const told = [];
  const note = (entries) => told.push(...entries);
  try {
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ entryTypes: ["resource"] });
    return {
      disconnect: () => observer.disconnect(),
      take() {
        note(observer.takeRecords());
        return told.splice(0);
      },
    };
  } catch {
    return undefined;
  }
}
