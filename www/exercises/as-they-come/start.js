const NAMES = ["user", "billing", "orders", "news"];

const answers = await Promise.all(NAMES.map((name) => call(name)));
for (const answer of answers) console.log(answer.service);
