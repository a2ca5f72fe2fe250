// ends: limit
// says: more than 1,000 functions
for (;;) inWorker(() => new Promise(() => {}));
