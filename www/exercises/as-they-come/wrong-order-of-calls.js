// fails: prints, as-they-come
const NAMES = ["user", "billing", "orders", "news"];

const calls = NAMES.map((name) => call(name));
for await (const answer of calls) console.log(answer.service);
