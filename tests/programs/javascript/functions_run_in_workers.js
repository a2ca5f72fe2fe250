// untimed: a worker takes its time to start
let here = 1;
const doubled = await Promise.all([1, 2, 3].map((number) => inWorker((given) => given * 2, number)));
console.log(doubled);
await inWorker(function () {
  console.log("in a worker", typeof inWorker, typeof call);
});
await inWorker(() => here).catch((error) => console.log(`${error.name}: ${error.message}`));
await inWorker(async () => {
  const { service } = await call("user", { ms: 20 });
  console.log(service);
});
await inWorker(() => {
  throw new RangeError("too far");
}).catch((error) => console.log(error));
await inWorker((list) => list, [new Map([[1, new Date(0)]]), () => {}]).catch((error) => console.log(error.name));
console.log(await inWorker((list) => list, [new Map([[1, new Date(0)]])]));
