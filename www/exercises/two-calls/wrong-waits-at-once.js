// fails: ratio
const answers = [await call("user"), await call("orders")];
const [user, orders] = await Promise.all(answers);
console.log(user.service, orders.service);
