const asked = [
  () => call(),
  () => call(""),
  () => call("user", 5),
  () => call("user", { timeout: 5 }),
  () => call("user", { ms: -1 }),
  () => call("user", { status: "503" }),
  () => call("user", { signal: {} }),
  () => inWorker("work"),
  async () => setTimeout("work"),
];
for (const ask of asked) await ask().catch((error) => console.log(`${error.name}: ${error.message}`));
console.log(["process", "require", "Worker", "navigator", "postMessage"].filter((name) => name in globalThis));
