async function ask(name) {
  console.log(`${name}: asked`);
  const answer = await call(name);
  console.log(`${name}: answered`);
  return answer.service;
}

const [user, orders] = await Promise.all([ask("user"), ask("orders")]);
console.log(user, orders);
