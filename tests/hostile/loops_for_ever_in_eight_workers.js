// ends: stopped
console.log("begun");
await Promise.all(Array.from({ length: 8 }, () => inWorker(() => { for (;;); })));
