const orders = call("orders", { ms: 50, status: 503 });
orders.then(() => console.log("never"));
setTimeout(() => console.log("too late"), 500);
console.log("under way");
