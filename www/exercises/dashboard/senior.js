const signal = AbortSignal.timeout(5000);

// What depends is one function, what does not is another.
async function userAndBilling() {
  const user = await call("user", { signal });
  return [user, await call("billing", { signal })];
}

const [chain, orders] = await Promise.all([userAndBilling(), call("orders", { signal })]);
for (const answer of [...chain, orders]) console.log(answer.service);
