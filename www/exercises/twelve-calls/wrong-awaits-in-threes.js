// fails: limit
const NAMES = Array.from({ length: 12 }, (_, place) => `order-${place + 1}`);

const calls = NAMES.map((name) => call(name));
for (let at = 0; at < calls.length; at += 3) {
  for (const order of await Promise.all(calls.slice(at, at + 3))) console.log(order.service);
}
