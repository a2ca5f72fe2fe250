// fails: ratio
const user = await call("user");
console.log(user.service);
const others = await Promise.all([call("billing"), call("orders")]);
for (const answer of others) console.log(answer.service);
