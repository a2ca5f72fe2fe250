const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function withRetries(ask, attempts = 5, firstWait = 200) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const mayPass = error.status >= 500 || error.name === "TimeoutError";
      if (!mayPass || attempt === attempts - 1) throw error;
      // Who failed together must not come back together.
      await sleep(firstWait * 2 ** attempt * (0.9 + 0.2 * Math.random()));
    }
  }
}

const ask = () => call("billing", { signal: AbortSignal.timeout(2000) });
const answer = await withRetries(ask);
console.log(answer.service);
