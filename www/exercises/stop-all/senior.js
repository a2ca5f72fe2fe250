const NAMES = Array.from({ length: 6 }, (_, place) => `order-${place + 1}`);
const LIMIT = 2;

const stop = new AbortController();
const { signal } = stop;
const names = NAMES.values();

async function worker() {
  for (const name of names) {
    signal.throwIfAborted();
    const order = await call(name, { signal });
    console.log(order.service);
  }
}

try {
  await Promise.all(Array.from({ length: LIMIT }, worker));
} catch (error) {
  // Promise.all only stops waiting: the call in flight has to be told.
  stop.abort();
  console.log(error.message);
}
