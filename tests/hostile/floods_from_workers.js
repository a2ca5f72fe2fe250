// ends: limit
// says: more than 1024 KiB
const flood = () => {
  for (;;) console.log("soup".repeat(100));
};
await Promise.all([inWorker(flood), inWorker(flood), inWorker(flood)]);
