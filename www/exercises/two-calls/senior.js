const NAMES = ["user", "orders"];

async function ask(name) {
  // Nobody may wait for ever.
  const answer = await call(name, { signal: AbortSignal.timeout(5000) });
  return answer.service;
}

const start = performance.now();
// Both only wait: the one thread is free as soon as both are asked.
console.log(...(await Promise.all(NAMES.map(ask))));
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
