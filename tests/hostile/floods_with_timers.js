// ends: limit
// says: more than 10,000 timers
for (;;) setTimeout(() => {}, 1000);
