// fails: limit
const NAMES = Array.from({ length: 12 }, (_, place) => `order-${place + 1}`);

const orders = await Promise.all(NAMES.map((name) => call(name)));
for (const order of orders) console.log(order.service);
