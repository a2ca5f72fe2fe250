const start = performance.now();
const user = await call("user");
const billing = await call("billing");
const orders = await call("orders");

for (const answer of [user, billing, orders]) console.log(answer.service);
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
