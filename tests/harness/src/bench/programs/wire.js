// Watches the page's wires to its interpreters: how many of these have said that they
// are ready, and when the program's first words came. Runs before the page's scripts.
"use strict";
{
  const seen = (window.harnessWire = { ready: 0, firstAt: 0, isRecorded: true });
  const { get, set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
  Object.defineProperty(MessagePort.prototype, "onmessage", {
    configurable: true,
    get,
    set(hear) {
      set.call(this, function (event) {
        if (event.data?.type === "ready") seen.ready += 1;
        if (event.data?.type === "batch") seen.firstAt ||= performance.now();
        return hear.call(this, event);
      });
    },
  });
  const post = MessagePort.prototype.postMessage;
  // The page has no way to run a program that is not recorded.
  MessagePort.prototype.postMessage = function (data, ...more) {
    const isUnrecorded = data?.type === "run" && !seen.isRecorded;
    return post.call(this, isUnrecorded ? { ...data, limits: { ...data.limits, recorded: false } } : data, ...more);
  };
}
