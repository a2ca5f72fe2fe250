// ends: ok
// says: all shut
const message = { type: "spawn", number: 1 };
const ways = {
  post: () => postMessage(message),
  self: () => self.postMessage(message),
  prototype: () => Object.getPrototypeOf(self).postMessage.call(self, message),
  channel: () => new MessageChannel(),
  port: () => MessagePort.prototype.postMessage,
  broadcast: () => new BroadcastChannel("runner").postMessage(message),
  parent: () => parent.postMessage(message, "*"),
  document: () => document.body,
  close: () => close(),
};

const open = [];
for (const [name, way] of Object.entries(ways)) {
  try {
    await way();
    open.push(name);
  } catch {
    // It is shut.
  }
}
console.log(open.length === 0 ? "all shut" : `open: ${open}`);
