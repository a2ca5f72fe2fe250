// fails: as-they-come
const NAMES = ["user", "billing", "orders", "news"];

const names = [];
const ask = async (name) => names.push((await call(name)).service);
await Promise.all(NAMES.map(ask));
for (const name of names) console.log(name);
