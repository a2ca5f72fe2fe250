const orders = call("orders");
// Meanwhile come the two that follow each other.
const user = await call("user");
const billing = await call("billing");

for (const answer of [user, billing, await orders]) {
  console.log(answer.service);
}
