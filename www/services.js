// Registers the service worker that answers the embedded services' calls, and sees
// before a run whether it does.
//
// A script for the reason of share.js.

// How long a first visit waits for the worker before timers stand in for it.
const INSTALL_MS = 10_000;

// How long a worker that is asleep may take to wake up and answer.
const WAKE_MS = 3_000;

// What `begin` hands over within so many milliseconds; false if that is nothing.
const within = (ms, begin) =>
  new Promise((resolve) => {
    const signal = AbortSignal.timeout(ms);
    signal.onabort = () => resolve(false);
    begin(resolve, signal);
  });

const heard = (target, kind, ms) =>
  within(ms, (resolve, signal) => target.addEventListener(kind, resolve, { once: true, signal }));

// The registration, once it is ready; nothing where there is none: the container is
// missing on insecure pages, and to ask for it throws in sandboxed frames.
let registered;
function registerWorker() {
  registered = register().catch(() => {});
}

async function register() {
  const container = navigator.serviceWorker;
  await container.register(trusted("./sw.js"), { scope: "./", updateViaCache: "none" });
  return within(INSTALL_MS, (resolve) => container.ready.then(resolve));
}

// Whether the worker controls this page and is awake, so that its start is not
// measured as a service's latency. A page that was there before the worker, or was
// reloaded past it, asks to be taken over.
async function isServed() {
  const registration = await registered;
  if (!registration) return false;
  const container = navigator.serviceWorker;
  const { port1, port2 } = new MessageChannel();
  try {
    if (!container.controller) {
      const change = heard(container, "controllerchange", WAKE_MS);
      registration.active.postMessage({ type: "claim" });
      if (!container.controller && !(await change)) return false;
    }
    const answer = heard(port1, "message", WAKE_MS);
    port1.start();
    container.controller.postMessage({ type: "ping" }, [port2]);
    return Boolean(await answer);
  } catch {
    return false;
  } finally {
    port1.close();
  }
}
