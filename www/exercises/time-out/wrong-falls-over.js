// fails: prints
const ask = (name) => call(name, { signal: AbortSignal.timeout(1000) });
const answers = await Promise.all([ask("profile"), ask("recommendations")]);
for (const answer of answers) console.log(answer.service);
