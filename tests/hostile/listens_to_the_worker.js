// ends: ok
// says: heard nothing
const heard = [];
for (const type of ["message", "messageerror", "connect"]) addEventListener(type, (event) => heard.push(event));
self.onmessage = (event) => heard.push(event);
// Not from the frame: it opens no other wire.
const event = Object.assign(new Event("message"), { data: { type: "port" }, ports: [{ postMessage: (text) => heard.push(text) }] });
dispatchEvent(event);
heard.splice(heard.indexOf(event));
await call("user", { ms: 50 });
console.log(heard.length === 0 ? "heard nothing" : `heard ${heard}`);
