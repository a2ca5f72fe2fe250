// fails: prints
const NAMES = ["user", "billing", "orders"];

const ask = (name) => call(name).catch(() => {});
const answers = await Promise.all(NAMES.map(ask));
for (const answer of answers) {
  if (answer) console.log(answer.service);
}
