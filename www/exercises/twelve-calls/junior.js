const NAMES = Array.from({ length: 12 }, (_, place) => `order-${place + 1}`);

const orders = [];
let next = 0;

async function takeTurns() {
  while (next < NAMES.length) {
    const place = next++;
    orders[place] = await call(NAMES[place]);
  }
}

await Promise.all([takeTurns(), takeTurns(), takeTurns()]);
for (const order of orders) console.log(order.service);
