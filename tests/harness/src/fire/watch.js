// Counts what a page has going beside timers and workers: calls that have no
// answer yet, and listeners on what lives as long as the page does.
(() => {
  const { fetch } = window;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const left = { fetches: 0, listeners: [], hidden: 0, restored: 0 };
  Object.defineProperty(window, "harnessLeft", { value: left });

  window.fetch = (...given) => {
    left.fetches += 1;
    const answer = fetch.apply(window, given);
    const end = () => (left.fetches -= 1);
    answer.then(end, end);
    return answer;
  };

  const isLasting = (target) =>
    target === window || target === document || target instanceof MediaQueryList || target instanceof ServiceWorkerContainer;
  const isCapturing = (options) => options === true || Boolean(options?.capture);
  const forget = (target, type, listener, capture) => {
    left.listeners = left.listeners.filter(
      (one) => one.target !== target || one.type !== type || one.listener !== listener || one.capture !== capture,
    );
  };

  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? window;
    if (listener && isLasting(target) && !options?.signal?.aborted) {
      const capture = isCapturing(options);
      const end = () => forget(target, type, listener, capture);
      end();
      left.listeners.push({ target, type, listener, capture });
      if (options?.once) addEventListener.call(target, type, end, { once: true, capture });
      if (options?.signal) addEventListener.call(options.signal, "abort", end, { once: true });
    }
    return addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? window;
    forget(target, type, listener, isCapturing(options));
    return removeEventListener.call(target, type, listener, options);
  };

  addEventListener.call(document, "visibilitychange", () => (left.hidden += document.hidden));
  addEventListener.call(window, "pageshow", ({ persisted }) => (left.restored += persisted));
})();
