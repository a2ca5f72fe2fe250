// fails: backs-off
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let answer;
while (!answer) {
  try {
    answer = await call("billing");
  } catch {
    await sleep(200);
  }
}
console.log(answer.service);
