const NAMES = Array.from({ length: 6 }, (_, place) => `order-${place + 1}`);
const names = NAMES.values();

async function takeTurns() {
  for (const name of names) {
    console.log(`${name}: asked`);
    const order = await call(name);
    console.log(order.service);
  }
}

try {
  await Promise.all([takeTurns(), takeTurns()]);
} catch (error) {
  console.log(error.message);
}
