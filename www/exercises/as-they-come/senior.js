const NAMES = ["user", "billing", "orders", "news"];

async function askAndShow(name) {
  try {
    const answer = await call(name, { signal: AbortSignal.timeout(5000) });
    console.log(answer.service);
  } catch (error) {
    // The name is at hand here: an error does not say whose it was.
    console.log(`Without ${name}: ${error.message}`);
  }
}

await Promise.all(NAMES.map(askAndShow));
