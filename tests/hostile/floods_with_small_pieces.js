// ends: limit
// says: more than 1024 KiB
for (;;) console.log("s");
