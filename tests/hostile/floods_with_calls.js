// ends: limit
// says: more than 1,000 calls
for (;;) call("user", { ms: 30000 });
