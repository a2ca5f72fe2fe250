// fails: ratio
const NAMES = Array.from({ length: 12 }, (_, place) => `order-${place + 1}`);

const orders = [];
for (const name of NAMES) orders.push(await call(name));
for (const order of await Promise.all(orders)) console.log(order.service);
