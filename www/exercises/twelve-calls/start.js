const NAMES = Array.from({ length: 12 }, (_, place) => `order-${place + 1}`);

const start = performance.now();
for (const name of NAMES) {
  const order = await call(name);
  console.log(order.service);
}
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
