const NAMES = ["user", "billing", "orders", "news"];

async function askAndShow(name) {
  const answer = await call(name);
  console.log(answer.service);
}

await Promise.all(NAMES.map(askAndShow));
