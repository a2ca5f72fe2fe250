// fails: prints, backs-off
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const answer = await call("billing").catch(async () => {
  await sleep(200);
  return call("billing");
});
console.log(answer.service);
