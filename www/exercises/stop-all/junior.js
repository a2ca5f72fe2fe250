const NAMES = Array.from({ length: 6 }, (_, place) => `order-${place + 1}`);
const names = NAMES.values();
let hasFailed = false;

async function takeTurns() {
  for (const name of names) {
    if (hasFailed) return;
    const order = await call(name);
    console.log(order.service);
  }
}

try {
  await Promise.all([takeTurns(), takeTurns()]);
} catch (error) {
  // The other loop looks at it before it calls again.
  hasFailed = true;
  console.log(error.message);
}
