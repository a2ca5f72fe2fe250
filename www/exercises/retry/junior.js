const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let wait = 200;
for (let attempt = 1; attempt <= 5; attempt++) {
  try {
    const answer = await call("billing");
    console.log(answer.service);
    break;
  } catch (error) {
    console.log(`Attempt ${attempt}: ${error.message}`);
    if (attempt === 5) throw error;
    await sleep(wait);
    wait *= 2;
  }
}
