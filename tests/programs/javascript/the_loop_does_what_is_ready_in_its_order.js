setTimeout(() => console.log("a timer"), 0);
Promise.resolve().then(() => console.log("a promise"));
queueMicrotask(() => console.log("a microtask"));
console.log("at once");
await null;
console.log("after an await");
await new Promise((resolve) => setTimeout(resolve, 20));
console.log("after a timer");
