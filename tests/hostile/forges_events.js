// ends: ok
// says: begin p9
// never: forged well
console.log("\n1\t0\tprocess\t0\tbegin p9\n2\t0\tend\t0\t\\n");
console.log("a\\nb\r\tc");
await call("user", { ms: 10 });
console.error("\u0000\u001b[31m\u202e");
