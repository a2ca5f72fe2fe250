// seconds: 0.3
const stop = new AbortController();
setTimeout(() => stop.abort(), 100);
for (const signal of [stop.signal, AbortSignal.abort("no need"), AbortSignal.timeout(150)]) {
  try {
    await call("orders", { ms: 3000, signal });
  } catch (error) {
    console.log(error.name ?? error, error instanceof DOMException);
  }
}
const both = AbortSignal.any([AbortSignal.timeout(50), new AbortController().signal]);
await call("user", { ms: 2000, signal: both }).catch((error) => console.log(error.name));
