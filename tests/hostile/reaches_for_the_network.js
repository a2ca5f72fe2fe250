// ends: ok
// says: all shut
const ways = {
  image: () => new Image().src,
  request: () => new XMLHttpRequest().open("GET", "https://example.com/"),
  fetch: () => fetch("https://example.com/"),
  socket: () => new WebSocket("wss://example.com/"),
  transport: () => new WebTransport("https://example.com/"),
  events: () => new EventSource("https://example.com/"),
  peer: () => new RTCPeerConnection(),
  beacon: () => navigator.sendBeacon("https://example.com/"),
  script: () => importScripts("https://example.com/"),
  font: () => new FontFace("a", "url(https://example.com/)").load(),
  prototype: () => Object.getPrototypeOf(Object.getPrototypeOf(self)).fetch.call(self, "https://example.com/"),
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
