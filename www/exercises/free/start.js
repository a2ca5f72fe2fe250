const NAMES = ["user", "billing", "orders"];

async function timed(title, work) {
  const start = performance.now();
  const names = (await work()).map((answer) => answer.service);
  const seconds = (performance.now() - start) / 1000;
  console.log(`${title}: ${names} in ${seconds.toFixed(1)} s`);
}

async function oneAfterAnother() {
  const answers = [];
  for (const name of NAMES) answers.push(await call(name));
  return answers;
}

const allAtOnce = () => Promise.all(NAMES.map((name) => call(name)));

await timed("One after another", oneAfterAnother);
await timed("All at once", allAtOnce);
// Now yours: what would you try?
