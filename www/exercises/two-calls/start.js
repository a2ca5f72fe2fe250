async function ask(name) {
  console.log(`${name}: asked`);
  const answer = await call(name);
  console.log(`${name}: answered`);
  return answer.service;
}

const start = performance.now();
const user = await ask("user");
const orders = await ask("orders");
console.log(user, orders);
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
