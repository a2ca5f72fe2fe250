const NAMES = Array.from({ length: 12 }, (_, place) => `order-${place + 1}`);
const LIMIT = 3;

async function pooled(items, limit, work) {
  const results = [];
  // All share one iterator: whoever is free takes the next.
  const places = items.entries();
  const worker = async () => {
    for (const [place, item] of places) results[place] = await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}

const fetchOrder = (name) => call(name, { signal: AbortSignal.timeout(5000) });
for (const order of await pooled(NAMES, LIMIT, fetchOrder)) console.log(order.service);
