// Stands between a page and its workers: how many were started and ended, and a
// way to do to one what the page does not know of.
(() => {
  const Real = window.Worker;
  const crew = { created: [], ended: new Set() };
  Object.defineProperty(window, "harnessCrew", { value: crew });

  window.Worker = class Worker extends Real {
    constructor(...given) {
      super(...given);
      crew.created.push(this);
    }

    terminate() {
      crew.ended.add(this);
      super.terminate();
    }
  };

  crew.live = () => crew.created.filter((worker) => !crew.ended.has(worker));
  // Behind the page's back: it is not told, and nothing is counted.
  crew.kill = () => crew.live().forEach((worker) => Real.prototype.terminate.call(worker));
  crew.err = () => crew.live().forEach((worker) => worker.dispatchEvent(new ErrorEvent("error")));
  // Every worker holds a lock for as long as its thread is there.
  crew.threads = async () => {
    const { held } = await navigator.locks.query();
    return held.filter((lock) => lock.name.startsWith("expert-chef-worker ")).length;
  };
})();
