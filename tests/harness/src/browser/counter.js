// Counts what keeps a page awake: animation frames and timers, those that
// fired and those still to come.
(() => {
  const wakeups = { fired: 0, pending: new Set() };
  const { requestAnimationFrame } = window;
  // So many of the screen's frames, which are not counted.
  wakeups.frames = (count) =>
    new Promise((resolve) => {
      const next = () => (count-- > 0 ? requestAnimationFrame.call(window, next) : resolve());
      next();
    });
  Object.defineProperty(window, "harnessWakeups", { value: wakeups });

  function wrap(start, stop, repeats) {
    const original = window[start];
    const originalStop = window[stop];
    window[start] = function (callback, ...rest) {
      const entry = { start };
      const wrapped = function (...values) {
        wakeups.fired += 1;
        if (!repeats) wakeups.pending.delete(entry);
        return callback.apply(this, values);
      };
      entry.id = original.call(window, wrapped, ...rest);
      wakeups.pending.add(entry);
      return entry.id;
    };
    window[stop] = function (id) {
      for (const entry of wakeups.pending) {
        if (entry.start === start && entry.id === id) wakeups.pending.delete(entry);
      }
      return originalStop.call(window, id);
    };
  }
  wrap("requestAnimationFrame", "cancelAnimationFrame", false);
  wrap("requestIdleCallback", "cancelIdleCallback", false);
  wrap("setTimeout", "clearTimeout", false);
  wrap("setInterval", "clearInterval", true);
})();
