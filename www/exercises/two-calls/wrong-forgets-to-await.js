// fails: prints
const user = call("user");
const orders = call("orders");
console.log(user.service, orders.service);
