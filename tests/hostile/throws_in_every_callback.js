// ends: raised
// says: Uncaught Error: the first
setTimeout(() => {
  throw new Error("the first");
}, 10);
setTimeout(() => console.log("never"), 200);
addEventListener("error", (event) => event.stopImmediatePropagation());
addEventListener("unhandledrejection", (event) => event.stopImmediatePropagation());
await new Promise(() => {});
