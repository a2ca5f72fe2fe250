// ends: ok
// says: three failed
const sent = [
  inWorker(() => () => {}),
  inWorker((given) => given, Symbol("soup")),
  inWorker({ work() {} }.work),
];
const failed = (await Promise.allSettled(sent)).filter(({ status }) => status === "rejected");
console.log(failed.length === 3 ? "three failed" : failed);
