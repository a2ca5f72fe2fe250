// fails: once, ratio
await Promise.all([call("user"), call("orders")]);
const user = await call("user");
const orders = await call("orders");
console.log(user.service, orders.service);
