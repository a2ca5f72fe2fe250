// ends: limit
// says: more than 1024 KiB
for (;;) console.log("soup".repeat(1000));
