// ends: limit
// says: more than 1024 KiB
// never: still here
try {
  for (;;) console.log("soup".repeat(10_000));
} finally {
  console.log("still here");
}
